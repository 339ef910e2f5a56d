/** What is proposed in the place of feeds that died, and what to do with it. */
import { loadForSiblings } from '#graphql/batch.ts';
import { builder } from '#graphql/builder.ts';
import { ConflictError, NotFoundError } from '#graphql/errors.ts';
import { encodeGlobalId } from '#graphql/ids.ts';
import { FeedRef } from './feed.graphql.ts';
import { feedPayload, readFeedId } from './feed-payload.graphql.ts';
import { adoptSuccessor, dismissSuccessor, loadProposals } from './successor.store.ts';

type Proposed = Awaited<ReturnType<typeof loadProposals>> extends ReadonlyMap<number, infer P> ? P : never;

const FeedSuccessorRef = builder.objectRef<Proposed>('FeedSuccessor').implement({
  description:
    'A feed found on the site of one that died. A proposal: nothing is followed until somebody says so.',
  fields: (t) => ({
    url: t.expose('url', { type: 'URL', description: 'Where it is.' }),
    title: t.exposeString('title', { description: 'What it calls itself.' }),
    foundAt: t.field({
      type: 'DateTime',
      description: 'When it was found.',
      resolve: ({ foundAt, searchedAt }) => foundAt ?? searchedAt,
    }),
  }),
});

builder.objectFields(FeedRef, (t) => ({
  proposedSuccessor: t.field({
    type: FeedSuccessorRef,
    nullable: true,
    description:
      'What was found on its site to follow in its place, once it is gone or has given no feed for three days; null when nothing is proposed. See `adoptSuccessor`.',
    resolve: async ({ id }, _args, context) =>
      (await loadForSiblings(context, 'Feed.successor', id, (ids) => loadProposals(context.db, ids))) ?? null,
  }),
}));

const SuccessorInput = builder.inputType('SuccessorInput', {
  description: 'A feed for which a successor is proposed.',
  fields: (t) => ({ feed: t.id({ required: true, description: 'Global id of the feed that died.' }) }),
});

const nothingProposed = () => new NotFoundError('input.feed', 'no successor is proposed for this feed');

builder.mutationFields((t) => ({
  adoptSuccessor: t.field({
    type: feedPayload('AdoptSuccessorPayload', 'The feed at its new address.'),
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'The feed, or why nothing was changed.' } },
    description:
      'Follows the proposed successor in the place of a feed that died; its articles stay with it. Polled at once. Needs the scope INGEST.\n\nExample: `mutation { adoptSuccessor(input: { feed: "RmVlZDox" }) { ... on AdoptSuccessorPayload { feed { url status } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: SuccessorInput, required: true, description: 'Which feed.' }) },
    resolve: async (_root, { input }, { db, clock, jobs }) => {
      const adoption = await adoptSuccessor(db, readFeedId(input.feed), clock.now());
      if (adoption.outcome === 'NOTHING_PROPOSED') throw nothingProposed();
      if (adoption.outcome === 'FOLLOWED') {
        const existing = encodeGlobalId('Feed', adoption.existing);
        throw new ConflictError('input.feed', 'its successor is followed already', existing);
      }
      await jobs.planPoll(adoption.feed.id);
      return { feedId: adoption.feed.id };
    },
  }),
  dismissSuccessor: t.field({
    type: feedPayload('DismissSuccessorPayload', 'The feed without the proposal.'),
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'The feed, or why nothing was changed.' } },
    description:
      'Turns the proposed successor down: that address is not proposed again. Needs the scope INGEST.\n\nExample: `mutation { dismissSuccessor(input: { feed: "RmVlZDox" }) { ... on DismissSuccessorPayload { feed { url } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: SuccessorInput, required: true, description: 'Which feed.' }) },
    resolve: async (_root, { input }, { db }) => {
      const feedId = readFeedId(input.feed);
      if (!(await dismissSuccessor(db, feedId))) throw nothingProposed();
      return { feedId };
    },
  }),
}));
