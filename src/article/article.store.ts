/** Articles, their texts and their revisions in Postgres. */
import type { Tx } from '#platform/database.ts';
import { STORY_WINDOW_HOURS, type StoryCandidate } from './story.ts';
import { packProfile, unpackProfile } from './story-profile.ts';
import type { StorySignature } from './story-signature.ts';

/** An article as it came from a feed or a client, ready to be stored. */
export interface IncomingArticle {
  /** Canonical. */
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
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
  tx: Tx,
  { url, source }: Pick<IncomingArticle, 'url' | 'source'>,
): Promise<StoredArticle | null> {
  const select = {
    id: true,
    url: true,
    title: true,
    contentHash: true,
    reader: true,
    storyId: true,
    publishedAt: true,
    body: { select: { text: true } },
  } as const;
  const byUrl = await tx.article.findUnique({ where: { url }, select });
  const found =
    byUrl ??
    (source &&
      (
        await tx.feedEntry.findUnique({
          where: { feedId_guid: { feedId: source.feedId, guid: source.guid } },
          select: { article: { select } },
        })
      )?.article);
  if (!found) return null;
  const { body, ...article } = found;
  return { ...article, text: body?.text ?? '' };
}

/** The nearest candidates are looked at, and they are among those that share the most bands. */
const STORY_CANDIDATES_MAX = 30;

interface CandidateRow {
  readonly profile: Uint8Array;
  readonly outlet: string;
  readonly publishedAt: Date;
  readonly storyId: number;
}

/** Articles of about the same time that share a band of the signature, those that share the most first. */
export async function loadStoryCandidates(
  tx: Tx,
  { bands, publishedAt }: { readonly bands: readonly number[]; readonly publishedAt: Date },
): Promise<readonly StoryCandidate[]> {
  const window = STORY_WINDOW_HOURS * 3_600_000;
  const from = new Date(publishedAt.getTime() - window);
  const to = new Date(publishedAt.getTime() + window);
  const rows = await tx.$queryRaw<CandidateRow[]>`
    select s.profile, a.outlet, a.published_at as "publishedAt", a.story_id as "storyId"
      from article_signature s join article a on a.id = s.article_id
     where s.bands && ${bands}::int[] and a.published_at between ${from} and ${to}
     order by (select count(*) from unnest(s.bands) as band where band = any(${bands}::int[])) desc, a.id
     limit ${STORY_CANDIDATES_MAX}`;
  return rows.flatMap((row) => {
    const profile = unpackProfile(row.profile);
    // A profile of another version cannot be compared; its article finds no copies until it is read again.
    return profile === null ? [] : [{ ...row, profile }];
  });
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

/** Opens a story with its first article, or counts one more article to it. */
export async function enterStory(
  tx: Tx,
  story: { readonly id: number; readonly independent: boolean } | null,
  article: { readonly title: string; readonly now: Date },
): Promise<number> {
  if (story === null) {
    return (await tx.story.create({ data: { title: article.title, firstSeenAt: article.now } })).id;
  }
  await tx.story.update({
    where: { id: story.id },
    data: {
      articleCount: { increment: 1 },
      ...(story.independent ? { independentTexts: { increment: 1 } } : {}),
    },
  });
  return story.id;
}

/** Stores a new article with its text; returns its id. */
export async function insertArticle(
  tx: Tx,
  incoming: IncomingArticle,
  { now, signature, ...details }: ArticleDetails & { readonly storyId: number },
): Promise<number> {
  const { url, title, summary, outlet, authors, language, updatedAt } = incoming;
  const { id } = await tx.article.create({
    data: {
      url,
      title,
      summary,
      outlet,
      authors: [...authors],
      language,
      updatedAt,
      ...details,
      fetchedAt: now,
      feedId: incoming.source?.feedId ?? null,
    },
    select: { id: true },
  });
  await tx.articleBody.create({ data: { articleId: id, text: incoming.text, html: incoming.html } });
  await tx.articleSignature.create({ data: { articleId: id, ...signatureColumns(signature) } });
  return id;
}

/** Replaces what an article says, and keeps what it said as a revision. */
export async function reviseArticle(
  tx: Tx,
  stored: StoredArticle,
  incoming: IncomingArticle,
  {
    now,
    signature,
    changed,
    contentHash,
    reader,
    registerVersion,
    readingHash,
  }: ArticleDetails & { readonly changed: readonly string[] },
): Promise<void> {
  const { title, summary, authors, language } = incoming;
  await tx.articleRevision.create({
    data: {
      articleId: stored.id,
      title: stored.title,
      text: stored.text,
      contentHash: stored.contentHash,
      replacedAt: now,
      changed: [...changed],
    },
  });
  await tx.article.update({
    where: { id: stored.id },
    data: {
      title,
      summary,
      authors: [...authors],
      language,
      contentHash,
      reader,
      registerVersion,
      readingHash,
      updatedAt: incoming.updatedAt ?? now,
    },
  });
  await tx.articleBody.update({
    where: { articleId: stored.id },
    // A text that stays keeps its markup too.
    data: { text: incoming.text, ...(incoming.text === stored.text ? {} : { html: incoming.html }) },
  });
  await tx.articleSignature.update({ where: { articleId: stored.id }, data: signatureColumns(signature) });
}

function signatureColumns({ bands, profile }: StorySignature) {
  return { bands: [...bands], profile: Uint8Array.from(packProfile(profile)) };
}

/** Remembers which article an item of a feed stands for. */
export async function saveEntry(
  tx: Tx,
  { feedId, guid, itemHash }: NonNullable<IncomingArticle['source']>,
  articleId: number,
  now: Date,
): Promise<void> {
  await tx.feedEntry.upsert({
    where: { feedId_guid: { feedId, guid } },
    create: { feedId, guid, itemHash, articleId, firstSeenAt: now },
    update: { itemHash, articleId },
  });
}

/** Hashes of the items of a feed that were ingested already, by guid. */
export async function loadEntryHashes(
  db: Pick<Tx, 'feedEntry'>,
  feedId: number,
  guids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.feedEntry.findMany({
    where: { feedId, guid: { in: [...guids] } },
    select: { guid: true, itemHash: true },
  });
  return new Map(rows.map(({ guid, itemHash }) => [guid, itemHash]));
}
