/**
 * The parties a clause names: its subject, whom its money goes to, and whose a noun is.
 */
import type { ReadActor } from './extraction.ts';
import { type Anaphor, kindsOfNoun, readAnaphor, readStranger } from './funding-anaphora.ts';
import type { Page, PageAmount, PageMention } from './funding-page.ts';
import { ARTICLES, governor, governorOf, isPreposition, rawWord } from './funding-phrases.ts';
import { FUND_NOUNS, ORGANISATION_NOUNS, PRONOUNS, TOWARDS } from './lexicon/funding-parties.ts';

/** Whom a clause names, or stands for without naming. */
export type Party = NamedParty | Anaphor;

export interface NamedParty {
  readonly kind: 'ACTOR';
  readonly mention: PageMention;
  readonly at: number;
}

type Accept = (actor: ReadActor) => boolean;

function named(mention: PageMention): NamedParty {
  return { kind: 'ACTOR', mention, at: mention.from };
}

/**
 * The subject of what stands at word `at`: the nearest party to its left in the sentence that no preposition governs;
 * failing that, the organisation in "le patron de X". `accept` says which actors may be it.
 */
export function findSubject(page: Page, at: number, from: number, accept: Accept): Party | null {
  const found = nearestSubject(page, at, from, accept);
  if (found && found.kind !== 'ANAPHOR') return found;
  return findTheme(page, at, from, accept) ?? found;
}

/** As `findSubject`, but only a party that stands there itself, ungoverned and by name. */
export function findNamedSubject(page: Page, at: number, from: number, accept: Accept): NamedParty | null {
  const found = nearestSubject(page, at, from, accept);
  return found?.kind === 'ACTOR' && governorOf(page, found.mention) < 0 ? found : null;
}

function nearestSubject(page: Page, at: number, from: number, accept: Accept): Party | null {
  let governed: Party | null = null;
  let relative = false;
  for (let i = at - 1; i >= from; i--) {
    if (page.breaks[i + 1] === 'CLOSE') i = openingOf(page, i, from);
    const place = page.mentionAt[i]!;
    const { folded } = page.words[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      i = mention.from;
      if (accept(mention.actor) && !relative && isObject(page, mention)) governed ??= named(mention);
      else if (accept(mention.actor)) {
        const preposition = governorOf(page, mention);
        if (preposition < 0 || relative) return named(mention);
        if (/^de?$/.test(page.words[preposition]!.folded)) governed ??= named(mention);
      }
    } else if (folded === 'qui' || folded === 'laquelle' || folded === 'lequel') {
      // "ce qui porte le tour à": the whole clause before, not its last name.
      if (page.words[i - 1]?.folded !== 'ce') {
        if (!hasKnownAntecedent(page, i, from)) return null;
        relative = true;
      }
    } else {
      const ranked = readRank(page, i, from, accept);
      if (ranked) return ranked;
      const anaphor = readAnaphor(page, i, from, relative) ?? (relative ? null : readStranger(page, i, from));
      if (anaphor)
        return (
          speakerBefore(page, anaphor, i, from, accept) ?? apposed(page, anaphor, from, accept) ?? anaphor
        );
    }
    if (page.breaks[i] === 'SEMICOLON') break;
    if (page.breaks[i] === 'COMMA' && !relative) i = skipAside(page, i, from);
  }
  return governed;
}

/** "a repris Sinequa et levé 85 millions": the object of the verb before. */
function isObject(page: Page, { from }: PageMention): boolean {
  if (from < 2 || page.breaks[from] !== 'NONE' || page.breaks[from - 1] !== 'NONE') return false;
  if (page.mentionAt[from - 1] !== -1 || page.words[from - 1]!.shape !== 'LOWER') return false;
  if (!/^(?:a|ont|avait|avaient|avoir|ayant)$/.test(page.words[from - 2]!.folded)) return false;
  return rawWord(page, from - 2) !== 'à' && /(?:é|i|is|it|u|us)$/u.test(rawWord(page, from - 1));
}

/** The word before the bracket that closes behind word `at`; what stands in brackets is no subject. */
function openingOf(page: Page, at: number, from: number): number {
  for (let i = at; i > from; i--) if (page.breaks[i] === 'OPEN') return i - 1;
  return at;
}

/** How a stretch between two commas begins that only describes the name before it. */
const ASIDES =
  /^(?:qui|dont|que|ou|specialiste|ancien|ancienne|membre|filiale|issue?|(?:co)?fondee?s?|creee?s?|basee?s?|installee?s?|soutenue?s?|specialisee?s?|valorisee?s?|dirigee?s?|portee?s?|detenue?s?|nee?s?|presidee?s?|lancee?s?|financee?s?|rachetee?s?|etablie?s?|connue?s?)$/;

/** Going left over a comma: the start of the aside it closes ("X, qui …, a levé"), or the same place. */
function skipAside(page: Page, at: number, from: number): number {
  for (let i = at - 1; i > from; i--) {
    const brk = page.breaks[i];
    if (brk === 'SEMICOLON' || brk === 'COLON') return at;
    if (brk !== 'COMMA') continue;
    if (ASIDES.test(page.words[i]!.folded) && page.mentionAt[i] === -1) return i;
    // A list inside the aside: "qui le porte avec le CNRS, Inria et le CEA".
    if (at - i > 40) return at;
  }
  return at;
}

/** "Chez Nabla, …", "Quant à OpenChip, …": the name that opens the sentence for what follows. */
export function findTheme(page: Page, at: number, from: number, accept: Accept): Party | null {
  const first = page.words[from]?.folded ?? '';
  if (!/^(?:chez|quant|cote|du)$/.test(first) || (first === 'du' && page.words[from + 1]?.folded !== 'cote'))
    return null;
  for (let i = from + 1; i < at && i < from + 8; i++) {
    if (page.breaks[i] === 'COMMA') return null;
    const place = page.mentionAt[i]!;
    if (place === -1) continue;
    const mention = page.mentions[place]!;
    return accept(mention.actor) && page.breaks[mention.to] === 'COMMA' ? named(mention) : null;
  }
  return null;
}

/** "Le premier, établi à …", "la seconde a réuni": the first or last of those named before. */
function readRank(page: Page, i: number, from: number, accept: Accept): Party | null {
  const { folded } = page.words[i]!;
  if (!/^(?:premiere?|seconde?|derniere?|benjamine?)$/.test(folded) || i === 0) return null;
  if (!/^l[ea]$/.test(page.words[i - 1]!.folded) || i - 1 < from) return null;
  const next = page.words[i + 1]?.folded ?? '';
  if (
    page.breaks[i + 1] === 'NONE' &&
    !/^(?:a|avait|vient|est|n|lui|y|s|se|en|au|fin|debut|l|pour)$/.test(next)
  )
    return null;
  const sentence = page.sentenceOf[i]!;
  const known = page.mentions.filter(
    (m) => m.from < i && sentence - page.sentenceOf[m.from]! <= 1 && accept(m.actor),
  );
  const ventures = known.filter((m) => m.actor.kind === 'COMPANY' || m.actor.kind === 'LAB');
  const before = ventures.length > 0 ? ventures : known;
  const mention = /^premier/.test(folded)
    ? before.find((m) => page.sentenceOf[m.from]! < sentence)
    : before.at(-1);
  return mention ? named(mention) : null;
}

/** False when a name that is no known actor stands right before "qui". */
function hasKnownAntecedent(page: Page, qui: number, from: number): boolean {
  for (let i = qui - 1; i >= from && i >= qui - 5; i--) {
    if (page.mentionAt[i] !== -1) return true;
    const { shape, folded } = page.words[i]!;
    if (shape !== 'LOWER' && shape !== 'NUMBER' && i > from) return false;
    if (ORGANISATION_NOUNS.has(folded) || FUND_NOUNS.has(folded)) return true;
  }
  return true;
}

/** "Iliad a annoncé qu'il consacrerait": the pronoun is the one who speaks. */
function speakerBefore(page: Page, anaphor: Anaphor, i: number, from: number, accept: Accept): Party | null {
  if (anaphor.at !== i || i - 1 <= from || !/^qu?e?$/.test(page.words[i - 1]!.folded)) return null;
  const speaker = findSubject(page, i - 1, from, accept);
  return speaker?.kind === 'ACTOR' ? speaker : null;
}

/** "Mistral AI, la jeune pousse …": the name right before the comma, unless it only tells where someone came from. */
function apposed(page: Page, anaphor: Anaphor, from: number, accept: Accept): Party | null {
  const { at } = anaphor;
  if (anaphor.kind !== 'ANAPHOR' || at <= from || page.breaks[at] !== 'COMMA') return null;
  const place = page.mentionAt[at - 1]!;
  if (place === -1) return null;
  const mention = page.mentions[place]!;
  const preposition = governorOf(page, mention);
  // "Issue d'un laboratoire de Sorbonne Université, la société", "Née à Polytechnique, elle": the aside is about the one
  // that follows.
  if (preposition >= 0 && (PRONOUNS.has(page.words[at]!.folded) || ASIDES.test(page.words[from]!.folded)))
    return null;
  for (let i = preposition - 1; i >= from && i >= preposition - 3; i--) {
    if (
      /^(?:anciens?|anciennes?|ex|passe|passee|venu|venue|fonde|fondee|cree|creee)$/.test(
        page.words[i]!.folded,
      )
    )
      return null;
  }
  return accept(mention.actor) && mention.actor.kind !== 'GOVERNMENT' ? named(mention) : null;
}

/** Whom the money goes to, to the right of word `from`: "dans Owkin", "à la start-up", "pour Kyutai". */
export function findGoal(
  page: Page,
  amount: PageAmount,
  from: number,
  to: number,
  accept: Accept,
): Party | null {
  const own = page.amountAt[amount.from]!;
  let comma = false;
  for (let i = from; i < to; i++) {
    if (i > from && (page.breaks[i] === 'SEMICOLON' || page.breaks[i] === 'SENTENCE')) return null;
    if (i > amount.to && page.breaks[i] === 'COMMA') comma = true;
    // The clause of another amount begins.
    if (page.amountAt[i] !== -1 && page.amountAt[i] !== own) return null;
    const place = page.mentionAt[i]!;
    if (place === -1 && i > from + 1 && leadsTo(page, i - 2, comma)) {
      const ranked = readRank(page, i, from, accept);
      if (ranked) return ranked;
    }
    if (place !== -1) {
      const mention = page.mentions[place]!;
      const preposition = governor(page, mention.from);
      if (preposition >= 0 && leadsTo(page, preposition, comma) && accept(mention.actor))
        return named(mention);
      i = mention.to - 1;
    } else if (
      isContracted(page, i, comma) ||
      (i > from && leadsTo(page, i - 1, comma) && ARTICLES.has(page.words[i]!.folded))
    ) {
      const kinds = kindsOfNoun(page.words[i + 1]?.folded ?? '', page.words[i + 2]?.folded ?? '');
      if (i + 1 < to && page.mentionAt[i + 1] === -1 && kinds) {
        const name = nameAfter(page, i + 1, to, accept);
        if (name) return name;
        // "dans un centre de données", "pour le projet": a thing to be built, unless "ce" or "cette" points back.
        const { folded } = page.words[i]!;
        const pointing = /^(?:ce|cet|cette)$/.test(folded);
        if (pointing || (!/^une?$/.test(folded) && !THINGS.test(page.words[i + 1]!.folded))) {
          return { kind: 'ANAPHOR', kinds, at: i };
        }
      }
    }
  }
  return null;
}

/** "versés au fabricant": preposition and article in one. */
function isContracted(page: Page, i: number, comma: boolean): boolean {
  return page.words[i]!.folded === 'au' && leadsTo(page, i, comma);
}

const THINGS =
  /^(?:centre|projet|initiative|structure|plateforme|equipe|cluster|projets|consortium|partenariat|nouvelle)$/;

/** Behind a comma "à" mostly belongs to another verb ("…, acheté à Nvidia"). */
function leadsTo(page: Page, i: number, comma: boolean): boolean {
  const { folded } = page.words[i]!;
  const before = page.words[i - 1]?.folded ?? '';
  if (folded === 'a' || folded === 'au' || folded === 'aux') {
    if (folded === 'a' && !/^[àÀ]$/u.test(rawWord(page, i))) return false;
    return !comma && !/^(?:achete|achetee|achetes|vendu|face|grace|passe)$/.test(before);
  }
  if (TOWARDS.has(folded)) return !(comma && (folded === 'sur' || folded === 'chez'));
  if (!/^(?:de|d|du)$/.test(folded)) return false;
  return /^(?:capital|profit|faveur|benefice|service|developpement|creation|lancement|parts|actions|\d{1,2})$/.test(
    before,
  );
}

function nameAfter(page: Page, noun: number, to: number, accept: Accept): Party | null {
  for (let i = noun + 1; i < to && i <= noun + 4; i++) {
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) return accept(page.mentions[place]!.actor) ? named(page.mentions[place]!) : null;
    if (isPreposition(page, i)) return null;
  }
  return null;
}

/** The mention that "de", "d'" or "pour" at word `at` ties to what stands before: "la levée de Mistral AI". */
export function findOwner(page: Page, at: number, accept: Accept): NamedParty | null {
  const first = page.words[at];
  if (!first || (page.breaks[at] !== 'NONE' && page.breaks[at] !== 'CLOSE')) return null;
  if (!/^(?:de|d|du|pour|chez|par|a|au)$/.test(first.folded)) return null;
  for (let i = at + 1; i <= at + 5 && i < page.words.length; i++) {
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      return accept(mention.actor) ? { kind: 'ACTOR', mention, at } : null;
    }
    const { folded, shape } = page.words[i]!;
    if (page.amountAt[i] !== -1 || isPreposition(page, i) || shape !== 'LOWER') return null;
    if (folded === 'et' || folded === 'qui') return null;
  }
  return null;
}
