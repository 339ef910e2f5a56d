/**
 * Whether an amount is funding, and by which word: the cue that governs it, or the context where no word does.
 */
import { complementOf } from '#text/amounts.ts';
import { compareDecimals } from '#text/numbers.ts';
import { type Cue, costBetween, type Government, govern } from './funding-cues.ts';
import type { Page, PageAmount, PageSentence } from './funding-page.ts';
import { findSubject } from './funding-parties.ts';
import type { Scene } from './funding-scene.ts';
import { hasHorizon } from './funding-status.ts';
import type { CueType } from './lexicon/funding-words.ts';

/** What an amount is: funding of a type, a valuation, or neither. */
export interface Verdict {
  readonly type: CueType;
  readonly cue: Cue | null;
  readonly governments: readonly Government[];
  /** 0 is certain; the dearer, the weaker the evidence. */
  readonly cost: number;
}

/** Smaller sums are prices and fees. */
const SMALLEST = '10000';
const SMALLEST_BY_CONTEXT = '300000';
/** Beyond this cost a cue says nothing of the amount. */
const FAR = 22;

const NOT_MONEY: Verdict = { type: 'NOT', cue: null, governments: [], cost: 0 };

/** Cues by sentence, for one page. */
export type CueMap = ReadonlyMap<number, readonly Cue[]>;

/** Judges one amount. */
export function judge(scene: Scene, page: Page, amount: PageAmount, cues: CueMap): Verdict {
  const { currency, amount: value } = amount.amount;
  if (compareDecimals(value, SMALLEST) < 0) return NOT_MONEY;
  if (currency === null && !mayBeMoney(page, amount, cues)) return NOT_MONEY;
  if (isRate(page, amount)) return NOT_MONEY;
  const sentence = page.sentences[amount.sentence]!;
  const governments = govern(page, amount, cues.get(amount.sentence) ?? []);
  const first = governments[0];
  const asked = questionBefore(page, amount, cues);
  if (asked && (!first || first.cue.type === 'SAY' || first.cost > 4))
    return { type: asked.type, cue: null, governments, cost: 10 };
  if (first && first.cost <= FAR) {
    const verdict = weigh(scene, page, amount, sentence, governments, cues);
    if (verdict) return verdict;
  }
  return byContext(scene, page, amount, governments, cues);
}

/** "Sa valorisation ? Au-delà du milliard": a short question says what the answer is about. */
function questionBefore(page: Page, { sentence }: PageAmount, cues: CueMap): Cue | null {
  const before = page.sentences[sentence - 1];
  if (!before || before.to - before.from > 5) return null;
  const end = page.text.slice(page.words[before.to - 1]!.end, page.words[before.to]?.start);
  return end.includes('?') ? (cues.get(sentence - 1)?.[0] ?? null) : null;
}

const FUNCTION_WORDS = new Set(
  'ensuite enfin puis sous sur pour en dans a au aux d de par et ou qui que dont puis contre avec sans apres avant lors des depuis cette ce cet l la le les il elle on soit est sont ont a sera seront iront ira de plus rien tout seulement environ a minima si quand comme mais car chez'.split(
    ' ',
  ),
);

/** A number of millions without a currency: money only if nothing counted follows it. */
function mayBeMoney(page: Page, amount: PageAmount, cues: CueMap): boolean {
  const next = page.words[amount.to];
  if (!next || page.sentenceOf[amount.to] !== amount.sentence || page.breaks[amount.to] !== 'NONE')
    return true;
  const { word, linked } = complementOf(page.text, { end: page.words[amount.to - 1]!.end });
  if (linked) {
    const cue = (cues.get(amount.sentence) ?? []).find((c) => c.from >= amount.to && c.from <= amount.to + 2);
    return (
      cue !== undefined ||
      word === 'plus' ||
      /^(?:ici|la|l|abord)$/.test(word) ||
      page.mentionAt[amount.to + 1] !== -1
    );
  }
  if (FUNCTION_WORDS.has(next.folded)) return true;
  return (cues.get(amount.sentence) ?? []).some((c) => c.from === amount.to);
}

const UNIT_WORDS = new Set(
  'mois jour heure utilisateur habitant salarie personne tonne requete token minute seconde semaine titre action licence poste siege tete piece employe'.split(
    ' ',
  ),
);

/** "100 000 euros par jour": a rate, not a sum. */
function isRate(page: Page, { to, sentence }: PageAmount): boolean {
  const next = page.words[to];
  if (!next || page.sentenceOf[to] !== sentence) return false;
  if (next.folded !== 'par' && next.folded !== 'le' && next.folded !== 'la' && next.folded !== 'l') {
    return next.folded === 'piece' || next.folded === 'mensuels' || next.folded === 'mensuel';
  }
  return UNIT_WORDS.has(page.words[to + 1]?.folded ?? '');
}

function isYearly(page: Page, { from, to, sentence }: PageAmount): boolean {
  for (let i = from - 1; i > from - 6 && i > 0 && page.sentenceOf[i] === sentence; i--) {
    if (page.words[i]!.folded === 'annee' && page.words[i - 1]!.folded === 'chaque') return true;
  }
  for (let i = to; i < to + 3 && i < page.words.length && page.sentenceOf[i] === sentence; i++) {
    const { folded } = page.words[i]!;
    if (folded === 'annuels' || folded === 'annuel' || folded === 'annuelles') return true;
    if (folded === 'an' && page.words[i - 1]?.folded === 'par') return true;
  }
  return false;
}

const ADVANCES = new Set<CueType>(['GIVE', 'PLAN', 'GRANT', 'ENDOW', 'DEBT']);

function weigh(
  scene: Scene,
  page: Page,
  amount: PageAmount,
  sentence: PageSentence,
  governments: readonly Government[],
  cues: CueMap,
): Verdict | null {
  let [first] = governments;
  if (!first) return null;
  // The amount's own noun decides, but "d'euros de dette" is debt on a balance sheet unless a raise stands near.
  if (first.side === 'COMPLEMENT' && first.cue.type === 'DEBT' && /^(?:de|en) dette/.test(first.cue.lemma)) {
    const raised =
      governments.some((g) => (g.cue.type === 'RAISE' || g.cue.type === 'DEBT') && g !== first) ||
      isNear(cues, amount.sentence, 'RAISE');
    if (!raised) return { type: 'NOT', cue: first.cue, governments, cost: 0 };
  }
  // "pèse 3 milliards en Bourse", but "lève 50 millions en Bourse".
  if (first.side === 'COMPLEMENT' && first.cue.lemma === 'en bourse') {
    const raise = governments.find((g) => g.cue.type === 'RAISE' && g.side === 'LEFT' && g.cost <= 8);
    if (raise) first = raise;
  }
  // "en série B" after the amount names the stage; the verb before it still governs.
  if (first.side === 'COMPLEMENT' && first.cue.type === 'PLAN' && first.cue.weight === 2) {
    const other = governments.find((g) => g !== first && g.cost <= 6);
    if (other) first = other;
  }
  // "un plan de 500 millions consacré à", "une levée de 10 millions annoncée": the noun before it says what it is.
  if (first.side === 'COMPLEMENT' && first.cue.participle) {
    const noun = governments.find(
      (g) =>
        g.side === 'LEFT' &&
        g.cue.tense === null &&
        g.cue.type !== 'SAY' &&
        g.cue.to >= amount.from - 2 &&
        g.cue.weight > 1,
    );
    if (noun) first = noun;
  }
  // "à hauteur de" only joins the sum to its verb.
  if (first.cue.lemma.startsWith('a hauteur')) {
    const other = governments.find((g) => g !== first && g.cue.type !== 'SAY' && g.cost <= 12);
    if (other) first = other;
  }
  const { cue } = first;
  let { type } = cue;
  const cost = Math.max(0, first.cost);
  // "le plan « Osez l'IA », doté de 200 millions", "un programme doté de": the plan itself, whoever is named beside it.
  if (cue.lemma === 'doter' && cue.participle && isPlan(page, cue.from, sentence.from)) type = 'PLAN';
  // "le tour pèse 100 millions", "un chantier évalué à 8 milliards": the verb only says how much its subject is.
  const subject = LINKS.test(cue.lemma) && first.side === 'LEFT' ? subjectNoun(cue, governments) : null;
  if (subject)
    return {
      type: subject.type,
      cue: subject.tense === null ? { ...subject, tense: null } : subject,
      governments,
      cost: cost + 2,
    };
  const bought =
    isNear(cues, amount.sentence, 'BUY') ||
    governments.some((g) => g.cue.type === 'BUY' && g.cue.weight === 3);
  if (bought && /^(?:valeur d entreprise|couter)$/.test(cue.lemma))
    return { type: 'BUY', cue: null, governments, cost: cost + 3 };
  // A word for other money that stands far off says little.
  if (type === 'NOT' && first.side !== 'COMPLEMENT' && first.cost > 9)
    return byContext(scene, page, amount, governments, cues);
  // "Le prix fait tourner les têtes : 1,3 milliard" right after a purchase is what was paid.
  if (
    cue.lemma === 'prix' &&
    (isNear(cues, amount.sentence, 'BUY') ||
      governments.some((g) => g.cue.type === 'BUY' && g.cue.weight === 3))
  ) {
    return { type: 'BUY', cue: null, governments, cost: cost + 2 };
  }
  if (type === 'NOT' || type === 'WORTH') return { type, cue, governments, cost };
  if (isPolicy(page, cue, amount)) return { type: 'NOT', cue, governments, cost };
  // "conduit le tour avec 285 millions"
  if (type === 'RAISE' && cue.tense === null && isLeaderShare(page, cue, amount)) {
    return { type: 'GIVE', cue: { ...cue, lemma: 'mener', tense: 'NOW' }, governments, cost };
  }
  if (isDenied(page, cue, amount)) return { type: 'NOT', cue, governments, cost };
  if (isMarketTotal(page, cue, amount)) return { type: 'NOT', cue, governments, cost };
  if (
    isYearly(page, amount) &&
    !(ADVANCES.has(type) && first.cost <= 8 && (type !== 'GIVE' || cue.tense !== 'NOW'))
  )
    return { type: 'NOT', cue, governments, cost };
  if (type === 'SAY') {
    const reach = first.side === 'COMPLEMENT' ? 10 : first.cost + 7;
    const named = governments.find(
      (g) =>
        g.cue.type !== 'SAY' &&
        g.cost <= reach &&
        g.cost <= 10 &&
        !(g.side === 'RIGHT' && (g.cue.type === 'WORTH' || g.cue.type === 'NOT')),
    );
    if (named) {
      if (named.cue.type === 'NOT' || named.cue.type === 'WORTH')
        return { type: named.cue.type, cue: named.cue, governments, cost };
      return {
        type: named.cue.type,
        cue: named.side === 'COMPLEMENT' || named.cue.tense === null ? mainVerb(cue, named.cue) : named.cue,
        governments,
        cost,
      };
    }
    const waiting = first.side === 'COMPLEMENT' && cue.participle;
    const said =
      readSaying(scene, page, cue, amount, sentence) ??
      (waiting ? (isNear(cues, amount.sentence, 'RAISE') ? 'RAISE' : 'GIVE') : null);
    if (!said) return null;
    type = said;
  }
  if (type === 'GIVE' || type === 'PAY') {
    // "dépense 380 millions pour acquérir": the purchase is what the money is for.
    const purchase = governments.find(
      (g) => g.cue.type === 'BUY' && g.cue.tense === 'INF' && g.side === 'RIGHT' && g.cost <= 8,
    );
    if (purchase && page.words[purchase.cue.from - 1]?.folded !== 'de')
      return {
        type: 'BUY',
        cue:
          purchase.cue.tense === 'INF'
            ? { ...purchase.cue, tense: cue.tense, participle: false }
            : purchase.cue,
        governments,
        cost,
      };
  }
  // "paie un milliard pour Reka AI"
  if (
    type === 'PAY' &&
    cue.tense !== null &&
    page.words[amount.to]?.folded === 'pour' &&
    namedSoon(page, amount.to + 1)
  ) {
    return { type: 'BUY', cue: null, governments, cost };
  }
  if (type === 'PAY') {
    type =
      governments.some((g) => g.cue.type === 'BUY') || isNear(cues, amount.sentence, 'BUY') ? 'BUY' : 'GIVE';
    if (type === 'GIVE' && cue.tense === null) {
      const other = governments.find((g) => g.cue.type !== 'PAY' && g.cue.type !== 'SAY' && g.cost <= 12);
      if (!other && cue.lemma === 'operation') return { type: 'RAISE', cue, governments, cost: cost + 3 };
      if (!other) return byContext(scene, page, amount, governments, cues);
      return { type: other.cue.type, cue: other.cue, governments, cost: Math.max(0, other.cost) };
    }
  }
  if (type === 'RAISE' && cue.weight === 2 && cue.tense !== null) {
    const subject = findSubject(page, cue.from, sentence.from, () => true);
    const state =
      subject?.kind === 'PUBLIC' ||
      (subject?.kind === 'ACTOR' && subject.mention.actor.kind === 'GOVERNMENT');
    if (state) type = governments.some((g) => g.cue.type === 'GIVE' && g.cost < 3) ? 'GIVE' : 'PLAN';
  }
  return { type, cue, governments, cost };
}

/** True where the noun that a participle describes is a plan, a call or a programme. */
function isPlan(page: Page, at: number, from: number): boolean {
  for (let i = at - 1; i >= from && i >= at - 8; i--) {
    if (page.mentionAt[i] !== -1)
      return page.mentions[page.mentionAt[i]!]!.actor.kind === 'GOVERNMENT' && page.breaks[at] === 'COMMA';
    if (PLANS.test(page.words[i]!.folded)) return true;
    if (page.breaks[i + 1] === 'COMMA' && i + 1 !== at) return false;
  }
  return false;
}

const PLANS =
  /^(?:plans?|programmes?|strategie|appels?|dispositifs?|initiatives?|guichet|phase|volet|projets?|chantier|enveloppe|pepr|concours|feuille)$/;
const LINKS = /^(?:peser|couter|evaluer)$/;

/** The noun that is the subject of a verb of measure: the nearest before it, of a funding type. */
function subjectNoun(verb: Cue, governments: readonly Government[]): Cue | null {
  let best: Cue | null = null;
  for (const { cue } of governments) {
    if (cue.to > verb.from || verb.from - cue.to > 6 || cue.tense !== null) continue;
    if (!/^(?:RAISE|BUY|PLAN|GIVE|GRANT|ENDOW|DEBT)$/.test(cue.type)) continue;
    if (!best || cue.to > best.to) best = cue;
  }
  return best;
}

/** "des chèques de 10 à 100 millions", "dépensé 5 millions pour entraîner": what is done as a rule, or running costs. */
function isPolicy(page: Page, cue: Cue, amount: PageAmount): boolean {
  if (amount.amount.from !== null && /^(?:cheques?|tickets?)$/.test(cue.lemma)) return true;
  if (cue.lemma !== 'depenser') return false;
  for (let i = amount.to; i < amount.to + 4 && i < page.words.length; i++) {
    if (/^(?:entrainer|entrainement|former|fonctionner)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

function isLeaderShare(page: Page, cue: Cue, amount: PageAmount): boolean {
  if (cue.to > amount.from || amount.from - cue.to > 3 || page.words[cue.to]?.folded !== 'avec') return false;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 3; i--) {
    if (/^(?:men|emmen|condui|dirig|pilot|orchestr)\p{L}*$/u.test(page.words[i]!.folded)) return true;
  }
  return false;
}

const FAILED = /^(?:capote|echoue|avorte|avortee|annulee?|abandonnee?|renonce)$/;

/** "n'a pas levé", "la levée de 50 millions a capoté": it did not happen. "n'a levé que" did. */
function isDenied(page: Page, cue: Cue, amount: PageAmount): boolean {
  const sentence = page.sentences[amount.sentence]!;
  for (let i = cue.from - 1; i >= sentence.from && i >= cue.from - 6; i--) {
    if (/^(?:COMMA|SEMICOLON|COLON)$/.test(page.breaks[i + 1]!)) break;
    if (!/^n[e]?$/.test(page.words[i]!.folded)) continue;
    for (let k = i + 1; k <= cue.to + 1 && k < sentence.to; k++) {
      if (page.words[k]!.folded === 'pas' && page.amountAt[k] === -1) return true;
    }
  }
  for (let i = amount.to; i < sentence.to && i < amount.to + 14; i++) {
    if (/^(?:abouti|aboutie)$/.test(page.words[i]!.folded) && page.words[i - 1]!.folded === 'pas')
      return true;
    if (page.breaks[i] === 'COMMA' || page.amountAt[i] !== -1) return false;
    if (FAILED.test(page.words[i]!.folded) && /^(?:a|ont|ete|avait)$/.test(page.words[i - 1]!.folded))
      return true;
  }
  return false;
}

const PLURALS = new Set([
  'investissements',
  'levees de fonds',
  'levees',
  'financements',
  'acquisitions',
  'rachats',
  'tours de table',
]);

/** "les investissements ont atteint 25 milliards dans le monde": a total over a market. */
function isMarketTotal(page: Page, cue: Cue, amount: PageAmount): boolean {
  if (
    !PLURALS.has(cue.lemma) ||
    cue.to > amount.from ||
    !/^(?:les|des)$/.test(page.words[cue.from - 1]?.folded ?? '')
  )
    return false;
  for (let i = cue.to; i < amount.from; i++) {
    if (page.mentionAt[i] !== -1) return false;
    if (
      /^(?:attei(?:nt|nts|gnent|gnaient)|depass\w+|represent\w+|totalis\w+|grimp\w+|recul\w+|chut\w+|progress\w+|eleve\w*|culmin\w+)$/.test(
        page.words[i]!.folded,
      )
    )
      return true;
  }
  return false;
}

function namedSoon(page: Page, at: number): boolean {
  for (let i = at; i < at + 3 && i < page.words.length; i++) {
    if (/^\d/.test(page.words[i]!.folded)) return false;
    if (page.mentionAt[i] !== -1) return true;
  }
  return false;
}

/** Keeps the noun's type but the announcing verb's tense: "annonce un investissement" is not done yet. */
function mainVerb(verb: Cue, noun: Cue): Cue {
  return { ...noun, tense: noun.tense ?? (verb.tense === 'DONE' ? null : noun.tense) };
}

const COMMITTING = new Set('prevoir promettre presenter lancer tabler parler devoiler'.split(' '));

/** "annonce 15 millions": a raise when a company says it, a plan when a state does, an investment otherwise. */
function readSaying(
  scene: Scene,
  page: Page,
  cue: Cue,
  amount: PageAmount,
  sentence: PageSentence,
): CueType | null {
  const at = Math.min(cue.from, amount.from);
  const subject = findSubject(page, at, sentence.from, () => true);
  if (!subject) {
    if (!/^(?:parler|promettre|prevoir|tabler|evoquer|mobiliser)$/.test(cue.lemma)) return null;
    // "parlent de 30 milliards": nobody we know pays; still an intention to pay.
    return cue.tense !== null &&
      !cue.participle &&
      costBetween(page, Math.min(cue.to, amount.to), Math.max(amount.from, cue.from)) <= 3
      ? 'GIVE'
      : null;
  }
  if (subject.kind === 'CROWD' || subject.kind === 'STRANGER') return null;
  if (subject.kind === 'PUBLIC') return 'PLAN';
  if (COMMITTING.has(cue.lemma)) {
    return subject.kind === 'ACTOR' &&
      (subject.mention.actor.kind === 'GOVERNMENT' || subject.mention.actor.kind === 'PERSON')
      ? 'PLAN'
      : 'GIVE';
  }
  if (subject.kind === 'ANAPHOR') return 'RAISE';
  const { kind } = subject.mention.actor;
  if (kind === 'GOVERNMENT') return 'PLAN';
  if (kind === 'INVESTOR') return 'GIVE';
  if (kind === 'PERSON')
    return scene.main && scene.main.kind !== 'INVESTOR' && cue.lemma === 'annoncer' ? 'RAISE' : 'PLAN';
  return 'RAISE';
}

function isNear(cues: CueMap, sentence: number, type: CueType): boolean {
  for (const s of [sentence - 1, sentence - 2, sentence + 1]) {
    if (cues.get(s)?.some((c) => c.type === type && c.weight === 3)) return true;
  }
  return false;
}

const FALLBACK_TYPES: readonly CueType[] = ['RAISE', 'BUY', 'ENDOW', 'PLAN', 'GRANT', 'GIVE', 'DEBT'];

/** No word governs the amount: its neighbours may still say what it is about. */
function byContext(
  scene: Scene,
  page: Page,
  amount: PageAmount,
  governments: readonly Government[],
  cues: CueMap,
): Verdict {
  if (compareDecimals(amount.amount.amount, SMALLEST_BY_CONTEXT) < 0) return NOT_MONEY;
  const sentence = page.sentences[amount.sentence]!;
  const own = cues.get(amount.sentence) ?? [];
  if (own.some((c) => c.type === 'NOT' && c.weight === 3) || isYearly(page, amount)) return NOT_MONEY;
  // "passe la vitesse supérieure avec 14 millions"
  if (amount.amount.currency !== null && page.words[amount.from - 1]?.folded === 'avec') {
    const subject = findSubject(page, amount.from - 1, sentence.from, () => true);
    if (subject?.kind === 'ACTOR' && subject.mention.actor.kind === 'COMPANY')
      return { type: 'RAISE', cue: null, governments, cost: 9 };
  }
  const horizon = hasHorizon(page, amount, sentence.to);
  if (amount.amount.currency === null && !horizon) return NOT_MONEY;
  for (const s of [amount.sentence - 1, amount.sentence + 1]) {
    const list = cues.get(s);
    if (!list || list.some((c) => c.type === 'NOT' && c.weight === 3)) continue;
    for (const type of FALLBACK_TYPES) {
      const cue = list.find((c) => c.type === type && c.weight === 3);
      if (cue) return { type, cue: null, governments, cost: 14 };
    }
  }
  if (horizon) {
    const plan = [...cues.values()].flat().some((c) => c.type === 'PLAN');
    return { type: plan && !scene.main ? 'PLAN' : 'GIVE', cue: null, governments, cost: 16 };
  }
  return NOT_MONEY;
}
