/** What the mutations on channels have in common: their payloads, and how a channel is found. */
import type { Channel } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { NotFoundError } from '#graphql/errors.ts';
import { decodeRowId } from '#graphql/ids.ts';
import { ChannelRef, DeliveryRef } from './channel.graphql.ts';
import { type FeedAddresses, feedAddresses } from './channel-secret.ts';

const FeedAddressesRef = builder.objectRef<FeedAddresses>('FeedAddresses').implement({
  description: 'Where the feed of a watch is read. Whoever knows one of these addresses reads it.',
  fields: (t) => ({
    rss: t.expose('rss', { type: 'URL', description: 'RSS 2.0.' }),
    atom: t.expose('atom', { type: 'URL', description: 'Atom 1.0.' }),
    json: t.expose('json', { type: 'URL', description: 'JSON Feed 1.' }),
  }),
});

interface ChannelPayload {
  readonly channelId: number;
}
interface SecretPayload extends ChannelPayload {
  readonly shown: string | null;
  readonly kind: Channel['kind'];
}

/** A payload of its own for each mutation, so that one can grow without the other. */
const channelField = { description: 'The channel as it is now.' };

export const channelPayload = (name: string, description: string) =>
  builder.objectRef<ChannelPayload>(name).implement({
    description,
    fields: (t) => ({
      channel: t.prismaField({
        type: ChannelRef,
        ...channelField,
        resolve: (query, { channelId }, _args, { db }) =>
          db.channel.findUniqueOrThrow({ ...query, where: { id: channelId } }),
      }),
    }),
  });

export const secretPayload = (name: string, description: string) =>
  builder.objectRef<SecretPayload>(name).implement({
    description,
    fields: (t) => ({
      channel: t.prismaField({
        type: ChannelRef,
        ...channelField,
        resolve: (query, { channelId }, _args, { db }) =>
          db.channel.findUniqueOrThrow({ ...query, where: { id: channelId } }),
      }),
      secret: t.string({
        nullable: true,
        description:
          'What a webhook’s messages are signed with (`whsec_…`). Shown this once; null for other kinds.',
        resolve: ({ kind, shown }) => (kind === 'WEBHOOK' ? shown : null),
      }),
      feed: t.field({
        type: FeedAddressesRef,
        nullable: true,
        description: 'Where the feed is read. Shown this once; null for other kinds.',
        resolve: ({ kind, shown }, _args, { delivery }) =>
          kind === 'FEED' && shown !== null ? feedAddresses(delivery.publicUrl, shown) : null,
      }),
    }),
  });

export const attemptPayload = (name: string, description: string) =>
  builder.objectRef<ChannelPayload & { readonly deliveryId: bigint | null }>(name).implement({
    description,
    fields: (t) => ({
      channel: t.prismaField({
        type: ChannelRef,
        ...channelField,
        resolve: (query, { channelId }, _args, { db }) =>
          db.channel.findUniqueOrThrow({ ...query, where: { id: channelId } }),
      }),
      delivery: t.prismaField({
        type: DeliveryRef,
        nullable: true,
        description:
          'How it went; null when it is still queued, so look at the channel’s `deliveries` later.',
        resolve: (query, { deliveryId }, _args, { db }) =>
          deliveryId === null ? null : db.delivery.findUnique({ ...query, where: { id: deliveryId } }),
      }),
    }),
  });

/** The channel that an input names; throws a `NotFoundError`. */
export async function findRow({ db }: GraphqlContext, globalId: string): Promise<Channel> {
  const id = decodeRowId(globalId, 'Channel');
  const row = id === null ? null : await db.channel.findUnique({ where: { id } });
  if (row === null) throw new NotFoundError('input.channel', 'no channel has this id');
  return row;
}

/** What a repeated request is about. */
export const CHANNEL = {
  type: 'Channel',
  idOf: ({ channelId }: ChannelPayload): number => channelId,
} as const;
export const SECRET_CHANNEL = { ...CHANNEL, isSecret: ({ shown }: SecretPayload): boolean => shown !== null };

/** Options of every field on channels. */
export const SCOPE = { authScopes: { scope: 'WATCH' } } as const;
export const errors = (description: string, types: readonly (new (...args: never[]) => Error)[] = []) => ({
  errors: { types: [...types], union: { description } },
});
/** A description with its scope and an example. */
export const needs = (text: string, example: string): string =>
  `${text} Needs the scope WATCH.\n\nExample: \`${example}\``;
