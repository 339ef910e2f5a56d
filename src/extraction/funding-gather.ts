/**
 * What the sentences around a fact add to it: its investors, its stage, the total it is part of.
 */
import { addDecimals } from '#text/numbers.ts';
import type { ReadActor } from './extraction.ts';
import { type Draft, isClose, isRound } from './funding-facts.ts';
import { hasConditional } from './funding-intent.ts';
import { findInvestors, isSpeaking } from './funding-investors.ts';
import { findStages } from './funding-kind.ts';
import { isAside } from './funding-lists.ts';
import type { Page, PageAmount, PageMention, PageSentence } from './funding-page.ts';
import { findSubject } from './funding-parties.ts';
import { employerOf, isVenture, resolve, type Scene } from './funding-scene.ts';
import { sectionOf } from './funding-sections.ts';
import { ROLES } from './lexicon/funding-parties.ts';

/** Adds to the facts of a page what its other sentences say of them. */
export function gather(scene: Scene, page: Page, facts: readonly Draft[], parts: ReadonlySet<Draft>): void {
  spreadStages(page, facts);
  gatherInvestors(scene, page, facts, parts);
}

/** "cette série B", said after a round without a stage, gives it its stage. */
function spreadStages(page: Page, facts: readonly Draft[]): void {
  const rounds = facts.filter((f) => f.page === page && f.kind === 'ROUND' && !f.total);
  if (rounds.length === 0) return;
  const withAmount = new Set(facts.filter((f) => f.page === page).map((f) => f.at.sentence));
  page.sentences.forEach((sentence, s) => {
    if (withAmount.has(s)) return;
    for (const stage of findStages(page, sentence.from, sentence.to)) {
      const before = rounds.findLast(
        (f) => f.at.sentence < s && f.kind === 'ROUND' && f.status !== 'PLANNED',
      );
      const adjacent =
        before && before.at.sentence === s - 1 && page.sentences[s - 1]!.line === sentence.line;
      if (adjacent && !isPast(page, stage.at)) before.kind = stage.kind;
      if (!isDefinite(page, stage.at) || facts.some((f) => f.kind === stage.kind)) continue;
      const round = before ?? rounds.find((f) => f.kind === 'ROUND');
      if (round && Math.abs(round.at.sentence - s) <= 8) round.kind = stage.kind;
    }
  });
}

/** A stage in the headline is that of the first round of whom the article is about. */
export function takeStageFromHeadline(scene: Scene, facts: readonly Draft[]): void {
  if (scene.title.amounts.length > 0) return;
  const stages = findStages(scene.title, 0, scene.title.words.length);
  const kinds = new Set(stages.map((stage) => stage.kind));
  if (kinds.size !== 1 || facts.some((f) => kinds.has(f.kind))) return;
  const round = facts.find((f) => f.kind === 'ROUND' && !f.total && f.recipient?.ref === scene.main?.ref);
  if (round) round.kind = stages[0]!.kind;
}

function isDefinite(page: Page, at: number): boolean {
  // "l'une des plus grosses séries A de l'année"
  for (let i = at - 1; i > 0 && i >= at - 6; i--) {
    if (/^une?$/.test(page.words[i]!.folded) && page.words[i + 1]!.folded === 'des')
      return page.words[i - 1]!.folded === 'l';
  }
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
    if (/^(?:cette|ce|sa|son|la|le)$/.test(page.words[i]!.folded)) return true;
    if (/^(?:une|un|precedente?|derniere|premiere)$/.test(page.words[i]!.folded)) return false;
  }
  return false;
}

function isPast(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 6; i--) {
    if (
      /^(?:apres|avant|precedente?|depuis|premiere?|dernier|derniere|ancienne?)$/.test(page.words[i]!.folded)
    )
      return true;
  }
  return false;
}

/** Sentences between a round and a list of its investors. */
const REACH = 14;
/** The same for a gift or a loan, of which less is told. */
const SHORT_REACH = 4;

function gatherInvestors(scene: Scene, page: Page, facts: readonly Draft[], parts: ReadonlySet<Draft>): void {
  const all = facts.filter((f) => f.page === page && takesInvestors(f));
  const takers = all.filter((f) => !parts.has(f));
  if (all.length === 0) return;
  page.sentences.forEach((sentence, s) => {
    const own = all.filter((f) => f.at.sentence === s);
    const section = page === scene.text ? sectionOf(scene.sections, s) : null;
    const inSection = section ? takers.filter((f) => f.at.sentence >= section.sentence) : takers;
    const earlier = lastRound(page, inSection, s);
    own.forEach((fact, k) => {
      const from = k === 0 ? sentence.from : fact.at.from;
      const to = k + 1 < own.length ? border(page, fact, own[k + 1]!, 'START') : sentence.to;
      // "Un an après son amorçage de 35 millions, la société fait entrer …": the list is of the round told before.
      const aside = own.length === 1 && earlier ? asideEnd(page, fact) : -1;
      addInvestors(scene, page, fact, from, aside < 0 ? to : aside, true);
      // "Sequoia, qui avait signé l'amorçage, prend la tête": the subject stands before the inset.
      const start = aside >= 0 && isInset(page, fact.at) ? sentence.from : aside;
      if (aside >= 0 && earlier) addInvestors(scene, page, earlier, start, to, true);
    });
    if (own.length > 0) return;
    // "La dette a été levée auprès de BNP Paribas": said of the loan, not of the round.
    const loan = tellsOfLoan(page, sentence)
      ? all.findLast((f) => f.kind === 'DEBT' && f.at.sentence < s && s - f.at.sentence <= SHORT_REACH)
      : undefined;
    if (loan) {
      addInvestors(scene, page, loan, sentence.from, sentence.to, false);
      return;
    }
    if (earlier) addRevealed(page, earlier, s);
    const fact =
      earlier ?? takers.find((f) => isRound(f.kind) && f.at.sentence > s && f.at.sentence - s <= 2);
    if (fact && !tellsOther(scene, page, facts, fact, s, parts))
      addInvestors(scene, page, fact, sentence.from, sentence.to, false);
  });
}

function tellsOfLoan(page: Page, { from, to }: PageSentence): boolean {
  return page.words
    .slice(from, to)
    .some((w) => /^(?:dette|pret|prets|emprunt|banques|bancaires?|creanciers|preteurs)$/.test(w.folded));
}

/** What is paid into a part of a round is paid into the round. */
export function addUpParts(facts: readonly Draft[], parts: ReadonlySet<Draft>): void {
  for (const part of parts) {
    if (!isRound(part.kind)) continue;
    const whole = facts.findLast(
      (f) => !parts.has(f) && isRound(f.kind) && f.page === part.page && f.at.from < part.at.from,
    );
    if (whole)
      for (const [ref, lead] of part.investors)
        whole.investors.set(ref, lead || (whole.investors.get(ref) ?? false));
  }
}

/** Where what is said of one fact ends and what is said of the next begins: at a semicolon, else at the amounts. */
function border(page: Page, a: Draft, b: Draft, side: 'START' | 'END'): number {
  for (let i = a.at.to; i < b.at.from; i++) if (page.breaks[i] === 'SEMICOLON') return i;
  return side === 'END' ? a.at.to : b.at.from;
}

/** "Le premier contributeur n'est pas français. Il s'agit de Temasek." */
function addRevealed(page: Page, fact: Draft, s: number): void {
  const sentence = page.sentences[s]!;
  const opening = page.words
    .slice(sentence.from, sentence.from + 4)
    .map((w) => w.folded)
    .join(' ');
  const before = page.sentences[s - 1];
  if (!/^(?:il s agit|c est|ce sont)/.test(opening) || !before) return;
  const asked = page.words
    .slice(before.from, before.to)
    .some((w) => /^(?:contributeurs?|investisseurs?|souscripteurs?|actionnaires?)$/.test(w.folded));
  const first = page.mentions.find((m) => m.from >= sentence.from && m.from < sentence.from + 7);
  if (asked && first && first.actor.ref !== fact.recipient?.ref)
    fact.investors.set(first.actor.ref, fact.investors.get(first.actor.ref) ?? false);
}

function takesInvestors({ kind }: Draft): boolean {
  return isRound(kind) || kind === 'ENDOWMENT' || kind === 'DEBT' || kind === 'GRANT';
}

/** Where an opening "après son amorçage de 35 millions," or an inset "qui avait signé l'amorçage de 5 millions," ends, or -1. */
function asideEnd(page: Page, { at }: Draft): number {
  const { from, to } = page.sentences[at.sentence]!;
  let opens = isInset(page, at);
  for (let i = from; i < Math.min(from + 5, at.from); i++) {
    if (/^(?:apres|avant|depuis)$/.test(page.words[i]!.folded)) opens = true;
  }
  if (!opens) return -1;
  for (let i = at.to; i < to; i++)
    if (page.breaks[i] === 'COMMA')
      return /^(?:dont|aupres|avec|mene|menee|et|grace)$/.test(page.words[i]!.folded) ? -1 : i;
  return -1;
}

function isInset(page: Page, { from, sentence }: PageAmount): boolean {
  let i = from;
  while (i > page.sentences[sentence]!.from && page.breaks[i] === 'NONE') i--;
  return page.breaks[i] === 'COMMA' && page.words[i]!.folded === 'qui';
}

/** The round that a later sentence speaks of: the last one told, a closed one rather than one that is only hoped for. */
function lastRound(page: Page, takers: readonly Draft[], sentence: number): Draft | undefined {
  const near = takers.filter(
    (f) =>
      f.at.sentence < sentence &&
      sentence - f.at.sentence <= (isRound(f.kind) ? REACH : SHORT_REACH) &&
      f.kind !== 'GRANT' &&
      !f.total &&
      !(f.kind === 'SEED' && isInset(page, f.at)),
  );
  const last = near.at(-1);
  if (last?.status !== 'PLANNED') return last;
  return near.findLast((f) => f.status === 'CLOSED' && f.recipient?.ref === last.recipient?.ref) ?? last;
}

/** True for a sentence about another deal: one with its own fact, a rumour, or another company's raise. */
function tellsOther(
  scene: Scene,
  page: Page,
  facts: readonly Draft[],
  fact: Draft,
  s: number,
  parts: ReadonlySet<Draft>,
): boolean {
  const sentence = page.sentences[s]!;
  const own = facts.filter((f) => f.page === page && f.at.sentence === s && !parts.has(f));
  if (own.some((f) => f.kind !== 'INVESTMENT' || f.recipient?.ref !== fact.recipient?.ref)) return true;
  const another = page.words
    .slice(sentence.from, sentence.to)
    .some((w) => /^(?:financement|levee|tour|serie)$/.test(w.folded));
  if (fact.status === 'CLOSED' && another && hasConditional(page, sentence.from, sentence.to)) return true;
  const opening = page.mentions.find((m) => m.from >= sentence.from && m.to <= sentence.to);
  const quant = page.words[sentence.from]!.folded === 'quant';
  return (
    quant &&
    opening !== undefined &&
    opening.actor.ref !== fact.recipient?.ref &&
    scene.main?.ref !== opening.actor.ref
  );
}

function addInvestors(scene: Scene, page: Page, fact: Draft, from: number, to: number, told: boolean): void {
  const people = peopleOf(scene, page, fact.recipient);
  const excluded = (actor: ReadActor): boolean => actor.ref === fact.recipient?.ref || people.has(actor.ref);
  // "Le constructeur … participe à son tour": whoever the sentence before names.
  const recall = (at: number): ReadActor | null => {
    const party = findSubject(page, at, from, () => true);
    if (party?.kind !== 'ANAPHOR') return null;
    const fits = (a: ReadActor): boolean =>
      (a.kind === 'INVESTOR' || isVenture(a)) &&
      !excluded(a) &&
      (party.kinds.includes(a.kind) || a.kind === 'INVESTOR');
    return resolve(scene, page, party.at, fits);
  };
  const sentence = page.sentenceOf[from]!;
  const goesOn =
    sentence - fact.at.sentence === 1 &&
    (page.sentences[sentence]!.line === page.sentences[fact.at.sentence]!.line ||
      scene.sections.some((s) => s.sentence === fact.at.sentence)) &&
    fact.recipient?.kind !== 'INVESTOR';
  if ((told || goesOn) && isRound(fact.kind) && fact.status !== 'PLANNED') {
    // A fund named beside a round has as a rule paid into it.
    for (const m of page.mentions) {
      if (m.from < Math.max(from, fact.at.to) || m.to > to) continue;
      if (
        m.actor.kind === 'INVESTOR' &&
        !excluded(m.actor) &&
        !isAside(page, m) &&
        !isSpeaking(page, m) &&
        page.quoted[m.from] === page.quoted[fact.at.from]
      ) {
        if (!fact.investors.has(m.actor.ref)) fact.investors.set(m.actor.ref, false);
      }
    }
  }
  for (const { actor, lead } of findInvestors(page, { from, to, excluded, told, recall })) {
    fact.investors.set(actor.ref, lead || (fact.investors.get(actor.ref) ?? false));
  }
}

const NOBODY: ReadonlySet<number> = new Set();
/** The people of each recipient on a page, asked for once a sentence. */
const knownPeople = new WeakMap<Page, Map<number, ReadonlySet<number>>>();

/** Founders and managers of the recipient: they do not invest in it just by being named. */
function peopleOf(scene: Scene, page: Page, recipient: ReadActor | null): ReadonlySet<number> {
  if (!recipient) return NOBODY;
  const known = knownPeople.get(page) ?? new Map<number, ReadonlySet<number>>();
  knownPeople.set(page, known);
  const people = known.get(recipient.ref) ?? findPeople(scene, page, recipient);
  known.set(recipient.ref, people);
  return people;
}

function findPeople(scene: Scene, page: Page, recipient: ReadActor): ReadonlySet<number> {
  const people = new Set<number>();
  for (const tie of scene.found.affiliations) if (tie.organization === recipient.ref) people.add(tie.person);
  for (const m of page.mentions) {
    if (m.actor.kind !== 'PERSON' || people.has(m.actor.ref)) continue;
    if (employerOf(scene, page, m)?.ref === recipient.ref || isFounder(page, m.from) || isItsHead(page, m))
      people.add(m.actor.ref);
  }
  return people;
}

/** "X, son PDG", "sa cofondatrice X". */
function isItsHead(page: Page, m: PageMention): boolean {
  const own = (i: number): boolean =>
    /^(?:son|sa|ses|leur)$/.test(page.words[i]?.folded ?? '') && ROLES.has(page.words[i + 1]?.folded ?? '');
  return (
    (page.breaks[m.to] === 'COMMA' && own(m.to)) || own(m.from - 2) || own(m.from - 3) || own(m.from - 4)
  );
}

/** "fondée en 2012 avec X et Y", "cofondée par X". */
function isFounder(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 10; i--) {
    if (page.breaks[i + 1] === 'SENTENCE' || page.breaks[i + 1] === 'LINE' || page.amountAt[i] !== -1)
      return false;
    if (/^(?:co)?(?:fonde|fondee|creee?|cree|lancee)s?$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** Two facts told together whose sum was told before are its parts ("600 millions", "468 en capital et 132 de dette"). */
export function findParts(facts: readonly Draft[]): ReadonlySet<Draft> {
  const parts = new Set<Draft>();
  for (let i = 1; i < facts.length; i++) {
    const a = facts[i - 1]!;
    const b = facts[i]!;
    if (a.page !== b.page || b.at.sentence - a.at.sentence > 1 || a.money.currency !== b.money.currency)
      continue;
    if (!isPortion(a) || !isPortion(b)) continue;
    const sum = addDecimals(a.money.amount, b.money.amount);
    const whole = facts
      .slice(Math.max(0, i - 9), i - 1)
      .findLast(
        (f) => f.page === a.page && f.money.currency === a.money.currency && isClose(f.money.amount, sum, 1),
      );
    if (!whole) continue;
    for (const part of [a, b]) {
      parts.add(part);
      part.recipient ??= whole.recipient;
    }
  }
  return parts;
}

/** Equity, debt or subsidy: what a package is made of. */
function isPortion({ kind }: Draft): boolean {
  return isRound(kind) || kind === 'DEBT' || kind === 'GRANT';
}

/** A grant under a programme comes from whoever pays for the programme. */
export function passOnPayers(facts: readonly Draft[]): void {
  let plan: Draft | null = null;
  for (const fact of facts) {
    const shared = fact.kind === 'GRANT' && fact.recipient === null;
    if ((fact.kind === 'PUBLIC_PLAN' || shared) && fact.status === 'PLANNED') plan = fact;
    if (fact.kind !== 'GRANT' || fact.investors.size > 0 || !plan) continue;
    for (const [ref, lead] of plan.investors) if (ref !== fact.recipient?.ref) fact.investors.set(ref, lead);
  }
}

/** Whoever has a stated share of a round is an investor of the round too. */
export function shareInvestors(facts: readonly Draft[]): void {
  for (const share of facts) {
    if (share.kind !== 'INVESTMENT' || !share.recipient || share.investors.size === 0) continue;
    const round = facts.find((f) => isRound(f.kind) && !f.total && isShare(share, f));
    if (round)
      for (const [ref, lead] of share.investors)
        round.investors.set(ref, lead || (round.investors.get(ref) ?? false));
  }
}

/** A share is smaller than its round, as far along, and told within two sentences of it. */
function isShare(share: Draft, round: Draft): boolean {
  return (
    round.page === share.page &&
    round.recipient?.ref === share.recipient?.ref &&
    round.status === share.status &&
    Math.abs(round.at.sentence - share.at.sentence) <= 2
  );
}
