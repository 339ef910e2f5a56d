/**
 * An article as a stage for its actors: whom it is about, who has been paid so far, and so whom "la start-up" stands for.
 */
import type { ActorKind } from '#actor/actor.ts';
import type { FoundActors } from './actors.ts';
import type { ReadActor } from './extraction.ts';
import type { Page, PageMention } from './funding-page.ts';
import { isGoverned } from './funding-phrases.ts';
import { ROLES } from './lexicon/funding-parties.ts';

export interface Scene {
  readonly title: Page;
  readonly text: Page;
  readonly found: FoundActors;
  /** The company, laboratory or fund the article is about, or null. */
  readonly main: ReadActor | null;
  readonly frequency: ReadonlyMap<number, number>;
  /** Those who received money and the sentence that says so, the latest last. Grows while the article is read. */
  readonly recipients: { readonly ref: number; readonly sentence: number }[];
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
    const often = Math.min(frequency.get(m.actor.ref) ?? 1, 6);
    const score = base + often - (m.actor.kind === 'INVESTOR' ? 2.5 : 0) - (isGoverned(page, m) ? 1 : 0);
    if (score > bestScore) {
      best = m.actor;
      bestScore = score;
    }
  };
  for (const m of title.mentions) weigh(m, 5, title);
  for (const m of text.mentions) weigh(m, 1.5 / (1 + text.sentenceOf[m.from]!), text);
  return best;
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

const FORMER = /^(?:ancien|ancienne|anciens|ex)$/;
const PURCHASING = /^(?:rachete|acquiert|acquis|offre|offert|empare|reprend|avale|croque|achete|absorbe)$/;

/** Whom an anaphor at a place stands for: recent, frequent, named as a subject, already a recipient; not one who pays. */
export function resolve(
  scene: Scene,
  page: Page,
  at: number,
  accept: (actor: ReadActor) => boolean,
): ReadActor | null {
  const sentence = page.sentenceOf[at] ?? 0;
  const last = new Map<number, PageMention>();
  for (const m of page.mentions) {
    if (m.from >= at) break;
    if (accept(m.actor)) last.set(m.actor.ref, m);
  }
  const candidates = new Map<number, { actor: ReadActor; score: number }>();
  for (const [ref, m] of last) {
    const distance = sentence - page.sentenceOf[m.from]!;
    const place = isGoverned(page, m) ? -1 : distance <= 1 ? 2 : 0.75;
    candidates.set(ref, {
      actor: m.actor,
      score: 3 / (1 + distance) + place - (distance === 1 && isBuyer(page, m) ? 2 : 0),
    });
  }
  if (page === scene.text) {
    for (const { actor } of scene.title.mentions) {
      if (accept(actor))
        candidates.set(actor.ref, { actor, score: (candidates.get(actor.ref)?.score ?? 0) + 0.5 });
    }
  }
  const recipient = scene.recipients.at(-1);
  const since = recipient ? sentence - recipient.sentence : 0;
  const bonus = since <= 1 ? 3 : since <= 4 ? 2 : since <= 8 ? 1 : 0;
  let best: ReadActor | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [ref, candidate] of candidates) {
    const score =
      candidate.score +
      Math.min(scene.frequency.get(ref) ?? 0, 5) * 0.3 +
      (scene.main?.ref === ref ? 1.5 : 0) +
      (recipient?.ref === ref ? bonus : 0) -
      (scene.payers.has(ref) ? 2 : 0);
    if (score > bestScore) {
      best = candidate.actor;
      bestScore = score;
    }
  }
  return best ?? (scene.main && accept(scene.main) ? scene.main : null);
}

/** "Hugging Face rachète …": the next "la start-up" is the one bought. */
function isBuyer(page: Page, m: PageMention): boolean {
  for (let i = m.to; i < m.to + 4 && i < page.words.length; i++) {
    if (page.breaks[i] !== 'NONE') return false;
    if (PURCHASING.test(page.words[i]!.folded)) return true;
  }
  return false;
}
