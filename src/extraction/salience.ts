/**
 * Who stands out at a place in the text: who was named last, as the subject or in passing, who spoke last, and whom the
 * article is about.
 */
import type { ReadActor } from './extraction.ts';
import type { Gender } from './lexicon/speaker-nouns.ts';
import type { Speaker } from './speaker.ts';
import type { Cast } from './speaker-cast.ts';

/** Sentences after which a speaker no longer stands out. */
export const MEMORY = 4;

const KIND_NOUNS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:fonds|banque|assureur|mutuelle|incubateur|accelerateur)$/, ['INVESTOR', 'GOVERNMENT']],
  [/^(?:laboratoire|labo|institut|universite|ecole|centre|hopital)$/, ['LAB', 'ORGANIZATION']],
  [
    /^(?:ministere|gouvernement|executif|autorite|regulateur|gendarme|commission|parlement|senat|assemblee|elysee|matignon|mairie|region|tribunal|cour|justice|parquet|police|prefecture|jury|magistrat)$/,
    ['GOVERNMENT'],
  ],
  [/^(?:agence|etablissement|institution|organisme)$/, ['GOVERNMENT', 'LAB', 'ORGANIZATION']],
  [
    /^(?:association|fondation|consortium|collectif|ong|syndicat|federation|confederation|reseau)$/,
    ['ORGANIZATION', 'LAB', 'GOVERNMENT'],
  ],
  [/^(?:groupe|geant|mastodonte|conglomerat|multinationale)$/, ['COMPANY', 'INVESTOR']],
  [
    /^(?:start-up|startup|scale-up|scaleup|societe|entreprise|pousse|firme|compagnie|editeur|licorne|constructeur|fabricant|operateur|plateforme|plate-forme|pepite|spin-off|filiale|equipementier|hebergeur|legaltech|fintech|medtech|biotech|deeptech|jeune-pousse)$/,
    ['COMPANY'],
  ],
];

function kindsFor(head: string): readonly string[] | null {
  const singular = head.endsWith('s') && head !== 'fonds' ? head.slice(0, -1) : head;
  const known = KIND_NOUNS.find(([nouns]) => nouns.test(singular))?.[1];
  // "le chocolatier", "l'exploitant", "l'énergéticien"
  return known ?? (/(?:eur|ier|iste|ant|ien)$/.test(singular) ? ['COMPANY'] : null);
}

/** Nouns that their bearers have in their names: "le ministère" is no agency. */
const NAMESAKE =
  /^(?:ministere|tribunal|prefecture|mairie|region|parlement|senat|assemblee|cour|federation|confederation)$/;

const YOUNG = /^(?:start-up|startup|pousse|pepite|licorne|scale-up|spin-off|jeune-pousse)s?$/;

/** Whether the text called an organisation by a noun, or by one that says the same. */
function isSort(sorts: ReadonlySet<string>, head: string): boolean {
  if (sorts.has(head)) return true;
  return YOUNG.test(head) && [...sorts].some((sort) => YOUNG.test(sort));
}

/** An actor and how much it stands out; 10 is named in this sentence, 0 long ago. */
export interface Candidate {
  readonly ref: number;
  readonly score: number;
}

/** Who spoke last, and in which sentence. */
export interface Latest {
  readonly speaker: Speaker;
  readonly sentence: number;
}

/** The standing of an article's actors; `remember` changes it as speakers follow each other. */
export interface Salience {
  readonly cast: Cast;
  latest(): Latest | null;
  remember(speaker: Speaker, at: number): void;
  isPerson(ref: number): boolean;
  speaker(ref: number, confidence: number): Speaker;
  /** How much an actor stands out at a token; -Infinity when it was not named before. */
  of(ref: number, at: number): number;
  /** The person of a gender (or any) who stands out most, with `extra` points each. */
  person(at: number, gender: Gender | null, extra?: (ref: number) => number): Candidate | null;
  /** The organisation that a noun may stand for; `weight` is how much nearness counts against what the article is about. */
  organization(at: number, head: string, weight: number): Candidate | null;
}

/** Follows the standing of the actors of one article. */
export function createSalience(cast: Cast, actors: readonly ReadActor[]): Salience {
  let latest: Latest | null = null;
  const isPerson = (ref: number): boolean => actors[ref]?.kind === 'PERSON';

  /** How much an actor stands out at a token; -Infinity when it was not named before. */
  const of = (ref: number, at: number): number => {
    const seen = cast.lastBefore(ref, at);
    const spoke = latest?.speaker.actor === ref ? cast.sentenceOf(at) - latest.sentence : MEMORY + 1;
    // Named only within a quotation, in its incise.
    if (!seen) return spoke <= MEMORY ? 14 - 2 * spoke : Number.NEGATIVE_INFINITY;
    const distance = cast.sentenceOf(at) - seen.sentence;
    let score = 10 - 2 * Math.min(distance, 8);
    if (seen.subject) score += distance <= 1 ? 7 : 4;
    if (seen.complement) score -= 2;
    // Once the text has turned to someone else, who spoke before is only one of several.
    if (spoke <= MEMORY) score += cast.turnedTo(ref, latest!.sentence, cast.sentenceOf(at)) ? 2 : 6;
    if (cast.protagonist() === ref) score += 2;
    return score + Math.min(seen.count, 3);
  };

  const person = (
    at: number,
    gender: Gender | null,
    extra: (ref: number) => number = () => 0,
  ): Candidate | null => {
    let best: Candidate | null = null;
    const spoken = latest?.speaker.actor ?? null;
    for (const ref of spoken === null ? cast.recent(at) : [...cast.recent(at), spoken]) {
      if (!isPerson(ref)) continue;
      const known = cast.profile(ref).gender;
      if (gender && known && known !== gender) continue;
      const score = of(ref, at) + extra(ref) - (gender && !known ? 1 : 0);
      if (!best || score > best.score) best = { ref, score };
    }
    return best;
  };

  /** The organisation that stands out; `weight` says how much nearness counts against what the article is about. */
  const organization = (at: number, head: string, weight: number): Candidate | null => {
    const kinds = kindsFor(head);
    let best: Candidate | null = null;
    for (const ref of cast.organizations(at)) {
      const { kind } = actors[ref]!;
      const { mentions, titled } = cast.profile(ref);
      // "A et B ont signé, indique la start-up": what is named in passing in the same sentence is hardly meant.
      const seen = cast.lastBefore(ref, at);
      const passing = seen !== null && !seen.subject && seen.sentence === cast.sentenceOf(at) ? 6 : 0;
      let score =
        weight * (Math.max(of(ref, at), -10) - passing) + 1.5 * Math.min(mentions, 6) + (titled ? 6 : 0);
      // "l'agence" is no company, though a company may be "le laboratoire".
      if (
        kinds &&
        !kinds.includes(kind) &&
        (kind === 'GOVERNMENT' || /^(?:GOVERNMENT|ORGANIZATION)$/.test(kinds[0]!))
      )
        continue;
      if (NAMESAKE.test(head) && !cast.nameOf(ref).includes(head.replace(/s$/, ''))) continue;
      if (isSort(cast.profile(ref).roles, head)) score += 12;
      if (kinds) score += kinds[0] === kind ? 4 : kinds.includes(kind) ? 1 : -6;
      if (!best || score > best.score) best = { ref, score };
    }
    return best;
  };

  return {
    cast,
    latest: () => latest,
    remember(speaker, at) {
      latest = { speaker, sentence: cast.sentenceOf(at) };
    },
    isPerson,
    speaker: (ref, confidence) => ({ actor: ref, name: actors[ref]?.name ?? null, confidence }),
    of,
    person,
    organization,
  };
}
