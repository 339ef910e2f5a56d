/** Feeds and their health in the API. */
import { Prisma } from '#generated/prisma/client.ts';
import { FeedStatus, PollOutcome } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { contains, isGiven, oneOf } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '#graphql/errors.ts';
import { decodeRowId, encodeGlobalId, rowIdOf } from '#graphql/ids.ts';
import { addFeed, setFeedPaused } from './add-feed.store.ts';
import { checkFeed, webAddressOf } from './feed-input.ts';

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

const FeedPollRef = builder.prismaObject('FeedPoll', {
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
      resolve: ({ id }, args, context, info) =>
        polls.page({ context, info, args, parent: id, where: [sql`t.feed_id = p.id`] }),
    }),
  }),
});

const feeds = createListing({
  type: FeedRef,
  model: 'Feed',
  plural: 'feeds',
  key: 'id',
  order: {
    name: 'feeds',
    direction: 'asc',
    columns: [
      { sql: sql`t.outlet`, type: 'text' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.feed.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

const FeedFilterInput = builder.inputType('FeedFilterInput', {
  description: 'Which feeds. Every condition given must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [FeedStatusRef], description: 'In one of these states.' }),
    failing: t.boolean({ description: 'True: only feeds whose last poll failed; false: only the others.' }),
    outlets: t.stringList({ description: 'Of one of these outlets, as spelt in `outlet`.' }),
    text: t.string({
      description: 'These letters stand in title, outlet or address; accents and case do not matter.',
    }),
  }),
});

builder.queryFields((t) => ({
  feeds: t.field({
    type: feeds.type,
    description:
      'The feeds that Vigie follows, by outlet.\n\nExample, what is broken: `{ feeds(filter: { failing: true }) { nodes { outlet url lastError failingSince } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: FeedFilterInput, description: 'Which feeds; all without it.' }),
    },
    resolve: (_root, { filter, ...args }, context, info) =>
      feeds.page({
        context,
        info,
        args,
        where: [
          ...oneOf(sql`t.status`, filter?.statuses, 'FeedStatus'),
          ...oneOf(sql`t.outlet`, filter?.outlets),
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

/** A payload of its own for each mutation, so that one can grow without the other. */
const feedPayload = (name: string, description: string) =>
  builder.objectRef<{ readonly feedId: number }>(name).implement({
    description,
    fields: (t) => ({
      feed: t.prismaField({
        type: FeedRef,
        description: 'The feed as it is now.',
        resolve: (query, { feedId }, _args, { db }) =>
          db.feed.findUniqueOrThrow({ ...query, where: { id: feedId } }),
      }),
    }),
  });

const AddFeedPayload = feedPayload('AddFeedPayload', 'The feed that is followed from now on.');
const SetFeedPausedPayload = feedPayload('SetFeedPausedPayload', 'The feed that was paused or resumed.');

const PollFeedPayload = builder
  .objectRef<{ readonly feedId: number; readonly finished: boolean }>('PollFeedPayload')
  .implement({
    description: 'What polling a feed gave.',
    fields: (t) => ({
      finished: t.exposeBoolean('finished', {
        description:
          'True when the poll has ended; false when it is still queued or running, so look again later.',
      }),
      poll: t.prismaField({
        type: FeedPollRef,
        nullable: true,
        description: 'The latest poll that has ended; null when there was none yet.',
        resolve: (query, { feedId }, _args, { db }) =>
          db.feedPoll.findFirst({ ...query, where: { feedId }, orderBy: { id: 'desc' } }),
      }),
      feed: t.prismaField({
        type: FeedRef,
        description: 'The feed as it is now.',
        resolve: (query, { feedId }, _args, { db }) =>
          db.feed.findUniqueOrThrow({ ...query, where: { id: feedId } }),
      }),
    }),
  });

const AddFeedInput = builder.inputType('AddFeedInput', {
  description: 'A feed to follow.',
  fields: (t) => ({
    url: t.string({ required: true, description: 'Its address, http or https, at most 2,048 characters.' }),
    title: t.string({ description: 'Its title, at most 200 characters; the host name without it.' }),
    outlet: t.string({
      description: 'Name of the outlet, at most 200 characters; the host name without it.',
    }),
    topics: t.stringList({ description: 'What it is about: at most 20 words of 50 characters.' }),
  }),
});

const PollFeedInput = builder.inputType('PollFeedInput', {
  description: 'A feed to poll now.',
  fields: (t) => ({ feed: t.id({ required: true, description: 'Global id of the feed.' }) }),
});

const SetFeedPausedInput = builder.inputType('SetFeedPausedInput', {
  description: 'A feed to pause or to resume.',
  fields: (t) => ({
    feed: t.id({ required: true, description: 'Global id of the feed.' }),
    paused: t.boolean({
      required: true,
      description: 'True stops polling it; false polls it again, also one that was gone.',
    }),
  }),
});

function readFeedId(globalId: string): number {
  const id = decodeRowId(globalId, 'Feed');
  if (id === null)
    throw new InvalidInputError('input.feed', `"${globalId.slice(0, 100)}" is no id of a feed`);
  return id;
}

const noSuchFeed = (): NotFoundError => new NotFoundError('input.feed', 'there is no such feed');

builder.mutationFields((t) => ({
  addFeed: t.field({
    type: AddFeedPayload,
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'The feed, or why it was not added.' } },
    description:
      'Follows a feed from now on; its first poll is planned at once. Needs the scope INGEST.\n\nExample: `mutation { addFeed(input: { url: "https://example.org/rss.xml", outlet: "Exemple" }) { ... on AddFeedPayload { feed { id nextPollAt } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: AddFeedInput, required: true, description: 'The feed.' }) },
    resolve: async (_root, { input }, { db, clock, jobs }) => {
      const checked = checkFeed(input);
      if (!checked.ok) throw new InvalidInputError(`input.${checked.field}`, checked.problem);
      const feed = await addFeed(db, checked.feed, clock.now());
      if (feed === null) {
        const known = await db.feed.findUniqueOrThrow({
          where: { url: checked.feed.url },
          select: { id: true },
        });
        throw new ConflictError(
          'input.url',
          'this feed is followed already',
          encodeGlobalId('Feed', known.id),
        );
      }
      await jobs.planPoll(feed.id);
      return { feedId: feed.id };
    },
  }),
  setFeedPaused: t.field({
    type: SetFeedPausedPayload,
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'The feed, or why nothing was changed.' } },
    description:
      'Stops polling a feed, or polls it again. Its articles stay. Needs the scope INGEST.\n\nExample: `mutation { setFeedPaused(input: { feed: "RmVlZDox", paused: true }) { ... on SetFeedPausedPayload { feed { status } } ... on UserError { code field message } } }`',
    args: {
      input: t.arg({ type: SetFeedPausedInput, required: true, description: 'Which feed, and what to do.' }),
    },
    resolve: async (_root, { input }, { db, clock, jobs }) => {
      const feed = await setFeedPaused(db, readFeedId(input.feed), input.paused, clock.now());
      if (feed === null) throw noSuchFeed();
      if (!input.paused) await jobs.planPoll(feed.id);
      return { feedId: feed.id };
    },
  }),
  pollFeed: t.field({
    type: PollFeedPayload,
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'What the poll gave, or why there was none.' } },
    description:
      'Has a feed polled now and waits some seconds for the end. Needs the scope INGEST.\n\nExample: `mutation { pollFeed(input: { feed: "RmVlZDox" }) { ... on PollFeedPayload { finished poll { outcome newArticles problem } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: PollFeedInput, required: true, description: 'Which feed.' }) },
    resolve: async (_root, { input }, { db, jobs }) => {
      const feedId = readFeedId(input.feed);
      if ((await db.feed.count({ where: { id: feedId } })) === 0) throw noSuchFeed();
      return { feedId, finished: await jobs.pollFeed(feedId) };
    },
  }),
}));
