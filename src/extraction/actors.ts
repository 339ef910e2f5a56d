import type { RegisterActor } from '#actor/actor.ts';
import { ActorIndex, type IndexHit } from './actor-index.ts';
import type { Extraction, ReadActor, ReadableArticle, ReadMention } from './extraction.ts';
import { JOINING, type Words, wordsOf } from './words.ts';

/** Who is in an article: what claims and funding are resolved against. */
export type FoundActors = Pick<Extraction, 'actors' | 'mentions' | 'affiliations'>;

/** Builds a finder on one state of the register. */
export function createActorFinder(
  register: readonly RegisterActor[],
): (article: ReadableArticle) => FoundActors {
  const index = new ActorIndex(register);
  return (article) => {
    const fields = [wordsOf('TITLE', article.title), wordsOf('TEXT', article.text)];
    const found = fields.map((words) => ({ words, hits: longest(index.find(searched(words))) }));
    const certain = new Set<number>();
    for (const { hits } of found) for (const hit of hits) if (!hit.ambiguous) certain.add(hit.actor);
    const refs = new Map<number, number>();
    const actors: ReadActor[] = [];
    const mentions: ReadMention[] = [];
    const surnames = new Map<string, number>();
    for (const number of certain) {
      const actor = register[number]!;
      if (actor.kind !== 'PERSON') continue;
      const last = wordsOf('TEXT', actor.name).tokens.at(-1);
      if (last && last.folded.length > 2) surnames.set(last.folded, number);
    }
    for (const { words, hits } of found) {
      const taken = new Uint8Array(words.tokens.length);
      const place = (number: number, from: number, to: number, confidence: number): void => {
        let ref = refs.get(number);
        const actor = register[number]!;
        if (ref === undefined) {
          ref = actors.length;
          refs.set(number, ref);
          actors.push({ ref, slug: actor.slug, name: actor.name, kind: actor.kind, confidence });
        }
        const start = words.tokens[from]!.start;
        const end = words.tokens[to - 1]!.end;
        mentions.push({
          field: words.field,
          start,
          end,
          actor: ref,
          surface: words.text.slice(start, end),
          confidence,
        });
        taken.fill(1, from, to);
      };
      for (const hit of hits) {
        if (hit.ambiguous && !certain.has(hit.actor)) continue;
        place(hit.actor, hit.from, hit.to, hit.ambiguous ? 0.8 : 0.95);
      }
      words.tokens.forEach((token, i) => {
        const number = surnames.get(token.folded);
        if (number !== undefined && taken[i] === 0 && token.shape !== 'LOWER') place(number, i, i + 1, 0.9);
      });
    }
    const rank = { TITLE: 0, TEXT: 1 };
    mentions.sort((a, b) => rank[a.field] - rank[b.field] || a.start - b.start);
    return { actors, mentions, affiliations: [] };
  };
}

function searched(words: Words) {
  const joins = new Uint8Array(words.tokens.length);
  for (let i = 1; i < joins.length; i++) {
    const gap = words.gaps[i]!;
    if (JOINING.has(gap)) joins[i] = 1;
    else if (
      words.tokens[i]!.start - words.tokens[i - 1]!.end <= 2 &&
      words.text[words.tokens[i - 1]!.end] !== '\n'
    )
      joins[i] = 2;
  }
  return { tokens: words.tokens, joins };
}

function longest(hits: readonly IndexHit[]): IndexHit[] {
  const sorted = [...hits].sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: IndexHit[] = [];
  let end = 0;
  for (const hit of sorted) {
    if (hit.from < end) continue;
    kept.push(hit);
    end = hit.to;
  }
  return kept;
}
