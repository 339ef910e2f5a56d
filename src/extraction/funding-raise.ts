/** The parties to a raise: whoever lifts, closes, obtains; and the one the money is said to come from. */
import type { ReadActor } from './extraction.ts';
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
import type { Page } from './funding-page.ts';
import { findGoal, findOwner, findSubject, type NamedParty } from './funding-parties.ts';
import { canReceive, isVenture, resolve } from './funding-scene.ts';

const LEADERS = /^(?:men|emmen|dirig|pilot|condui|particip|orchestr|codirig|comen|chapeaut)\p{L}*$/u;

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
  const source = sourceAt < 0 ? null : findSource(page, sourceAt, sentence.to);
  const investors = source && source.actor.kind !== 'PERSON' ? listFrom(page, source) : [];
  const state = source?.actor.kind === 'GOVERNMENT';
  // "105 millions … puis 385": the same subject, unless another stands between.
  if (before && (cue === null || cue.to <= before.amount.from) && before.verdict.type === 'RAISE') {
    const between = findSubject(page, amount.from, before.amount.to, isVenture);
    if (between?.kind !== 'ACTOR') return { recipient: before.parties.recipient, investors, state };
  }
  const at = cue ? Math.min(cue.from, amount.from) : amount.from;
  let subject =
    findParticipleSubject(clause) ??
    findSubject(page, at, sentence.from, (a) => canReceive(a) || a.kind === 'PERSON');
  if (subject?.kind === 'CROWD' && !bracketed) return null;
  if (subject?.kind === 'ACTOR' && leads(page, subject, at)) {
    const goal =
      findOwner(page, amount.to, isVenture) ?? findGoal(page, amount, amount.to, sentence.to, isVenture);
    return done(asReceiver(scene, page, goal) ?? resolve(scene, page, subject.at, isVenture));
  }
  if (!subject && cue?.participle && cue.from < amount.from)
    subject = findFollowing(page, amount.to, sentence.to);
  if (cue?.lemma === 'se partager' && subject?.kind !== 'ACTOR') return { recipient: null, investors, state };
  const receiver = asReceiver(scene, page, subject);
  if (receiver)
    return { recipient: receiver, investors: investors.filter((i) => i.actor.ref !== receiver.ref), state };
  if (subject?.kind === 'PUBLIC' || isPaidByState(page, amount.to, sentence.to))
    return { recipient: null, investors: [], state: true };
  const towards = asReceiver(scene, page, findGoal(page, amount, amount.to, sentence.to, isVenture));
  if (towards) return done(towards);
  const following = asReceiver(scene, page, findFollowing(page, amount.to, sentence.to));
  if (following && isVenture(following) && isOpening(page, at, sentence.from)) return done(following);
  return done(resolve(scene, page, amount.from, isVenture) ?? resolve(scene, page, amount.from, canReceive));
}

/** "SoftBank mène le tour": the subject pays, and who receives stands elsewhere. */
function leads(page: Page, subject: NamedParty, at: number): boolean {
  if (subject.mention.actor.kind !== 'INVESTOR' && subject.mention.actor.kind !== 'COMPANY') return false;
  for (let i = subject.mention.to; i < at && i < subject.mention.to + 4; i++) {
    if (page.breaks[i] !== 'NONE') return false;
    if (LEADERS.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** True near the sentence's start: "Avec 30 millions en poche, Gladia …". */
function isOpening(page: Page, at: number, from: number): boolean {
  for (let i = from; i < at; i++) if (page.breaks[i] === 'COMMA' && i > from) return false;
  return true;
}
