/** What is done to a channel that exists. */
import type { Channel } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { InvalidInputError } from '#graphql/errors.ts';
import { idempotencyKey, KEY_ERRORS, once } from '#graphql/idempotency.ts';
import { encodeGlobalId } from '#graphql/ids.ts';
import { parseCursor } from '#match/cursor.ts';
import { deleteChannel, moveCursor, resumeChannel, rotateSecret, stopChannel } from './channel.store.ts';
import {
  attemptPayload,
  CHANNEL,
  channelPayload,
  errors,
  findRow,
  needs,
  SCOPE,
  SECRET_CHANNEL,
  secretPayload,
} from './channel-payload.graphql.ts';
import { ASKED_ENOUGH } from './mail-question.store.ts';

const channelInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ channel: t.id({ required: true, description: 'Global id of the channel.' }) }),
  });

const ResumeChannelInput = builder.inputType('ResumeChannelInput', {
  description: 'A channel to set going again.',
  fields: (t) => ({
    channel: t.id({ required: true, description: 'Global id of the channel.' }),
    skipMissed: t.boolean({
      required: true,
      defaultValue: false,
      description: 'False: what came meanwhile is delivered first. True: it is passed over.',
    }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const RedeliverInput = builder.inputType('RedeliverInput', {
  description: 'An alert to deliver again.',
  fields: (t) => ({
    channel: t.id({ required: true, description: 'Global id of the channel.' }),
    cursor: t.field({ type: 'Cursor', required: true, description: 'Cursor of the match.' }),
    following: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'True: everything behind that cursor, in order, as if it had never been delivered; the match itself is not repeated.',
    }),
    idempotencyKey: idempotencyKey(t),
  }),
});

/** As `channelInput`, for what would happen twice if it were sent twice. */
const keyedInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      channel: t.id({ required: true, description: 'Global id of the channel.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  });

const RotateChannelSecretInput = keyedInput('RotateChannelSecretInput', 'A channel to give another secret.');
const TestChannelInput = keyedInput('TestChannelInput', 'A channel to test.');

/** A channel that something can be sent to now. */
async function findSendable(context: GraphqlContext, globalId: string): Promise<Channel> {
  const row = await findRow(context, globalId);
  if (row.kind === 'FEED') throw new InvalidInputError('input.channel', 'a feed is read, not delivered to');
  if (row.kind === 'MAIL' && row.confirmedAt === null) {
    throw new InvalidInputError('input.channel', 'the owner of the address has not confirmed it');
  }
  return row;
}

builder.mutationFields((t) => ({
  deleteChannel: t.field({
    type: builder.objectRef<{ readonly deletedId: string }>('DeleteChannelPayload').implement({
      description: 'The channel that is no more.',
      fields: (f) => ({ deletedId: f.exposeID('deletedId', { description: 'Global id that it had.' }) }),
    }),
    ...SCOPE,
    ...errors('The id, or why nothing was deleted.'),
    description: needs(
      'Deletes a channel with its delivery log.',
      'mutation { deleteChannel(input: { channel: "Q2hhbm5lbDox" }) { ... on DeleteChannelPayload { deletedId } ... on UserError { code field message } } }',
    ),
    args: {
      input: t.arg({
        type: channelInput('DeleteChannelInput', 'A channel to delete.'),
        required: true,
        description: 'Which channel.',
      }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await findRow(context, input.channel);
      await deleteChannel(context.db, id);
      return { deletedId: encodeGlobalId('Channel', id) };
    },
  }),
  pauseChannel: t.field({
    type: channelPayload('PauseChannelPayload', 'The channel that was paused.'),
    ...SCOPE,
    ...errors('The channel, or why it was not paused.'),
    description: needs(
      'Stops a channel until `resumeChannel`; nothing is lost meanwhile.',
      'mutation { pauseChannel(input: { channel: "Q2hhbm5lbDox" }) { ... on PauseChannelPayload { channel { status } } ... on UserError { code field message } } }',
    ),
    args: {
      input: t.arg({
        type: channelInput('PauseChannelInput', 'A channel to pause.'),
        required: true,
        description: 'Which channel.',
      }),
    },
    resolve: async (_root, { input }, context) => {
      const { id, status } = await findRow(context, input.channel);
      if (status !== 'ACTIVE' && status !== 'PAUSED') {
        throw new InvalidInputError('input.channel', `it does not deliver anyway: it is ${status}`);
      }
      await stopChannel(context.db, id, { status: 'PAUSED', reason: 'paused', now: context.clock.now() });
      return { channelId: id };
    },
  }),
  resumeChannel: t.field({
    type: channelPayload('ResumeChannelPayload', 'The channel that goes on.'),
    ...SCOPE,
    ...errors('The channel, or why it does not go on.', KEY_ERRORS),
    description: needs(
      'Sets a paused or disabled channel going again, from where it stopped. The owner of a mail address that is not confirmed, or was unsubscribed, is asked (again).',
      'mutation { resumeChannel(input: { channel: "Q2hhbm5lbDox", skipMissed: true }) { ... on ResumeChannelPayload { channel { status } } ... on UserError { code field message } } }',
    ),
    args: { input: t.arg({ type: ResumeChannelInput, required: true, description: 'Which channel.' }) },
    resolve: once(async (input: typeof ResumeChannelInput.$inferInput, context) => {
      const { db, clock, jobs } = context;
      const { id } = await findRow(context, input.channel);
      const row = await resumeChannel(db, id, { skipMissed: input.skipMissed, now: clock.now() });
      if (row === 'ASKED_ENOUGH') throw new InvalidInputError('input.channel', ASKED_ENOUGH);
      if (row?.status === 'UNCONFIRMED') {
        await jobs.deliverOnce({ channelId: id, kind: 'CONFIRMATION', seq: null });
      } else await jobs.planDelivery(id);
      return { channelId: id };
    }, CHANNEL),
  }),
  rotateChannelSecret: t.field({
    type: secretPayload('RotateChannelSecretPayload', 'The channel and its new secret, this once.'),
    ...SCOPE,
    ...errors('The secret, or why it was not changed.', KEY_ERRORS),
    description: needs(
      'Gives a webhook another secret (the old one signs beside it for 24 hours) or a feed another address (the old one is closed at once).',
      'mutation { rotateChannelSecret(input: { channel: "Q2hhbm5lbDox" }) { ... on RotateChannelSecretPayload { secret feed { rss } } ... on UserError { code field message } } }',
    ),
    args: {
      input: t.arg({
        type: RotateChannelSecretInput,
        required: true,
        description: 'Which channel.',
      }),
    },
    resolve: once(async (input: typeof RotateChannelSecretInput.$inferInput, context) => {
      const row = await findRow(context, input.channel);
      if (row.kind !== 'WEBHOOK' && row.kind !== 'FEED') {
        throw new InvalidInputError('input.channel', `a ${row.kind} channel has no secret of ours to change`);
      }
      const shown = await rotateSecret(context.db, row, context.clock.now());
      return { channelId: row.id, kind: row.kind, shown };
    }, SECRET_CHANNEL),
  }),
  testChannel: t.field({
    type: attemptPayload('TestChannelPayload', 'The channel that was tested.'),
    ...SCOPE,
    ...errors('How it went, or why nothing was sent.', KEY_ERRORS),
    description: needs(
      'Sends a test, with the newest alert of the watch or an example, and waits for the answer. The channel’s place in the log stays.',
      'mutation { testChannel(input: { channel: "Q2hhbm5lbDox" }) { ... on TestChannelPayload { delivery { outcome status problem durationMs } } ... on UserError { code field message } } }',
    ),
    args: {
      input: t.arg({
        type: TestChannelInput,
        required: true,
        description: 'Which channel.',
      }),
    },
    resolve: once(async (input: typeof TestChannelInput.$inferInput, context) => {
      const row = await findSendable(context, input.channel);
      const deliveryId = await context.jobs.deliverOnce({ channelId: row.id, kind: 'TEST', seq: null });
      return { channelId: row.id, deliveryId };
    }, CHANNEL),
  }),
  redeliver: t.field({
    type: attemptPayload('RedeliverPayload', 'The channel that an alert was delivered to again.'),
    ...SCOPE,
    ...errors('How it went, or why nothing was sent.', KEY_ERRORS),
    description: needs(
      'Delivers an alert again, under the id it had, or everything behind a place of the log.',
      'mutation { redeliver(input: { channel: "Q2hhbm5lbDox", cursor: "bTE6NDI" }) { ... on RedeliverPayload { delivery { outcome status } } ... on UserError { code field message } } }',
    ),
    args: { input: t.arg({ type: RedeliverInput, required: true, description: 'Channel and alert.' }) },
    resolve: once(async (input: typeof RedeliverInput.$inferInput, context) => {
      const { db, jobs } = context;
      const row = await findSendable(context, input.channel);
      const seq = parseCursor(input.cursor);
      if (seq === null) throw new InvalidInputError('input.cursor', 'this is no cursor of the match log');
      if (input.following) {
        if (row.status !== 'ACTIVE') throw new InvalidInputError('input.channel', 'resume the channel first');
        await moveCursor(db, row.id, seq);
        await jobs.planDelivery(row.id);
        return { channelId: row.id, deliveryId: null };
      }
      if ((await db.match.count({ where: { seq } })) === 0) {
        throw new InvalidInputError('input.cursor', 'no match has this cursor');
      }
      return {
        channelId: row.id,
        deliveryId: await jobs.deliverOnce({ channelId: row.id, kind: 'REDELIVERY', seq }),
      };
    }, CHANNEL),
  }),
}));
