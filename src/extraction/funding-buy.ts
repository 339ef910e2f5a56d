/** The parties to a purchase: the recipient is whoever is bought, the investor whoever buys. */
import type { ReadActor } from './extraction.ts';
import {
  asReceiver,
  type Clause,
  findAgent,
  findFollowing,
  findParticipleSubject,
  isPassive,
  listBack,
  listFrom,
  type Parties,
} from './funding-links.ts';
import type { Page, PageMention } from './funding-page.ts';
import { findGoal, findOwner, findSubject, type Party } from './funding-parties.ts';
import { rawWord } from './funding-phrases.ts';
import { findRelative } from './funding-relative.ts';
import { canReceive, isVenture, resolve, type Scene } from './funding-scene.ts';
import { ORGANISATION_NOUNS } from './lexicon/funding-parties.ts';

/** Verbs whose subject is the one bought. */
const UNDERGOING = /^(?:couter|passer (?:sous|dans)|tomber dans|rejoindre|changer de mains|se vendre)/;
const PURCHASE =
  /^(?:rachat|racheter|rachete|rachetee|acquisition|acquerir|acquis|acquise|acquiert|main|offert|offre|offrir|reprise|empare|emparer|achat)$/;
const PURCHASING =
  /^(?:rachete|racheter|acquiert|acquis|offre|offert|met|mettre|mis|empare|reprend|avale|croque|achete)$/;

/** Verbs and nouns of the seller: "céder", "la vente de". */
const SELLING = /^(?:ceder|vendre|revendre|vente)/;

/** Finds who buys whom; null when what is bought is no company ("a acheté pour 10 millions de puces"). */
export function partiesOfPurchase(given: Clause): Parties | null {
  // "dans une opération estimée à 120 millions", "a déboursé 29 millions en reprenant Mission Secure": the purchase
  // itself says who and whom.
  const own = given.verdict.cue;
  const act =
    own?.type === 'BUY'
      ? own
      : given.verdict.governments.find((g) => g.cue.type === 'BUY' && g.cost <= 14)?.cue;
  const clause: Clause =
    act && own?.lemma !== 'couter' ? { ...given, verdict: { ...given.verdict, cue: act } } : given;
  const { scene, page, amount, verdict } = clause;
  const { cue } = verdict;
  const sentence = page.sentences[amount.sentence]!;
  const at = cue ? Math.min(cue.from, amount.from) : amount.from;
  const relative =
    cue?.tense && !SELLING.test(cue.lemma) ? findRelative(page, cue.from, sentence.from) : null;
  if (relative && canReceive(relative.object.actor))
    return deal(
      relative.object.actor,
      listBack(page, relative.subject).map((i) => i.actor),
    );
  const subject =
    findParticipleSubject(clause) ?? findSubject(page, at, sentence.from, (a) => a.kind !== 'LAB');
  if (cue && SELLING.test(cue.lemma) && !isPassive(clause)) {
    const sold = directObject(page, cue.to, sentence.to);
    if (sold?.kind !== 'ACTOR') return sharesSold(clause, subject);
    const to = findGoal(page, amount, sold.mention.to, sentence.to, (a) => a.ref !== sold.mention.actor.ref);
    return deal(sold.mention.actor, to?.kind === 'ACTOR' ? [to.mention.actor] : []);
  }
  if (cue && (UNDERGOING.test(cue.lemma) || isPassive(clause))) {
    const sold = SELLING.test(cue.lemma) ? findGoal(page, amount, cue.to, sentence.to, () => true) : null;
    const by =
      sold?.kind === 'ACTOR' ? sold.mention : (findAgent(page, cue.to, sentence.to) ?? ownerAt(page, cue.to));
    const bought = asReceiver(
      scene,
      page,
      subject ?? findFollowing(page, Math.max(cue.to, amount.to), sentence.to),
    );
    if (!bought && SELLING.test(cue.lemma)) return null;
    if (cue.lemma === 'couter') {
      const payer = resolve(scene, page, cue.from, (a) => canReceive(a) && a.ref !== bought?.ref);
      return deal(bought, payer ? [payer] : []);
    }
    return deal(bought, by ? listFrom(page, by).map((i) => i.actor) : []);
  }
  let bought: ReadActor | null = null;
  let buyer: ReadActor | null = null;
  if (cue) {
    const object = findOwner(page, cue.to, canReceive) ?? directObject(page, cue.to, sentence.to);
    if (object?.kind === 'ACTOR') bought = object.mention.actor;
    // "a repris l'activité conformité de Worldline": a part of it, which is no company.
    if (object && isPartOf(page, cue.to, object.at))
      return deal(null, subject?.kind === 'ACTOR' ? listBack(page, subject.mention).map((i) => i.actor) : []);
    // "le rachat de X par Y"; after a verb, "par" says something else ("un moteur cofondé par Z").
    if (cue.tense === null) buyer = findAgent(page, cue.to, sentence.to)?.actor ?? null;
  }
  if (!buyer && subject?.kind === 'ACTOR' && subject.mention.actor.ref !== bought?.ref)
    buyer = subject.mention.actor;
  if (!buyer && subject?.kind === 'ANAPHOR') {
    buyer = resolve(scene, page, subject.at, (a) => canReceive(a) && a.ref !== bought?.ref);
  }
  if (!bought) {
    const goal = findGoal(page, amount, amount.to, sentence.to, (a) => canReceive(a) && a.ref !== buyer?.ref);
    bought = asReceiver(scene, page, goal);
  }
  // "acheter", "reprendre" have many objects; they count only with a company as theirs.
  if (!bought && cue?.type === 'BUY' && cue.weight === 2 && cue.tense !== null) return null;
  if (!bought && !buyer) {
    const told = dealAfter(page, amount.sentence);
    if (told) return told;
  }
  bought ??= boughtBefore(scene, page, amount.sentence, buyer);
  if (bought && buyer?.ref === bought.ref) buyer = null;
  if (bought) buyer ??= buyerBefore(page, amount.sentence, bought);
  const partners = buyer && subject?.kind === 'ACTOR' && subject.mention.actor.ref === buyer.ref;
  if (partners)
    return deal(
      bought,
      listBack(page, subject.mention).map((i) => i.actor),
    );
  return deal(bought, buyer ? [buyer] : []);
}

/** True where a part of a company stands between two words: "l'activité conformité de", "la branche logicielle de". */
function isPartOf(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (page.breaks[i] !== 'NONE' && i > from) return false;
    if (PARTS.test(page.words[i]!.folded)) return true;
  }
  return false;
}

const PARTS = /^(?:activite|branche|division|pole)$/;

/** "Scale AI vend 49 % de son capital à Meta": a stake in the seller. */
function sharesSold({ page, amount, verdict }: Clause, seller: Party | null): Parties | null {
  const { to } = page.sentences[amount.sentence]!;
  const from = verdict.cue!.to;
  const own = page.words.slice(from, Math.min(from + 8, to)).some((w) => /^(?:son|leur)$/.test(w.folded));
  const shares = page.words
    .slice(from, Math.min(from + 8, to))
    .some((w) => /^(?:capital|parts)$/.test(w.folded));
  if (!own || !shares || seller?.kind !== 'ACTOR') return null;
  const { actor } = seller.mention;
  const buyer = findGoal(page, amount, from, to, (a) => a.ref !== actor.ref);
  return { ...deal(actor, buyer?.kind === 'ACTOR' ? [buyer.mention.actor] : []), as: 'GIVE' };
}

/** "Montant de la transaction : 220 millions. Safran met ainsi la main sur Preligens": who and whom follow. */
function dealAfter(page: Page, sentence: number): Parties | null {
  const next = page.sentences[sentence + 1];
  const first = page.sentences[sentence]!;
  const named = page.mentions.some((m) => m.from < first.to && sentence - page.sentenceOf[m.from]! <= 2);
  if (!next || named) return null;
  let buyer: PageMention | null = null;
  for (let i = next.from; i < next.to; i++) {
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      buyer = page.mentions[place]!;
      i = buyer.to - 1;
    } else if (buyer && PURCHASING.test(page.words[i]!.folded)) {
      const { actor } = buyer;
      const bought = page.mentions.find((m) => m.from > i && m.to <= next.to && m.actor.ref !== actor.ref);
      return bought && canReceive(bought.actor) ? deal(bought.actor, [actor]) : null;
    }
  }
  return null;
}

function deal(recipient: ReadActor | null, buyers: readonly ReadActor[]): Parties {
  return {
    recipient,
    investors: buyers.filter((b) => b.ref !== recipient?.ref).map((actor) => ({ actor, lead: false })),
    state: false,
  };
}

function ownerAt(page: Page, at: number): PageMention | null {
  const owner = findOwner(page, at, () => true) ?? directObject(page, at, at + 7);
  return owner?.kind === 'ACTOR' ? owner.mention : null;
}

/** "rachète Preligens", "mettre la main sur la start-up Snips": the first company right after the verb. */
function directObject(page: Page, from: number, to: number): Party | null {
  for (let i = from; i < to && i < from + 7 && i < page.words.length; i++) {
    // "a vendu sa première entreprise, Lexicall, à …"
    const named =
      page.breaks[i] === 'COMMA' &&
      page.mentionAt[i] !== -1 &&
      ORGANISATION_NOUNS.has(page.words[i - 1]!.folded);
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE' && i > from && !named) return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      return canReceive(mention.actor) ? { kind: 'ACTOR', mention, at: i } : null;
    }
    const { folded } = page.words[i]!;
    if (page.amountAt[i] !== -1 || /^(?:par|au|aux|avec)$/.test(folded) || rawWord(page, i) === 'à')
      return null;
  }
  return null;
}

/** The company that the sentences before say is being bought. */
function boughtBefore(scene: Scene, page: Page, sentence: number, buyer: ReadActor | null): ReadActor | null {
  const start = page.sentences[sentence]!.from;
  const told = scene.recipients.findLast((r) => sentence - r.sentence <= 4);
  const again = told && told.ref !== buyer?.ref ? scene.found.actors.find((a) => a.ref === told.ref) : null;
  if (again && isVenture(again)) return again;
  let first: ReadActor | null = null;
  for (const m of page.mentions) {
    if (m.from >= start) break;
    if (sentence - page.sentenceOf[m.from]! > 3 || m.actor.ref === buyer?.ref) continue;
    if (m.actor.kind !== 'COMPANY' && m.actor.kind !== 'LAB') continue;
    if (followsPurchase(page, m)) return m.actor;
    first ??= m.actor;
  }
  return first ?? resolve(scene, page, start, (a) => isVenture(a) && a.ref !== buyer?.ref);
}

function followsPurchase(page: Page, m: PageMention): boolean {
  for (let i = m.from - 1; i >= 0 && i >= m.from - 4; i--)
    if (PURCHASE.test(page.words[i]!.folded)) return true;
  return false;
}

function buyerBefore(page: Page, sentence: number, bought: ReadActor): ReadActor | null {
  let buyer: ReadActor | null = null;
  for (const m of page.mentions) {
    const at = page.sentenceOf[m.from]!;
    if (at > sentence) break;
    if (sentence - at > 2 || m.actor.ref === bought.ref || m.actor.kind === 'PERSON') continue;
    for (let i = m.to; i < m.to + 5 && i < page.words.length && page.sentenceOf[i] === at; i++) {
      if (PURCHASING.test(page.words[i]!.folded)) buyer = m.actor;
    }
  }
  return buyer;
}
