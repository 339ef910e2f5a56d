/** Making a channel, and changing where it leads or how it is read. */
import { builder } from '#graphql/builder.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { InvalidInputError, NotFoundError } from '#graphql/errors.ts';
import { idempotencyKey, KEY_ERRORS, once } from '#graphql/idempotency.ts';
import { decodeRowId } from '#graphql/ids.ts';
import { LanguageRef, MailScheduleRef } from './channel.graphql.ts';
import { CHANNELS_MAX, createChannel, saveSettings, settingsOf } from './channel.store.ts';
import type { ChannelSettings } from './channel.ts';
import {
  type ChannelTarget,
  type CheckedChannel,
  checkChange,
  checkTarget,
  isForbiddenTarget,
} from './channel-input.ts';
import {
  channelPayload,
  errors,
  findRow,
  needs,
  SCOPE,
  SECRET_CHANNEL,
  secretPayload,
} from './channel-payload.graphql.ts';
import { ASKED_ENOUGH } from './mail-question.store.ts';

const SignedTargetInput = builder.inputType('WebhookTargetInput', {
  description: 'A program that takes alerts.',
  fields: (t) => ({
    url: t.string({ required: true, description: 'Its address, http or https, at most 2,048 characters.' }),
  }),
});

const ChatTargetInput = builder.inputType('ChatTargetInput', {
  description: 'A chat that takes alerts.',
  fields: (t) => ({
    url: t.string({ required: true, description: 'The address that the chat has given for its channel.' }),
    language: t.field({ type: LanguageRef, description: 'What messages are written in; FR without it.' }),
  }),
});

const MailTargetInput = builder.inputType('MailTargetInput', {
  description: 'A mailbox. Its owner is asked first, and nothing else is sent there before the answer.',
  fields: (t) => ({
    address: t.string({ required: true, description: 'The mail address: `name@example.org`.' }),
    schedule: t.field({ type: MailScheduleRef, description: 'When mail is sent; AT_ONCE without it.' }),
    language: t.field({ type: LanguageRef, description: 'What it is written in; FR without it.' }),
    hour: t.int({ description: 'Hour of a digest, 0 to 23; 8 without it.' }),
    weekday: t.int({ description: 'Day of a weekly digest, 1 (Monday) to 7 (Sunday); 1 without it.' }),
    timeZone: t.string({ description: 'Whose clock counts; `Europe/Paris` without it.' }),
  }),
});

const ChannelTargetInput = builder.inputType('ChannelTargetInput', {
  description: 'Where alerts are to go: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    webhook: t.field({ type: SignedTargetInput, description: 'A signed POST an alert.' }),
    slack: t.field({ type: ChatTargetInput, description: 'An incoming webhook of Slack.' }),
    discord: t.field({ type: ChatTargetInput, description: 'A webhook of Discord.' }),
    teams: t.field({ type: ChatTargetInput, description: 'A workflow of Teams.' }),
    mail: t.field({ type: MailTargetInput, description: 'A mailbox.' }),
    feed: t.boolean({ description: 'True: RSS, Atom and JSON Feed at a secret address.' }),
  }),
});

function readTarget(input: typeof ChannelTargetInput.$inferInput): { path: string; target: ChannelTarget } {
  if (input.webhook) return { path: 'webhook', target: { kind: 'WEBHOOK', ...input.webhook } };
  if (input.slack) return { path: 'slack', target: { kind: 'SLACK', ...input.slack } };
  if (input.discord) return { path: 'discord', target: { kind: 'DISCORD', ...input.discord } };
  if (input.teams) return { path: 'teams', target: { kind: 'TEAMS', ...input.teams } };
  if (input.mail) return { path: 'mail', target: { kind: 'MAIL', ...input.mail } };
  if (input.feed !== true) throw new InvalidInputError('input.target.feed', 'only true makes sense here');
  return { path: 'feed', target: { kind: 'FEED' } };
}

function accept(checked: CheckedChannel, path: string, { delivery }: GraphqlContext): ChannelSettings {
  if (!checked.ok) throw new InvalidInputError(`${path}.${checked.field}`, checked.problem);
  const { settings } = checked;
  if ('url' in settings && isForbiddenTarget(settings.url, delivery.allowHosts)) {
    throw new InvalidInputError(
      `${path}.url`,
      'this address is not on the public internet (see VIGIE_ALLOW_HOSTS)',
    );
  }
  if (settings.kind === 'MAIL' && !delivery.canMail) {
    throw new InvalidInputError(path, 'no mail server is configured (VIGIE_SMTP_URL and VIGIE_MAIL_FROM)');
  }
  return settings;
}

const CreateChannelInput = builder.inputType('CreateChannelInput', {
  description: 'A channel to make.',
  fields: (t) => ({
    watch: t.id({ required: true, description: 'Global id of the watch.' }),
    target: t.field({ type: ChannelTargetInput, required: true, description: 'Where its alerts are to go.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const UpdateChannelInput = builder.inputType('UpdateChannelInput', {
  description:
    'What to change of a channel; what is not given stays. A mail address cannot be changed: make another channel.',
  fields: (t) => ({
    channel: t.id({ required: true, description: 'Global id of the channel.' }),
    url: t.string({ description: 'Another address, of a webhook or chat.' }),
    language: t.field({
      type: LanguageRef,
      description: 'What messages are written in, in chats and mails.',
    }),
    schedule: t.field({ type: MailScheduleRef, description: 'When mail is sent.' }),
    hour: t.int({ description: 'Hour of a digest, 0 to 23.' }),
    weekday: t.int({ description: 'Day of a weekly digest, 1 (Monday) to 7 (Sunday).' }),
    timeZone: t.string({ description: 'Whose clock counts: `Europe/Paris`.' }),
  }),
});

builder.mutationFields((t) => ({
  createChannel: t.field({
    type: secretPayload(
      'CreateChannelPayload',
      'The channel that was made, and what is secret of it, this once.',
    ),
    ...SCOPE,
    ...errors('The channel, or why there is none.', KEY_ERRORS),
    description: needs(
      'Has the alerts of a watch delivered somewhere, from now on.',
      'mutation { createChannel(input: { watch: "V2F0Y2g6MQ==", target: { webhook: { url: "https://example.org/hook" } } }) { ... on CreateChannelPayload { channel { id status } secret } ... on UserError { code field message } } }',
    ),
    args: { input: t.arg({ type: CreateChannelInput, required: true, description: 'Watch and target.' }) },
    resolve: once(async (input: typeof CreateChannelInput.$inferInput, context) => {
      const { db, clock, jobs } = context;
      const { path, target } = readTarget(input.target);
      const settings = accept(checkTarget(target), `input.target.${path}`, context);
      const watchId = decodeRowId(input.watch, 'Watch');
      const created = watchId === null ? null : await createChannel(db, { watchId, settings }, clock.now());
      if (created === null) throw new NotFoundError('input.watch', 'no watch has this id');
      if (created === 'ASKED_ENOUGH') throw new InvalidInputError('input.target.mail.address', ASKED_ENOUGH);
      if (created === 'FULL')
        throw new InvalidInputError('input.watch', `a watch has at most ${CHANNELS_MAX} channels`);
      const { id: channelId, kind } = created.channel;
      if (kind === 'MAIL') await jobs.deliverOnce({ channelId, kind: 'CONFIRMATION', seq: null });
      else if (kind !== 'FEED') await jobs.planDelivery(channelId);
      return { channelId, kind, shown: created.shown };
    }, SECRET_CHANNEL),
  }),
  updateChannel: t.field({
    type: channelPayload('UpdateChannelPayload', 'The channel that was changed.'),
    ...SCOPE,
    ...errors('The channel, or why it was not changed.'),
    description: needs(
      'Changes where a channel leads or how it is read; what failed is tried again at once.',
      'mutation { updateChannel(input: { channel: "Q2hhbm5lbDox", schedule: DAILY, hour: 7 }) { ... on UpdateChannelPayload { channel { mail { schedule hour } } } ... on UserError { code field message } } }',
    ),
    args: { input: t.arg({ type: UpdateChannelInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, context) => {
      const { channel: globalId, ...change } = input;
      const row = await findRow(context, globalId);
      await saveSettings(context.db, row.id, accept(checkChange(settingsOf(row), change), 'input', context));
      await context.jobs.planDelivery(row.id);
      return { channelId: row.id };
    },
  }),
}));
