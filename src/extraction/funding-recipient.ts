/**
 * Who receives and who pays, for an amount that is funding.
 */
import { compareDecimals } from '#text/numbers.ts';
import type { ReadActor } from './extraction.ts';
import type { Page, PageAmount, PageMention } from './funding-page.ts';
import {
  canReceive,
  employerOf,
  findGoal,
  findOwner,
  findSubject,
  type Party,
  resolve,
  type Scene,
} from './funding-parties.ts';
import type { Verdict } from './funding-verdict.ts';

/** The parties to a fact. */
export interface Parties {
  readonly recipient: ReadActor | null;
  readonly investors: readonly { readonly actor: ReadActor; readonly lead: boolean }[];
  /** True when a state, ministry or programme pays, named or not. */
  readonly state: boolean;
}

const anyone = (): boolean => true;

/** The amount before this one in its sentence, when the same cue governs both. */
export interface Neighbour {
  readonly amount: PageAmount;
  readonly verdict: Verdict;
  readonly parties: Parties;
}

/** The last fact read that has a recipient, and the sentence it stands in. */
export interface Latest {
  readonly recipient: ReadActor;
  readonly sentence: number;
}

/** Ways of paying into something already spoken of, so that who receives need not be said again. */
const JOINING =
  /^(?:apporter|contribuer|participer|souscrire|verser|injecter|remettre|mettre|mener|glisser|ticket|cheque|sur la table|au pot|investissement complementaire|mener le tour avec|mener l operation avec)/;

/** Finds the parties. `before` is the fact read just before in the same sentence, if any; `latest` the last one with a recipient. */
export function findParties(
  scene: Scene,
  page: Page,
  amount: PageAmount,
  verdict: Verdict,
  before: Neighbour | null,
  latest: Latest | null,
): Parties {
  switch (verdict.type) {
    case 'RAISE':
      return raising(scene, page, amount, verdict, before);
    case 'BUY':
      return buying(scene, page, amount, verdict);
    default:
      return giving(scene, page, amount, verdict, before, latest);
  }
}

function isPassive(page: Page, verdict: Verdict, amount: PageAmount): boolean {
  const { cue } = verdict;
  if (!cue?.participle) return false;
  if (cue.from >= amount.to) return true;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 4; i--) {
    const { folded } = page.words[i]!;
    if (/^(?:a|ont|avait|avaient|ayant|avoir|aurait|aura)$/.test(folded)) return false;
    if (/^(?:est|sont|ete|etre|etait|sera|seront|fut|serait|etaient)$/.test(folded))
      return page.words[i - 1]?.folded !== 's';
  }
  return true;
}

/** Those joined to a mention by commas and "et": "A, B et C". */
function listFrom(page: Page, first: PageMention): { actor: ReadActor; lead: boolean }[] {
  const list = [{ actor: first.actor, lead: false }];
  for (let place = page.mentionAt[first.from]! + 1, last = first; place < page.mentions.length; place++) {
    const next = page.mentions[place]!;
    if (next.from - last.to > 3 || page.sentenceOf[next.from] !== page.sentenceOf[first.from]) break;
    let joined = page.breaks[last.to] === 'COMMA' && next.from === last.to;
    for (let i = last.to; i < next.from; i++) {
      const { folded } = page.words[i]!;
      if (folded === 'et') joined = true;
      else if (!/^(?:de|d|du|le|la|l|par|ainsi|que|fonds)$/.test(folded)) return list;
      else if (page.breaks[last.to] === 'COMMA') joined = true;
    }
    if (!joined) break;
    list.push({ actor: next.actor, lead: false });
    last = next;
  }
  return list;
}

function agent(page: Page, from: number, to: number): PageMention | null {
  for (let i = from; i < to; i++) {
    const { folded } = page.words[i]!;
    if (folded === 'par' && page.amountAt[i] === -1) {
      const owner = findOwner(page, i, anyone);
      if (owner?.kind === 'ACTOR') return owner.mention;
    }
    if (page.breaks[i] === 'SEMICOLON') return null;
  }
  return null;
}

function asReceiver(scene: Scene, page: Page, party: Party | null): ReadActor | null {
  if (!party || party.kind === 'PUBLIC') return null;
  if (party.kind === 'ANAPHOR') {
    const fits = party.fund
      ? (a: ReadActor) => a.kind === 'INVESTOR'
      : (a: ReadActor) => canReceive(a) && a.kind !== 'INVESTOR';
    return resolve(scene, page, party.at, fits) ?? resolve(scene, page, party.at, canReceive);
  }
  const { actor } = party.mention;
  if (canReceive(actor)) return actor;
  if (actor.kind === 'PERSON') {
    const employer = employerOf(scene, page, party.mention);
    if (employer && canReceive(employer)) return employer;
    return resolve(scene, page, party.at, (a) => canReceive(a) && a.kind !== 'INVESTOR');
  }
  return null;
}

const LEADERS =
  /^(?:mene|mener|menent|emmene|dirige|pilote|conduit|participe|participent|orchestre|entre|entrent)$/;

function raising(
  scene: Scene,
  page: Page,
  amount: PageAmount,
  verdict: Verdict,
  before: Neighbour | null,
): Parties {
  const { cue } = verdict;
  const sentence = page.sentences[amount.sentence]!;
  const receives = (a: ReadActor): boolean => canReceive(a) || a.kind === 'PERSON';
  const done = (recipient: ReadActor | null): Parties => ({ recipient, investors: [], state: false });
  const noun = cue === null || cue.tense === null;
  if (noun && cue) {
    for (const at of [amount.to, cue.to]) {
      const owner = findOwner(page, at, (a) => canReceive(a) && a.kind !== 'INVESTOR');
      if (owner?.kind === 'ACTOR' && owner.at > 0) return done(owner.mention.actor);
    }
  }
  // "105 millions … puis 385": the same subject, unless another stands between.
  if (before && (cue === null || cue.to <= before.amount.from) && before.verdict.type === 'RAISE') {
    const between = findSubject(
      page,
      amount.from,
      before.amount.to,
      (a) => canReceive(a) && a.kind !== 'INVESTOR',
    );
    if (!between || between.kind !== 'ACTOR') return done(before.parties.recipient);
  }
  const at = cue ? Math.min(cue.from, amount.from) : amount.from;
  const subject = findSubject(page, at, sentence.from, receives);
  if (subject?.kind === 'ACTOR' && subject.mention.actor.kind === 'INVESTOR') {
    for (let i = subject.mention.to; i < at; i++) {
      if (LEADERS.test(page.words[i]!.folded)) {
        const goal = findOwner(page, amount.to, (a) => canReceive(a) && a.kind !== 'INVESTOR');
        return done(
          goal?.kind === 'ACTOR'
            ? goal.mention.actor
            : resolve(scene, page, subject.at, (a) => canReceive(a) && a.kind !== 'INVESTOR'),
        );
      }
    }
  }
  const source =
    cue && cue.tense !== null && cue.to <= amount.from ? sourceOf(page, amount.to, sentence.to) : null;
  const from = source && source.actor.kind !== 'PERSON' ? listFrom(page, source) : [];
  const public_ = source?.actor.kind === 'GOVERNMENT';
  if (cue?.lemma === 'se partager' && subject?.kind !== 'ACTOR')
    return { recipient: null, investors: from, state: public_ };
  const receiver = asReceiver(scene, page, subject);
  if (receiver)
    return {
      recipient: receiver,
      investors: from.filter((i) => i.actor.ref !== receiver.ref),
      state: public_,
    };
  if (subject?.kind === 'PUBLIC') return { recipient: null, investors: [], state: true };
  const goal = findGoal(page, amount.to, sentence.to, (a) => canReceive(a) && a.kind !== 'INVESTOR');
  const towards = asReceiver(scene, page, goal);
  if (towards) return done(towards);
  return done(
    resolve(scene, page, amount.from, (a) => canReceive(a) && a.kind !== 'INVESTOR') ??
      resolve(scene, page, amount.from, canReceive),
  );
}

function giving(
  scene: Scene,
  page: Page,
  amount: PageAmount,
  verdict: Verdict,
  before: Neighbour | null,
  latest: Latest | null,
): Parties {
  const { cue, type } = verdict;
  const sentence = page.sentences[amount.sentence]!;
  const passive = cue !== null && isPassive(page, verdict, amount);
  const at = cue ? Math.min(cue.from, amount.from) : amount.from;
  const end = sentence.to;
  // A list of givers: "MACSF, qui apporte 13 millions, et la BPI, 20 millions".
  if (before && cue && before.verdict.cue === cue && before.amount.to <= amount.from) {
    const own = findSubject(page, amount.from, before.amount.to, anyone);
    const goal = asReceiver(scene, page, findGoal(page, amount.to, end, canReceive));
    const recipient = goal ?? before.parties.recipient;
    if (own?.kind === 'ACTOR') {
      return { recipient, investors: [{ actor: own.mention.actor, lead: false }], state: isState(own) };
    }
    return { ...before.parties, recipient };
  }
  // "15 milliards que SoftBank doit apporter": the subject stands between the amount and its verb.
  const relative =
    cue !== null && cue.from >= amount.to && /^qu?e?$/.test(page.words[amount.to]?.folded ?? '');
  let giver = relative
    ? findSubject(page, cue.from, amount.to, anyone)
    : findSubject(page, at, sentence.from, anyone);
  const goalFrom = cue ? Math.min(cue.to, amount.to) : amount.to;
  const receives = (a: ReadActor): boolean =>
    canReceive(a) && (giver?.kind !== 'ACTOR' || giver.mention.actor.ref !== a.ref);
  let goal = findGoal(page, goalFrom, end, receives);
  if (passive) {
    const by = agent(page, Math.min(cue.from, amount.from), end);
    if (by) {
      const patient = cue.from < amount.from ? giver : goal;
      const recipient = asReceiver(scene, page, patient);
      return {
        recipient: recipient?.ref === by.actor.ref ? null : recipient,
        investors: onlyAnnounces(by, type, recipient, amount) ? [] : listFrom(page, by),
        state: by.actor.kind === 'GOVERNMENT',
      };
    }
  }
  const dative = cue ? findDative(page, cue.from, sentence.from) : -1;
  if (dative >= 0) {
    const giverRef = giver?.kind === 'ACTOR' ? giver.mention.actor.ref : -1;
    const convinced =
      giver?.kind === 'ACTOR' && canReceive(giver.mention.actor) && persuades(page, giver.at, dative);
    if (convinced)
      return { recipient: giver?.kind === 'ACTOR' ? giver.mention.actor : null, investors: [], state: false };
    const recipient = resolve(
      scene,
      page,
      dative,
      (a) => canReceive(a) && a.kind !== 'INVESTOR' && a.ref !== giverRef,
    );
    return { recipient, investors: payer(giver), state: isState(giver) };
  }
  if (
    goal &&
    giver?.kind === 'ACTOR' &&
    goal.kind === 'ACTOR' &&
    goal.mention.actor.ref === giver.mention.actor.ref
  )
    goal = null;
  let recipient = asReceiver(scene, page, goal);
  if (!recipient) {
    const owner = findOwner(page, amount.to, (a) => a.kind === 'ORGANIZATION' || a.kind === 'LAB');
    if (owner?.kind === 'ACTOR') recipient = owner.mention.actor;
  }
  // "a obtenu une subvention", "doté de": who has it, not who gives it.
  const gets = type === 'GRANT' || type === 'ENDOW' || type === 'DEBT';
  if (
    gets &&
    !recipient &&
    giver &&
    !isState(giver) &&
    !(giver.kind === 'ACTOR' && giver.mention.actor.kind === 'INVESTOR')
  ) {
    const active =
      cue?.tense !== null &&
      cue?.tense !== undefined &&
      !passive &&
      cue.lemma !== 'emprunter' &&
      cue.type !== 'DEBT' &&
      cue.lemma !== 'doter';
    if (!active) {
      recipient = asReceiver(scene, page, giver);
      giver = null;
      const from = sourceOf(page, amount.to, end);
      return {
        recipient,
        investors: from ? listFrom(page, from) : [],
        state: from?.actor.kind === 'GOVERNMENT',
      };
    }
  }
  if (!giver) {
    const by = agent(page, amount.to, end) ?? sourceOf(page, amount.to, end);
    if (by && !onlyAnnounces(by, type, recipient, amount)) {
      return { recipient, investors: listFrom(page, by), state: by.actor.kind === 'GOVERNMENT' };
    }
  }
  if (!recipient && latest && cue && JOINING.test(cue.lemma)) {
    const known = giver?.kind === 'ACTOR' && scene.payers.has(giver.mention.actor.ref);
    const self = giver?.kind === 'ACTOR' && giver.mention.actor.ref === latest.recipient.ref;
    if (!self && amount.sentence - latest.sentence <= (known ? 5 : 2)) recipient = latest.recipient;
  }
  let investors = payer(giver);
  const state = isState(giver);
  // "l'Élysée fait état de 15 milliards d'investissements étrangers": it tells, it does not pay.
  if (state && isForeign(page, amount, sentence.to)) investors = [];
  if (giver?.kind === 'ANAPHOR' && investors.length === 0) {
    const who = resolve(scene, page, giver.at, (a) => a.kind !== 'PERSON' && a.ref !== recipient?.ref);
    if (who) investors = [{ actor: who, lead: false }];
  }
  if (
    giver?.kind === 'ACTOR' &&
    giver.mention.actor.kind === 'PERSON' &&
    (onlyAnnounces(giver.mention, type, recipient, amount) || isAnnouncer(scene, giver.mention))
  ) {
    // Someone who only announces a public plan does not pay for it.
    const body = employerOf(scene, page, giver.mention);
    investors = body?.kind === 'GOVERNMENT' && type === 'PLAN' ? [{ actor: body, lead: false }] : [];
    return { recipient, investors, state: true };
  }
  if (type === 'PLAN' && investors.length === 0) {
    const by = stateIn(page, sentence.from, sentence.to);
    if (by) return { recipient, investors: [{ actor: by.actor, lead: false }], state: true };
  }
  return { recipient, investors, state: state || (type === 'PLAN' && investors.length === 0) };
}

function buying(scene: Scene, page: Page, amount: PageAmount, verdict: Verdict): Parties {
  const { cue } = verdict;
  const sentence = page.sentences[amount.sentence]!;
  const company = (a: ReadActor): boolean => canReceive(a);
  const cueAt = cue ?? null;
  const at = cueAt ? Math.min(cueAt.from, amount.from) : amount.from;
  const subject = findSubject(page, at, sentence.from, (a) => company(a) || a.kind === 'GOVERNMENT');
  let bought: ReadActor | null = null;
  let buyer: ReadActor | null = null;
  if (cueAt) {
    const after = findOwner(page, cueAt.to, company) ?? directObject(page, cueAt.to, sentence.to, company);
    if (after?.kind === 'ACTOR') bought = after.mention.actor;
    if (cueAt.participle && isPassive(page, verdict, amount)) {
      const by = agent(page, cueAt.to, sentence.to);
      bought = asReceiver(scene, page, subject);
      buyer = by?.actor ?? null;
      return {
        recipient: bought,
        investors: buyer && buyer.ref !== bought?.ref ? [{ actor: buyer, lead: false }] : [],
        state: false,
      };
    }
    const by = agent(page, cueAt.to, sentence.to);
    if (by) buyer = by.actor;
  }
  if (!buyer && subject?.kind === 'ACTOR') buyer = subject.mention.actor;
  if (!buyer && subject?.kind === 'ANAPHOR')
    buyer = resolve(scene, page, subject.at, (a) => company(a) && a.ref !== bought?.ref);
  if (!bought) {
    const goal = findGoal(page, amount.to, sentence.to, (a) => company(a) && a.ref !== buyer?.ref);
    bought = asReceiver(scene, page, goal);
  }
  if (!bought) bought = boughtBefore(scene, page, amount.sentence, buyer);
  if (bought && buyer && bought.ref === buyer.ref) buyer = null;
  if (bought && !buyer) buyer = buyerBefore(page, amount.sentence, bought);
  return { recipient: bought, investors: buyer ? [{ actor: buyer, lead: false }] : [], state: false };
}

/** "rachète Preligens", "mettre la main sur la start-up Snips": the first company right after the verb. */
function directObject(page: Page, from: number, to: number, accept: (a: ReadActor) => boolean): Party | null {
  for (let i = from; i < to && i < from + 7; i++) {
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE' && i > from) return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      return accept(mention.actor) ? { kind: 'ACTOR', mention, at: i } : null;
    }
    if (page.amountAt[i] !== -1 || page.words[i]!.folded === 'par') return null;
  }
  return null;
}

/** The company that the sentences before say is being bought: the last but the buyer. */
function boughtBefore(scene: Scene, page: Page, sentence: number, buyer: ReadActor | null): ReadActor | null {
  const start = page.sentences[sentence]!.from;
  let best: PageMention | null = null;
  for (const m of page.mentions) {
    if (m.from >= start) break;
    if (sentence - page.sentenceOf[m.from]! > 3) continue;
    if (m.actor.kind !== 'COMPANY' && m.actor.kind !== 'LAB') continue;
    if (m.actor.ref === buyer?.ref) continue;
    if (followsPurchase(page, m)) return m.actor;
    best ??= m;
  }
  return (
    best?.actor ??
    resolve(scene, page, start, (a) => canReceive(a) && a.kind !== 'INVESTOR' && a.ref !== buyer?.ref)
  );
}

function followsPurchase(page: Page, m: PageMention): boolean {
  for (let i = m.from - 1; i >= 0 && i >= m.from - 4; i--) {
    if (
      /^(?:rachat|racheter|rachete|acquisition|acquis|acquiert|main|offert|offre|offrir|reprise|empare)$/.test(
        page.words[i]!.folded,
      )
    )
      return true;
  }
  return false;
}

function buyerBefore(page: Page, sentence: number, bought: ReadActor): ReadActor | null {
  let buyer: ReadActor | null = null;
  for (const m of page.mentions) {
    const at = page.sentenceOf[m.from]!;
    if (at > sentence) break;
    if (sentence - at > 2 || m.actor.ref === bought.ref || m.actor.kind === 'PERSON') continue;
    for (let i = m.to; i < m.to + 5 && i < page.words.length && page.sentenceOf[i] === at; i++) {
      if (
        /^(?:rachete|racheter|acquiert|acquis|offre|offert|met|mettre|mis|empare|reprend|avale|croque)$/.test(
          page.words[i]!.folded,
        )
      )
        buyer = m.actor;
    }
  }
  return buyer;
}

const BILLION = '1000000000';

/** A person who names a plan, or billions for nobody in particular, announces them: they are not that person's money. */
function onlyAnnounces(
  m: PageMention,
  type: Verdict['type'],
  recipient: ReadActor | null,
  { amount }: PageAmount,
): boolean {
  return (
    m.actor.kind === 'PERSON' &&
    (type === 'PLAN' || (recipient === null && compareDecimals(amount.amount, BILLION) >= 0))
  );
}

function isForeign(page: Page, { to }: PageAmount, end: number): boolean {
  for (let i = to; i < Math.min(to + 6, end); i++) {
    if (/^(?:etrangers|etrangeres|prives|privees|prive)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

function isState(party: Party | null): boolean {
  return party?.kind === 'PUBLIC' || (party?.kind === 'ACTOR' && party.mention.actor.kind === 'GOVERNMENT');
}

function payer(party: Party | null): { actor: ReadActor; lead: boolean }[] {
  return party?.kind === 'ACTOR' ? [{ actor: party.mention.actor, lead: false }] : [];
}

/** A person whose ties are to a state, or who is called minister or president of the Republic in the text. */
function isAnnouncer(scene: Scene, mention: PageMention): boolean {
  const ties = scene.found.affiliations.filter((a) => a.person === mention.actor.ref && !a.former);
  return ties.some((t) => scene.found.actors.find((a) => a.ref === t.organization)?.kind === 'GOVERNMENT');
}

function findDative(page: Page, at: number, from: number): number {
  for (let i = at - 1; i >= from && i >= at - 3; i--) {
    const { folded } = page.words[i]!;
    if (folded === 'lui' || folded === 'leur') return i;
  }
  return -1;
}

function persuades(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (/^(?:convainc|convaincu|convaincre|persuade|obtenu|decide)$/.test(page.words[i]!.folded)) return true;
  return false;
}

/** "3 millions d'euros du Conseil européen de l'innovation", "auprès de la BPI": where the money comes from. */
function sourceOf(page: Page, from: number, to: number): PageMention | null {
  for (let i = from; i < to && i < from + 14; i++) {
    const { folded } = page.words[i]!;
    if (page.amountAt[i] !== -1 || page.breaks[i] === 'SEMICOLON') return null;
    if (folded === 'de' || folded === 'd' || folded === 'du' || folded === 'par') {
      const owner = findOwner(page, i, (a) => a.kind !== 'LAB');
      if (owner?.kind === 'ACTOR') return owner.mention;
    }
  }
  return null;
}

function stateIn(page: Page, from: number, to: number): PageMention | null {
  for (let i = from; i < to; i++) {
    const place = page.mentionAt[i]!;
    if (place !== -1 && page.mentions[place]!.actor.kind === 'GOVERNMENT') return page.mentions[place]!;
  }
  return null;
}
