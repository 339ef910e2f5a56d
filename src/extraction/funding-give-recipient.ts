/** Who receives money that another pays in, step by step from what the clause says to what the article is about. */
import { compareDecimals } from '#text/numbers.ts';
import type { ReadActor } from './extraction.ts';
import { asReceiver, type Clause, findFollowing, isPassive, isState } from './funding-links.ts';
import type { Page } from './funding-page.ts';
import { findGoal, findOwner, type Party } from './funding-parties.ts';
import { rawWord } from './funding-phrases.ts';
import { canReceive, isVenture, resolve } from './funding-scene.ts';

/** Ways of paying into something already spoken of, so that who receives need not be said again. */
const JOINING =
  /^(?:accorder|attribuer|octroyer|allouer|apporter|ajouter|contribuer|participer|souscrire|verser|injecter|remettre|mettre|mener|glisser|ticket|cheque|sur la table|au pot|subvention|aide)/;
const OPENINGS = /^(?:grace|avec|fort|forte|apres|dote|dotee|suite)$/;

/** The recipient, or null. `giver` is who pays, if known. */
export function recipientOfGift(
  clause: Clause,
  giver: Party | null,
  payer: ReadActor | null = null,
): ReadActor | null {
  const giverRef = payer?.ref ?? (giver?.kind === 'ACTOR' ? giver.mention.actor.ref : -1);
  return (
    byGoal(clause, giverRef) ??
    byObject(clause, giverRef) ??
    byPurpose(clause, giverRef) ??
    byStake(clause, giverRef) ??
    byFollowing(clause, giver, giverRef) ??
    byOwner(clause)
  );
}

/** The recipient that the sentence does not name: of the deal told before, or whom the article is about. */
export function recipientByContext(clause: Clause, giver: Party | null): ReadActor | null {
  const { scene, amount, verdict, latest, page } = clause;
  const giverRef = giver?.kind === 'ACTOR' ? giver.mention.actor.ref : -1;
  const lemma = verdict.cue?.lemma ?? '';
  // Among plans and building sites, a sum that size is its payer's own project.
  const funds = scene.sure && giver?.kind === 'ACTOR' && giver.mention.actor.kind === 'INVESTOR';
  if (
    scene.civic &&
    !funds &&
    verdict.type !== 'DEBT' &&
    compareDecimals(amount.amount.amount, SIZEABLE) >= 0
  )
    return null;
  const granting =
    !isState(giver) ||
    giver?.kind === 'ACTOR' ||
    /^(?:accorder|attribuer|octroyer|allouer|verser|abonder)$/.test(lemma);
  if (
    latest &&
    granting &&
    JOINING.test(lemma) &&
    !hasDestination(clause) &&
    giverRef !== latest.recipient.ref
  ) {
    const known = scene.payers.has(giverRef);
    const distance = amount.sentence - latest.sentence;
    if ((latest.raise || known || isState(giver)) && distance <= (scene.civic ? 1 : known ? 5 : 2))
      return latest.recipient;
  }
  const joins = /^(?:apporter|contribuer|ajouter|abonder)$/.test(lemma);
  if (scene.civic && verdict.type !== 'DEBT' && !scene.sure && !joins) return null;
  if (!isDirected(clause, giver)) return null;
  const start = page.sentences[amount.sentence]!.from;
  const focus = resolve(scene, page, start, (a) => isVenture(a) && a.ref !== giverRef);
  if (!focus) return null;
  const ownMention = page.mentions.findLast((m) => m.actor.ref === focus.ref && m.from < start);
  const distance = ownMention ? amount.sentence - page.sentenceOf[ownMention.from]! : 1;
  const paid = scene.recipients.some((r) => r.ref === focus.ref);
  return distance <= 3 || scene.main?.ref === focus.ref || paid ? focus : null;
}

const BILLION = '1000000000';
const SIZEABLE = '50000000';
const LARGE = '500000000';

/** False where the money has another end: a place, a field, equipment; or nobody is known to pay it. */
function isDirected(clause: Clause, giver: Party | null): boolean {
  const { scene, amount, verdict } = clause;
  const { cue, type } = verdict;
  if (!cue || type === 'PLAN' || type === 'SAY' || cue.lemma === 'debloquer') return false;
  if (type === 'DEBT') return true;
  if (hasDestination(clause)) return false;
  if (!giver) return false;
  const actor = giver.kind === 'ACTOR' ? giver.mention.actor : null;
  if (
    verdict.governments.some(
      (g) => g.cue.type === 'PLAN' && g.cost <= 12 && !/^(?:projet|chantier)/.test(g.cue.lemma),
    )
  )
    return false;
  if (isState(giver))
    return (
      type === 'GRANT' || JOINING.test(cue.lemma) || /^(?:investir|participer|souscrire)$/.test(cue.lemma)
    );
  if (!actor || (scene.sure && actor.ref === scene.main?.ref)) return false;
  if (actor.kind === 'PERSON' && compareDecimals(amount.amount.amount, LARGE) >= 0) return false;
  const raised = clause.latest?.raise === true && amount.sentence - clause.latest.sentence <= 6;
  if (!raised && compareDecimals(amount.amount.amount, BILLION) >= 0) return false;
  if (actor.kind === 'INVESTOR' || actor.kind === 'PERSON' || (!scene.civic && scene.backers.has(actor.ref)))
    return cue.tense !== null || type !== 'GIVE' || JOINING.test(cue.lemma);
  // A company spends as a rule on itself; it pays into another where the verb or a raise told nearby says so.
  if (cue.lemma === 'investir' && compareDecimals(amount.amount.amount, LARGE) >= 0) return false;
  if (cue.lemma === 'investir')
    return clause.latest !== null && amount.sentence - clause.latest.sentence <= 6;
  return /^(?:apporter|contribuer|participer|souscrire|verser|injecter|remettre|offrir|preter|abonder|don|dons|mecenat)$/.test(
    cue.lemma,
  );
}

const FIELDS =
  /^(?:programmes?|initiatives?|plan|dispositif|ia|intelligence|data|datacenters?|centres?|infrastructures?|usines?|supercalculateurs?|calcul|calculateurs?|formation|recherche|secteur|start|startups|entreprises|projets?|pays|filiere|competences|puces|cloud|region|ecosysteme|etudiants|clusters?|poles?|technologies?|industrie|economie|serveurs|monde|hexagone|territoire|campus|robotique|quantique|sante|defense|innovation|numerique|capital|acquisitions?)$/;
const REACH = 14;

/**
 * True where the sum has another end than somebody: a place, a field, equipment. With `owned`, what is somebody's ("pour son
 * usine") is none.
 */
export function hasDestination({ page, amount, verdict }: Clause, owned = false): boolean {
  const end = page.sentences[amount.sentence]!.to;
  const { cue } = verdict;
  const from = cue && cue.to <= amount.from ? cue.to : amount.to;
  for (let i = from; i < Math.min(amount.to + REACH, end); i++) {
    if (page.amountAt[i] !== -1) continue;
    const { folded } = page.words[i]!;
    if (!/^(?:dans|en|vers|pres|au|aux|a|pour|sur)$/.test(folded)) continue;
    if (folded === 'a' && (rawWord(page, i) !== 'à' || page.words[i - 1]?.folded === 'appel')) continue;
    if (page.words[i + 1]?.folded === 'titre') continue;
    for (let k = i + 1; k <= i + 3 && k < end; k++) {
      if (page.breaks[k] !== 'NONE' && page.breaks[k] !== 'QUOTE') break;
      const word = page.words[k]!;
      // "en capital" is a form of money, "au capital" of somebody.
      if (word.folded === 'capital' && folded !== 'dans') break;
      if (owned && /^(?:son|sa|ses)$/.test(word.folded)) break;
      if (FIELDS.test(word.folded)) return true;
      const place =
        word.shape !== 'LOWER' &&
        word.shape !== 'NUMBER' &&
        page.mentionAt[k] === -1 &&
        folded !== 'pour' &&
        folded !== 'sur';
      if (place) return true;
    }
  }
  return false;
}

function byGoal({ scene, page, amount, verdict }: Clause, giverRef: number): ReadActor | null {
  const from = verdict.cue ? Math.min(verdict.cue.to, amount.to) : amount.to;
  const end = page.sentences[amount.sentence]!.to;
  const goal = findGoal(page, amount, from, end, (a) => canReceive(a) && a.ref !== giverRef);
  if (goal?.kind === 'ACTOR' && isProgramme(page, goal.mention.from)) return null;
  return asReceiver(scene, page, goal, giverRef);
}

/** "au programme de recherche PEPR IA": what bears the name is a plan. */
function isProgramme(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 4 && page.breaks[i + 1] === 'NONE'; i--)
    if (/^(?:programme|plan|strategie|dispositif|pepr|guichet)$/.test(page.words[i]!.folded)) return true;
  return false;
}

const TRANSITIVE = /^(?:financer|cofinancer|abonder|soutenir|subventionner|doter)$/;

/** "soutient l'Institut Curie à hauteur de", "financer l'initiative": the verb's own object. */
function byObject(clause: Clause, giverRef: number): ReadActor | null {
  const { scene, page, amount, verdict } = clause;
  const { cue } = verdict;
  if (!cue || !TRANSITIVE.test(cue.lemma) || cue.to > amount.from || isPassive(clause)) return null;
  // "vient de la doter de 15 millions"
  if (/^(?:la|le)$/.test(page.words[cue.from - 1]?.folded ?? '') && cue.tense !== null && !cue.participle)
    return resolve(scene, page, cue.from, (a) => isVenture(a) && a.ref !== giverRef);
  const object = directObject(page, cue.to, amount.from);
  if (object?.kind === 'ANAPHOR')
    return resolve(scene, page, object.at, (a) => isVenture(a) && a.ref !== giverRef);
  if (object?.kind !== 'ACTOR') return null;
  const { actor } = object.mention;
  return actor.ref !== giverRef && canReceive(actor) ? actor : null;
}

function directObject(page: Page, from: number, to: number): Party | null {
  for (let i = from; i < to && i < from + 5; i++) {
    const place = page.mentionAt[i]!;
    if (place !== -1) return { kind: 'ACTOR', mention: page.mentions[place]!, at: i };
    const noun = page.words[i + 1]?.folded ?? '';
    if (/^(?:l|le|la|cette|ce)$/.test(page.words[i]!.folded) && OBJECTS.test(noun)) {
      return { kind: 'ANAPHOR', kinds: ['LAB', 'ORGANIZATION', 'COMPANY'], at: i };
    }
    if (page.breaks[i] !== 'NONE' && i > from) return null;
  }
  return null;
}

const OBJECTS = /^(?:initiative|projet|startup|start|laboratoire|entreprise|societe|fondation)$/;
const HELPING =
  /^(?:soutenir|financer|aider|equiper|doter|renforcer|developper|recuperer|accompagner|agrandir|moderniser)$/;

/** "pour l'usine de STMicroelectronics", "pour soutenir Kyutai": whom the money is for, at one remove. */
function byPurpose({ page, amount }: Clause, giverRef: number): ReadActor | null {
  const end = page.sentences[amount.sentence]!.to;
  for (let i = amount.to; i < end && i < amount.to + 12; i++) {
    if (page.amountAt[i] !== -1 || (i > amount.to && isBreak(page, i))) return null;
    if (page.words[i]!.folded === 'pour') return purposeAt(page, i + 1, end, giverRef);
  }
  return null;
}

function purposeAt(page: Page, from: number, end: number, giverRef: number): ReadActor | null {
  for (let i = from; i < end && i < from + 7; i++) {
    if (isBreak(page, i)) return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const { actor } = page.mentions[place]!;
      return isVenture(actor) && actor.ref !== giverRef ? actor : null;
    }
    const { folded } = page.words[i]!;
    if (i === from && /(?:er|ir|re)$/.test(folded) && !HELPING.test(folded)) return null;
  }
  return null;
}

function isBreak(page: Page, i: number): boolean {
  return page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE';
}

/** "Microsoft, qui a injecté 10 milliards, OpenAI a pu …", "Grâce à cet apport de 7 millions, Neuron ouvrira …". */
function byFollowing(
  { page, amount, verdict }: Clause,
  giver: Party | null,
  giverRef: number,
): ReadActor | null {
  const { cue } = verdict;
  if (!cue) return null;
  const sentence = page.sentences[amount.sentence]!;
  const paid = /^(?:injecter|apporter|verser|investir)$/.test(cue.lemma);
  const opening =
    !giver && cue.tense === null && cue.to <= amount.from && OPENINGS.test(page.words[sentence.from]!.folded);
  if (!paid && !opening) return null;
  const next = findFollowing(page, amount.to, sentence.to);
  if (next?.kind !== 'ACTOR') return null;
  const { actor } = next.mention;
  return isVenture(actor) && actor.ref !== giverRef ? actor : null;
}

/** "devient le premier actionnaire de Mistral en investissant 1,3 milliard" */
function byStake({ page, amount, verdict }: Clause, giverRef: number): ReadActor | null {
  if (verdict.type !== 'GIVE') return null;
  const { from, to } = page.sentences[amount.sentence]!;
  for (let i = Math.max(from, amount.from - STAKE_REACH); i < Math.min(to, amount.to + STAKE_REACH); i++) {
    const { folded } = page.words[i]!;
    const share = /^\s?%/u.test(page.text.slice(page.words[i]!.end, page.words[i]!.end + 2));
    if (!share && !/^(?:actionnaires?|capital|parts|participation)$/.test(folded)) continue;
    const owner = findOwner(page, i + 1, (a) => isVenture(a) && a.ref !== giverRef);
    if (owner && /^(?:de|d|du)$/.test(page.words[i + 1]!.folded)) return owner.mention.actor;
  }
  return null;
}

/** "L'américain entre à son capital en apportant 24 millions": the other one's. */
export function byCapital(
  { scene, page, amount }: Clause,
  giver: Party | null,
  giverRef: number,
): ReadActor | null {
  if (!giver) return null;
  for (let i = Math.max(giver.at, amount.from - STAKE_REACH); i < amount.from; i++) {
    if (
      !/^(?:son|leur)$/.test(page.words[i]!.folded) ||
      !/^(?:capital|tour)$/.test(page.words[i + 1]!.folded)
    )
      continue;
    const venture = resolve(
      scene,
      page,
      page.sentences[amount.sentence]!.from,
      (a) => isVenture(a) && a.ref !== giverRef,
    );
    if (venture) return venture;
  }
  return null;
}

const STAKE_REACH = 16;
const HOSTED = /^(?:chaire|laboratoire|labo|institut|centre|programme|equipe)$/;

function byOwner({ page, amount }: Clause): ReadActor | null {
  const body = (a: ReadActor): boolean => a.kind === 'ORGANIZATION' || a.kind === 'LAB';
  // "1,5 million d'euros une chaire de l'École polytechnique"
  for (let i = amount.to; i < amount.to + 5 && i < page.words.length && !isBreak(page, i); i++) {
    if (!HOSTED.test(page.words[i]!.folded)) continue;
    const host = findOwner(page, i + 1, body);
    if (host) return host.mention.actor;
  }
  return findOwner(page, amount.to, body)?.mention.actor ?? null;
}
