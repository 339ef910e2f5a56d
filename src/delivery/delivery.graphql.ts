/** The live side of the match log. */
import { builder } from '#graphql/builder.ts';
import { isGiven } from '#graphql/columns.ts';
import { BadInputError } from '#graphql/errors.ts';
import { parseCursor } from '#match/cursor.ts';
import { MatchRef } from '#match/match.graphql.ts';
import type { LoggedMatch } from '#match/match.ts';
import { MatchFilterInput, readMatchFilter } from '#match/match-filter.graphql.ts';

/**
 * Hands out what `follow` yields and ends it when the client goes: a generator that waits for the next match would else
 * only notice at the next match.
 */
function endWithClient<T>(follow: (signal: AbortSignal) => AsyncIterable<T>): AsyncIterableIterator<T> {
  const client = new AbortController();
  const source = follow(client.signal)[Symbol.asyncIterator]();
  return {
    next: () => source.next(),
    async return() {
      client.abort();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

builder.subscriptionField('matches', (t) =>
  t.prismaField({
    type: MatchRef,
    description:
      'Every match that passes the filter, in the log’s order, each once: with `after`, first all that were logged behind that cursor, then the live ones, with no gap between; without it, from now on. Keep the last event’s `cursor` to come back with.\n\nExample: `subscription { matches(filter: { actors: ["mistral-ai", "kyutai"] }) { cursor actor { name } article { title url } reasons { kind text field start end } } }`',
    args: {
      filter: t.arg({ type: MatchFilterInput, description: 'Which matches; all without it.' }),
      after: t.arg({
        type: 'Cursor',
        description:
          'Begin behind this place of the log: `cursor` of a match, or `endCursor` of the query `matches`.',
      }),
    },
    subscribe: async (_root, { filter, after }, context) => {
      const seq = isGiven(after) ? parseCursor(after) : null;
      if (isGiven(after) && seq === null) {
        throw new BadInputError('after', `"${after.slice(0, 100)}" is no cursor of the match log`);
      }
      const wanted = await readMatchFilter(filter, context);
      return endWithClient((signal) => context.stream.follow({ after: seq, filter: wanted, signal }));
    },
    resolve: (query, logged, _args, { db }) =>
      db.match.findUniqueOrThrow({ ...query, where: { seq: (logged as LoggedMatch).seq } }),
  }),
);
