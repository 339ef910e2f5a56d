/** The live side of the match log. */
import { builder } from '#graphql/builder.ts';
import { isGiven } from '#graphql/columns.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError } from '#graphql/errors.ts';
import { rememberWords } from '#match/asked-words.ts';
import { parseCursor } from '#match/cursor.ts';
import { MatchRef } from '#match/match.graphql.ts';
import { newestSeq } from '#match/match.store.ts';
import type { LoggedMatch } from '#match/match.ts';
import { MatchFilterInput, readMatchFilter } from '#match/match-filter.graphql.ts';

async function readPlace(argument: string, cursor: string, { db, stream }: GraphqlContext): Promise<bigint> {
  const seq = parseCursor(cursor);
  // Ahead of the log is a place in another one, say before a database was restored: waiting there would miss in silence.
  if (seq !== null && (seq <= stream.end || seq <= (await newestSeq(db)))) return seq;
  throw new BadInputError(argument, `"${cursor.slice(0, 100)}" is no cursor of the match log`);
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
      // What a browser sends by itself when it reconnects is later than what the query says.
      const place = isGiven(context.lastEventId)
        ? await readPlace('Last-Event-ID', context.lastEventId, context)
        : isGiven(after)
          ? await readPlace('after', after, context)
          : null;
      return context.stream.follow({ after: place, filter: await readMatchFilter(filter, context) });
    },
    resolve: (query, logged, _args, { db, alertWords }, { path }) => {
      rememberWords(path, alertWords);
      return db.match.findUniqueOrThrow({ ...query, where: { seq: (logged as LoggedMatch).seq } });
    },
  }),
);
