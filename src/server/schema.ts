/** The whole schema: every face, and the roots they hang on. */
import { lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from '#graphql/builder.ts';
import '#graphql/scalars.ts';
import '#graphql/user-errors.ts';
import '#feed/change-feed.graphql.ts';
import '#feed/import-feeds.graphql.ts';
import '#feed/websub.graphql.ts';
import '#feed/feed-health.graphql.ts';
import '#feed/successor.graphql.ts';
import '#article/article-list.graphql.ts';
import '#article/import-article.graphql.ts';
import '#actor/actor-list.graphql.ts';
import '#actor/candidate.graphql.ts';
import '#claim/claim.graphql.ts';
import '#funding/disagreement.graphql.ts';
import '#funding/funding-list.graphql.ts';
import '#analysis/activity.graphql.ts';
import '#analysis/search.graphql.ts';
import '#analysis/timeline.graphql.ts';
import '#match/match-filter.graphql.ts';
import '#watch/mute.graphql.ts';
import '#watch/preview.graphql.ts';
import '#watch/watch.graphql.ts';
import '#watch/watch-list.graphql.ts';
import '#delivery/delivery.graphql.ts';
import './rate-limit.graphql.ts';
import './token.graphql.ts';
import { publishCosts } from './cost.ts';
import '#delivery/create-channel.graphql.ts';
import '#delivery/change-channel.graphql.ts';

builder.queryType({
  authScopes: { scope: 'READ' },
  description: 'Everything Vigie knows. Needs the scope READ.',
});

builder.mutationType({
  // The results lead into the graph, so whoever may not read may not change either; each field names its own scope beside.
  authScopes: { scope: 'READ' },
  description: 'What a client can do. Needs the scope READ, and the scope that each field names.',
});

builder.subscriptionType({
  authScopes: { scope: 'READ' },
  description: 'What happens from now on, over SSE or WebSocket. Needs the scope READ.',
});

export const schema = builder.toSchema();
publishCosts(schema);

/** The schema as `schema.graphql` holds it. */
export function printVigieSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
