/** The parties to a raise: whoever lifts, closes, obtains; and the one the money is said to come from. */
import type { ReadActor } from './extraction.ts';
import { laurelsOf } from './funding-laurels.ts';
import {
  asReceiver,
  type Clause,
  findBracketed,
  findFollowing,
  findParticipleSubject,
  findSource,
  isPaidByState,
  listFrom,
  type Parties,
} from './funding-links.ts';
import type { Page, PageAmount, PageMention } from './funding-page.ts';
import {
  findGoal,
  findNamedSubject,
  findOwner,
  findSubject,
  type NamedParty,
  type Party,
} from './funding-parties.ts';
import { governorOf } from './funding-phrases.ts';
import { canReceive, isVenture, resolve } from './funding-scene.ts';
import type { Verdict } from './funding-verdict.ts';

const LEADERS =
  /^(?:entre(?:s|es|e|nt)?$|souscri|invest|men|emmen|dirig|pilot|condui|particip|orchestr|codirig|comen|chapeaut)\p{L}*$/u;

/** Finds who raises; null for a total over many ("les start-up ont levé 2 milliards"). */
export function partiesOfRaise(clause: Clause): Parties | null {
  const { scene, page, amount, verdict, before } = clause;
  const { cue } = verdict;
  const sentence = page.sentences[amount.sentence]!;
  const done = (recipient: ReadActor | null): Parties => ({ recipient, investors: [], state: false });
  const bracketed = findBracketed(page, amount);
  if (bracketed && canReceive(bracketed.actor)) return done(bracketed.actor);
  if (cue && (cue.tense === null || cue.participle)) {
    // "la levée de Mistral AI", "105 millions levés par Mistral AI"
    for (const at of cue.tense === null ? [amount.to, cue.to] : [cue.to]) {
      const owner = findOwner(page, at, isVenture);
      const by = owner?.kind === 'ACTOR' && page.words[at]!.folded === 'par';
      if (owner?.kind === 'ACTOR' && (cue.tense === null || by)) return done(owner.mention.actor);
    }
  }
  const sourceAt = cue && cue.from >= amount.to ? cue.to : cue && cue.tense !== null ? amount.to : -1;
  const source = sourceAt < 0 ? directSource(page, amount) : findSource(page, sourceAt, sentence.to);
  const investors = source ? listFrom(page, source) : [];
  const state = source?.actor.kind === 'GOVERNMENT';
  // "105 millions … puis 385": the same subject, unless another stands between.
  if (before && (cue === null || cue.to <= before.amount.from) && before.verdict.type === 'RAISE') {
    const fund = before.parties.recipient?.kind === 'INVESTOR';
    const between = findNamedSubject(page, amount.from, before.amount.to, fund ? canReceive : isVenture);
    // "se partagent 360 millions, dont 75 pour Prairie"
    const share = /^(?:pour|a|au)$/.test(page.words[amount.to]?.folded ?? '')
      ? findOwner(page, amount.to, isVenture)
      : null;
    const recipient = (between ?? share)?.mention.actor ?? before.parties.recipient;
    return { recipient, investors, state };
  }
  const at = cue ? Math.min(cue.from, amount.from) : amount.from;
  let subject = findParticipleSubject(clause) ?? findRaiser(clause, at, sentence.from);
  if (subject?.kind === 'CROWD') return null;
  if (scene.civic && subject?.kind === 'ANAPHOR' && /^(?:ils|elles)$/.test(page.words[subject.at]!.folded)) {
    return { recipient: null, investors, state: true };
  }
  if (
    cue?.lemma === 'mobiliser' &&
    scene.civic &&
    subject?.kind === 'ACTOR' &&
    subject.mention.actor.kind === 'COMPANY'
  ) {
    return {
      recipient: null,
      investors: [{ actor: subject.mention.actor, lead: false }],
      state: false,
      as: 'GIVE',
    };
  }
  const share = shareOf(clause, subject);
  if (share) return share;
  if (subject?.kind === 'ACTOR' && leads(page, subject, at)) {
    const { ref } = subject.mention.actor;
    const other = (a: ReadActor): boolean => isVenture(a) && a.ref !== ref;
    const goal =
      findOwner(page, amount.to, other) ??
      findGoal(page, amount, amount.to, sentence.to, other) ??
      findGoal(page, amount, subject.mention.to, amount.from, other);
    return done(asReceiver(scene, page, goal) ?? resolve(scene, page, subject.at, other));
  }
  // "Le constructeur … participe à son tour": who raises is the other one.
  if (subject?.kind === 'ANAPHOR' && cue?.tense === null && isLed(page, subject.at, at)) {
    const payer = asReceiver(scene, page, subject);
    const goal = findGoal(page, amount, subject.at, amount.from, isVenture);
    return done(
      asReceiver(scene, page, goal, payer?.ref) ??
        resolve(scene, page, amount.from, (a) => isVenture(a) && a.ref !== payer?.ref),
    );
  }
  if (!subject && cue?.participle && cue.from < amount.from)
    subject = findFollowing(page, amount.to, sentence.to);
  if (cue?.lemma === 'se partager' && subject?.kind !== 'ACTOR') return { recipient: null, investors, state };
  // A stage is a company's: "Temasek, entré lors d'une série B de 100 millions".
  const staged =
    cue !== null &&
    cue.tense === null &&
    (/^(?:serie|series|seed|amorcage|tour d|premier tour)/.test(cue.lemma) || isOccasion(page, cue.from));
  if (staged && subject?.kind === 'ACTOR' && subject.mention.actor.kind === 'INVESTOR') {
    const venture = resolve(scene, page, amount.from, isVenture);
    if (venture) return done(venture);
  }
  const vehicle = fundObject(clause, subject);
  if (vehicle) return done(vehicle);
  const receiver = asReceiver(scene, page, subject);
  const programme =
    receiver && investors.length === 0 && isVague(verdict)
      ? laurelsOf(page, amount.sentence, amount.from)
      : null;
  if (programme) return { recipient: receiver, investors: [{ actor: programme, lead: false }], state: true };
  if (receiver)
    return { recipient: receiver, investors: investors.filter((i) => i.actor.ref !== receiver.ref), state };
  const goal = findGoal(page, amount, amount.to, sentence.to, isVenture);
  if (subject?.kind === 'PUBLIC' || isPaidByState(page, amount.to, sentence.to)) {
    return { recipient: asReceiver(scene, page, goal), investors: [], state: true };
  }
  const towards = asReceiver(scene, page, goal);
  if (towards) return done(towards);
  if (subject?.kind === 'STRANGER')
    return cue?.lemma === 'mobiliser' ? { recipient: null, investors: [], state: true } : done(null);
  const following = asReceiver(scene, page, findFollowing(page, amount.to, sentence.to));
  if (following && isVenture(following) && isOpening(page, at, sentence.from)) return done(following);
  if (speaksOfMany(page, sentence.from, sentence.to)) return null;
  // In an article about public money, what nobody in particular receives is the plan's.
  if (scene.civic && !scene.sure && (cue?.weight ?? 0) < 3 && !/tour/.test(cue?.lemma ?? ''))
    return { recipient: null, investors, state: true };
  if (cue?.weight === 2 && clause.plan && amount.sentence - clause.plan.sentence <= 2)
    return { recipient: null, investors: [], state: true };
  return done(resolve(scene, page, amount.from, isVenture) ?? resolve(scene, page, amount.from, canReceive));
}

/** "touche", "à la clé": no word for a round. */
function isVague({ cue }: Verdict): boolean {
  return cue === null || cue.weight < 3;
}

/** "2 millions de la Banque des territoires": a fund or a public body right behind the sum. */
function directSource(page: Page, { to }: PageAmount): PageMention | null {
  if (!/^(?:de|d|du)$/.test(page.words[to]?.folded ?? '')) return null;
  return findOwner(page, to, (a) => a.kind === 'INVESTOR' || a.kind === 'GOVERNMENT')?.mention ?? null;
}

/** "lors d'un tour", "dans le cadre de ce tour": what happened then has a subject of its own. */
function isOccasion(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 4 && page.breaks[i + 1] === 'NONE'; i--)
    if (/^(?:lors|cadre|occasion|issue)$/.test(page.words[i]!.folded)) return true;
  return false;
}

/** "Microsoft s'est contenté de 15 millions" right after another's round: a share of it. */
function shareOf({ page, amount, verdict, latest }: Clause, subject: Party | null): Parties | null {
  if (subject?.kind !== 'ACTOR' || !latest || amount.sentence - latest.sentence > 2) return null;
  const { actor } = subject.mention;
  if (actor.ref === latest.recipient.ref || actor.kind !== 'COMPANY') return null;
  // "Son concurrent allemand Solarix, lui, a dû se contenter de 25 millions"
  const { from } = subject.mention;
  if (
    page.words
      .slice(Math.max(0, from - 3), from)
      .some((w) => /^(?:concurrente?|rivale?|cousine?)$/.test(w.folded))
  )
    return null;
  // "se contente de 2,5 millions, levés auprès de": a round of its own.
  if (/^(?:levee?s?|aupres)$/.test(page.words[amount.to]?.folded ?? '')) return null;
  if (!/^(?:se contenter|signer|completer|afficher|aligner)/.test(verdict.cue?.lemma ?? '')) return null;
  if (
    page.words.slice(verdict.cue!.to, amount.from).some((w) => /^(?:levee|tour|serie|round)$/.test(w.folded))
  )
    return null;
  return { recipient: latest.recipient, investors: [{ actor, lead: false }], state: false, as: 'GIVE' };
}

/** "Elaia a clos DTS2 à 120 millions", "un véhicule, Jolt Ninja, de 40 millions", "60 millions pour DTS3": what is filled is the fund. */
function fundObject({ page, amount, verdict }: Clause, subject: Party | null): ReadActor | null {
  const manager =
    subject?.kind === 'ACTOR' && subject.mention.actor.kind === 'INVESTOR' ? subject.mention.actor.ref : -1;
  const vehicle = (a: ReadActor): boolean => a.kind === 'INVESTOR' && a.ref !== manager;
  const { cue } = verdict;
  const { from, to } = page.sentences[amount.sentence]!;
  const filling = cue?.tense && /^(?:boucler|clore|cloturer|refermer|closer|arreter)$/.test(cue.lemma);
  const fund = page.words.slice(from, amount.from).some((w) => /^(?:fonds|vehicules?)$/.test(w.folded));
  if (cue && cue.to <= amount.from && (filling || (fund && manager >= 0))) {
    const object = page.mentions.findLast(
      (m) => m.from >= cue.to && m.to <= amount.from && vehicle(m.actor) && governorOf(page, m) < 0,
    );
    if (object) return object.actor;
  }
  if (manager < 0) return null;
  const goal = findGoal(page, amount, amount.to, to, vehicle);
  return goal?.kind === 'ACTOR' ? goal.mention.actor : null;
}

/** The subject; a fund only if no company is in its place, or it stands right before the verb. */
function findRaiser({ page, verdict }: Clause, at: number, from: number): Party | null {
  const any = findSubject(
    page,
    wooingBefore(page, at, from),
    from,
    (a) => canReceive(a) || a.kind === 'PERSON',
  );
  if (any?.kind !== 'ACTOR' || any.mention.actor.kind !== 'INVESTOR') return any;
  if (verdict.cue?.tense && at - any.mention.to <= 4) return any;
  const other = findSubject(page, at, from, (a) => isVenture(a) || a.kind === 'PERSON');
  return other?.kind === 'ACTOR' ? other : any;
}

/** "a fait entrer HP et Toshiba lors d'une série B": whom the verb wins over is not its subject. */
function wooingBefore(page: Page, at: number, from: number): number {
  for (let i = at - 1; i > from; i--) {
    if (page.breaks[i + 1] === 'SEMICOLON' || page.breaks[i + 1] === 'COLON') return at;
    if (WOOING.test(page.words[i]!.folded) && page.mentionAt[i] === -1) return i;
  }
  return at;
}

const WOOING =
  /^(?:entrer|convaincu|seduit|attire|accueilli|embarque|rallie|convainc|accueille|attire|embarque)$/;

/** "SoftBank mène le tour": the subject pays, and who receives stands elsewhere. */
function leads(page: Page, subject: NamedParty, at: number): boolean {
  if (subject.mention.actor.kind !== 'INVESTOR' && subject.mention.actor.kind !== 'COMPANY') return false;
  return governorOf(page, subject.mention) < 0 && isLed(page, subject.mention.to, at);
}

function isLed(page: Page, from: number, at: number): boolean {
  for (let i = from; i < at; i++) {
    if (page.breaks[i] === 'SEMICOLON') return false;
    if (
      page.mentionAt[i] === -1 &&
      LEADERS.test(page.words[i]!.folded) &&
      page.words[i + 1]?.folded !== 'par'
    )
      return true;
  }
  return false;
}

/** True near the sentence's start: "Avec 30 millions en poche, Gladia …". */
function isOpening(page: Page, at: number, from: number): boolean {
  for (let i = from; i < at; i++) if (page.breaks[i] === 'COMMA' && i > from) return false;
  return true;
}

/** "184 millions d'euros pour la French Tech": a sentence about a whole sector that names nobody. */
function speaksOfMany(page: Page, from: number, to: number): boolean {
  let many = false;
  for (let i = from; i < to; i++) {
    if (page.mentionAt[i] !== -1) return false;
    const { folded } = page.words[i]!;
    const next = page.words[i + 1]?.folded;
    if ((folded === 'french' && next === 'tech') || /^(?:ecosysteme|secteur|filiere)$/.test(folded))
      many = true;
  }
  return many;
}
