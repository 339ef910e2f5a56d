/** Articles, their texts and their revisions in Postgres. */
import { Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/database.ts';
import type { Statements } from '#platform/writer.ts';
import { insertSignature, saveSignature } from './story.store.ts';
import type { StorySignature } from './story-signature.ts';

const { sql, empty } = Prisma;

/** An article as it came from a feed or a client, ready to be stored. */
export interface IncomingArticle {
  /** Canonical. */
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** True when the text is only a summary, because the page could not be had: it does not take a whole text's place. */
  readonly isGist?: boolean;
  readonly html: string | null;
  readonly outlet: string;
  readonly authors: readonly string[];
  readonly language: string | null;
  readonly publishedAt: Date | null;
  readonly updatedAt: Date | null;
  /** Null for an article that a client gave. */
  readonly source: { readonly feedId: number; readonly guid: string; readonly itemHash: string } | null;
}

/** What is stored of an article that came again. */
export interface StoredArticle {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly contentHash: string;
  readonly reader: string;
  readonly storyId: number;
  readonly publishedAt: Date;
}

/** Finds an article by its identity: the canonical URL, then the guid within its feed. */
export async function findArticle(
  tx: Pick<Statements, '$queryRaw'>,
  { url, source }: Pick<IncomingArticle, 'url' | 'source'>,
): Promise<StoredArticle | null> {
  const [found] = await tx.$queryRaw<StoredArticle[]>`
    select a.id, a.url, a.title, coalesce(b.text, '') as text, a.content_hash as "contentHash", a.reader,
           a.story_id as "storyId", a.published_at as "publishedAt"
      from article a left join article_body b on b.article_id = a.id
     where a.url = ${url}
        or a.id = (select article_id from feed_entry where feed_id = ${source?.feedId ?? null}::int
                                                       and guid = ${source?.guid ?? null}::text)
     order by a.url = ${url} desc
     limit 1`;
  return found ?? null;
}

/** What is written of an article beside what came in. */
export interface ArticleDetails {
  readonly contentHash: string;
  readonly reader: string;
  /** Of the register that it was read with. */
  readonly registerVersion: bigint;
  /** Of the extraction. */
  readonly readingHash: string;
  readonly publishedAt: Date;
  readonly signature: StorySignature;
  readonly now: Date;
}

/**
 * Stores a new article with its text, its signature and the item it came from, in a story that it joins or (null) opens. One
 * statement: an article a second costs nothing, the thousand that a list of new feeds brings do.
 */
export async function insertArticle(
  tx: Pick<Statements, '$queryRaw'>,
  incoming: IncomingArticle,
  {
    now,
    signature,
    story,
    ...details
  }: ArticleDetails & { readonly story: { readonly id: number; readonly independent: boolean } | null },
): Promise<{ readonly id: number; readonly storyId: number }> {
  const { url, title, summary, text, html, outlet, authors, language, updatedAt, source } = incoming;
  const entered =
    story === null
      ? sql`insert into story (title, first_seen_at) values (${title}, ${now}) returning id`
      : sql`update story set article_count = article_count + 1,
                             independent_texts = independent_texts + ${story.independent ? 1 : 0}
             where id = ${story.id} returning id`;
  const entry =
    source === null
      ? empty
      : sql`, entry as (
      insert into feed_entry (feed_id, guid, item_hash, article_id, first_seen_at)
      select ${source.feedId}, ${source.guid}, ${source.itemHash}, a.id, ${now} from a
      on conflict (feed_id, guid) do update set item_hash = excluded.item_hash, article_id = excluded.article_id)`;
  const [stored] = await tx.$queryRaw<[{ id: number; storyId: number }]>`
    with s as (${entered}), a as (
      insert into article (url, title, summary, outlet, authors, language, published_at, updated_at, fetched_at,
                           content_hash, reader, register_version, reading_hash, feed_id, story_id)
      select ${url}, ${title}, ${summary}, ${outlet}, ${[...authors]}::text[], ${language}, ${details.publishedAt},
             ${updatedAt}::timestamptz, ${now}, ${details.contentHash}, ${details.reader}, ${details.registerVersion},
             ${details.readingHash}, ${source?.feedId ?? null}::int, s.id
        from s
      returning id, story_id), body as (
      insert into article_body (article_id, text, html) select a.id, ${text}, ${html}::text from a),
      ${insertSignature(signature, details.publishedAt)}${entry}
    select id, story_id as "storyId" from a`;
  return stored;
}

/** Replaces what an article says, and keeps what it said as a revision. */
export async function reviseArticle(
  tx: Statements,
  stored: StoredArticle,
  incoming: IncomingArticle,
  { now, signature, changed, ...details }: ArticleDetails & { readonly changed: readonly string[] },
): Promise<void> {
  const { url, title, summary, text, html, authors, language, updatedAt } = incoming;
  // A date that the outlet left as it was, or that another feed gave long ago, says nothing of this change.
  const updated = sql`case when ${updatedAt}::timestamptz > coalesce(updated_at, published_at)
                           then ${updatedAt}::timestamptz else ${now}::timestamptz end`;
  // A text that stays keeps its markup too.
  const markup = text === stored.text ? sql`html` : sql`${html}::text`;
  // The body after the article, whose title its trigger reads.
  await Promise.all([
    tx.$executeRaw`
      with r as (
        insert into article_revision (article_id, title, text, content_hash, replaced_at, changed)
        values (${stored.id}, ${stored.title}, ${stored.text}, ${stored.contentHash}, ${now}, ${[...changed]}::text[]))
      update article
         set url = ${url}, title = ${title}, summary = ${summary}, authors = ${[...authors]}::text[], language = ${language},
             content_hash = ${details.contentHash}, reader = ${details.reader},
             register_version = ${details.registerVersion}, reading_hash = ${details.readingHash},
             updated_at = ${updated}
       where id = ${stored.id}`,
    tx.$executeRaw`
      update article_body set text = ${text}, html = ${markup} where article_id = ${stored.id}`,
    saveSignature(tx, stored, signature),
  ]);
}

/** Notes the address that an article has now. `findArticle` found no other one there. */
export async function moveArticle(
  tx: Pick<Statements, '$executeRaw'>,
  articleId: number,
  url: string,
): Promise<void> {
  await tx.$executeRaw`update article set url = ${url} where id = ${articleId}`;
}

/** Remembers which article an item of a feed stands for. */
export async function saveEntry(
  tx: Pick<Statements, '$executeRaw'>,
  { feedId, guid, itemHash }: NonNullable<IncomingArticle['source']>,
  articleId: number,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into feed_entry (feed_id, guid, item_hash, article_id, first_seen_at)
    values (${feedId}, ${guid}, ${itemHash}, ${articleId}, ${now})
    on conflict (feed_id, guid) do update set item_hash = excluded.item_hash, article_id = excluded.article_id`;
}

/**
 * Hashes of the items of a feed that were ingested already, by guid. An item whose guid is new stands for what the feed gave before
 * under its address: some feeds make up other guids at every poll.
 */
export async function loadEntryHashes(
  db: Pick<Tx, 'feedEntry'>,
  feedId: number,
  items: readonly { readonly guid: string; readonly url: string; readonly itemHash: string }[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.feedEntry.findMany({
    where: { feedId, guid: { in: items.map(({ guid }) => guid) } },
    select: { guid: true, itemHash: true },
  });
  const known = new Map(rows.map(({ guid, itemHash }) => [guid, itemHash]));
  const unknown = items.filter(({ guid }) => !known.has(guid));
  if (unknown.length === 0) return known;
  const renamed = await db.feedEntry.findMany({
    where: {
      feedId,
      itemHash: { in: unknown.map(({ itemHash }) => itemHash) },
      article: { url: { in: unknown.map(({ url }) => url) } },
    },
    select: { itemHash: true, article: { select: { url: true } } },
  });
  for (const { guid, url, itemHash } of unknown) {
    if (renamed.some((entry) => entry.itemHash === itemHash && entry.article.url === url)) {
      known.set(guid, itemHash);
    }
  }
  return known;
}
