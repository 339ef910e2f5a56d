/** Stored articles as `vigie reread` goes over them. */
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import type { Statements } from '#platform/writer.ts';
import { saveSignature } from './story.store.ts';
import type { StorySignature } from './story-signature.ts';

/** What a reading depends on beside the text. */
export interface ReadingVersion {
  readonly reader: string;
  readonly register: bigint;
}

/** Which stored articles to go over. */
export interface RereadScope {
  /** Published then or later; null for all times. */
  readonly since: Date | null;
  /** Of this outlet; null for all. */
  readonly outlet: string | null;
  /** Also those that were read with this reader and register already. */
  readonly all: boolean;
}

/** A stored article to be read again. */
export interface ArticleToReread {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly contentHash: string;
  readonly publishedAt: Date;
  /** Of what is stored; null when that is not known. */
  readonly readingHash: string | null;
}

function inScope({ since, outlet, all }: RereadScope, version: ReadingVersion): Prisma.ArticleWhereInput {
  return {
    ...(since === null ? {} : { publishedAt: { gte: since } }),
    ...(outlet === null ? {} : { outlet }),
    ...(all
      ? {}
      : { OR: [{ reader: { not: version.reader } }, { registerVersion: { lt: version.register } }] }),
  };
}

/** How many articles there are to go over. */
export async function countArticlesToReread(
  db: Db,
  scope: RereadScope,
  version: ReadingVersion,
): Promise<number> {
  return await db.article.count({ where: inScope(scope, version) });
}

/** The next articles after an id, in the order of their ids. */
export async function loadArticlesToReread(
  db: Db,
  scope: RereadScope,
  version: ReadingVersion,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly ArticleToReread[]> {
  const rows = await db.article.findMany({
    where: { ...inScope(scope, version), id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
    select: {
      id: true,
      title: true,
      contentHash: true,
      publishedAt: true,
      readingHash: true,
      body: { select: { text: true } },
    },
  });
  return rows.map(({ body, ...article }) => ({ ...article, text: body?.text ?? '' }));
}

/**
 * Notes that these articles say the same with this reader and register as before; returns how many. Left out are those that
 * somebody else has changed or read meanwhile.
 */
export async function markUnchanged(
  db: Db,
  articles: readonly Pick<ArticleToReread, 'id' | 'contentHash' | 'readingHash'>[],
  { reader, register }: ReadingVersion,
): Promise<number> {
  if (articles.length === 0) return 0;
  return await db.$executeRaw`
    update article a set register_version = ${register}, reader = ${reader}
      from unnest(${articles.map(({ id }) => id)}::int4[], ${articles.map(({ contentHash }) => contentHash)}::text[],
                  ${articles.map(({ readingHash }) => readingHash)}::text[]) as u(id, content_hash, reading_hash)
     where a.id = u.id and a.content_hash = u.content_hash and a.reading_hash = u.reading_hash
       and (a.register_version < ${register} or (a.register_version = ${register} and a.reader <> ${reader}))`;
}

/** What may have become of an article since it was loaded; null when it is gone. */
export async function findReadState(
  tx: Pick<Statements, '$queryRaw'>,
  id: number,
): Promise<{
  readonly contentHash: string;
  readonly storyId: number;
  readonly publishedAt: Date;
  readonly version: ReadingVersion;
} | null> {
  const [row] = await tx.$queryRaw<
    { contentHash: string; storyId: number; publishedAt: Date; reader: string; register: bigint }[]
  >`
    select content_hash as "contentHash", story_id as "storyId", published_at as "publishedAt", reader,
           register_version as register
      from article where id = ${id}`;
  if (row === undefined) return null;
  const { reader, register, ...article } = row;
  return { ...article, version: { reader, register } };
}

/** Notes with what an article was read again, what that gave, and what its copies are now recognised by. */
export async function markReread(
  tx: Pick<Statements, '$executeRaw'>,
  article: { readonly id: number; readonly publishedAt: Date },
  { reader, register }: ReadingVersion,
  { readingHash, signature }: { readonly readingHash: string; readonly signature: StorySignature },
): Promise<void> {
  await tx.$executeRaw`
    update article set reader = ${reader}, register_version = ${register}, reading_hash = ${readingHash}
     where id = ${article.id}`;
  await saveSignature(tx, article, signature);
}

/** How much is stored of what an article says. */
export interface ReadingSize {
  readonly mentions: number;
  readonly claims: number;
  readonly funding: number;
}

/** Counts what is stored of an article. */
export async function countReading(
  tx: Pick<Statements, '$queryRaw'>,
  articleId: number,
): Promise<ReadingSize> {
  const [size] = await tx.$queryRaw<ReadingSize[]>`
    select (select count(*)::int4 from mention where article_id = ${articleId}) as mentions,
           (select count(*)::int4 from claim where article_id = ${articleId}) as claims,
           (select count(*)::int4 from funding_report where article_id = ${articleId}) as funding`;
  return size!;
}
