/** The parties to money paid in: investments, plans, subsidies, gifts and loans. */
import { compareDecimals } from '#text/numbers.ts';
import type { ReadActor } from './extraction.ts';
import {
  asReceiver,
  type Clause,
  findAgent,
  findBracketed,
  findDative,
  findFollowing,
  findParticipleSubject,
  findSource,
  type Investor,
  isPaidByState,
  isPassive,
  isState,
  listBack,
  listFrom,
  type Parties,
} from './funding-links.ts';
import type { Page, PageMention } from './funding-page.ts';
import { findGoal, findOwner, findSubject, type Party } from './funding-parties.ts';
import { canReceive, employerOf, isVenture, resolve } from './funding-scene.ts';

/** Ways of paying into something already spoken of, so that who receives need not be said again. */
const JOINING =
  /^(?:apporter|contribuer|participer|souscrire|verser|injecter|remettre|mettre|mener|glisser|ticket|cheque|sur la table|au pot)/;

/** Finds who pays whom. */
export function partiesOfGift(clause: Clause): Parties {
  const { scene, page, amount, verdict, before, latest, plan } = clause;
  const { cue } = verdict;
  const sentence = page.sentences[amount.sentence]!;
  const end = sentence.to;
  if (before && cue && before.verdict.cue === cue && before.amount.to <= amount.from)
    return continued(clause, before);
  // "Stargate (500 milliards sur cinq ans)"
  const bracketed = findBracketed(page, amount);
  if (bracketed && (bracketed.actor.kind === 'ORGANIZATION' || bracketed.actor.kind === 'LAB')) {
    return { recipient: bracketed.actor, investors: [], state: false };
  }
  // "les 5 milliards restants": of the sum told just before.
  if (clause.gift && page.words[amount.to]?.folded === 'restants') return clause.gift.parties;
  const at = cue ? Math.min(cue.from, amount.from) : amount.from;
  const found =
    findParticipleSubject(clause) ??
    findRelativeGiver(page, [amount.to, cue?.to ?? -1], end) ??
    findSubject(page, at, sentence.from, anyone);
  const opening = cue !== null && cue.participle && cue.from < amount.from;
  const giver = found ?? (opening ? findFollowing(page, amount.to, end) : null);
  const giverRef = giver?.kind === 'ACTOR' ? giver.mention.actor.ref : -1;
  const from = cue ? Math.min(cue.to, amount.to) : amount.to;
  const goal = findGoal(page, amount, from, end, (a) => canReceive(a) && a.ref !== giverRef);
  if (cue && isPassive(clause)) {
    const by = findAgent(
      page,
      Math.min(cue.from, amount.from),
      found ? end : clauseEnd(page, amount.to, end),
    );
    if (by) {
      const patient = cue.from < amount.from ? (giver ?? findFollowing(page, amount.to, end)) : goal;
      // "dont 4 millions apportés par Bpifrance": a share of the raise told just before.
      const recipient =
        asReceiver(scene, page, patient) ??
        (before?.verdict.type === 'RAISE' ? before.parties.recipient : null);
      return {
        recipient: recipient?.ref === by.actor.ref ? null : recipient,
        investors: onlyAnnounces(clause, by, recipient) ? [] : listFrom(page, by),
        state: by.actor.kind === 'GOVERNMENT',
      };
    }
  }
  const dative = cue ? findDative(page, cue.from, sentence.from) : -1;
  if (dative >= 0) {
    if (giver?.kind === 'ACTOR' && canReceive(giver.mention.actor) && persuades(page, giver.at, dative)) {
      return { recipient: giver.mention.actor, investors: [], state: false };
    }
    const recipient = resolve(scene, page, dative, (a) => isVenture(a) && a.ref !== giverRef);
    return { recipient, investors: payers(page, giver), state: isState(giver) };
  }
  let recipient = asReceiver(scene, page, goal);
  // "soutient l'Institut Curie à hauteur de": the verb's own object.
  if (
    !recipient &&
    cue &&
    /^(?:financer|cofinancer|abonder|soutenir|subventionner|doter)$/.test(cue.lemma) &&
    cue.to <= amount.from &&
    !isPassive(clause)
  ) {
    const object = directObject(page, cue.to, amount.from);
    if (object?.kind === 'ANAPHOR')
      recipient = resolve(scene, page, object.at, (a) => isVenture(a) && a.ref !== giverRef);
    else if (
      object?.kind === 'ACTOR' &&
      object.mention.actor.ref !== giverRef &&
      canReceive(object.mention.actor)
    )
      recipient = object.mention.actor;
  }
  recipient ??= purposeOf(page, amount.to, end, giverRef);
  // "Microsoft, qui a injecté 10 milliards, OpenAI a pu …"
  if (!recipient && cue && /^(?:injecter|apporter|verser|investir)$/.test(cue.lemma)) {
    const main = findFollowing(page, amount.to, end);
    if (main?.kind === 'ACTOR' && isVenture(main.mention.actor) && main.mention.actor.ref !== giverRef)
      recipient = main.mention.actor;
  }
  if (!recipient) {
    const owner = findOwner(page, amount.to, (a) => a.kind === 'ORGANIZATION' || a.kind === 'LAB');
    if (owner?.kind === 'ACTOR') recipient = owner.mention.actor;
  }
  if (!recipient && giver && hasRatherThanGives(clause, giver)) {
    const source = findSource(page, amount.to, end) ?? findAgent(page, at, end);
    const holder = asReceiver(scene, page, giver);
    // A programme "doté de 73 millions" is the public plan itself.
    if (giver.kind === 'ACTOR' && giver.mention.actor.kind === 'GOVERNMENT') {
      return { recipient: null, investors: [{ actor: giver.mention.actor, lead: false }], state: true };
    }
    return {
      recipient: holder,
      investors: source ? listFrom(page, source).filter((i) => i.actor.ref !== holder?.ref) : [],
      state: source?.actor.kind === 'GOVERNMENT',
    };
  }
  // "Grâce à cet apport de 7 millions, Neuron ouvrira …"
  if (!giver && !recipient && cue && cue.tense === null && cue.to <= amount.from) {
    const receiver = OPENINGS.test(page.words[sentence.from]!.folded)
      ? findFollowing(page, amount.to, end)
      : null;
    if (receiver?.kind === 'ACTOR' && isVenture(receiver.mention.actor)) recipient = receiver.mention.actor;
  }
  if (!giver) {
    const by = findAgent(page, amount.to, end) ?? findSource(page, amount.to, end);
    if (by && by.actor.ref !== recipient?.ref && !onlyAnnounces(clause, by, recipient)) {
      return { recipient, investors: listFrom(page, by), state: by.actor.kind === 'GOVERNMENT' };
    }
  }
  if (!recipient && latest && cue && JOINING.test(cue.lemma) && giverRef !== latest.recipient.ref) {
    const known = scene.payers.has(giverRef);
    if (amount.sentence - latest.sentence <= (known ? 5 : 2)) recipient = latest.recipient;
  }
  // "Un fonds de 20 milliards financera …" right after the plan it belongs to.
  if (!giver && !recipient && plan && amount.sentence - plan.sentence <= 1) return plan.parties;
  return withPayers(clause, giver, recipient);
}

const anyone = (): boolean => true;

function clauseEnd(page: Page, from: number, to: number): number {
  for (let i = from + 1; i < to; i++) if (page.breaks[i] === 'COMMA') return i;
  return to;
}

function directObject(page: Page, from: number, to: number): Party | null {
  for (let i = from; i < to && i < from + 5; i++) {
    const place = page.mentionAt[i]!;
    if (place !== -1) return { kind: 'ACTOR', mention: page.mentions[place]!, at: i };
    if (
      /^(?:l|le|la|cette|ce)$/.test(page.words[i]!.folded) &&
      /^(?:initiative|projet|startup|start|laboratoire|entreprise|societe|fondation)$/.test(
        page.words[i + 1]?.folded ?? '',
      )
    ) {
      return { kind: 'ANAPHOR', kinds: ['LAB', 'ORGANIZATION', 'COMPANY'], at: i };
    }
    if (page.breaks[i] !== 'NONE' && i > from) return null;
  }
  return null;
}

const HELPING =
  /^(?:soutenir|financer|aider|equiper|doter|renforcer|developper|recuperer|accompagner|agrandir|moderniser)$/;

/** "pour l'usine de STMicroelectronics", "pour soutenir Kyutai": whom the money is for, at one remove. */
function purposeOf(page: Page, from: number, to: number, giverRef: number): ReadActor | null {
  for (let i = from; i < to && i < from + 12; i++) {
    if (page.amountAt[i] !== -1 || (i > from && page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE'))
      return null;
    if (page.words[i]!.folded !== 'pour') continue;
    for (let k = i + 1; k < to && k < i + 8; k++) {
      const { folded } = page.words[k]!;
      if (page.breaks[k] !== 'NONE' && page.breaks[k] !== 'QUOTE') return null;
      const place = page.mentionAt[k]!;
      if (place !== -1) {
        const { actor } = page.mentions[place]!;
        return isVenture(actor) && actor.ref !== giverRef ? actor : null;
      }
      if (/(?:er|ir|re)$/.test(folded) && k === i + 1 && !HELPING.test(folded)) return null;
    }
    return null;
  }
  return null;
}

/** "15 milliards que SoftBank doit apporter", "le ticket que Belfius glisse": the subject stands behind "que". */
function findRelativeGiver(page: Page, places: readonly number[], end: number): Party | null {
  for (const at of places) {
    if (at < 0 || !/^qu?e?$/.test(page.words[at]?.folded ?? '')) continue;
    for (let i = at + 1; i < end && i < at + 8; i++) {
      if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') break;
      const place = page.mentionAt[i]!;
      if (place !== -1) return { kind: 'ACTOR', mention: page.mentions[place]!, at: i };
      if (page.amountAt[i] !== -1) break;
    }
  }
  return null;
}

/** A list of givers or of uses under one verb: "MACSF, qui apporte 13 millions, et la BPI, 20 millions". */
function continued({ scene, page, amount }: Clause, before: NonNullable<Clause['before']>): Parties {
  const end = page.sentences[amount.sentence]!.to;
  const own =
    findBracketed(page, amount) ?? mentionOf(findSubject(page, amount.from, before.amount.to, anyone));
  const goal = asReceiver(scene, page, findGoal(page, amount, amount.to, end, canReceive));
  const recipient = goal ?? before.parties.recipient;
  if (!own || own.actor.ref === recipient?.ref) return { ...before.parties, recipient };
  return {
    recipient,
    investors: [{ actor: own.actor, lead: false }],
    state: own.actor.kind === 'GOVERNMENT',
  };
}

function mentionOf(party: Party | null): PageMention | null {
  return party?.kind === 'ACTOR' ? party.mention : null;
}

/** "a obtenu une subvention", "doté de 300 millions", "le projet à 500 milliards": the subject has the money. */
function hasRatherThanGives(clause: Clause, giver: Party): boolean {
  const { cue, type } = clause.verdict;
  if (isState(giver)) return clause.verdict.cue?.lemma === 'doter' && isPassive(clause);
  const actor = giver.kind === 'ACTOR' ? giver.mention.actor : null;
  if (type === 'PLAN') return actor !== null && (actor.kind === 'ORGANIZATION' || actor.kind === 'LAB');
  if (type !== 'GRANT' && type !== 'ENDOW' && type !== 'DEBT') return false;
  if (actor?.kind === 'INVESTOR' || actor?.kind === 'PERSON') return false;
  if (!cue || cue.tense === null || cue.lemma === 'emprunter' || cue.lemma === 'doter') return true;
  return isPassive(clause);
}

function withPayers(clause: Clause, giver: Party | null, recipient: ReadActor | null): Parties {
  const { scene, page, amount, verdict } = clause;
  const { type } = verdict;
  const sentence = page.sentences[amount.sentence]!;
  let investors = payers(page, giver).filter((i) => i.actor.ref !== recipient?.ref);
  const state = isState(giver) || (giver === null && isPaidByState(page, amount.to, sentence.to));
  // "l'Élysée fait état de 15 milliards d'investissements étrangers": it tells, it does not pay.
  if (state && isForeign(page, amount.to, sentence.to)) return { recipient, investors: [], state };
  if (giver?.kind === 'ANAPHOR') {
    const who = resolve(scene, page, giver.at, (a) => a.kind !== 'PERSON' && a.ref !== recipient?.ref);
    if (who) investors = [{ actor: who, lead: false }];
  }
  if (
    giver?.kind === 'ACTOR' &&
    giver.mention.actor.kind === 'PERSON' &&
    onlyAnnounces(clause, giver.mention, recipient)
  ) {
    const body = employerOf(scene, page, giver.mention);
    investors = body?.kind === 'GOVERNMENT' && type === 'PLAN' ? [{ actor: body, lead: false }] : [];
    return {
      recipient,
      investors: investors.length > 0 ? investors : programme(page, amount.to, sentence.to),
      state: true,
    };
  }
  if (investors.length === 0 && (type === 'PLAN' || giver?.kind === 'PUBLIC')) {
    const by = programme(page, sentence.from, sentence.to);
    if (by.length > 0) return { recipient, investors: by, state: true };
  }
  return { recipient, investors, state: state || (type === 'PLAN' && investors.length === 0) };
}

function payers(page: Page, party: Party | null): Investor[] {
  return party?.kind === 'ACTOR' ? listBack(page, party.mention) : [];
}

function persuades(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (/^(?:convainc|convaincu|convaincre|persuade|obtenu|decide)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

const OPENINGS = /^(?:grace|avec|fort|forte|apres|dote|dotee|suite)$/;
const BILLION = '1000000000';

/** A person who names a plan, or billions for nobody in particular, announces them: they are not that person's money. */
function onlyAnnounces(clause: Clause, m: PageMention, recipient: ReadActor | null): boolean {
  const { scene, amount, verdict } = clause;
  if (m.actor.kind !== 'PERSON') return false;
  if (verdict.type === 'PLAN' || (recipient === null && compareDecimals(amount.amount.amount, BILLION) >= 0))
    return true;
  if (isOfficial(clause, m)) return true;
  return scene.found.affiliations.some(
    (tie) =>
      tie.person === m.actor.ref &&
      !tie.former &&
      scene.found.actors.find((a) => a.ref === tie.organization)?.kind === 'GOVERNMENT',
  );
}

/** "Jean-Noël Barrot, ministre du Numérique": called an official right there. */
function isOfficial({ page }: Clause, m: PageMention): boolean {
  for (let i = m.to; i < m.to + 5 && i < page.words.length; i++) {
    if (page.breaks[i] === 'SENTENCE' || page.mentionAt[i] !== -1) break;
    if (OFFICE.test(page.words[i]!.folded)) return true;
  }
  for (let i = m.from - 1; i >= 0 && i >= m.from - 5 && page.breaks[i + 1] === 'NONE'; i--) {
    if (OFFICE.test(page.words[i]!.folded)) return true;
  }
  return false;
}

const OFFICE =
  /^(?:ministre|commissaire|republique|etat|depute|deputee|senateur|senatrice|maire|chancelier|premiere?)$/;

function isForeign(page: Page, from: number, to: number): boolean {
  for (let i = from; i < Math.min(from + 6, to); i++) {
    if (/^(?:etrangers|etrangeres|prives|privees|prive)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** The public body or programme named between two words. */
function programme(page: Page, from: number, to: number): Investor[] {
  for (let i = from; i < to; i++) {
    const place = page.mentionAt[i]!;
    if (place !== -1 && page.mentions[place]!.actor.kind === 'GOVERNMENT') {
      return [{ actor: page.mentions[place]!.actor, lead: false }];
    }
  }
  return [];
}
