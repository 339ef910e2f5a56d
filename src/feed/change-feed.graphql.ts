/** The mutations on feeds: follow one, pause it, remove it, poll it now. */
import { builder } from '#graphql/builder.ts';
import { ChoiceError, ConflictError, InvalidInputError, NotFoundError } from '#graphql/errors.ts';
import { idempotencyKey, KEY_ERRORS, once } from '#graphql/idempotency.ts';
import { encodeGlobalId } from '#graphql/ids.ts';
import type { Db } from '#platform/database.ts';
import { addFeed, setFeedPaused } from './add-feed.store.ts';
import { FeedPollRef, FeedRef } from './feed.graphql.ts';
import { removeFeed } from './feed.store.ts';
import { checkFeed, type FeedInput, newFeed } from './feed-input.ts';
import { feedPayload, readFeedId } from './feed-payload.graphql.ts';

const AddFeedPayload = builder
  .objectRef<{ readonly feedId: number; readonly problem: string | null }>('AddFeedPayload')
  .implement({
    description: 'The feed that is followed from now on.',
    fields: (t) => ({
      feed: t.prismaField({
        type: FeedRef,
        description: 'The feed as it is now.',
        resolve: (query, { feedId }, _args, { db }) =>
          db.feed.findUniqueOrThrow({ ...query, where: { id: feedId } }),
      }),
      problem: t.exposeString('problem', {
        nullable: true,
        description: 'Why it cannot be read now, in plain words; null when it was read.',
      }),
    }),
  });
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
    url: t.string({
      required: true,
      description:
        'Its address, or that of any page that names its feed: http or https, at most 2,048 characters.',
    }),
    title: t.string({ description: 'Its title, at most 200 characters; its own without it.' }),
    outlet: t.string({
      description: "Name of the outlet, at most 200 characters; the feed's own title without it.",
    }),
    topics: t.stringList({ description: 'What it is about: at most 20 words of 50 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const PollFeedInput = builder.inputType('PollFeedInput', {
  description: 'A feed to poll now.',
  fields: (t) => ({ feed: t.id({ required: true, description: 'Global id of the feed.' }) }),
});

const RemoveFeedInput = builder.inputType('RemoveFeedInput', {
  description: 'A feed to follow no longer.',
  fields: (t) => ({ feed: t.id({ required: true, description: 'Global id of the feed.' }) }),
});

const RemoveFeedPayload = builder.objectRef<{ readonly deletedId: string }>('RemoveFeedPayload').implement({
  description: 'The feed that is followed no longer.',
  fields: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'Global id that it had.' }) }),
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

/** The feed that an input asks for; throws an `InvalidInputError` naming the field that is wrong. */
function readFeedInput(input: FeedInput) {
  const checked = checkFeed(input);
  if (!checked.ok) throw new InvalidInputError(`input.${checked.field}`, checked.problem);
  return checked.feed;
}

async function refuseKnown(db: Db, url: string): Promise<void> {
  const known = await db.feed.findUnique({ where: { url }, select: { id: true } });
  if (known === null) return;
  throw new ConflictError('input.url', 'this feed is followed already', encodeGlobalId('Feed', known.id));
}

const noSuchFeed = (): NotFoundError => new NotFoundError('input.feed', 'there is no such feed');

builder.mutationFields((t) => ({
  addFeed: t.field({
    type: AddFeedPayload,
    authScopes: { scope: 'INGEST' },
    errors: {
      types: [ChoiceError, ...KEY_ERRORS],
      union: { description: 'The feed, or why it was not added.' },
    },
    description:
      'Follows a feed from now on; its first poll is planned at once. The address is looked at first, for up to 20 seconds: a page that names one feed stands for it, one that names several is a `ChoiceError`, and what cannot be reached now is followed all the same. Needs the scope INGEST.\n\nExample: `mutation { addFeed(input: { url: "https://example.org/", outlet: "Exemple" }) { ... on AddFeedPayload { feed { id url title } problem } ... on ChoiceError { choices { value title } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: AddFeedInput, required: true, description: 'The feed.' }) },
    resolve: once(
      async (input: typeof AddFeedInput.$inferInput, { db, clock, jobs }) => {
        const given = readFeedInput(input);
        await refuseKnown(db, given.url);
        const found = await jobs.findFeed(given.url);
        if (found.found === 'PAGE') {
          throw new ChoiceError(
            'input.url',
            'this page names several feeds; add one of them',
            found.links.map(({ url, title }) => ({ value: url, title })),
          );
        }
        if (found.found === 'NOTHING' && found.reason !== 'UNREACHABLE')
          throw new InvalidInputError('input.url', `no feed to follow there: ${found.problem}`);
        const feed = newFeed(given, found);
        const added = await addFeed(db, feed, clock.now());
        if (added === null) {
          await refuseKnown(db, feed.url);
          throw new Error(`feed: ${feed.url} was removed while it was being added`);
        }
        await jobs.planPoll(added.id);
        return { feedId: added.id, problem: found.found === 'NOTHING' ? found.problem : null };
      },
      { type: 'Feed', idOf: ({ feedId }) => feedId },
    ),
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
  removeFeed: t.field({
    type: RemoveFeedPayload,
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'The id, or why nothing was removed.' } },
    description:
      'Stops following a feed, for good, and forgets its health and history; its articles stay. Needs the scope INGEST.\n\nExample: `mutation { removeFeed(input: { feed: "RmVlZDox" }) { ... on RemoveFeedPayload { deletedId } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: RemoveFeedInput, required: true, description: 'Which feed.' }) },
    resolve: async (_root, { input }, { db }) => {
      const id = readFeedId(input.feed);
      if (!(await removeFeed(db, { id }))) throw noSuchFeed();
      return { deletedId: encodeGlobalId('Feed', id) };
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
      const feed = await db.feed.findUnique({ where: { id: feedId }, select: { status: true } });
      if (feed === null) throw noSuchFeed();
      if (feed.status !== 'ACTIVE') {
        const state = feed.status === 'GONE' ? 'gone' : 'paused';
        throw new InvalidInputError('input.feed', `this feed is ${state}: \`setFeedPaused\` resumes it`);
      }
      return { feedId, finished: await jobs.pollFeed(feedId) };
    },
  }),
}));
