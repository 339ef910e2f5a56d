/**
 * Whether an amount is funding, and by which word: the cue that governs it, or the context where no word does.
 *
 *   cues by cost ─▶ the one that governs ─▶ not funding (revenue, rate, denial …) · a valuation · funding of a type
 */
import { compareDecimals } from '#text/numbers.ts';
import { questionBefore, typeByContext, typeOfSaying } from './funding-context.ts';
import { type Cue, type Government, govern } from './funding-cues.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { findSubject } from './funding-parties.ts';
import { employerOf, type Scene } from './funding-scene.ts';
import {
  type CueMap,
  describesPlan,
  isDenied,
  isLeaderShare,
  isMarketTotal,
  isPlanNoun,
  isPolicy,
  isRate,
  isTypeNear,
  isYearly,
  mayBeMoney,
  measuredNoun,
  namesSoon,
} from './funding-tests.ts';
import type { CueType } from './lexicon/funding-words.ts';

/** What an amount is: funding of a type, a valuation (`WORTH`), or neither (`NOT`). */
export interface Verdict {
  readonly type: CueType;
  /** The cue that governs; null when the context speaks for it. */
  readonly cue: Cue | null;
  readonly governments: readonly Government[];
  /** 0 is certain; the dearer, the weaker the evidence. */
  readonly cost: number;
}

/** One amount with all that judging it needs. */
interface Case {
  readonly scene: Scene;
  readonly page: Page;
  readonly amount: PageAmount;
  readonly cues: CueMap;
  readonly governments: readonly Government[];
}

/** Smaller sums are prices and fees. */
const SMALLEST = '10000';
/** Beyond this cost a cue says nothing of the amount. */
const FAR = 22;
/** Beyond this a word for other money does not either. */
const FAR_FROM_OTHER_MONEY = 9;

const NOT_MONEY: Verdict = { type: 'NOT', cue: null, governments: [], cost: 0 };

/** Judges one amount. */
export function judge(scene: Scene, page: Page, amount: PageAmount, cues: CueMap): Verdict {
  const { currency, amount: value } = amount.amount;
  if (compareDecimals(value, SMALLEST) < 0) return NOT_MONEY;
  if (currency === null && !mayBeMoney(page, amount, cues)) return NOT_MONEY;
  if (isRate(page, amount)) return NOT_MONEY;
  const governments = govern(page, amount, cues.get(amount.sentence) ?? []);
  const it: Case = { scene, page, amount, cues, governments };
  const first = governments[0];
  const asked = questionBefore(page, amount, cues);
  if (asked && (!first || first.cue.type === 'SAY' || first.cost > 4)) {
    return { type: asked.type, cue: null, governments, cost: 10 };
  }
  return (first && first.cost <= FAR ? weigh(it, choose(it, first)) : null) ?? byContext(it);
}

function byContext({ scene, page, amount, cues, governments }: Case): Verdict {
  const reading = typeByContext(scene, page, amount, cues);
  return reading ? { ...reading, cue: null, governments } : NOT_MONEY;
}

/** The governing cue: the cheapest, but for words that only join, describe or name a stage. */
function choose({ amount, governments }: Case, first: Government): Government {
  const other = (fits: (g: Government) => boolean): Government =>
    governments.find((g) => g !== first && fits(g)) ?? first;
  if (first.side === 'COMPLEMENT') {
    // "lève 50 millions en Bourse" is a raise; "pèse 3 milliards en Bourse" is not.
    if (first.cue.lemma === 'en bourse')
      return other((g) => g.cue.type === 'RAISE' && g.side === 'LEFT' && g.cost <= 8);
    // "pour ce plan", "du programme": what stands before the amount says more.
    if (first.cue.type === 'PLAN' && first.cue.weight === 2)
      return other((g) => g.cost <= 6 && g.cue.type !== 'SAY');
    // "un plan de 500 millions consacré à": the noun right before the amount says what it is.
    if (first.cue.participle) {
      return other(
        (g) =>
          g.side === 'LEFT' &&
          g.cue.tense === null &&
          g.cue.type !== 'SAY' &&
          g.cue.to >= amount.from - 2 &&
          g.cue.weight > 1,
      );
    }
  }
  // "qui recevront au total 360 millions": the verb says more.
  if (/^(?:au total|a ce jour|depuis )/.test(first.cue.lemma))
    return other((g) => g.cost <= 8 && g.cue.tense !== null && g.cue.type !== 'SAY' && g.cue.type !== 'NOT');
  // "à hauteur de" only joins the sum to its verb.
  return first.cue.lemma.startsWith('a hauteur') ? other((g) => g.cue.type !== 'SAY' && g.cost <= 12) : first;
}

type Rule = (it: Case, first: Government) => Verdict | null;

/** What the governing cue may turn out to mean, the first that fits decides. */
const RULES: readonly Rule[] = [
  balanceSheetDebt,
  plan,
  measured,
  purchasePrice,
  otherMoney,
  unfunded,
  said,
  paid,
];

function weigh(it: Case, first: Government): Verdict | null {
  for (const rule of RULES) {
    const verdict = rule(it, first);
    if (verdict) return verdict.type === 'SAY' ? null : verdict;
  }
  return verdictOf(it, first, publicType(it, first.cue));
}

function verdictOf(
  { governments }: Case,
  first: Government,
  type: CueType,
  cue: Cue | null = first.cue,
  more = 0,
): Verdict {
  return { type, cue, governments, cost: Math.max(0, first.cost) + more };
}

/** "d'euros de dette" is debt on a balance sheet unless a raise or a loan stands near. */
function balanceSheetDebt(it: Case, first: Government): Verdict | null {
  if (first.side !== 'COMPLEMENT' || !/^(?:de|en) dette/.test(first.cue.lemma)) return null;
  const borrowed = it.governments.some(
    (g) => (g.cue.type === 'RAISE' || g.cue.type === 'DEBT') && g !== first,
  );
  return borrowed || isTypeNear(it.cues, it.amount.sentence, 'RAISE') ? null : verdictOf(it, first, 'NOT');
}

/** "le plan « Osez l'IA », doté de 200 millions": the plan itself, whoever is named beside it. */
function plan(it: Case, first: Government): Verdict | null {
  const { cue } = first;
  const { from } = it.page.sentences[it.amount.sentence]!;
  if (cue.lemma !== 'doter' || !cue.participle) return null;
  // "Doté de 360 millions d'euros, le programme doit …"
  const opening = cue.from === from && isPlanNoun(it.page, it.amount.to);
  return opening || describesPlan(it.page, cue.from, from) ? verdictOf(it, first, 'PLAN') : null;
}

/** "le tour pèse 100 millions", "un chantier évalué à 8 milliards". */
function measured(it: Case, first: Government): Verdict | null {
  const noun = first.side === 'LEFT' ? measuredNoun(first.cue, it.governments) : null;
  return noun && verdictOf(it, first, noun.type, noun, 2);
}

/** "Le prix fait tourner les têtes : 1,3 milliard", "Billy, rachetée en juin, lui a coûté": what a purchase cost. */
function purchasePrice(it: Case, first: Government): Verdict | null {
  // "s'offre 173 millions": the money itself.
  if (first.cue.lemma === 's ~offrir' || first.cue.lemma === 's offrir')
    return first.cue.to === it.amount.from ? verdictOf(it, first, 'RAISE') : null;
  if (/^(?:couts?|prix|facture|budget)$/.test(first.cue.lemma) && opensWith(it, first.cue) && isBuilding(it))
    return verdictOf(it, first, 'GIVE', null, 3);
  if (!/^(?:prix|valeur d entreprise|couter|facture)$/.test(first.cue.lemma)) return null;
  const stake = it.governments.find((g) => g.cue.lemma === 'prendre une participation');
  if (stake) return verdictOf(it, first, 'GIVE', stake.cue, 3);
  const bought =
    isTypeNear(it.cues, it.amount.sentence, 'BUY') ||
    it.governments.some((g) => g.cue.type === 'BUY' && g.cue.weight === 3);
  return bought ? verdictOf(it, first, 'BUY', first.cue.lemma === 'couter' ? first.cue : null, 3) : null;
}

/** "Coût : 10 milliards": a noun that opens the sentence, and a colon. */
function opensWith({ page, amount }: Case, cue: Cue): boolean {
  return (
    cue.from - page.sentences[amount.sentence]!.from <= 1 &&
    page.breaks[amount.from] === 'COLON' &&
    amount.from - cue.to <= 3
  );
}

/** The sentence before tells of something that will be built. */
function isBuilding({ cues, amount }: Case): boolean {
  const before = cues.get(amount.sentence - 1) ?? [];
  return before.some((c) => c.type === 'GIVE' && (c.weight === 1 || c.lemma === 'investir'));
}

function otherMoney(it: Case, first: Government): Verdict | null {
  const { type } = first.cue;
  if (type === 'WORTH') return verdictOf(it, first, type);
  if (type !== 'NOT') return null;
  const far = first.side !== 'COMPLEMENT' && first.cost > FAR_FROM_OTHER_MONEY;
  return far ? byContext(it) : verdictOf(it, first, type);
}

const ADVANCES = new Set<CueType>(['GIVE', 'PLAN', 'GRANT', 'ENDOW', 'DEBT']);

/** A habit, a denial, a total over a market, a yearly sum; or the leader's share, which is no raise. */
function unfunded(it: Case, first: Government): Verdict | null {
  const { page, amount } = it;
  const { cue } = first;
  const no = verdictOf(it, first, 'NOT');
  // "portera à 2,4 milliards le chiffre d'affaires": what is raised to the sum stands behind it.
  const lifted =
    /^~?(?:porter|passer) a/.test(cue.lemma) &&
    it.governments.some((g) => g.cue.type === 'NOT' && g.side === 'RIGHT' && g.cost <= 8);
  if (lifted) return no;
  if (isPolicy(page, cue, amount)) return no;
  if (cue.type === 'RAISE' && cue.tense === null && isLeaderShare(page, cue, amount)) {
    return verdictOf(it, first, 'GIVE', { ...cue, lemma: 'mener', tense: 'NOW' });
  }
  if (isDenied(page, cue, amount) || isMarketTotal(page, cue, amount)) return no;
  // "SoftBank disposait de moins de 10 milliards": what somebody once had, not what they raised.
  if (cue.lemma.startsWith('~disposer') || cue.lemma.startsWith('disposer')) {
    if (amount.amount.precision === 'AT_MOST') return no;
  }
  const spending = ADVANCES.has(cue.type) && first.cost <= 8 && (cue.type !== 'GIVE' || cue.tense !== 'NOW');
  return isYearly(page, amount) && !spending ? no : null;
}

/** Announcing verbs: a noun near them says what is announced, else who announces does. */
function said(it: Case, first: Government): Verdict | null {
  const { cue } = first;
  if (cue.type !== 'SAY') return null;
  const reach = first.side === 'COMPLEMENT' ? 10 : Math.min(10, first.cost + 7);
  const named = it.governments.find(
    (g) =>
      g.cue.type !== 'SAY' &&
      g.cost <= reach &&
      !(g.side === 'RIGHT' && (g.cue.type === 'WORTH' || g.cue.type === 'NOT')),
  );
  if (named) {
    const { type } = named.cue;
    // The noun's type with the verb's tense: "annonce un investissement" is not done yet.
    return verdictOf(it, first, type, type === 'SAY' ? cue : named.cue);
  }
  const type = typeOfSaying(it.scene, it.page, cue, it.amount, it.governments);
  if (type) return verdictOf(it, first, type);
  // "les 150 milliards attendus du secteur privé"
  const awaited = first.side === 'COMPLEMENT' && cue.participle;
  if (!awaited) return verdictOf(it, first, 'SAY');
  return verdictOf(it, first, isTypeNear(it.cues, it.amount.sentence, 'RAISE') ? 'RAISE' : 'GIVE');
}

/** "dépense 380 millions pour acquérir", "paie un milliard pour Reka AI", "montant : 20 millions". */
function paid(it: Case, first: Government): Verdict | null {
  const { page, amount, governments, cues } = it;
  const { cue } = first;
  // "achète pour 180 millions de dollars d'actions"
  if (
    cue.type === 'BUY' &&
    cue.weight === 2 &&
    /^(?:actions|titres|parts)$/.test(page.words[amount.to + 1]?.folded ?? '')
  )
    return verdictOf(it, first, 'GIVE', { ...cue, lemma: 'souscrire' });
  // "y avait apporté 6,5 millions en série A": who pays is told; the stage is the round's.
  const giving =
    cue.type === 'RAISE' &&
    first.side === 'COMPLEMENT' &&
    cue.tense === null &&
    /^(?:serie|seed|amorcage)/.test(cue.lemma);
  const verb = giving
    ? governments.find(
        (g) => g.cue.type === 'GIVE' && g.cue.tense !== null && g.side === 'LEFT' && g.cost <= 2,
      )
    : null;
  if (verb) return verdictOf(it, verb, 'GIVE');
  if (cue.type !== 'GIVE' && cue.type !== 'PAY') return null;
  const purchase = governments.find(
    (g) => g.cue.type === 'BUY' && g.cue.tense === 'INF' && g.side === 'RIGHT' && g.cost <= 8,
  );
  if (purchase && page.words[purchase.cue.from - 1]?.folded !== 'de') {
    return verdictOf(it, first, 'BUY', { ...purchase.cue, tense: cue.tense, participle: false });
  }
  if (cue.type === 'GIVE') return null;
  if (cue.tense !== null && page.words[amount.to]?.folded === 'pour' && namesSoon(page, amount.to + 1)) {
    return verdictOf(it, first, 'BUY', null);
  }
  if (governments.some((g) => g.cue.type === 'BUY') || isTypeNear(cues, amount.sentence, 'BUY'))
    return verdictOf(it, first, 'BUY');
  if (cue.tense !== null) return verdictOf(it, first, 'GIVE');
  const other = governments.find((g) => g.cue.type !== 'PAY' && g.cue.type !== 'SAY' && g.cost <= 12);
  if (other) return verdictOf(it, other, other.cue.type);
  // "L'opération, d'un montant de 12 millions"
  const deal = governments.some((g) => g.cue.lemma === 'operation' && g.side === 'LEFT' && g.cost <= 8);
  if (!deal) return byContext(it);
  const stake = isTypeNear(cues, amount.sentence, 'GIVE') && !isTypeNear(cues, amount.sentence, 'RAISE');
  return verdictOf(it, first, stake ? 'GIVE' : 'RAISE', cue, 3);
}

/** What a state obtains, mobilises or gathers is a plan. */
function publicType({ scene, page, amount, governments }: Case, cue: Cue): CueType {
  if (cue.type !== 'RAISE' || cue.weight !== 2 || cue.tense === null) return cue.type;
  const subject = findSubject(page, cue.from, page.sentences[amount.sentence]!.from, () => true);
  const speaks = subject?.kind === 'ACTOR' && subject.mention.actor.kind === 'PERSON';
  const who = subject?.kind === 'ACTOR' ? subject.mention.actor : null;
  const body = speaks ? employerOf(scene, page, subject.mention) : who;
  const state = subject?.kind === 'PUBLIC' || body?.kind === 'GOVERNMENT';
  // "une initiative destinée à mobiliser 200 milliards", told by a public body.
  const planned =
    subject?.kind === 'ANAPHOR' &&
    governments.some((g) => g.cue.type === 'PLAN' && g.side === 'LEFT' && g.cost <= 2) &&
    page.mentions.some((m) => page.sentenceOf[m.from] === amount.sentence && m.actor.kind === 'GOVERNMENT');
  if (planned) return 'PLAN';
  if (!state) return cue.type;
  return governments.some((g) => g.cue.type === 'GIVE' && g.cost < 3) ? 'GIVE' : 'PLAN';
}
