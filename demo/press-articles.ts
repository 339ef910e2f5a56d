import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { OUTLETS, type Outlet } from './press-outlets.ts';

/** What an article shows of the press: the plain kinds, and the awkward ones that a reader must survive. */
const ARTICLE_KINDS = [
  'dispatch',
  'rewrite',
  'copy',
  'revision',
  'correction',
  'rumour',
  'report',
  'analysis',
  'interview',
  'portrait',
  'homonym',
] as const;
export type ArticleKind = (typeof ARTICLE_KINDS)[number];

/** One text of the demonstration press, as written in `articles/<outlet>.json`. */
export interface PressArticle {
  /** Unique within its outlet; the last part of its address. */
  readonly id: string;
  readonly outlet: Outlet;
  readonly kind: ArticleKind;
  /** Label shared by the articles that tell the same news: the truth that the stories are checked against. */
  readonly story: string;
  readonly title: string;
  readonly author: string;
  readonly paragraphs: readonly string[];
  /** When it came out; null for an article of the live sequence, dated when it is published. */
  readonly published: Date | null;
  /** Id, in the same outlet, of the article that this one replaces under the same address. */
  readonly revises: string | null;
}

const written = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,60}$/),
    kind: z.enum(ARTICLE_KINDS).exclude(['copy']),
    story: z.string().min(1),
    title: z.string().min(10),
    author: z.string().min(3),
    paragraphs: z.array(z.string().min(20)).min(2),
    published: z.iso.datetime().optional(),
    order: z.int().positive().optional(),
    revises: z.string().optional(),
  })
  .refine((article) => (article.published === undefined) !== (article.order === undefined), {
    message: 'either a date or a place in the live sequence',
  });
const copied = z.strictObject({
  id: z.string(),
  copyOf: z.string(),
  published: z.iso.datetime().optional(),
  order: z.int().positive().optional(),
});

interface Placed {
  readonly article: PressArticle;
  readonly order: number;
}

/**
 * Every text of the press in the order in which it comes out: the dated archive first, then the live sequence, in which
 * a copy follows its original and Mistral AI or Kyutai are never long absent.
 */
export function loadPressArticles(): readonly PressArticle[] {
  const placed: Placed[] = [];
  const originals = new Map<string, PressArticle>();
  for (const outlet of OUTLETS.filter((each) => !each.syndicates)) {
    for (const { published, order, revises, ...rest } of readTexts(outlet, written)) {
      const date = published === undefined ? null : new Date(published);
      const article = { ...rest, outlet, published: date, revises: revises ?? null };
      originals.set(article.id, article);
      placed.push({ article, order: order ?? 0 });
    }
  }
  for (const outlet of OUTLETS.filter((each) => each.syndicates)) {
    for (const { id, copyOf, published, order } of readTexts(outlet, copied)) {
      const original = originals.get(copyOf);
      if (!original) throw new Error(`press: ${outlet.slug} copies ${copyOf}, which no outlet has`);
      const date = published === undefined ? null : new Date(published);
      const article: PressArticle = { ...original, id, outlet, kind: 'copy', published: date, revises: null };
      placed.push({ article, order: order ?? 0 });
    }
  }
  return placed
    .sort((a, b) => a.order - b.order || Number(a.article.published) - Number(b.article.published))
    .map(({ article }) => article);
}

function readTexts<T>(outlet: Outlet, shape: z.ZodType<T>): readonly T[] {
  const file = new URL(`./articles/${outlet.slug}.json`, import.meta.url);
  return z.array(shape).parse(JSON.parse(readFileSync(file, 'utf8')));
}
