/** What the mutations on feeds have in common. */
import { builder } from '#graphql/builder.ts';
import { InvalidInputError } from '#graphql/errors.ts';
import { decodeRowId } from '#graphql/ids.ts';
import { FeedRef } from './feed.graphql.ts';

/** A payload of its own for each mutation, so that one can grow without the other. */
export const feedPayload = (name: string, description: string) =>
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

/** The row that `input.feed` names; throws an `InvalidInputError` when it names none. */
export function readFeedId(globalId: string): number {
  const id = decodeRowId(globalId, 'Feed');
  if (id === null)
    throw new InvalidInputError('input.feed', `"${globalId.slice(0, 100)}" is no id of a feed`);
  return id;
}
