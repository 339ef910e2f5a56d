/**
 * Who a clause is about: its subject, who money goes to, and whom "la start-up", "elle" or "qui" stand for.
 */
import type { ActorKind } from '#actor/actor.ts';
import type { FoundActors } from './actors.ts';
import type { ReadActor } from './extraction.ts';
import type { Page, PageMention } from './funding-page.ts';
import {
  FUND_NOUNS,
  ORGANISATION_NOUNS,
  PREPOSITIONS,
  PRONOUNS,
  PUBLIC_NOUNS,
  ROLES,
  TOWARDS,
} from './lexicon/funding-parties.ts';

/** An article's pages with what resolving a party needs: how often an actor appears, and who has received money already. */
export interface Scene {
  readonly title: Page;
  readonly text: Page;
  readonly found: FoundActors;
  /** The company, laboratory or fund the article is about, or null. */
  readonly main: ReadActor | null;
  readonly frequency: ReadonlyMap<number, number>;
  /** Refs of those who received money, the latest last. Grows while the article is read. */
  readonly recipients: number[];
  /** Refs of those who paid. */
  readonly payers: Set<number>;
}

/** Whom a clause names, or stands for without naming. */
export type Party =
  | { readonly kind: 'ACTOR'; readonly mention: PageMention; readonly at: number }
  | { readonly kind: 'ANAPHOR'; readonly fund: boolean; readonly at: number }
  | { readonly kind: 'PUBLIC'; readonly at: number };

const RECEIVERS = new Set<ActorKind>(['COMPANY', 'LAB', 'ORGANIZATION', 'INVESTOR']);

export function canReceive(actor: ReadActor): boolean {
  return RECEIVERS.has(actor.kind);
}

export function createScene(title: Page, text: Page, found: FoundActors): Scene {
  const frequency = new Map<number, number>();
  for (const { actor } of [...title.mentions, ...text.mentions]) {
    frequency.set(actor.ref, (frequency.get(actor.ref) ?? 0) + 1);
  }
  return {
    title,
    text,
    found,
    frequency,
    main: findMain(title, text, frequency),
    recipients: [],
    payers: new Set(),
  };
}

function findMain(title: Page, text: Page, frequency: ReadonlyMap<number, number>): ReadActor | null {
  let best: ReadActor | null = null;
  let bestScore = 0;
  const seen = new Set<number>();
  const weigh = (m: PageMention, base: number, page: Page): void => {
    if (seen.has(m.actor.ref) || !canReceive(m.actor)) return;
    seen.add(m.actor.ref);
    const score =
      base +
      Math.min(frequency.get(m.actor.ref) ?? 1, 6) -
      (m.actor.kind === 'INVESTOR' ? 2.5 : 0) -
      (isGoverned(page, m) ? 1 : 0);
    if (score > bestScore) {
      best = m.actor;
      bestScore = score;
    }
  };
  for (const m of title.mentions) weigh(m, 5, title);
  for (const m of text.mentions) weigh(m, 1.5 / (1 + text.sentenceOf[m.from]!), text);
  return best;
}

/** The raw word, to tell "à" from "a". */
export function rawWord(page: Page, i: number): string {
  const word = page.words[i];
  return word ? page.text.slice(word.start, word.end) : '';
}

function isPreposition(page: Page, i: number): boolean {
  const folded = page.words[i]!.folded;
  if (PREPOSITIONS.has(folded)) return true;
  if (folded !== 'a') return false;
  const raw = rawWord(page, i);
  return (
    raw === 'à' ||
    raw === 'À' ||
    (raw === 'A' && (page.breaks[i] === 'SENTENCE' || page.breaks[i] === 'LINE'))
  );
}

const ARTICLES = new Set('le la l les un une cette ce cet son sa ses leur leurs'.split(' '));
const DESCRIBED = 5;

/** The preposition that governs the noun phrase ending at word `at`, or -1: "auprès du fonds américain Accel". */
export function governor(page: Page, at: number): number {
  for (let i = at; i > 0 && i > at - DESCRIBED; i--) {
    const before = i - 1;
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return -1;
    if (page.mentionAt[before] !== -1 || page.amountAt[before] !== -1) return -1;
    if (isPreposition(page, before)) return before;
    const { folded, shape } = page.words[before]!;
    if (ARTICLES.has(folded)) {
      if (before === 0 || page.breaks[before] !== 'NONE') return -1;
      return isPreposition(page, before - 1) ? before - 1 : -1;
    }
    if (
      shape !== 'LOWER' ||
      folded === 'et' ||
      folded === 'que' ||
      folded === 'qu' ||
      folded === 'ou' ||
      folded === 'a' ||
      folded === 'qui'
    )
      return -1;
    if (i === at && isVerbal(folded)) return -1;
  }
  return -1;
}

const VERBAL = new Set(
  'ont est sont etait avait leve annonce investit rachete mise apporte mene confirme rejoint participe'.split(
    ' ',
  ),
);

function isVerbal(folded: string): boolean {
  return VERBAL.has(folded);
}

/** The preposition that governs a mention, its own or that of the list it stands in ("dont A et B"); -1 when none does. */
export function governorOf(page: Page, mention: PageMention): number {
  let at = mention;
  for (let n = 0; n < LONGEST_LIST; n++) {
    const own = governor(page, at.from);
    if (own >= 0) return own;
    const before = page.mentions[page.mentionAt[at.from]! - 1];
    if (!before || !isListed(page, before, at)) return -1;
    at = before;
  }
  return -1;
}

const LONGEST_LIST = 12;
const LIST_WORDS = new Set('et ou le la l les ainsi que fonds groupe'.split(' '));

/** True for "A et B", and for "A, B" when the list goes on after B with a comma or "et". */
function isListed(page: Page, a: PageMention, b: PageMention): boolean {
  if (b.from - a.to > 3) return false;
  let and = false;
  for (let i = a.to; i < b.from; i++) {
    const { folded } = page.words[i]!;
    if (!LIST_WORDS.has(folded)) return false;
    if (folded === 'et' || folded === 'ou') and = true;
  }
  if (and) return page.breaks[b.from] === 'NONE' || page.breaks[b.from] === 'COMMA';
  if (page.breaks[a.to] !== 'COMMA') return false;
  const governing = governor(page, a.from);
  if (governing >= 0 && /^(?:selon|pour|apres|depuis|avant|chez)$/.test(page.words[governing]!.folded))
    return false;
  const next = page.mentions[page.mentionAt[b.from]! + 1];
  return (
    next !== undefined &&
    next.from - b.to <= 2 &&
    (page.breaks[b.to] === 'COMMA' || page.words[b.to]?.folded === 'et')
  );
}

/** True where a preposition governs the mention ("chez Lightspeed"). */
export function isGoverned(page: Page, mention: PageMention): boolean {
  return governorOf(page, mention) >= 0;
}

const IMPERSONAL = new Set('s y faut faudra est reste agit suffit semble'.split(' '));

/**
 * The subject of what stands at word `at`: the nearest party to its left in the sentence that no preposition governs;
 * failing that, the organisation in "le patron de X". `accept` says which actors may be it.
 */
export function findSubject(
  page: Page,
  at: number,
  from: number,
  accept: (actor: ReadActor) => boolean,
): Party | null {
  let governed: Party | null = null;
  let relative = false;
  for (let i = at - 1; i >= from; i--) {
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      i = mention.from;
      const preposition = governorOf(page, mention);
      const party: Party = { kind: 'ACTOR', mention, at: mention.from };
      if (!accept(mention.actor)) {
        // "OpenAI": not acceptable, but a bracket or an apposition may follow; go on to the left.
      } else if (preposition < 0 || relative) return party;
      else if (
        !governed &&
        (page.words[preposition]!.folded === 'de' || page.words[preposition]!.folded === 'd')
      )
        governed = party;
      if (page.breaks[mention.from] === 'SEMICOLON') break;
      continue;
    }
    const { folded } = page.words[i]!;
    if (folded === 'qui' && page.breaks[i] !== 'SENTENCE') {
      if (!hasKnownAntecedent(page, i, from)) return null;
      relative = true;
    } else {
      const anaphor = readAnaphor(page, i, from, relative);
      if (anaphor) {
        // "Iliad a annoncé qu'il": the one who speaks.
        const before = page.words[anaphor.at - 1]?.folded;
        if ((before === 'qu' || before === 'que') && anaphor.at === i && anaphor.at - 1 > from) {
          const speaker = findSubject(page, anaphor.at - 1, from, accept);
          if (speaker?.kind === 'ACTOR') return speaker;
        }
        const named = apposed(page, anaphor.at, from, accept);
        return named ?? anaphor;
      }
    }
    if (page.breaks[i] === 'SEMICOLON') break;
  }
  return governed;
}

/** False when a name that is no known actor stands right before "qui". */
function hasKnownAntecedent(page: Page, qui: number, from: number): boolean {
  for (let i = qui - 1; i >= from && i >= qui - 5; i--) {
    if (page.mentionAt[i] !== -1) return true;
    const { shape } = page.words[i]!;
    if (shape !== 'LOWER' && shape !== 'NUMBER' && i > from) return false;
    if (ORGANISATION_NOUNS.has(page.words[i]!.folded) || FUND_NOUNS.has(page.words[i]!.folded)) return true;
  }
  return true;
}

function readAnaphor(page: Page, i: number, from: number, relative: boolean): Party | null {
  const { folded } = page.words[i]!;
  const next = page.words[i + 1]?.folded ?? '';
  if (folded === 'elle' || folded === 'il' || folded === 'elles' || folded === 'ils') {
    // "Giskard a, elle, reçu": only stress.
    if (folded.startsWith('elle') && page.breaks[i] === 'COMMA' && page.breaks[i + 1] === 'COMMA')
      return null;
    if (folded === 'il' && IMPERSONAL.has(next)) return null;
    return { kind: 'ANAPHOR', fund: false, at: i };
  }
  if (PRONOUNS.has(folded) && (next === 'ci' || next === 'derniere' || next === 'dernier' || next === 'la')) {
    return { kind: 'ANAPHOR', fund: false, at: i };
  }
  if (folded === 'nous' && page.quoted[i] === 1) return { kind: 'ANAPHOR', fund: false, at: i };
  const organisation = ORGANISATION_NOUNS.has(folded);
  const fund = FUND_NOUNS.has(folded);
  const state = PUBLIC_NOUNS.has(folded);
  if (!organisation && !fund && !state) return null;
  if (i === 0 || i <= from) return state ? { kind: 'PUBLIC', at: i } : null;
  if (folded === 'jeune' && next !== 'pousse') return null;
  if (folded === 'start' && next !== 'up') return null;
  if (folded === 'nouvelle' && next !== 'pousse') return null;
  let article = i - 1;
  if (!ARTICLES.has(page.words[article]!.folded) && article > from) article--;
  if (!ARTICLES.has(page.words[article]!.folded)) return null;
  if (!relative && article > from && page.breaks[article] === 'NONE' && isPreposition(page, article - 1))
    return null;
  return state
    ? { kind: 'PUBLIC', at: article }
    : { kind: 'ANAPHOR', fund: fund && !organisation, at: article };
}

/** "Mistral AI, la jeune pousse …": the name right before the comma. */
function apposed(page: Page, at: number, from: number, accept: (actor: ReadActor) => boolean): Party | null {
  if (at <= from || page.breaks[at] !== 'COMMA') return null;
  const place = page.mentionAt[at - 1]!;
  if (place === -1) return null;
  const mention = page.mentions[place]!;
  return accept(mention.actor) ? { kind: 'ACTOR', mention, at: mention.from } : null;
}

/** Whom the money goes to, to the right of word `from`: "dans Owkin", "à la start-up", "pour Kyutai". */
export function findGoal(
  page: Page,
  from: number,
  to: number,
  accept: (actor: ReadActor) => boolean,
): Party | null {
  for (let i = from; i < to; i++) {
    if (i > from && (page.breaks[i] === 'SEMICOLON' || page.breaks[i] === 'SENTENCE')) return null;
    if (
      page.amountAt[i] !== -1 &&
      i > from &&
      page.breaks[i] !== 'OPEN' &&
      page.amountAt[i] !== page.amountAt[from]
    )
      return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      const preposition = governor(page, mention.from);
      if (preposition >= 0 && leadsTo(page, preposition) && accept(mention.actor)) {
        return { kind: 'ACTOR', mention, at: mention.from };
      }
      i = mention.to - 1;
      continue;
    }
    if (i > from && leadsTo(page, i - 1)) {
      const { folded } = page.words[i]!;
      const noun = ARTICLES.has(folded) ? i + 1 : i;
      const word = page.words[noun]?.folded ?? '';
      if (
        noun < to &&
        page.mentionAt[noun] === -1 &&
        (ORGANISATION_NOUNS.has(word) || FUND_NOUNS.has(word)) &&
        noun !== i
      ) {
        const named = nameAfter(page, noun, to, accept);
        return named ?? { kind: 'ANAPHOR', fund: FUND_NOUNS.has(word), at: i };
      }
    }
  }
  return null;
}

function leadsTo(page: Page, i: number): boolean {
  const { folded } = page.words[i]!;
  if (TOWARDS.has(folded)) return true;
  if (folded === 'a') return /^[àÀ]$/u.test(rawWord(page, i));
  if (folded === 'de' || folded === 'd' || folded === 'du') {
    const before = page.words[i - 1]?.folded ?? '';
    return /^(?:capital|profit|faveur|benefice|service|developpement|creation|lancement|profit)$/.test(
      before,
    );
  }
  return false;
}

function nameAfter(
  page: Page,
  noun: number,
  to: number,
  accept: (actor: ReadActor) => boolean,
): Party | null {
  for (let i = noun + 1; i < to && i <= noun + 4; i++) {
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return null;
    const place = page.mentionAt[i]!;
    if (place === -1) {
      if (isPreposition(page, i)) return null;
      continue;
    }
    const mention = page.mentions[place]!;
    return accept(mention.actor) ? { kind: 'ACTOR', mention, at: mention.from } : null;
  }
  return null;
}

/** The mention that "de", "d'" or "pour" ties directly to the words ending before `at`: "la levée de Mistral AI". */
export function findOwner(page: Page, at: number, accept: (actor: ReadActor) => boolean): Party | null {
  const first = page.words[at];
  if (!first || page.breaks[at] !== 'NONE') return null;
  if (!/^(?:de|d|du|pour|chez|par|a|au)$/.test(first.folded)) return null;
  for (let i = at + 1; i <= at + 5 && i < page.words.length; i++) {
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      const mention = page.mentions[place]!;
      return accept(mention.actor) ? { kind: 'ACTOR', mention, at } : null;
    }
    if (page.amountAt[i] !== -1 || isPreposition(page, i)) return null;
    const { folded } = page.words[i]!;
    if (page.words[i]!.shape !== 'LOWER' || folded === 'et' || folded === 'qui') return null;
  }
  return null;
}

/** The organisation a person speaks for: a stated affiliation, else "X, cofondateur de Y" right there. */
export function employerOf(scene: Scene, page: Page, mention: PageMention): ReadActor | null {
  const tie = scene.found.affiliations.find((a) => a.person === mention.actor.ref && !a.former);
  if (tie) return scene.found.actors.find((a) => a.ref === tie.organization) ?? null;
  let role = false;
  for (let i = mention.to; i < page.words.length && i < mention.to + 10; i++) {
    if (page.breaks[i] === 'SENTENCE' || page.breaks[i] === 'LINE') break;
    if (ROLES.has(page.words[i]!.folded)) role = true;
    const place = page.mentionAt[i]!;
    if (place !== -1)
      return role && page.mentions[place]!.actor.kind !== 'PERSON' ? page.mentions[place]!.actor : null;
  }
  return null;
}

/** Whom an anaphor at a place stands for: recent, frequent, named as a subject, already a recipient. */
export function resolve(
  scene: Scene,
  page: Page,
  at: number,
  accept: (actor: ReadActor) => boolean,
): ReadActor | null {
  const sentence = page.sentenceOf[at] ?? 0;
  const scores = new Map<number, number>();
  const actors = new Map<number, ReadActor>();
  const last = new Map<number, PageMention>();
  for (const m of page.mentions) {
    if (m.from >= at) break;
    if (accept(m.actor)) last.set(m.actor.ref, m);
  }
  for (const [ref, m] of last) {
    actors.set(ref, m.actor);
    const distance = sentence - page.sentenceOf[m.from]!;
    scores.set(ref, 3 / (1 + distance) + (isGoverned(page, m) ? -1 : 0.75));
  }
  if (page === scene.text) {
    for (const { actor } of scene.title.mentions) {
      if (!accept(actor)) continue;
      actors.set(actor.ref, actor);
      scores.set(actor.ref, (scores.get(actor.ref) ?? 0) + 0.5);
    }
  }
  const recipient = scene.recipients.at(-1);
  let best: ReadActor | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [ref, actor] of actors) {
    const score =
      (scores.get(ref) ?? 0) +
      Math.min(scene.frequency.get(ref) ?? 0, 5) * 0.4 +
      (scene.main?.ref === ref ? 1.5 : 0) +
      (recipient === ref ? 2 : 0) -
      (scene.payers.has(ref) ? 2 : 0);
    if (score > bestScore) {
      best = actor;
      bestScore = score;
    }
  }
  return best ?? (scene.main && accept(scene.main) ? scene.main : null);
}
