/**
 * Yes-or-no questions about one amount and its governing word: is it a rate, a habit, a denial, a total over a market?
 */

import { complementOf } from '#text/amounts.ts';
import { WordSet } from '#text/word-set.ts';
import type { Cue, Government } from './funding-cues.ts';
import type { Page, PageAmount } from './funding-page.ts';

/** Cues by sentence, for one page. */
export type CueMap = ReadonlyMap<number, readonly Cue[]>;

const words = (list: string): ReadonlySet<string> => new WordSet(list.split(' '));

/** A number of millions without a currency: money only if nothing counted follows it. */
export function mayBeMoney(page: Page, amount: PageAmount, cues: CueMap): boolean {
  const next = page.words[amount.to];
  if (!next || page.sentenceOf[amount.to] !== amount.sentence || page.breaks[amount.to] !== 'NONE')
    return true;
  const own = cues.get(amount.sentence) ?? [];
  const { word, linked } = complementOf(page.text, { end: page.words[amount.to - 1]!.end });
  // What is counted is joined by "de": "12 millions d'utilisateurs".
  if (!linked) return true;
  const cue = own.some((c) => c.from >= amount.to && c.from <= amount.to + 2);
  return cue || /^(?:plus|ici|la|l|abord)$/.test(word) || page.mentionAt[amount.to + 1] !== -1;
}

const UNIT_WORDS = words(
  'mois jour heure utilisateur habitant salarie personne tonne requete token minute seconde semaine titre action licence poste siege tete piece employe',
);

/** "100 000 euros par jour": a rate, not a sum. */
export function isRate(page: Page, { to, sentence }: PageAmount): boolean {
  const next = page.words[to];
  if (!next || page.sentenceOf[to] !== sentence) return false;
  if (!/^(?:par|le|la|l)$/.test(next.folded)) return /^(?:piece|mensuels?)$/.test(next.folded);
  return UNIT_WORDS.has(page.words[to + 1]?.folded ?? '');
}

/** "chaque année", "par an", "annuels". */
export function isYearly(page: Page, { from, to, sentence }: PageAmount): boolean {
  for (let i = from - 1; i > from - 6 && i > 0 && page.sentenceOf[i] === sentence; i--) {
    if (page.words[i]!.folded === 'annee' && page.words[i - 1]!.folded === 'chaque') return true;
  }
  for (let i = to; i < to + 3 && i < page.words.length && page.sentenceOf[i] === sentence; i++) {
    const { folded } = page.words[i]!;
    if (/^annuel(?:s|les)?$/.test(folded)) return true;
    if (folded === 'an' && page.words[i - 1]?.folded === 'par') return true;
  }
  return false;
}

const PLANS =
  /^(?:plans?|programmes?|strategie|appels?|dispositifs?|initiatives?|guichet|phase|volet|projets?|chantier|enveloppe|pepr|concours|feuille)$/;

/** True where the subject behind an opening, after its comma, is a plan: ", le programme". */
export function isPlanNoun(page: Page, at: number): boolean {
  return (
    page.breaks[at] === 'COMMA' &&
    PLANS.test(page.words[at + 1]?.folded ?? '') &&
    page.mentionAt[at + 1] === -1
  );
}

/** True where the noun that a participle describes is a plan, a call or a programme. */
export function describesPlan(page: Page, at: number, from: number): boolean {
  let agent = false;
  for (let i = at - 1; i >= from && i >= at - 14; i--) {
    const place = page.mentionAt[i]!;
    // "le programme X, piloté par la DGA et doté de"
    if (place !== -1 && isAgent(page, page.mentions[place]!.from)) {
      agent = true;
      continue;
    }
    if (place !== -1) return page.mentions[place]!.actor.kind === 'GOVERNMENT' && page.breaks[at] === 'COMMA';
    if (PLANS.test(page.words[i]!.folded)) return true;
    if (page.breaks[i + 1] === 'COMMA' && i + 1 !== at && !agent) return false;
  }
  return false;
}

function isAgent(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 4 && page.breaks[i + 1] === 'NONE'; i--)
    if (page.words[i]!.folded === 'par') return true;
  return false;
}

/** Verbs that say how much their subject is, not what: "le tour pèse", "un chantier évalué à". */
const MEASURES = /^(?:peser|couter|evaluer)$/;

/** The noun of a funding type that is the subject of a verb of measure, or null. */
export function measuredNoun(verb: Cue, governments: readonly Government[]): Cue | null {
  if (!MEASURES.test(verb.lemma)) return null;
  let best: Cue | null = null;
  for (const { cue } of governments) {
    if (cue.to > verb.from || verb.from - cue.to > 6 || cue.tense !== null) continue;
    // "Le supercalculateur a coûté 25 millions": no word of who paid.
    if (cue.weight === 1 && verb.lemma === 'couter' && verb.tense !== 'FUT') continue;
    if (!/^(?:RAISE|BUY|PLAN|GIVE|GRANT|ENDOW|DEBT)$/.test(cue.type)) continue;
    if (!best || cue.to > best.to) best = cue;
  }
  return best;
}

/** "des chèques de 10 à 100 millions", "dépensé 5 millions pour entraîner": what is done as a rule, or running costs. */
export function isPolicy(page: Page, cue: Cue, amount: PageAmount): boolean {
  if (amount.amount.from !== null && /^(?:cheques?|tickets?)$/.test(cue.lemma)) return true;
  if (cue.lemma !== 'depenser') return false;
  for (let i = amount.to; i < amount.to + 4 && i < page.words.length; i++) {
    if (/^(?:entrainer|entrainement|former|fonctionner)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** "conduit le tour avec 285 millions": the leader's share of the round. */
export function isLeaderShare(page: Page, cue: Cue, amount: PageAmount): boolean {
  if (cue.to > amount.from || amount.from - cue.to > 3 || page.words[cue.to]?.folded !== 'avec') return false;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 3; i--) {
    if (/^(?:men|emmen|condui|dirig|pilot|orchestr)\p{L}*$/u.test(page.words[i]!.folded)) return true;
  }
  return false;
}

const DENYING = /^(?:dement|dementent|dementi|nie|nient|refute|refutent|exclut|excluent|exclu)$/;
const FAILED = /^(?:capote|echoue|avortee?|annulee?|abandonnee?|renonce)$/;

/** "n'a pas levé", "la levée de 50 millions a capoté": it did not happen. "n'a levé que" did. */
export function isDenied(page: Page, cue: Cue, amount: PageAmount): boolean {
  const sentence = page.sentences[amount.sentence]!;
  for (let i = cue.from - 1; i >= sentence.from && i >= cue.from - 6; i--) {
    if (/^(?:COMMA|SEMICOLON|COLON)$/.test(page.breaks[i + 1]!)) break;
    if (cue.tense === 'INF' && DENYING.test(page.words[i]!.folded))
      return page.words[i + 1]!.folded !== 'pas';
    if (!/^ne?$/.test(page.words[i]!.folded)) continue;
    for (let k = i + 1; k <= cue.to + 1 && k < sentence.to; k++) {
      if (page.words[k]!.folded === 'pas' && page.amountAt[k] === -1) return true;
    }
  }
  for (let i = amount.to; i < sentence.to && i < amount.to + 14; i++) {
    const { folded } = page.words[i]!;
    const before = page.words[i - 1]!.folded;
    if (before === 'pas' && /^aboutie?$/.test(folded)) return true;
    if (page.breaks[i] === 'COMMA' || page.amountAt[i] !== -1) return false;
    if (FAILED.test(folded) && /^(?:a|ont|ete|avait)$/.test(before)) return true;
  }
  return false;
}

const PLURALS = new Set(
  'investissements|levees de fonds|levees|financements|acquisitions|rachats|tours de table'.split('|'),
);
const TOTALLING =
  /^(?:attei(?:nt|nts|gnent|gnaient)|depass\p{L}+|represent\p{L}+|totalis\p{L}+|grimp\p{L}+|recul\p{L}+|chut\p{L}+|progress\p{L}+|eleve\p{L}*|culmin\p{L}+)$/u;

/** "les investissements ont atteint 25 milliards dans le monde": a total over a market. */
export function isMarketTotal(page: Page, cue: Cue, amount: PageAmount): boolean {
  if (!PLURALS.has(cue.lemma) || cue.to > amount.from) return false;
  if (!/^(?:les|des)$/.test(page.words[cue.from - 1]?.folded ?? '')) return false;
  for (let i = cue.to; i < amount.from; i++) {
    if (page.mentionAt[i] !== -1) return false;
    if (TOTALLING.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** True where a name stands within three words, and no percentage before it ("pour 49 % de Scale AI"). */
export function namesSoon(page: Page, at: number): boolean {
  for (let i = at; i < at + 3 && i < page.words.length; i++) {
    if (/^\d/.test(page.words[i]!.folded)) return false;
    if (page.mentionAt[i] !== -1) return true;
  }
  return false;
}

/** True where a sure cue of a type stands in a sentence beside this one. */
export function isTypeNear(cues: CueMap, sentence: number, type: Cue['type']): boolean {
  return [sentence - 1, sentence - 2, sentence + 1].some((s) =>
    cues.get(s)?.some((c) => c.type === type && c.weight === 3),
  );
}
