/** How feeds are: the pace of each, and all of them at a glance. */
import { loadForSiblings } from '#graphql/batch.ts';
import { builder } from '#graphql/builder.ts';
import { loadFeedHealth } from './feed-health.store.ts';
import { type FeedPace, loadFeedPaces } from './feed-pace.store.ts';

type Asker = Parameters<typeof loadFeedPaces>[0];

const paceOf = (
  id: number,
  context: { readonly db: Asker; readonly clock: { now(): Date } },
): Promise<FeedPace | undefined> =>
  loadForSiblings(context, 'Feed.pace', id, (ids) => loadFeedPaces(context.db, ids, context.clock.now()));

builder.prismaObjectFields('Feed', (t) => ({
  articlesPerWeek: t.float({
    description: 'Articles a week, over the last four weeks or since it is followed.',
    resolve: async ({ id }, _args, context) => (await paceOf(id, context))?.articlesPerWeek ?? 0,
  }),
  medianDelaySeconds: t.int({
    nullable: true,
    description:
      'Median seconds from publication to arrival, over the last four weeks; null while nothing with a date of its own was published since it is followed.',
    resolve: async ({ id }, _args, context) => (await paceOf(id, context))?.medianDelaySeconds ?? null,
  }),
}));

const FeedHealthRef = builder.objectRef<Awaited<ReturnType<typeof loadFeedHealth>>>('FeedHealth').implement({
  description: 'All feeds at a glance: every feed counts in exactly one of the numbers but `total`.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'Feeds that Vigie follows.' }),
    healthy: t.exposeInt('healthy', { description: 'Active, and the last poll brought an answer.' }),
    failing: t.exposeInt('failing', { description: 'Active, and the last poll failed.' }),
    waiting: t.exposeInt('waiting', { description: 'Active, and not polled yet.' }),
    paused: t.exposeInt('paused', { description: 'Paused by an operator.' }),
    gone: t.exposeInt('gone', { description: 'Gone for good, by word of their servers.' }),
  }),
});

builder.queryField('feedHealth', (t) =>
  t.field({
    type: FeedHealthRef,
    description: 'How many feeds are well.\n\nExample: `{ feedHealth { total healthy failing gone } }`',
    resolve: (_root, _args, { db }) => loadFeedHealth(db),
  }),
);
