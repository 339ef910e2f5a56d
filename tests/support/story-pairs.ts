/** Labelled pairs of texts that tell one story or two, and what Vigie makes of them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { chooseStory, STORY_WINDOW_HOURS, type StoryArticle } from '#article/story.ts';
import { storySignature } from '#article/story-signature.ts';

/** Later than all of them. */
export const NOW = new Date('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;

export interface Sample extends StoryArticle {
  readonly id: string;
  readonly bands: readonly number[];
  readonly publishedAt: Date;
  /** Label of its story. */
  readonly story: string;
}

/** A text as it is stored. */
export function sample(
  text: { id: string; outlet: string; title: string; text: string; publishedAt: Date },
  story: string,
): Sample {
  return { ...text, story, ...storySignature(text.title, text.text) };
}

/** Whether they become one story. */
export function joins(a: StoryArticle, b: StoryArticle): boolean {
  return chooseStory(a, [{ ...b, storyId: 1 }], NOW) !== null;
}

export interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

export function precision({ right, wrong }: Tally): number {
  return right / (right + wrong);
}

export function recall({ right, missed }: Tally): number {
  return right / (right + missed);
}

/** Compares what joins with the labels, over pairs. */
export function tally(pairs: Iterable<readonly [Sample, Sample]>): Tally {
  const count: Tally = { right: 0, wrong: 0, missed: 0 };
  for (const [a, b] of pairs) {
    const joined = joins(a, b);
    if (joined && a.story === b.story) count.right++;
    else if (joined) count.wrong++;
    else if (a.story === b.story) count.missed++;
  }
  return count;
}

/** Every two of them that lie within the window. */
export function* everyPair(samples: readonly Sample[]): Iterable<readonly [Sample, Sample]> {
  for (const [at, a] of samples.entries()) {
    for (const b of samples.slice(0, at)) {
      const apart = Math.abs(a.publishedAt.getTime() - b.publishedAt.getTime());
      if (apart <= STORY_WINDOW_HOURS * HOUR) yield [a, b];
    }
  }
}

const shape = z.object({
  texts: z.record(
    z.string(),
    z.object({
      outlet: z.string(),
      at: z.string(),
      title: z.string().optional(),
      paragraphs: z.array(z.string()).optional(),
      from: z.string().optional(),
      keep: z.array(z.int()).optional(),
      before: z.array(z.string()).default([]),
      after: z.array(z.string()).default([]),
    }),
  ),
  pairs: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      is: z.enum(['COPY', 'REWRITE', 'OWN', 'DIFFERENT']),
      because: z.string(),
    }),
  ),
});

/** The labelled texts and pairs, derived texts written out. */
export function loadStoryPairs() {
  const file = new URL('../article/story-pairs.json', import.meta.url);
  const { texts, pairs } = shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  const stories = new Map(Object.keys(texts).map((id) => [id, id]));
  for (const { a, b, is } of pairs) {
    const [kept, merged] = [stories.get(a), stories.get(b)];
    if (is === 'DIFFERENT' || kept === undefined) continue;
    for (const [id, story] of stories) if (story === merged) stories.set(id, kept);
  }
  const write = (id: string): { title: string; paragraphs: readonly string[] } => {
    const text = texts[id];
    if (!text) throw new Error(`no text ${id}`);
    if (text.from === undefined) return { title: text.title ?? '', paragraphs: text.paragraphs ?? [] };
    const base = write(text.from);
    const kept = text.keep ? text.keep.map((at) => base.paragraphs[at] ?? '') : base.paragraphs;
    return { title: text.title ?? base.title, paragraphs: [...text.before, ...kept, ...text.after] };
  };
  const samples = new Map<string, Sample>();
  for (const [id, { outlet, at }] of Object.entries(texts)) {
    const { title, paragraphs } = write(id);
    const article = { id, outlet, title, text: paragraphs.join('\n'), publishedAt: new Date(at) };
    samples.set(id, sample(article, stories.get(id) ?? id));
  }
  const find = (id: string): Sample => {
    const found = samples.get(id);
    if (!found) throw new Error(`no text ${id}`);
    return found;
  };
  return {
    samples: [...samples.values()],
    pairs: pairs.map(({ a, b, is, because }) => ({ a: find(a), b: find(b), is, because })),
  };
}
