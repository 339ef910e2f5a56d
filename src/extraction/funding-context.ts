/**
 * What an amount is where its own words do not say: by who announces it, by the question before it, by its neighbours.
 */
import { compareDecimals } from '#text/numbers.ts';
import { type Cue, costBetween, type Government } from './funding-cues.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { findGoal, findSubject } from './funding-parties.ts';
import type { Scene } from './funding-scene.ts';
import { hasHorizon } from './funding-status.ts';
import { type CueMap, isYearly } from './funding-tests.ts';
import type { CueType } from './lexicon/funding-words.ts';

/** A type that the context gives, and how weak the evidence is. */
export interface ContextReading {
  readonly type: CueType;
  readonly cost: number;
}

/** "Sa valorisation ? Au-delà du milliard": a short question says what the answer is about. */
export function questionBefore(page: Page, { sentence }: PageAmount, cues: CueMap): Cue | null {
  const before = page.sentences[sentence - 1];
  if (!before || before.to - before.from > 5) return null;
  const end = page.text.slice(page.words[before.to - 1]!.end, page.words[before.to]?.start);
  return end.includes('?') ? (cues.get(sentence - 1)?.[0] ?? null) : null;
}

const COMMITTING = new Set('prevoir promettre presenter lancer tabler parler devoiler'.split(' '));

/** "annonce 15 millions": a raise when a company says it, a plan when a state does, an investment otherwise. */
export function typeOfSaying(
  scene: Scene,
  page: Page,
  cue: Cue,
  amount: PageAmount,
  governments: readonly Government[],
): CueType | null {
  const sentence = page.sentences[amount.sentence]!;
  // "confirme 6 milliards pour quatre centres de données"
  const equipment = governments.some(
    (g) =>
      g.cue.type === 'GIVE' &&
      g.cue.weight === 1 &&
      !g.cue.lemma.startsWith('a hauteur') &&
      !/^(?:ajouter|somme)/.test(g.cue.lemma),
  );
  const subject = findSubject(page, Math.min(cue.from, amount.from), sentence.from, () => true);
  if (!subject || subject.kind === 'STRANGER') return isBarePromise(page, cue, amount) ? 'GIVE' : null;
  if (subject.kind === 'CROWD') return null;
  if (subject.kind === 'PUBLIC') return 'PLAN';
  const kind = subject.kind === 'ACTOR' ? subject.mention.actor.kind : null;
  if (COMMITTING.has(cue.lemma)) return kind === 'GOVERNMENT' || kind === 'PERSON' ? 'PLAN' : 'GIVE';
  if (kind === 'GOVERNMENT') return 'PLAN';
  if (equipment && kind !== 'PERSON') return 'GIVE';
  if (subject.kind !== 'ACTOR') return 'RAISE';
  if (kind === 'INVESTOR') {
    // "un objectif d'un milliard pour Eurazeo Growth IV": a fund that fills its own vehicle.
    const { ref } = subject.mention.actor;
    const vehicle = findGoal(
      page,
      amount,
      amount.to,
      sentence.to,
      (a) => a.kind === 'INVESTOR' && a.ref !== ref,
    );
    return vehicle ? 'RAISE' : 'GIVE';
  }
  if (kind === 'PERSON')
    return scene.main && scene.main.kind !== 'INVESTOR' && cue.lemma === 'annoncer' ? 'RAISE' : 'PLAN';
  return 'RAISE';
}

/** "parlent de 30 milliards": nobody we know pays; still an intention to pay. */
function isBarePromise(page: Page, cue: Cue, amount: PageAmount): boolean {
  if (!/^(?:parler|promettre|prevoir|tabler|evoquer)$/.test(cue.lemma)) return false;
  if (cue.tense === null || cue.participle) return false;
  return costBetween(page, Math.min(cue.to, amount.to), Math.max(amount.from, cue.from)) <= 3;
}

/** A sum that only its neighbours speak of must be more than a price. */
const SMALLEST = '300000';
const TYPES: readonly CueType[] = ['RAISE', 'BUY', 'ENDOW', 'PLAN', 'GRANT', 'GIVE', 'DEBT'];

/** No word governs the amount: the sentences beside it may still say what it is about; null when they do not. */
export function typeByContext(
  scene: Scene,
  page: Page,
  amount: PageAmount,
  cues: CueMap,
): ContextReading | null {
  if (compareDecimals(amount.amount.amount, SMALLEST) < 0) return null;
  const sentence = page.sentences[amount.sentence]!;
  const own = cues.get(amount.sentence) ?? [];
  if (own.some((c) => c.type === 'NOT' && c.weight === 3) || isYearly(page, amount)) return null;
  // "passe la vitesse supérieure avec 14 millions"
  if (amount.amount.currency !== null && page.words[amount.from - 1]?.folded === 'avec') {
    const subject = findSubject(page, amount.from - 1, sentence.from, () => true);
    if (subject?.kind === 'ACTOR' && subject.mention.actor.kind === 'COMPANY')
      return { type: 'RAISE', cost: 9 };
  }
  // "2/ Dataltitude — 22 millions €", the heading of a round-up
  const section = scene.sections.find((s) => s.sentence === amount.sentence);
  if (section && page === scene.text) return { type: 'RAISE', cost: 8 };
  // "France 2030 : 54 milliards d'euros pour …"
  const head = page.mentionAt[amount.from - 1] ?? -1;
  if (amount.from > sentence.from && head !== -1 && page.breaks[amount.from] === 'COLON') {
    const state = page.mentions[head]!.actor.kind === 'GOVERNMENT';
    if (state && page.words[amount.to]?.folded === 'pour') return { type: 'PLAN', cost: 9 };
  }
  const horizon = hasHorizon(page, amount, sentence.to);
  if (amount.amount.currency === null && !horizon) return null;
  for (const s of [amount.sentence - 1, amount.sentence + 1]) {
    const list = cues.get(s);
    if (!list || list.some((c) => c.type === 'NOT' && c.weight === 3)) continue;
    const type = TYPES.find((t) => list.some((c) => c.type === t && c.weight === 3));
    if (type) return { type, cost: 14 };
  }
  if (!horizon) return null;
  const plan = [...cues.values()].some((list) => list.some((c) => c.type === 'PLAN'));
  return { type: plan && !scene.main ? 'PLAN' : 'GIVE', cost: 16 };
}
