/**
 * An article as a stage for its actors: whom it is about, who has been paid so far, and so whom "la start-up" stands for.
 */
import type { ActorKind } from '#actor/actor.ts';
import type { FoundActors } from './actors.ts';
import type { ReadActor } from './extraction.ts';
import { readAnaphor } from './funding-anaphora.ts';
import { findInvestors } from './funding-investors.ts';
import type { Page, PageMention } from './funding-page.ts';
import { findTheme } from './funding-parties.ts';
import { governor, governorOf, isGoverned, isInList } from './funding-phrases.ts';
import { findSections, type Section, sectionOf } from './funding-sections.ts';
import { ROLES } from './lexicon/funding-parties.ts';

export interface Scene {
  readonly title: Page;
  readonly text: Page;
  readonly found: FoundActors;
  /** The company, laboratory or fund the article is about, or null. */
  readonly main: ReadActor | null;
  /** True when the headline or its frequency makes that sure. */
  readonly sure: boolean;
  /** True for an article about public money and infrastructure rather than about companies that raise. */
  civic: boolean;
  readonly frequency: ReadonlyMap<number, number>;
  /** Those who received money and the sentence that says so, the latest last. Grows while the article is read. */
  readonly recipients: { readonly ref: number; readonly sentence: number }[];
  /** The sections of a round-up, empty for any other article. */
  readonly sections: readonly Section[];
  /** Refs of those that some sentence lists among investors. */
  readonly backers: ReadonlySet<number>;
  /** Refs of those who paid. */
  readonly payers: Set<number>;
}

const RECEIVERS = new Set<ActorKind>(['COMPANY', 'LAB', 'ORGANIZATION', 'INVESTOR']);

/** Whether money can go to an actor as such; a person receives it for an organisation. */
export function canReceive(actor: ReadActor): boolean {
  return RECEIVERS.has(actor.kind);
}

/** A company, laboratory or organisation: what "elle" may stand for where money is raised. */
export function isVenture(actor: ReadActor): boolean {
  return canReceive(actor) && actor.kind !== 'INVESTOR';
}

export function createScene(title: Page, text: Page, found: FoundActors, listed: ReadonlySet<number>): Scene {
  const frequency = new Map<number, number>();
  for (const { actor } of [...title.mentions, ...text.mentions]) {
    frequency.set(actor.ref, (frequency.get(actor.ref) ?? 0) + 1);
  }
  const main = findMain(title, text, frequency, listed);
  const sure =
    main !== null &&
    ((frequency.get(main.ref) ?? 0) > 2 || title.mentions.some((m) => m.actor.ref === main.ref));
  return {
    title,
    text,
    found,
    frequency,
    main,
    sure,
    civic: false,
    recipients: [],
    sections: findSections(text, canReceive),
    backers: new Set([...listed].filter((ref) => ref !== main?.ref)),
    payers: new Set(),
  };
}

/** "selon le baromètre EY", "d'après X": who tells is not whom it is about. */
function isSource(page: Page, { from }: PageMention): boolean {
  for (let i = from - 1; i >= 0 && i >= from - 4 && page.breaks[i + 1] === 'NONE'; i--) {
    const { folded } = page.words[i]!;
    if (folded === 'selon' || (folded === 'apres' && page.words[i - 1]?.folded === 'd')) return true;
  }
  return false;
}

/** A subject named once is named in the first sentences. */
const LATEST = 3;

/** Whom the article lists among investors, in whatever round: they pay rather than receive. */
export function findBackers(pages: readonly Page[]): ReadonlySet<number> {
  const backers = new Set<number>();
  for (const page of pages) {
    const named = new Set(page.mentions.map((m) => page.sentenceOf[m.from]!));
    for (const s of named) {
      const { from, to } = page.sentences[s]!;
      const search = { from, to, told: false, excluded: () => false, recall: () => null };
      for (const { actor } of findInvestors(page, search)) backers.add(actor.ref);
    }
  }
  return backers;
}

function findMain(
  title: Page,
  text: Page,
  frequency: ReadonlyMap<number, number>,
  backers: ReadonlySet<number>,
): ReadActor | null {
  let best: ReadActor | null = null;
  let bestScore = 0;
  const seen = new Set<number>();
  const weigh = (m: PageMention, base: number, page: Page): void => {
    if (seen.has(m.actor.ref) || !canReceive(m.actor)) return;
    if (isSource(page, m)) return;
    seen.add(m.actor.ref);
    if (page === text && page.sentenceOf[m.from]! > LATEST && (frequency.get(m.actor.ref) ?? 0) < 2) return;
    const often = Math.min(frequency.get(m.actor.ref) ?? 1, 6);
    const score =
      base +
      often -
      (m.actor.kind === 'INVESTOR' ? 2.5 : 0) -
      (isGoverned(page, m) ? (m.actor.kind === 'LAB' ? 3 : 1) : 0) -
      (backers.has(m.actor.ref) ? 2 : 0);
    if (score > bestScore) {
      best = m.actor;
      bestScore = score;
    }
  };
  // "Belfius entre chez Alan": the article is about the one that receives.
  for (const m of title.mentions) weigh(m, pays(title, m) ? 2 : 5, title);
  for (const m of text.mentions) weigh(m, 1.5 / (1 + text.sentenceOf[m.from]!), text);
  return best;
}

const PAYING =
  /^(?:entre|investit|injecte|mise|rachete|acquiert|offre|mene|finance|soutient|remet|accorde|prete|pret|apporte|parie)$/;

/** True for a name right before a verb of paying or buying, with another venture behind it. */
function pays(page: Page, m: PageMention): boolean {
  for (let i = m.to; i < m.to + 3 && i < page.words.length; i++) {
    if (page.mentionAt[i] !== -1) return false;
    if (PAYING.test(page.words[i]!.folded))
      return page.mentions.some((o) => o.actor.ref !== m.actor.ref && isVenture(o.actor));
  }
  return false;
}

/** The organisation a person speaks for: a stated affiliation, else "X, cofondateur de Y" right there. */
export function employerOf(scene: Scene, page: Page, mention: PageMention): ReadActor | null {
  const tie = scene.found.affiliations.find((a) => a.person === mention.actor.ref && !a.former);
  if (tie) return scene.found.actors.find((a) => a.ref === tie.organization) ?? null;
  let role = false;
  for (let i = mention.to; i < page.words.length && i < mention.to + 10; i++) {
    if (page.breaks[i] === 'SENTENCE' || page.breaks[i] === 'LINE') break;
    if (FORMER.test(page.words[i]!.folded)) return null;
    if (ROLES.has(page.words[i]!.folded)) role = true;
    const place = page.mentionAt[i]!;
    if (place === -1) continue;
    const { actor } = page.mentions[place]!;
    return role && actor.kind !== 'PERSON' ? actor : null;
  }
  return null;
}

/** What an actor weighs by how many sentences ago it was named: a text speaks of whom it named last. */
const RECENCY = [6, 5, 3.5, 2.5, 1.75, 1.25, 1, 0.75, 0.5];

const FORMER = /^(?:ancien|ancienne|anciens|ex)$/;
const PURCHASING = /^(?:rachete|acquiert|acquis|offre|offert|empare|reprend|avale|croque|achete|absorbe)$/;

/** Whom an anaphor at a place stands for: recent, frequent, named as a subject, already a recipient; not one who pays. */
export function resolve(
  scene: Scene,
  page: Page,
  at: number,
  accept: (actor: ReadActor) => boolean,
  role: 'RECEIVER' | 'PAYER' = 'RECEIVER',
): ReadActor | null {
  const sentence = page.sentenceOf[at] ?? 0;
  const theme = findTheme(page, at, page.sentences[sentence]?.from ?? 0, accept);
  if (theme?.kind === 'ACTOR') return theme.mention.actor;
  const section = page === scene.text ? sectionOf(scene.sections, sentence) : null;
  // A heading names whom its section is about, even if nothing else says that it is a company.
  if (
    section &&
    role === 'RECEIVER' &&
    !accept(section.actor) &&
    isVenture({ ...section.actor, kind: 'COMPANY' })
  )
    return section.actor;
  const last = new Map<number, PageMention>();
  for (const m of page.mentions) {
    if (m.from >= at) break;
    if (section && m.from < section.from) continue;
    if (accept(m.actor)) last.set(m.actor.ref, m);
  }
  const candidates = new Map<number, { actor: ReadActor; score: number }>();
  for (const [ref, m] of last) {
    // "Selon Les Échos": who reports a deal is no party to it.
    if ((scene.frequency.get(ref) ?? 0) < 3 && isSource(page, m)) continue;
    const distance = distanceBetween(page, m, sentence);
    const buys = distance === 1 && isBuyer(page, m) ? 2 : 0;
    candidates.set(ref, { actor: m.actor, score: (RECENCY[distance] ?? 0) + standing(page, m) - buys });
  }
  if (page === scene.text && !section) {
    for (const { actor } of scene.title.mentions) {
      if (accept(actor))
        candidates.set(actor.ref, { actor, score: (candidates.get(actor.ref)?.score ?? 0) + 0.5 });
    }
  }
  if (role === 'RECEIVER') recallPaid(scene, candidates, sentence, section?.sentence ?? 0);
  const headline = new Set(scene.title.mentions.filter((m) => isVenture(m.actor)).map((m) => m.actor.ref));
  const inTitle = scene.main !== null && headline.has(scene.main.ref) && headline.size <= 2;
  const recipient = scene.recipients.at(-1);
  const since = recipient ? sentence - recipient.sentence : 0;
  const bonus = since <= 2 ? 0.75 : since <= 6 ? 0.5 : 0;
  let best: ReadActor | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [ref, candidate] of candidates) {
    // Named only as an investor: better nobody than the wrong one.
    if (role === 'RECEIVER' && scene.backers.has(ref) && (scene.frequency.get(ref) ?? 0) < 3) continue;
    const score =
      candidate.score +
      Math.min(scene.frequency.get(ref) ?? 0, 5) * 0.25 +
      (section?.actor.ref === ref ? 3 : 0) +
      (scene.main?.ref === ref && !section ? (inTitle ? 1.5 : 0.5) : 0) +
      (recipient?.ref === ref ? (role === 'RECEIVER' ? bonus : -bonus) : 0) +
      (scene.payers.has(ref) || (scene.backers.has(ref) && role === 'RECEIVER')
        ? role === 'PAYER'
          ? 0.5
          : candidate.actor.kind === 'COMPANY'
            ? PAYING_COMPANY
            : -2.5
        : 0);
    if (score > bestScore) {
      best = candidate.actor;
      bestScore = score;
    }
  }
  return best ?? (scene.main && accept(scene.main) ? scene.main : null);
}

/** Who was paid some sentences ago was spoken of there, though "la société" stood for the name. */
function recallPaid(
  scene: Scene,
  candidates: Map<number, { actor: ReadActor; score: number }>,
  sentence: number,
  from: number,
): void {
  for (const paid of scene.recipients) {
    const known = candidates.get(paid.ref);
    if (!known || paid.sentence < from || paid.sentence >= sentence) continue;
    const score = (RECENCY[sentence - paid.sentence] ?? 0) + PAID;
    if (score > known.score) candidates.set(paid.ref, { ...known, score });
  }
}

/** What having been paid counts for, against 2.5 for a subject. */
const PAID = 2;

/** Sentences between a mention and a later sentence, without those that go on about the same ("il", "le groupe"). */
function distanceBetween(page: Page, m: PageMention, sentence: number): number {
  const own = page.sentenceOf[m.from]!;
  let distance = sentence - own;
  for (let s = own + 1; s < sentence && sentence - own < 8; s++) if (goesOn(page, s)) distance--;
  return distance;
}

/** True for a sentence whose subject is an anaphor: it names no new one. */
function goesOn(page: Page, s: number): boolean {
  const { from, to } = page.sentences[s]!;
  for (let i = from; i < Math.min(from + 7, to); i++) {
    if (page.mentionAt[i] !== -1) return false;
    const anaphor = readAnaphor(page, i, from, false);
    if (anaphor?.kind === 'ANAPHOR') return true;
  }
  return false;
}

/** "Exotic, son rival lillois": named only by comparison. */
function isRival(page: Page, { to }: PageMention): boolean {
  return (
    page.breaks[to] === 'COMMA' &&
    /^(?:son|sa|leur|un|une)$/.test(page.words[to]?.folded ?? '') &&
    /^(?:concurrent|rival|cousin)/.test(page.words[to + 1]?.folded ?? '')
  );
}

/** How much a mention's place in its sentence makes it what the text goes on about. */
function standing(page: Page, m: PageMention): number {
  const preposition = governorOf(page, m);
  if (preposition >= 0) {
    if (!/^(?:de|d|du)$/.test(page.words[preposition]!.folded)) return -3;
    // "la valorisation de MosaicML" is about it; "un ancien d'OpenAI" is not.
    for (let i = preposition - 1; i >= 0 && i >= preposition - 2; i--) {
      if (ORIGINS.test(page.words[i]!.folded) || ROLES.has(page.words[i]!.folded)) return -4;
    }
    return -1;
  }
  if (isRival(page, m)) return -3;
  if (isInList(page, m)) return -1.5;
  const start = page.sentences[page.sentenceOf[m.from]!]!.from;
  if (goesOn(page, page.sentenceOf[m.from]!) || isIts(page, m, start)) return 0.5;
  const earlier = page.mentions.some(
    (o) => o.from >= start && o.from < m.from && isVenture(o.actor) && governor(page, o.from) < 0,
  );
  return earlier ? 0.75 : 2.5;
}

/** "Parmi ses clients figurent Renault et Michelin": the sentence is about the one whose they are. */
function isIts(page: Page, m: PageMention, start: number): boolean {
  const first = /^(?:parmi|outre|chez|avec|de)$/.test(page.words[start]!.folded) ? start + 1 : start;
  return first < m.from && POSSESSIVE.test(page.words[first]!.folded);
}

const POSSESSIVE = /^(?:son|sa|ses|leur|leurs)$/;

/** Against a company that has just paid, as what "la start-up" stands for. */
const PAYING_COMPANY = -2.5;

const ORIGINS =
  /^(?:camarades?|anciens?|anciennes?|diplomee?s?|professeure?|chercheure?s?|etudiante?s?|transfuges?|concurrente?s?|rivale?s?|clients?|partenaires?|spin|off|filiales?|essaimage|cote|style|modele|image|instar)$/;

/** "Hugging Face rachète …": the next "la start-up" is the one bought. */
function isBuyer(page: Page, m: PageMention): boolean {
  for (let i = m.to; i < m.to + 4 && i < page.words.length; i++) {
    if (page.breaks[i] !== 'NONE') return false;
    if (PURCHASING.test(page.words[i]!.folded)) return true;
  }
  return false;
}
