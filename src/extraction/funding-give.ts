/** The parties to money paid in: investments, plans, subsidies, gifts and loans. */
import { compareDecimals } from '#text/numbers.ts';
import type { ReadActor } from './extraction.ts';
import { byCapital, recipientByContext, recipientOfGift } from './funding-give-recipient.ts';
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
import type { Page, PageAmount, PageMention } from './funding-page.ts';
import { findGoal, findNamedSubject, findOwner, findSubject, type Party } from './funding-parties.ts';
import { governorOf } from './funding-phrases.ts';
import { findRelative } from './funding-relative.ts';
import { canReceive, employerOf, isVenture, resolve } from './funding-scene.ts';

type Step = (clause: Clause, giver: Party | null) => Parties | null;

/** The ways a sentence may put it, the most telling first; the first that fits decides. */
const STEPS: readonly Step[] = [
  continued,
  added,
  related,
  borrowed,
  backed,
  received,
  stated,
  undergone,
  promised,
  toPronoun,
  held,
  sourced,
];

/** Finds who pays whom; null for what a company pays to a state (a fine, a tax). */
export function partiesOfGift(clause: Clause): Parties | null {
  let giver = findGiver(clause);
  // "l'Inria, qui pilote un programme doté de 73 millions": who is named beside a plan does not pay for it.
  if (clause.verdict.type === 'PLAN' && clause.verdict.cue?.lemma === 'doter' && !isState(giver))
    giver = null;
  if (isPaidToState(clause, giver)) return null;
  const fund = launchedFund(clause);
  if (fund)
    return {
      recipient: fund,
      investors: payers(clause.page, founderOf(clause, fund)),
      state: false,
      as: 'RAISE',
    };
  const body = publicReceiver(clause, giver);
  if (body) return { recipient: body, investors: payers(clause.page, giver), state: false };
  for (const step of STEPS) {
    const parties = step(clause, giver);
    if (parties) return aboutVenture(clause, parties);
  }
  const { plan, amount, page } = clause;
  const own = byCapital(clause, giver, giver?.kind === 'ACTOR' ? giver.mention.actor.ref : -1);
  const payer = giver?.kind === 'ANAPHOR' ? recallGiver(clause, giver, own) : null;
  const recipient = own ?? recipientOfGift(clause, giver, payer) ?? recipientByContext(clause, giver);
  // "Un fonds de 20 milliards financera …" right after the plan it belongs to.
  const sentence = page.sentences[amount.sentence]!;
  if (
    !giver &&
    !recipient &&
    plan &&
    amount.sentence - plan.sentence <= (clause.scene.civic ? 3 : 1) &&
    !isForeign(page, amount.to, sentence.to)
  ) {
    return plan.parties;
  }
  return withPayers(clause, giver, recipient);
}

/** A loan is the venture's that the text is about, not the fund's that stands beside it. */
function aboutVenture({ scene, page, amount, verdict }: Clause, parties: Parties): Parties {
  const { recipient } = parties;
  if (
    verdict.type !== 'DEBT' ||
    recipient === null ||
    !(recipient.kind === 'INVESTOR' || scene.payers.has(recipient.ref))
  )
    return parties;
  const venture = resolve(
    scene,
    page,
    page.sentences[amount.sentence]!.from,
    (a) => isVenture(a) && a.ref !== recipient.ref,
  );
  return venture ? { ...parties, recipient: venture } : parties;
}

/** "Criteo a versé 40 millions à la Cnil" */
function isPaidToState({ page, amount }: Clause, giver: Party | null): boolean {
  if (giver?.kind !== 'ACTOR' || giver.mention.actor.kind !== 'COMPANY') return false;
  const { to } = page.sentences[amount.sentence]!;
  const goal = findGoal(page, amount, amount.to, Math.min(amount.to + 5, to), (a) => a.kind === 'GOVERNMENT');
  return goal?.kind === 'ACTOR' && /^(?:a|au|aux)$/.test(page.words[amount.to]?.folded ?? '');
}

function founderOf({ page, amount }: Clause, fund: ReadActor): Party | null {
  return findSubject(page, amount.from, page.sentences[amount.sentence]!.from, (a) => a.ref !== fund.ref);
}

/** "Le groupe lance Michelin Ventures, un fonds de 100 millions": the fund so named. */
function launchedFund({ page, amount }: Clause): ReadActor | null {
  for (let i = amount.from - 1; i > 0 && i > amount.from - 6; i--) {
    if (!/^(?:fonds|vehicule)$/.test(page.words[i]!.folded)) continue;
    const article = page.words[i - 1]!.folded === 'nouveau' ? i - 2 : i - 1;
    if (page.words[article]?.folded !== 'un' || page.breaks[article] !== 'COMMA') return null;
    const place = page.mentionAt[article - 1] ?? -1;
    const actor = place === -1 ? null : page.mentions[place]!.actor;
    return actor && actor.kind !== 'PERSON' && actor.kind !== 'GOVERNMENT' ? actor : null;
  }
  return null;
}

/** "Mubadala promet un milliard à Bpifrance": a fund or a foundation that pays a public body. */
function publicReceiver({ page, amount }: Clause, giver: Party | null): ReadActor | null {
  if (giver?.kind !== 'ACTOR' || !/^(?:INVESTOR|ORGANIZATION|PERSON)$/.test(giver.mention.actor.kind))
    return null;
  if (!/^(?:a|au|aux)$/.test(page.words[amount.to]?.folded ?? '')) return null;
  const owner = findOwner(page, amount.to, (a) => a.kind === 'GOVERNMENT');
  return owner?.mention.actor ?? null;
}

const anyone = (): boolean => true;

function findGiver(clause: Clause): Party | null {
  const { page, amount, verdict } = clause;
  const { cue } = verdict;
  const { from, to } = page.sentences[amount.sentence]!;
  const at = cue ? Math.min(cue.from, amount.from) : amount.from;
  const found =
    findParticipleSubject(clause) ??
    findRelativeGiver(page, [amount.to, cue?.to ?? -1], to) ??
    findSubject(page, at, from, anyone);
  const opening = cue?.participle === true && cue.from < amount.from;
  return found ?? (opening ? findFollowing(page, amount.to, to) : null);
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
function continued(clause: Clause): Parties | null {
  const { scene, page, amount, verdict, before } = clause;
  if (!before || !verdict.cue || before.verdict.cue !== verdict.cue || before.amount.to > amount.from)
    return null;
  const end = page.sentences[amount.sentence]!.to;
  // "des Émirats (50 milliards)": somebody we do not know.
  const outside = amount.from - 1;
  const stranger =
    page.breaks[amount.from] === 'OPEN' &&
    page.words[outside]!.shape !== 'LOWER' &&
    page.mentionAt[outside] === -1;
  if (stranger) return { ...before.parties, investors: [] };
  const own =
    findBracketed(page, amount) ??
    findNamedSubject(page, amount.from, before.amount.to, anyone)?.mention ??
    findOwner(page, amount.to, (a) => a.kind !== 'LAB')?.mention ??
    null;
  const payer = own?.actor.ref ?? before.parties.investors[0]?.actor.ref ?? -1;
  const goal = asReceiver(scene, page, findGoal(page, amount, amount.to, end, canReceive), payer);
  const recipient = goal ?? before.parties.recipient;
  if (!own || own.actor.ref === recipient?.ref) return { ...before.parties, recipient };
  return {
    recipient,
    investors: [{ actor: own.actor, lead: false }],
    state: own.actor.kind === 'GOVERNMENT',
  };
}

/** "lève 50 millions, dont 20 sous forme de subventions de France 2030": a loan or subsidy beside a raise. */
function added({ page, amount, verdict, before }: Clause): Parties | null {
  if (before?.verdict.type !== 'RAISE' || (verdict.type !== 'DEBT' && verdict.type !== 'GRANT')) return null;
  if (!verdict.cue || verdict.cue.from < before.amount.to) return null;
  const source = findSource(page, amount.to, page.sentences[amount.sentence]!.to);
  return {
    recipient: before.parties.recipient,
    investors: source ? listFrom(page, source) : [],
    state: source?.actor.kind === 'GOVERNMENT',
  };
}

/** "Les actionnaires de Multiverse remettent 27 millions au pot": the one they have shares in receives. */
function backed({ page }: Clause, giver: Party | null): Parties | null {
  if (giver?.kind !== 'ACTOR' || !isVenture(giver.mention.actor)) return null;
  const preposition = governorOf(page, giver.mention);
  if (
    preposition < 1 ||
    !/^(?:actionnaires|investisseurs|soutiens)$/.test(page.words[preposition - 1]!.folded)
  )
    return null;
  return { recipient: giver.mention.actor, investors: [], state: false, as: 'RAISE' };
}

/** "Owkin a reçu un investissement de 180 millions de Sanofi" */
function received(clause: Clause, giver: Party | null): Parties | null {
  const { scene, page, amount, verdict } = clause;
  const { cue } = verdict;
  if (!giver || !cue || cue.tense !== null || cue.to > amount.from || verdict.type === 'PLAN') return null;
  const from = giver.kind === 'ACTOR' ? giver.mention.to : giver.at + 1;
  const taking = page.words.slice(from, cue.from).some((w) => RECEIVING.test(w.folded));
  if (!taking) return null;
  const recipient = asReceiver(scene, page, giver) ?? (giver.kind === 'ACTOR' ? giver.mention.actor : null);
  const source = findSource(page, amount.to, page.sentences[amount.sentence]!.to);
  const investors = source ? listFrom(page, source).filter((i) => i.actor.ref !== recipient?.ref) : [];
  return { recipient, investors, state: source?.actor.kind === 'GOVERNMENT' };
}

const RECEIVING =
  /^(?:recu|recoit|recoivent|recevoir|recevra|obtenu|obtient|obtenir|decroche|decrocher|accepte|beneficie|beneficier|touche|attire)$/;

/** "Exotrail emprunte 10 millions à la BEI" */
function borrowed(clause: Clause, giver: Party | null): Parties | null {
  const { scene, page, amount, verdict } = clause;
  if (verdict.cue?.lemma !== 'emprunter' || !giver) return null;
  const recipient = asReceiver(scene, page, giver);
  const { to } = page.sentences[amount.sentence]!;
  const lender = findGoal(page, amount, amount.to, to, (a) => a.ref !== recipient?.ref);
  const source = lender?.kind === 'ACTOR' ? lender.mention : findSource(page, amount.to, to);
  return { recipient, investors: source ? listFrom(page, source) : [], state: false };
}

/** "OpenAI, que Microsoft a soutenue avec 13 milliards" */
function related({ page, amount, verdict }: Clause): Parties | null {
  const { cue } = verdict;
  if (!cue?.tense || cue.from > amount.from) return null;
  const relative = findRelative(page, cue.from, page.sentences[amount.sentence]!.from);
  if (!relative || !canReceive(relative.object.actor)) return null;
  const { object, subject } = relative;
  return {
    recipient: object.actor,
    investors: listBack(page, subject),
    state: subject.actor.kind === 'GOVERNMENT',
  };
}

/** "Stargate (500 milliards sur cinq ans)"; "les 5 milliards restants", of the sum told just before. */
function stated({ page, amount, gift }: Clause): Parties | null {
  const bracketed = findBracketed(page, amount);
  if (bracketed && (bracketed.actor.kind === 'ORGANIZATION' || bracketed.actor.kind === 'LAB')) {
    return { recipient: bracketed.actor, investors: [], state: false };
  }
  if (!gift) return null;
  const tranche =
    gift.amount.sentence === amount.sentence - 1 &&
    page.words.slice(Math.max(0, amount.from - 4), amount.from).some((w) => w.folded === 'tranche');
  return tranche || page.words[amount.to]?.folded === 'restants' ? gift.parties : null;
}

/** "financée à hauteur de 5 millions par Bpifrance", "105 millions investis dans Mistral par a16z". */
function undergone(clause: Clause, giver: Party | null): Parties | null {
  const { scene, page, amount, verdict, before } = clause;
  const { cue } = verdict;
  if (!cue || !isPassive(clause)) return null;
  const end = page.sentences[amount.sentence]!.to;
  const opening = cue.from < amount.from && cue.from === page.sentences[amount.sentence]!.from;
  const by = findAgent(
    page,
    Math.min(cue.from, amount.from),
    opening ? clauseEnd(page, amount.to, end) : end,
  );
  if (!by) return null;
  const goal = findGoal(page, amount, amount.to, end, (a) => canReceive(a) && a.ref !== by.actor.ref);
  const patient = cue.from < amount.from ? (giver ?? findFollowing(page, amount.to, end)) : goal;
  // "dont 4 millions apportés par Bpifrance": a share of the raise told just before.
  const shared = before?.verdict.type === 'RAISE' ? before.parties.recipient : null;
  const said = asReceiver(scene, page, patient) ?? shared ?? beforeColon(clause, giver);
  const recipient = said ?? recipientByContext(clause, { kind: 'ACTOR', mention: by, at: by.from });
  const investors = onlyAnnounces(clause, by, recipient) ? [] : listFrom(page, by);
  return {
    recipient: recipient?.ref === by.actor.ref ? null : recipient,
    investors,
    state: by.actor.kind === 'GOVERNMENT',
    ...asRound(clause, recipient, investors),
  };
}

function clauseEnd(page: Page, from: number, to: number): number {
  for (let i = from + 1; i < to; i++) if (page.breaks[i] === 'COMMA') return i;
  return to;
}

/** "L'américain Groq … : 1,5 milliard promis par l'Arabie saoudite": the name before the colon receives. */
function promised(clause: Clause, giver: Party | null): Parties | null {
  const { page, amount, verdict } = clause;
  if (!verdict.cue || verdict.cue.from < amount.to || !isPassive(clause)) return null;
  const recipient = beforeColon(clause, giver);
  return (
    recipient && {
      recipient,
      investors: [],
      state: isPaidByState(page, amount.to, page.sentences[amount.sentence]!.to),
    }
  );
}

function beforeColon({ page, amount }: Clause, giver: Party | null): ReadActor | null {
  if (giver?.kind !== 'ACTOR' || !isVenture(giver.mention.actor)) return null;
  for (let i = giver.mention.to; i <= amount.from; i++)
    if (page.breaks[i] === 'COLON') return giver.mention.actor;
  return null;
}

/** "France 2030 lui accorde 70 millions", "Advent y injecte 220 millions", "a convaincu X de lui confier 4 millions". */
function toPronoun(clause: Clause, giver: Party | null): Parties | null {
  const { scene, page, amount, verdict, latest } = clause;
  const { cue } = verdict;
  const dative = cue
    ? findDative(
        page,
        cue.tense ? cue.from : givingVerb(clause, cue.from),
        page.sentences[amount.sentence]!.from,
      )
    : -1;
  if (dative < 0) return null;
  const { folded } = page.words[dative]!;
  // "ont convaincu X et Y de leur confier 15 millions": those who convince raise.
  if (
    giver?.kind === 'ACTOR' &&
    folded !== 'y' &&
    persuades(page, page.sentences[amount.sentence]!.from, giver.at)
  ) {
    const given = payers(page, giver);
    const raiser = resolve(
      scene,
      page,
      dative,
      (a) => isVenture(a) && given.every((i) => i.actor.ref !== a.ref),
    );
    if (raiser) return { recipient: raiser, investors: given, state: false, as: 'RAISE' };
  }
  // "y investira", said of a place or a cause; "leur consacre", of several.
  // "X referme son fonds à 60 millions. Y y apporte 20 millions": a share of it.
  if (folded === 'y' && latest?.raise && amount.sentence - latest.sentence <= 1)
    return { recipient: latest.recipient, investors: payers(page, giver), state: isState(giver) };
  if (folded === 'y' && (scene.civic || cue?.lemma === 'consacrer')) return null;
  if (folded === 'leur' && scene.civic) return null;
  if (giver?.kind === 'ACTOR' && canReceive(giver.mention.actor) && persuades(page, giver.at, dative)) {
    return { recipient: giver.mention.actor, investors: [], state: false, as: 'RAISE' };
  }
  const giverRef = giver?.kind === 'ACTOR' ? giver.mention.actor.ref : -1;
  const recipient = resolve(scene, page, dative, (a) => isVenture(a) && a.ref !== giverRef);
  const investors = payers(page, giver);
  return {
    recipient,
    investors,
    state: isState(giver),
    ...asRound(clause, recipient, investors),
  };
}

/** The verb of "lui accorde en complément une subvention": the noun's own, in its clause. */
function givingVerb({ page, amount }: Clause, noun: number): number {
  for (let i = noun - 1; i > page.sentences[amount.sentence]!.from && i > noun - 8; i--) {
    if (page.mentionAt[i] !== -1 || page.amountAt[i] !== -1) break;
    if (GIVING.test(page.words[i]!.folded)) return i;
  }
  return noun;
}

function persuades(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (/^(?:convainc|convaincu|convaincre|persuade|obtenu|decide)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** What several funds pay into a company is its round. */
function asRound(
  { verdict }: Clause,
  recipient: ReadActor | null,
  investors: readonly Investor[],
): Pick<Parties, 'as'> {
  return recipient?.kind === 'COMPANY' && verdict.type === 'GIVE' && isSyndicate(investors)
    ? { as: 'RAISE' }
    : {};
}

/** A public body that takes part in rounds as funds do. */
const PUBLIC_BANK = 'Bpifrance';

/** Several funds at once make a round, not one party's investment. */
function isSyndicate(investors: readonly Investor[]): boolean {
  return (
    investors.length > 1 &&
    investors.some(({ actor }) => actor.kind === 'INVESTOR') &&
    investors.every(({ actor }) => actor.kind === 'INVESTOR' || actor.name === PUBLIC_BANK)
  );
}

/** "a obtenu une subvention", "doté de 300 millions", "le projet à 500 milliards": the subject has the money. */
function held(clause: Clause, giver: Party | null): Parties | null {
  const { scene, page, amount } = clause;
  if (!giver || !hasRatherThanGives(clause, giver) || recipientOfGift(clause, giver)) return null;
  // Among plans, "elle est dotée de 20 milliards" is said of one.
  if (
    scene.civic &&
    isSizeable(amount) &&
    giver.kind === 'ANAPHOR' &&
    /^(?:elle|il)$/.test(page.words[giver.at]!.folded)
  ) {
    return { recipient: null, investors: [], state: true };
  }
  // A programme "doté de 73 millions" is the public plan itself.
  if (giver.kind === 'ACTOR' && giver.mention.actor.kind === 'GOVERNMENT') {
    return { recipient: null, investors: [{ actor: giver.mention.actor, lead: false }], state: true };
  }
  const end = page.sentences[amount.sentence]!.to;
  const source = findSource(page, amount.to, end) ?? findAgent(page, amount.from, end);
  const holder = asReceiver(scene, page, giver);
  return {
    recipient: holder,
    investors: source ? listFrom(page, source).filter((i) => i.actor.ref !== holder?.ref) : [],
    state: source?.actor.kind === 'GOVERNMENT',
  };
}

const SIZEABLE = '50000000';

/** A sum that a plan or a country has rather than a company. */
function isSizeable({ amount }: PageAmount): boolean {
  return compareDecimals(amount.amount, SIZEABLE) >= 0;
}

function hasRatherThanGives(clause: Clause, giver: Party): boolean {
  const { cue, type } = clause.verdict;
  if (isState(giver)) return cue?.lemma === 'doter' && isPassive(clause);
  const actor = giver.kind === 'ACTOR' ? giver.mention.actor : null;
  if (type === 'PLAN')
    return isApposed(clause, giver) && (actor?.kind === 'ORGANIZATION' || actor?.kind === 'LAB');
  if (type !== 'GRANT' && type !== 'ENDOW' && type !== 'DEBT') return false;
  if (actor?.kind === 'INVESTOR' || actor?.kind === 'PERSON') return false;
  if (isGiving(clause, giver)) return false;
  if (!cue || cue.tense === null || cue.lemma === 'emprunter' || cue.lemma === 'doter') return true;
  return isPassive(clause);
}

/** "Stargate, le projet à 500 milliards" */
function isApposed({ page, verdict }: Clause, giver: Party): boolean {
  if (giver.kind !== 'ACTOR' || !verdict.cue || verdict.cue.tense !== null) return false;
  const { to } = giver.mention;
  return page.breaks[to] === 'COMMA' && verdict.cue.from >= to && verdict.cue.from - to <= 2;
}

/** "Google.org offre un don", "Intel lui verse une aide": a verb of giving between the subject and the noun. */
function isGiving({ page, amount }: Clause, giver: Party): boolean {
  for (let i = giver.at + 1; i < amount.from; i++) {
    if (GIVING.test(page.words[i]!.folded)) return true;
  }
  return false;
}

const GIVING =
  /^(?:offr\p{L}*|offert\p{L}*|vers\p{L}{1,4}|accord\p{L}{1,4}|octroi\p{L}*|octroye\p{L}*|attribu\p{L}{1,4}|apport\p{L}{1,4}|ajout\p{L}{1,4}|consent\p{L}*|pret\p{L}{1,4}|fait|finance\p{L}{0,3}|donn\p{L}{1,4})$/u;

/** No subject: "105 millions investis par X", "50 millions venus de Y". */
function sourced(clause: Clause, giver: Party | null): Parties | null {
  if (giver) return null;
  const { page, amount } = clause;
  const end = page.sentences[amount.sentence]!.to;
  const by = findAgent(page, amount.to, end) ?? findSource(page, amount.to, end);
  if (!by) return null;
  const recipient =
    recipientOfGift(clause, giver) ?? recipientByContext(clause, { kind: 'ACTOR', mention: by, at: by.from });
  if (by.actor.ref === recipient?.ref || onlyAnnounces(clause, by, recipient)) return null;
  const investors = listFrom(page, by);
  return {
    recipient,
    investors,
    state: by.actor.kind === 'GOVERNMENT',
    ...asRound(clause, recipient, investors),
  };
}

function withPayers(clause: Clause, giver: Party | null, recipient: ReadActor | null): Parties {
  const { scene, page, amount, verdict } = clause;
  const { type } = verdict;
  const { from, to } = page.sentences[amount.sentence]!;
  let investors = payers(page, giver).filter((i) => i.actor.ref !== recipient?.ref);
  let state =
    (isState(giver) && investors.every((i) => i.actor.kind === 'GOVERNMENT')) ||
    (giver === null && isPaidByState(page, amount.to, to));
  // "l'Élysée fait état de 15 milliards d'investissements étrangers": it tells, it does not pay.
  if (state && isForeign(page, amount.to, to)) return { recipient, investors: [], state };
  if (giver?.kind === 'ANAPHOR') {
    const who = recallGiver(clause, giver, recipient);
    if (who) {
      investors = [{ actor: who, lead: false }];
      state ||= who.kind === 'GOVERNMENT';
    }
  }
  if (giver?.kind === 'ACTOR' && onlyAnnounces(clause, giver.mention, recipient)) {
    const body = employerOf(scene, page, giver.mention);
    const paying =
      body?.kind === 'GOVERNMENT' && type === 'PLAN'
        ? [{ actor: body, lead: false }]
        : programme(page, amount.to, to);
    return { recipient, investors: paying, state: true };
  }
  if (investors.length === 0 && (type === 'PLAN' || giver?.kind === 'PUBLIC')) {
    const by = programme(page, from, to);
    if (by.length > 0) return { recipient, investors: by, state: true };
  }
  // "Avec ce chèque de 1,3 milliard, ASML détient 11 % de Mistral"
  if (!giver && recipient && investors.length === 0 && type === 'GIVE' && verdict.cue?.tense === null) {
    const next = findFollowing(page, amount.to, to);
    const payer =
      next?.kind === 'ACTOR' && next.mention.actor.ref !== recipient.ref ? next.mention.actor : null;
    if (payer && payer.kind !== 'LAB') investors = [{ actor: payer, lead: false }];
  }
  return {
    recipient,
    investors,
    state: state || (type === 'PLAN' && investors.length === 0),
    ...asRound(clause, recipient, investors),
  };
}

/** "le groupe promet", "il engloutira": one who pays is rather someone who has paid, or whom the article is about. */
function recallGiver(
  { scene, page }: Clause,
  giver: Extract<Party, { kind: 'ANAPHOR' }>,
  recipient: ReadActor | null,
): ReadActor | null {
  const fits = (a: ReadActor): boolean => a.kind !== 'PERSON' && a.kind !== 'LAB' && a.ref !== recipient?.ref;
  const bank = giver.kinds[0] === 'INVESTOR';
  return resolve(
    scene,
    page,
    giver.at,
    (a) => fits(a) && (!bank || a.kind === 'INVESTOR' || a.kind === 'GOVERNMENT'),
    'PAYER',
  );
}

function payers(page: Page, party: Party | null): Investor[] {
  return party?.kind === 'ACTOR' ? listBack(page, party.mention) : [];
}

const BILLION = '1000000000';

/** A person who names a plan, or billions for nobody in particular, announces them: they are not that person's money. */
function onlyAnnounces(clause: Clause, m: PageMention, recipient: ReadActor | null): boolean {
  const { scene, amount, verdict } = clause;
  if (m.actor.kind !== 'PERSON') return false;
  if (verdict.type === 'PLAN' || (recipient === null && compareDecimals(amount.amount.amount, BILLION) >= 0))
    return true;
  if (
    isOfficial(clause, m) ||
    verdict.cue?.lemma === 'debloquer' ||
    (scene.civic &&
      recipient === null &&
      /^(?:promettre|annoncer|presenter|devoiler|detailler)$/.test(verdict.cue?.lemma ?? ''))
  )
    return true;
  return scene.found.affiliations.some(
    (tie) =>
      tie.person === m.actor.ref &&
      !tie.former &&
      scene.found.actors.find((a) => a.ref === tie.organization)?.kind === 'GOVERNMENT',
  );
}

const OFFICE =
  /^(?:ministre|commissaire|republique|etat|depute|deputee|senateur|senatrice|maire|chancelier|premiere?)$/;

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

function isForeign(page: Page, from: number, to: number): boolean {
  for (let i = from; i < Math.min(from + 6, to); i++) {
    if (/^(?:etrangers|etrangeres|prives|privees|prive|entreprises)$/.test(page.words[i]!.folded))
      return true;
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
