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
import { wordsOf } from './words.ts';

/** Who is in an article: what claims and funding are resolved against. */
export type FoundActors = Pick<Extraction, 'actors' | 'mentions' | 'affiliations'>;

const CONVINCED = 2;
/** Where the article only touches the field, more must speak for a name. */
const CONVINCED_ELSEWHERE = 3;
/** Mentions reported of one article; an article of a newspaper has a hundred at most. */
const MAX_MENTIONS = 2000;

/** Builds a finder on one state of the register: the index is built here, once. */
export function createActorFinder(
  register: readonly RegisterActor[],
): (article: ReadableArticle) => FoundActors {
  const names = new RegisterNames(register);
  return (article) => {
    const fields = [wordsOf('TITLE', article.title), wordsOf('TEXT', article.text)];
    const { pages, entities, topic } = recognise(names, fields);
    if (topic === 'OTHER') return report(register, pages, withoutPublicFigures(names, entities));
    if (topic === 'UNCLEAR') {
      const known = [...entities.values()];
      joinPeople(pages, known);
      return report(register, pages, known);
    }
    return report(register, pages, addCandidates(names, pages, entities, topic));
  };
}

/**
 * An article on another subject names presidents and ministries as any does: they count only with an organisation of the
 * register that they are tied to.
 */
function withoutPublicFigures(names: RegisterNames, entities: ReadonlyMap<number, Entity>): Entity[] {
  return [...entities].flatMap(([number, entity]) => {
    if (isOfTheField(entity)) return [entity];
    const ties = names.tiesOf(number).flatMap((tie) => entities.get(tie) ?? []);
    return ties.some(isOfTheField) ? [entity] : [];
  });
}

function isOfTheField({ kind }: Entity): boolean {
  return kind === 'COMPANY' || kind === 'LAB' || kind === 'INVESTOR';
}

function addCandidates(
  names: RegisterNames,
  pages: readonly Page[],
  recognised: Map<number, Entity>,
  topic: Topic,
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
    if (weight < (topic === 'FIELD' ? CONVINCED : CONVINCED_ELSEWHERE)) continue;
    candidate.kind = kind;
    candidate.confidence = Math.min(0.85, 0.4 + weight * 0.08);
  }
  return all;
}

function report(
  register: readonly RegisterActor[],
  pages: readonly Page[],
  entities: readonly Entity[],
): FoundActors {
  const kept = new Set(entities.filter((entity) => entity.namings.length > 0 && entity.confidence > 0));
  const refs = new Map<Entity, number>();
  const actors: ReadActor[] = [];
  const mentions: ReadMention[] = [];
  for (const page of pages) {
    const { words } = page;
    for (const { entity, from, to, confidence } of inOrder(page)) {
      if (!kept.has(entity) || mentions.length >= MAX_MENTIONS) continue;
      let ref = refs.get(entity);
      if (ref === undefined) {
        ref = actors.length;
        refs.set(entity, ref);
        const slug = entity.register === null ? null : register[entity.register]!.slug;
        actors.push({ ref, slug, name: nameOf(entity), kind: entity.kind, confidence: entity.confidence });
      }
      const start = words.tokens[from]!.start;
      const end = words.tokens[to - 1]!.end;
      const surface = words.text.slice(start, end);
      const certainty = entity.register === null ? Math.min(confidence, entity.confidence) : confidence;
      mentions.push({ field: words.field, start, end, actor: ref, surface, confidence: certainty });
    }
  }
  return { actors, mentions, affiliations: findAffiliations(pages, refs) };
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
