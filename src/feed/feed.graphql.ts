/** Feeds and their health in the API. */
import { Prisma } from '#generated/prisma/client.ts';
import { FeedStatus, PollOutcome } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { contains, isGiven, oneOf, withoutNul } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { rowIdOf } from '#graphql/ids.ts';
import type { KeyColumn, Order } from '#graphql/keyset.ts';
import { webAddressOf } from './feed-input.ts';

const { sql } = Prisma;

const FeedStatusRef = builder.enumType('FeedStatus', {
  description: 'Whether a feed is polled.',
  values: {
    [FeedStatus.ACTIVE]: { description: 'Polled when its time comes.' },
    [FeedStatus.PAUSED]: { description: 'Kept, but not polled until it is resumed.' },
    [FeedStatus.GONE]: {
      description: 'Its server said that it is gone for good (410): not polled any more.',
    },
  } as const,
});

const PollOutcomeRef = builder.enumType('PollOutcome', {
  description: 'What a poll gave.',
  values: {
    [PollOutcome.FETCHED]: { description: 'A feed, which was read.' },
    [PollOutcome.NOT_MODIFIED]: {
      description: 'The word that nothing has changed since the last poll (304).',
    },
    [PollOutcome.FAILED]: { description: 'Nothing usable; `problem` says why.' },
  } as const,
});

export const FeedPollRef = builder.prismaObject('FeedPoll', {
  description: 'One poll of a feed: when, and what it gave.',
  fields: (t) => ({
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the poll began.' }),
    durationMs: t.exposeInt('durationMs', { description: 'How long it took, in milliseconds.' }),
    outcome: t.expose('outcome', { type: PollOutcomeRef, description: 'What it gave.' }),
    httpStatus: t.exposeInt('httpStatus', {
      nullable: true,
      description: 'HTTP status of the last answer; null when none came.',
    }),
    bytes: t.exposeInt('bytes', {
      nullable: true,
      description: 'Size of the body, decoded; null without a body.',
    }),
    items: t.exposeInt('items', { description: 'Items that the feed held.' }),
    newArticles: t.exposeInt('newArticles', { description: 'Articles that were new to us.' }),
    revisedArticles: t.exposeInt('revisedArticles', { description: 'Articles that had changed.' }),
    problem: t.exposeString('problem', { nullable: true, description: 'What went wrong, in plain words.' }),
  }),
});

const polls = createListing({
  type: FeedPollRef,
  model: 'FeedPoll',
  plural: 'polls',
  key: 'id',
  order: { name: 'polls', direction: 'desc', columns: [{ sql: sql`t.id`, type: 'int8' }] },
  load: (db, query, ids) => db.feedPoll.findMany({ ...query, where: { id: { in: ids as bigint[] } } }),
});

export const FeedRef = builder.prismaNode('Feed', {
  description: 'An RSS, Atom, RDF or JSON feed that Vigie follows, with its health.',
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    url: t.expose('url', { type: 'URL', description: 'Where the feed is.' }),
    title: t.exposeString('title', { description: 'Its title.' }),
    outlet: t.exposeString('outlet', {
      description: 'Name of the outlet that publishes it: `Le Quotidien`.',
    }),
    siteUrl: t.expose('siteUrl', { type: 'URL', nullable: true, description: "The outlet's site." }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'Language that the feed says it is in: `fr`.',
    }),
    topics: t.exposeStringList('topics', { description: 'What it is about, in words of whoever added it.' }),
    status: t.expose('status', { type: FeedStatusRef, description: 'Whether it is polled.' }),
    intervalSeconds: t.exposeInt('intervalSeconds', {
      description: 'Seconds between two polls; follows how often the feed publishes.',
    }),
    nextPollAt: t.expose('nextPollAt', {
      type: 'DateTime',
      description: 'When it is polled next, if it is active.',
    }),
    lastPollAt: t.expose('lastPollAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last polled; null when it never was.',
    }),
    lastSuccessAt: t.expose('lastSuccessAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a poll last gave a feed or the word that nothing has changed.',
    }),
    consecutiveFailures: t.exposeInt('consecutiveFailures', {
      description: 'Polls that have failed since the last that did not.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'What is wrong, in plain words; null while the feed answers.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it fails; null while it answers.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
    polls: t.field({
      type: polls.type,
      description: 'Its polls, the latest first.',
      args: pageArgs(),
      ...polls.under({ where: [sql`t.feed_id = p.id`] }),
    }),
  }),
});

/** A list of feeds by one column, and by id where it is the same. */
const by = (name: string, column: Prisma.Sql, type: KeyColumn['type']): Order => ({
  name,
  direction: 'asc',
  columns: [
    { sql: column, type },
    { sql: sql`t.id`, type: 'int4' },
  ],
});

/** Later than anything: what does not fail, or is not polled, stands last. */
const never = sql`timestamptz '9999-01-01'`;

const ORDERS = {
  OUTLET: by('feeds', sql`t.outlet`, 'text'),
  NEXT_POLL: by(
    'feeds by next poll',
    sql`case when t.status = 'ACTIVE' then t.next_poll_at else ${never} end`,
    'timestamptz',
  ),
  FAILING_SINCE: by('feeds by failure', sql`coalesce(t.failing_since, ${never})`, 'timestamptz'),
  PACE: by('feeds by pace', sql`t.interval_seconds`, 'int4'),
} as const satisfies Readonly<Record<string, Order>>;

const FeedOrderRef = builder.enumType('FeedOrder', {
  description: 'What comes first in a list of feeds.',
  values: {
    OUTLET: { description: 'By name of the outlet.' },
    NEXT_POLL: { description: 'What is polled next; feeds that are not polled stand last.' },
    FAILING_SINCE: { description: 'What has been failing for longest; feeds that answer stand last.' },
    PACE: { description: 'What is polled most often, because it publishes most.' },
  } satisfies Readonly<Record<keyof typeof ORDERS, { readonly description: string }>>,
});

const feeds = createListing({
  type: FeedRef,
  model: 'Feed',
  plural: 'feeds',
  key: 'id',
  order: ORDERS.OUTLET,
  load: (db, query, ids) => db.feed.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

const FeedFilterInput = builder.inputType('FeedFilterInput', {
  description: 'Which feeds. Every condition given must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [FeedStatusRef], description: 'In one of these states.' }),
    failing: t.boolean({ description: 'True: only feeds whose last poll failed; false: only the others.' }),
    outlets: t.stringList({ description: 'Of one of these outlets, as spelt in `outlet`.' }),
    topics: t.stringList({ description: 'With one of these topics, as spelt in `topics`.' }),
    text: t.string({
      description: 'These letters stand in title, outlet or address; accents and case do not matter.',
    }),
  }),
});

builder.queryFields((t) => ({
  feeds: t.field({
    type: feeds.type,
    description:
      'The feeds that Vigie follows.\n\nExample, what is broken: `{ feeds(filter: { failing: true }, orderBy: FAILING_SINCE) { nodes { outlet url lastError failingSince } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: FeedFilterInput, description: 'Which feeds; all without it.' }),
      orderBy: t.arg({ type: FeedOrderRef, description: 'What comes first; by outlet without it.' }),
    },
    resolve: (_root, { filter, orderBy, ...args }, context, info) =>
      feeds.page({
        context,
        info,
        args,
        order: ORDERS[orderBy ?? 'OUTLET'],
        where: [
          ...oneOf(sql`t.status`, filter?.statuses, 'FeedStatus'),
          ...oneOf(sql`t.outlet`, filter?.outlets),
          ...(isGiven(filter?.topics) ? [sql`t.topics && ${filter.topics.map(withoutNul)}::text[]`] : []),
          ...(isGiven(filter?.failing) ? [sql`(t.consecutive_failures > 0) = ${filter.failing}`] : []),
          ...contains([sql`t.title`, sql`t.outlet`, sql`t.url`], filter?.text),
        ],
      }),
  }),
  feed: t.prismaField({
    type: FeedRef,
    nullable: true,
    description:
      'The feed at this address; null when Vigie does not follow it.\n\nExample: `{ feed(url: "https://example.org/rss.xml") { title lastPollAt polls(first: 5) { nodes { outcome newArticles } } } }`',
    args: { url: t.arg({ type: 'URL', required: true, description: "The feed's own address." }) },
    resolve: (query, _root, { url }, { db }) =>
      db.feed.findUnique({ ...query, where: { url: webAddressOf(url) ?? url } }),
  }),
}));
