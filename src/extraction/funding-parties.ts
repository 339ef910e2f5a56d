/**
 * The parties a clause names: its subject, whom its money goes to, and whose a noun is.
 */
import type { ReadActor } from './extraction.ts';
import { type Anaphor, kindsOfNoun, readAnaphor } from './funding-anaphora.ts';
import type { Page, PageAmount, PageMention } from './funding-page.ts';
import { ARTICLES, governor, governorOf, isPreposition, rawWord } from './funding-phrases.ts';
import { FUND_NOUNS, ORGANISATION_NOUNS, TOWARDS } from './lexicon/funding-parties.ts';

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
  let governed: Party | null = null;
  let relative = false;
  for (let i = at - 1; i >= from; i--) {
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      i = mention.from;
      if (accept(mention.actor)) {
        const preposition = governorOf(page, mention);
        if (preposition < 0 || relative) return named(mention);
        if (/^de?$/.test(page.words[preposition]!.folded)) governed ??= named(mention);
      }
    } else if (page.words[i]!.folded === 'qui') {
      if (!hasKnownAntecedent(page, i, from)) return null;
      relative = true;
    } else {
      const anaphor = readAnaphor(page, i, from, relative);
      if (anaphor)
        return (
          speakerBefore(page, anaphor, i, from, accept) ?? apposed(page, anaphor.at, from, accept) ?? anaphor
        );
    }
    if (page.breaks[i] === 'SEMICOLON') break;
  }
  return governed;
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
function apposed(page: Page, at: number, from: number, accept: Accept): Party | null {
  if (at <= from || page.breaks[at] !== 'COMMA') return null;
  const place = page.mentionAt[at - 1]!;
  if (place === -1) return null;
  const mention = page.mentions[place]!;
  const preposition = governorOf(page, mention);
  for (let i = preposition - 1; i >= from && i >= preposition - 3; i--) {
    if (
      /^(?:anciens?|anciennes?|ex|passe|passee|venu|venue|fonde|fondee|cree|creee)$/.test(
        page.words[i]!.folded,
      )
    )
      return null;
  }
  return accept(mention.actor) ? named(mention) : null;
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
    if (place !== -1) {
      const mention = page.mentions[place]!;
      const preposition = governor(page, mention.from);
      if (preposition >= 0 && leadsTo(page, preposition, comma) && accept(mention.actor))
        return named(mention);
      i = mention.to - 1;
    } else if (i > from && leadsTo(page, i - 1, comma) && ARTICLES.has(page.words[i]!.folded)) {
      const kinds = kindsOfNoun(page.words[i + 1]?.folded ?? '', page.words[i + 2]?.folded ?? '');
      if (i + 1 < to && page.mentionAt[i + 1] === -1 && kinds) {
        return nameAfter(page, i + 1, to, accept) ?? { kind: 'ANAPHOR', kinds, at: i };
      }
    }
  }
  return null;
}

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
