/**
 * Words that stand for an actor without naming it: pronouns, "la start-up", "le fonds", "l'État", "les jeunes pousses".
 */
import type { ActorKind } from '#actor/actor.ts';
import type { Page } from './funding-page.ts';
import { ARTICLES, isPreposition } from './funding-phrases.ts';
import {
  COUNTRIES,
  CROWD_NAMES,
  CROWD_NOUNS,
  FUND_NOUNS,
  ORGANISATION_NOUNS,
  PRONOUNS,
  PUBLIC_NOUNS,
  SOVEREIGNS,
} from './lexicon/funding-parties.ts';

/** What stands at a word instead of a name. */
export type Anaphor =
  /** Someone named before; `kinds` lists what the noun allows, the likeliest first. */
  | { readonly kind: 'ANAPHOR'; readonly kinds: readonly ActorKind[]; readonly at: number }
  /** A state or one of its bodies. */
  | { readonly kind: 'PUBLIC'; readonly at: number }
  /** Many at once, none of them named. */
  | { readonly kind: 'CROWD'; readonly at: number }
  /** A name that is no known actor. */
  | { readonly kind: 'STRANGER'; readonly at: number };

const ANY: readonly ActorKind[] = ['COMPANY', 'LAB', 'ORGANIZATION'];
const IMPERSONAL = new Set('s y faut faudra est reste agit suffit semble'.split(' '));

/** Reads the anaphor whose noun or pronoun is word `i`; `from` is the sentence's first word. */
export function readAnaphor(page: Page, i: number, from: number, relative: boolean): Anaphor | null {
  const { folded } = page.words[i]!;
  const next = page.words[i + 1]?.folded ?? '';
  if (folded === 'elle' || folded === 'il' || folded === 'elles' || folded === 'ils') {
    // "Giskard a, elle, reçu": only stress.
    if (page.breaks[i] === 'COMMA' && page.breaks[i + 1] === 'COMMA') return null;
    if (folded === 'il' && IMPERSONAL.has(next)) return null;
    return { kind: 'ANAPHOR', kinds: ANY, at: i };
  }
  if (PRONOUNS.has(folded) && /^(?:ci|derniere|dernier|la)$/.test(next))
    return { kind: 'ANAPHOR', kinds: ANY, at: i };
  if (folded === 'nous' && page.quoted[i] === 1) return { kind: 'ANAPHOR', kinds: ANY, at: i };
  if (i > from && isCrowd(page, i, from)) return { kind: 'CROWD', at: i - 1 };
  const kinds = kindsOfNoun(folded, next) ?? (isDemonym(page, i) ? ANY : null);
  const state = PUBLIC_NOUNS.has(folded);
  if (!kinds && !state) return null;
  if (i <= from) return state ? { kind: 'PUBLIC', at: i } : null;
  // "la liquidation du fabricant de robots, qui avait attiré …"
  if (relative && kinds && !state && /^(?:du|au)$/.test(page.words[i - 1]!.folded))
    return { kind: 'ANAPHOR', kinds, at: i - 1 };
  const article = ARTICLES.has(page.words[i - 1]!.folded) ? i - 1 : i - 2;
  if (article < from || !ARTICLES.has(page.words[article]!.folded)) return null;
  // "un fonds" recalls nobody, unless a name stands before its comma.
  const named = page.breaks[article] === 'COMMA' && article > from && page.mentionAt[article - 1] !== -1;
  if (/^une?$/.test(page.words[article]!.folded) && !relative && !named) return null;
  const governed = article > from && page.breaks[article] === 'NONE' && isPreposition(page, article - 1);
  if (governed && !relative) return null;
  return kinds && !state ? { kind: 'ANAPHOR', kinds, at: article } : { kind: 'PUBLIC', at: article };
}

const DEMONYM =
  /(?:americain|francais|allemand|britannique|japonais|chinois|coreen|suedois|neerlandais|espagnol|italien|canadien|israelien|californien|parisien|lyonnais|toulousain|nantais|lillois|bordelais|grenoblois|rennais|montpellierain|marseillais|strasbourgeois|nicois|breton|alsacien|tricolore|londonien|berlinois|europeen|suisse|belge)e?$/;

/** "L'américain entre au capital": an adjective of place that stands for a company, no noun or name behind it. */
function isDemonym(page: Page, i: number): boolean {
  if (!DEMONYM.test(page.words[i]!.folded) || !/^l[ea]?$/.test(page.words[i - 1]?.folded ?? '')) return false;
  const next = page.words[i + 1];
  if (!next || page.breaks[i + 1] !== 'NONE') return true;
  return next.shape === 'LOWER' && page.mentionAt[i + 1] === -1 && VERB.test(next.folded);
}

/** What follows a subject: an auxiliary, a pronoun before the verb, or a verb that pays or receives. */
const VERB =
  /^(?:a|ont|avait|est|sera|va|vient|veut|compte|prevoit|doit|peut|s|se|n|ne|y|lui|leur|en|leve|boucle|entre|entend|injecte|investit|apporte|rachete|acquiert|met|mene|annonce|obtient|recoit|reunit|prend|detient|souhaite|vise|espere|cherche)$/;

/** A capitalised word that no actor's mention covers: a country, which pays as a state does, or somebody unknown. */
export function readStranger(page: Page, i: number, from: number): Anaphor | null {
  const { folded, shape } = page.words[i]!;
  if (shape === 'LOWER' || shape === 'NUMBER' || page.amountAt[i] !== -1 || page.quoted[i] === 1) return null;
  const article = i > from && /^(?:le|la|l|les)$/.test(page.words[i - 1]!.folded);
  const start = article ? i - 1 : i;
  if (start > from && page.breaks[start] === 'NONE' && isPreposition(page, start - 1)) return null;
  if (COUNTRIES.has(folded)) return { kind: 'PUBLIC', at: i };
  if (SOVEREIGNS.has(folded)) return { kind: 'STRANGER', at: i };
  // At the start of a sentence every word has a capital; a name is followed by its verb.
  if (i === from && !/^(?:a|vient|leve|annonce|obtient|avait)$/.test(page.words[i + 1]?.folded ?? ''))
    return null;
  if (article || i > from + 1 || shape === 'MIXED')
    return page.breaks[i + 1] === 'NONE' && AFTER_NAME.test(page.words[i + 1]?.folded ?? '')
      ? { kind: 'STRANGER', at: i }
      : null;
  return { kind: 'STRANGER', at: i };
}

const AFTER_NAME =
  /^(?:devait|doit|mobilise|prevoit|sera|a|ont|vient|leve|annonce|obtient|avait|aurait|investit|apporte|va|veut|compte|prevoit)$/;

/** The kinds of actor that a noun may stand for, or null for any other noun. */
export function kindsOfNoun(folded: string, next: string): readonly ActorKind[] | null {
  if (FUND_NOUNS.has(folded)) return ['INVESTOR'];
  if (!ORGANISATION_NOUNS.has(folded)) return null;
  if (folded === 'start') return next === 'up' ? ['COMPANY'] : null;
  if (folded === 'spin') return next === 'off' ? ['COMPANY'] : null;
  if (folded === 'jeune' || folded === 'nouvelle') return next === 'pousse' ? ['COMPANY'] : null;
  if (/^(?:laboratoire|labo|institut|centre|universite|ecole|hopital)$/.test(folded))
    return ['LAB', 'ORGANIZATION'];
  if (
    /^(?:fondation|association|partenariat|consortium|organisation|initiative|projet|cluster)$/.test(folded)
  ) {
    return ['ORGANIZATION', 'LAB', 'COMPANY'];
  }
  if (folded === 'etablissement') return ['LAB', 'ORGANIZATION', 'COMPANY'];
  return /^(?:plateforme|structure|equipe|entite|acteur)$/.test(folded) ? ANY : ['COMPANY'];
}

const NUMERALS = new Set(
  'deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent plusieurs'.split(' '),
);

/** "les start-up", "l'écosystème". "des éditeurs" mostly means "de les", so it counts only at the start. */
function isCrowd(page: Page, i: number, from: number): boolean {
  const { folded } = page.words[i]!;
  const adjective =
    /^(?:jeunes|petites|grandes|nombreuses|seules)$/.test(page.words[i - 1]!.folded) && i - 2 >= from;
  if (adjective && /^(?:les|nos|ces)$/.test(page.words[i - 2]!.folded)) return CROWD_NOUNS.has(folded);
  const article = page.words[i - 1]!.folded;
  if (i - 1 > from && page.breaks[i - 1] === 'NONE' && isPreposition(page, i - 2)) return false;
  if (CROWD_NAMES.has(folded)) return /^l[ea]?$/.test(article);
  if (!CROWD_NOUNS.has(folded)) return false;
  if (/^(?:les|nos|ces)$/.test(article) || (article === 'des' && i - 1 === from)) return true;
  // "huit entreprises ont récolté"
  const opens = i - 1 === from || page.breaks[i - 1] !== 'NONE';
  const plural = folded.endsWith('s') || page.words[i + 1]?.folded.startsWith('up') === true;
  return opens && plural && (/^\d+$/.test(article) || NUMERALS.has(article));
}
