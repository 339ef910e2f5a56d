/**
 * Who is in an article:
 *
 *   words ─▶ register names (longest, ambiguous ones judged) ─▶ candidates (capitals, institutions) ─▶ evidence
 *         (cues, lists, the article as a whole) ─▶ short names joined to full ones ─▶ affiliations
 */
import type { RegisterActor } from '#actor/actor.ts';
import { findAffiliations } from './affiliations.ts';
import { findCandidates } from './candidates.ts';
import { type Entity, inOrder, type Page } from './cast.ts';
import { joinAcronyms, joinOrganizations, joinPeople, nameSiblings } from './coreference.ts';
import { weigh } from './evidence.ts';
import type { Extraction, ReadActor, ReadableArticle, ReadMention } from './extraction.ts';
import { addFundEvidence, addListEvidence } from './lists.ts';
import { addArticleEvidence } from './name-evidence.ts';
import { RegisterNames, recognise } from './register-names.ts';
import type { Topic } from './topic.ts';
import { type Words, wordsOf } from './words.ts';

/** Who is in an article: what claims and funding are resolved against. */
export type FoundActors = Pick<Extraction, 'actors' | 'mentions' | 'affiliations'>;

/**
 * The actors of the field, and everybody whom the article names: a text on another subject has no actors, but its people
 * speak all the same. The actors come first in the cast, at the same positions.
 */
export interface ActorReading extends FoundActors {
  readonly cast: FoundActors;
  /** The article's fields as words. */
  readonly fields: readonly Words[];
}

const CONVINCED = 2;
/** What must speak for a name that the register does not hold: more where the article only touches the field. */
const CONVINCING: Readonly<Record<Topic, number>> = {
  FIELD: CONVINCED,
  NEAR: 3,
  UNCLEAR: Number.POSITIVE_INFINITY,
  OTHER: Number.POSITIVE_INFINITY,
};
/** Mentions reported of one article; an article of a newspaper has a hundred at most. */
const MAX_MENTIONS = 2000;

/** Builds a finder on one state of the register: the index is built here, once. */
export function createActorFinder(
  register: readonly RegisterActor[],
): (article: ReadableArticle) => ActorReading {
  const names = new RegisterNames(register);
  return (article) => {
    const fields = [wordsOf('TITLE', article.title), wordsOf('TEXT', article.text)];
    const { pages, entities, topic } = recognise(names, fields);
    const all = addCandidates(names, pages, entities);
    const known = [...entities.values()];
    const convincing = CONVINCING[topic];
    const members =
      topic === 'OTHER'
        ? withoutPublicFigures(names, known, entities)
        : all.filter(
            ({ register: number, evidence }) => number !== null || weigh(evidence).weight >= convincing,
          );
    return { ...report(register, pages, new Set(members), all), fields };
  };
}

/**
 * An article on another subject names presidents and ministries as any does: they count only with an organisation of the
 * register that they are tied to.
 */
function withoutPublicFigures(
  names: RegisterNames,
  known: readonly Entity[],
  recognised: ReadonlyMap<number, Entity>,
): Entity[] {
  return known.filter((entity) => {
    if (isOfTheField(entity)) return true;
    const ties = names.tiesOf(entity.register!).flatMap((tie) => recognised.get(tie) ?? []);
    return ties.some(isOfTheField);
  });
}

function isOfTheField({ kind }: Entity): boolean {
  return kind === 'COMPANY' || kind === 'LAB' || kind === 'INVESTOR';
}

function addCandidates(
  names: RegisterNames,
  pages: readonly Page[],
  recognised: Map<number, Entity>,
): readonly Entity[] {
  const candidates = findCandidates(names, pages, recognised);
  addArticleEvidence(candidates, pages);
  const all = [...recognised.values(), ...candidates.values()];
  joinAcronyms(pages);
  nameSiblings(pages);
  addListEvidence(pages);
  addFundEvidence(all);
  joinPeople(pages, all);
  joinOrganizations(all);
  for (const candidate of candidates.values()) {
    const { kind, weight } = weigh(candidate.evidence);
    if (weight < CONVINCED) continue;
    candidate.kind = kind;
    candidate.confidence = Math.min(0.85, 0.4 + weight * 0.08);
  }
  return all;
}

function report(
  register: readonly RegisterActor[],
  pages: readonly Page[],
  members: ReadonlySet<Entity>,
  all: readonly Entity[],
): Omit<ActorReading, 'fields'> {
  const kept = new Set(all.filter((entity) => entity.namings.length > 0 && entity.confidence > 0));
  const refs = new Map<Entity, number>();
  const actors: ReadActor[] = [];
  const namings = pages.flatMap(inOrder).filter(({ entity }) => kept.has(entity));
  const enter = (entity: Entity): void => {
    if (refs.has(entity)) return;
    const ref = actors.length;
    refs.set(entity, ref);
    const slug = entity.register === null ? null : register[entity.register]!.slug;
    actors.push({ ref, slug, name: nameOf(entity), kind: entity.kind, confidence: entity.confidence });
  };
  for (const { entity } of namings) if (members.has(entity)) enter(entity);
  const count = actors.length;
  for (const { entity } of namings) enter(entity);
  const mentions = namings
    .slice(0, MAX_MENTIONS)
    .map(({ page, entity, from, to, confidence }): ReadMention => {
      const { words } = page;
      const start = words.tokens[from]!.start;
      const end = words.tokens[to - 1]!.end;
      const certainty = entity.register === null ? Math.min(confidence, entity.confidence) : confidence;
      return {
        field: words.field,
        start,
        end,
        actor: refs.get(entity)!,
        surface: words.text.slice(start, end),
        confidence: certainty,
      };
    });
  const cast = { actors, mentions, affiliations: findAffiliations(pages, refs) };
  if (count === actors.length) return { ...cast, cast };
  return {
    actors: actors.slice(0, count),
    mentions: mentions.filter(({ actor }) => actor < count),
    affiliations: cast.affiliations.filter(
      ({ person, organization }) => person < count && organization < count,
    ),
    cast,
  };
}

/** A candidate goes by its longest spelling; capitals throughout give way to a plain one. */
function nameOf(entity: Entity): string {
  if (entity.isNamed) return entity.name;
  let best = '';
  for (const { page, from, to } of entity.namings) {
    const { tokens, text } = page.words;
    const surface = text.slice(tokens[from]!.start, tokens[to - 1]!.end).replace(/\s+/g, ' ');
    const better = surface.length - (surface === surface.toUpperCase() ? 0.5 : 0);
    if (better > best.length - (best === best.toUpperCase() ? 0.5 : 0)) best = surface;
  }
  return best.charAt(0).toUpperCase() + best.slice(1);
}
