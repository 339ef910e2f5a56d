/** Rows of a small newsroom, written straight into the tables: enough of everything that the API shows. */
import type { ActorKind, ActorStatus } from '#generated/prisma/enums.ts';
import type { MatchReason } from '#match/match.ts';
import type { Db } from '#platform/database.ts';

/** Noon of the day from which the newsroom's articles count backward, one an hour. */
export const NEWEST = new Date('2026-03-12T12:00:00Z');

const hoursBefore = (hours: number): Date => new Date(NEWEST.getTime() - hours * 3_600_000);

/** Empties every table that these functions fill: quicker than another database, and than truncating them. */
export async function emptyNewsroom(db: Db): Promise<void> {
  await db.match.deleteMany();
  await db.watch.deleteMany();
  await db.fundingReport.deleteMany();
  await db.fundingEvent.deleteMany();
  await db.article.deleteMany();
  await db.story.deleteMany();
  await db.actor.deleteMany();
  await db.feed.deleteMany();
}

/** An actor of the register; the slug says who. */
export async function seedActor(
  db: Db,
  actor: {
    readonly slug: string;
    readonly name: string;
    readonly kind: ActorKind;
    readonly status?: ActorStatus;
  },
): Promise<number> {
  return (await db.actor.create({ data: actor })).id;
}

/** A feed and when it was last polled. */
export async function seedFeed(
  db: Db,
  feed: { readonly url: string; readonly outlet: string; readonly lastError?: string },
): Promise<number> {
  const failing =
    feed.lastError === undefined ? {} : { consecutiveFailures: 3, failingSince: hoursBefore(5) };
  const { id } = await db.feed.create({
    data: {
      title: `${feed.outlet} : à la une`,
      nextPollAt: NEWEST,
      lastPollAt: hoursBefore(1),
      ...feed,
      ...failing,
    },
  });
  return id;
}

/** An article in a story of its own, with its text. */
export async function seedArticle(
  db: Db,
  article: {
    readonly url: string;
    readonly title?: string;
    readonly text?: string;
    readonly outlet?: string;
    readonly language?: string;
    readonly publishedAt?: Date;
    readonly feedId?: number;
    readonly storyId?: number;
  },
): Promise<{ readonly id: number; readonly storyId: number }> {
  const { text = 'Un texte sans importance.', ...rest } = article;
  const title = article.title ?? 'Sans titre';
  const publishedAt = article.publishedAt ?? NEWEST;
  const storyId =
    article.storyId ??
    (await db.story.create({ data: { title, firstSeenAt: publishedAt }, select: { id: true } })).id;
  const { id } = await db.article.create({
    data: {
      outlet: 'Le Quotidien',
      language: 'fr',
      summary: text.slice(0, 80),
      authors: [],
      fetchedAt: NEWEST,
      contentHash: article.url,
      reader: '1',
      ...rest,
      title,
      publishedAt,
      storyId,
      body: { create: { text } },
    },
    select: { id: true },
  });
  return { id, storyId };
}

/** A mention of an actor, dated as its article. */
async function seedMention(
  db: Db,
  mention: {
    readonly articleId: number;
    readonly actorId: number;
    readonly start: number;
    readonly surface: string;
  },
): Promise<void> {
  const { publishedAt } = await db.article.findUniqueOrThrow({ where: { id: mention.articleId } });
  const end = mention.start + mention.surface.length;
  await db.mention.create({ data: { field: 'TEXT', confidence: 1, end, publishedAt, ...mention } });
}

/** A line of the match log; its sequence number. */
export async function seedMatch(
  db: Db,
  match: {
    readonly articleId: number;
    readonly actorId: number;
    readonly storyId: number;
    readonly reasons?: readonly MatchReason[];
    readonly createdAt?: Date;
  },
): Promise<bigint> {
  const reasons = (
    match.reasons ?? [
      { kind: 'MENTIONED', field: 'TITLE', start: 0, end: 7, text: 'Mistral', sentence: 'Mistral AI' },
    ]
  ).map((reason) => ({ ...reason }));
  return (await db.match.create({ data: { ...match, reasons } })).seq;
}

/** What `seedNewsroom` made, by key. */
export interface Newsroom {
  readonly feedId: number;
  readonly brokenFeedId: number;
  /** Keys by slug: mistral-ai, arthur-mensch, kyutai, bpifrance, le-plan (a candidate). */
  readonly actors: ReadonlyMap<string, number>;
  /** From the newest to the oldest. */
  readonly articles: readonly number[];
}

/**
 * Two feeds, five actors and `size` articles, one an hour. Each names Mistral AI and Arthur Mensch, who says something in
 * it; every second names Kyutai; every fourth reports a round of Mistral AI with Bpifrance in the lead; every fifth is from
 * another outlet. Each is logged as a match of Mistral AI.
 */
export async function seedNewsroom(db: Db, size: number): Promise<Newsroom> {
  const feedId = await seedFeed(db, { url: 'https://quotidien.example/rss', outlet: 'Le Quotidien' });
  const brokenFeedId = await seedFeed(db, {
    url: 'https://gazette.example/rss',
    outlet: 'La Gazette',
    lastError: 'the server answered 503',
  });
  const actors = new Map<string, number>();
  const members: readonly (readonly [string, string, ActorKind, ActorStatus])[] = [
    ['mistral-ai', 'Mistral AI', 'COMPANY', 'CONFIRMED'],
    ['arthur-mensch', 'Arthur Mensch', 'PERSON', 'CONFIRMED'],
    ['kyutai', 'Kyutai', 'LAB', 'CONFIRMED'],
    ['bpifrance', 'Bpifrance', 'INVESTOR', 'CONFIRMED'],
    ['le-plan', 'Le Plan', 'ORGANIZATION', 'CANDIDATE'],
  ];
  for (const [slug, name, kind, status] of members) {
    actors.set(slug, await seedActor(db, { slug, name, kind, status }));
  }
  const idOf = (slug: string): number => actors.get(slug)!;
  await db.alias.create({ data: { actorId: idOf('mistral-ai'), text: 'MistralAI' } });
  await db.affiliation.create({
    data: {
      actorId: idOf('arthur-mensch'),
      organizationId: idOf('mistral-ai'),
      role: 'cofondateur',
      since: '2023-04',
    },
  });

  const articles: number[] = [];
  for (let hour = 0; hour < size; hour += 1) {
    const publishedAt = hoursBefore(hour);
    const { id, storyId } = await seedArticle(db, {
      url: `https://quotidien.example/article-${hour}`,
      title: `Mistral AI, épisode ${hour}`,
      text: `Mistral AI avance, dit Arthur Mensch : « Le modèle ${hour} est ouvert. » Kyutai écoute.`,
      outlet: hour % 5 === 4 ? 'La Gazette' : 'Le Quotidien',
      publishedAt,
      feedId,
    });
    articles.push(id);
    await seedMention(db, { articleId: id, actorId: idOf('mistral-ai'), start: 0, surface: 'Mistral AI' });
    await seedMention(db, {
      articleId: id,
      actorId: idOf('arthur-mensch'),
      start: 23,
      surface: 'Arthur Mensch',
    });
    if (hour % 2 === 0) {
      await seedMention(db, { articleId: id, actorId: idOf('kyutai'), start: 70, surface: 'Kyutai' });
      await seedMention(db, { articleId: id, actorId: idOf('le-plan'), start: 80, surface: 'Le Plan' });
    }
    await db.claim.create({
      data: {
        articleId: id,
        speakerId: idOf('arthur-mensch'),
        speakerName: 'Arthur Mensch',
        kind: hour % 3 === 0 ? 'INDIRECT' : 'DIRECT',
        status: 'ASSERTED',
        quote: `Le modèle ${hour} est ouvert.`,
        verb: 'dit',
        topics: ['modèle'],
        field: 'TEXT',
        start: 41,
        end: 41 + `Le modèle ${hour} est ouvert.`.length,
        confidence: 0.9,
        fingerprint: `print-${hour % 7}`,
        publishedAt,
        about: { create: { actorId: idOf('mistral-ai'), publishedAt } },
      },
    });
    if (hour % 4 === 0)
      await seedRound(db, { articleId: id, publishedAt, amount: `${(hour + 1) * 1_000_000}` }, idOf);
    await seedMatch(db, { articleId: id, actorId: idOf('mistral-ai'), storyId });
  }
  return { feedId, brokenFeedId, actors, articles };
}

async function seedRound(
  db: Db,
  round: { readonly articleId: number; readonly publishedAt: Date; readonly amount: string },
  idOf: (slug: string) => number,
): Promise<void> {
  const { amount, articleId, publishedAt } = round;
  const facts = { kind: 'SERIES_A', status: 'CLOSED', amount, currency: 'EUR' } as const;
  const recipientId = idOf('mistral-ai');
  const { id } = await db.fundingEvent.create({
    data: {
      ...facts,
      recipientId,
      amountEur: amount,
      date: publishedAt,
      participants: { create: { investorId: idOf('bpifrance'), lead: true } },
    },
  });
  await db.fundingReport.create({
    data: {
      ...facts,
      articleId,
      eventId: id,
      recipientId,
      precision: 'EXACT',
      field: 'TEXT',
      start: 0,
      end: 10,
      confidence: 0.8,
      publishedAt,
      investors: { create: { investorId: idOf('bpifrance'), lead: true } },
    },
  });
}
