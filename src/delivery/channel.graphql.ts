/** Channels and their delivery log in the API. */
import { Prisma } from '#generated/prisma/client.ts';
import { ChannelKind, ChannelStatus, DeliveryKind, DeliveryOutcome } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { oneOf } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { bigRowIdOf, rowIdOf } from '#graphql/ids.ts';
import { rememberWords } from '#match/asked-words.ts';
import { formatCursor } from '#match/cursor.ts';
import type { SavedFilter } from '#match/filter.ts';
import { MatchRef } from '#match/match.graphql.ts';
import { settingsOf } from './channel.store.ts';
import { describeTarget, type Language, type MailSchedule, type MailSettings } from './channel.ts';

const { sql } = Prisma;

const ChannelKindRef = builder.enumType('ChannelKind', {
  description: 'What a channel delivers to.',
  values: {
    [ChannelKind.WEBHOOK]: { description: 'A program: one signed POST an alert (Standard Webhooks).' },
    [ChannelKind.SLACK]: { description: 'An incoming webhook of Slack, or of what takes its messages.' },
    [ChannelKind.DISCORD]: { description: 'A webhook of Discord.' },
    [ChannelKind.TEAMS]: { description: 'A workflow of Teams that takes Adaptive Cards.' },
    [ChannelKind.MAIL]: { description: 'A mailbox: at once, or as a daily or weekly digest.' },
    [ChannelKind.FEED]: { description: 'RSS, Atom and JSON Feed at a secret address.' },
  } as const,
});

const ChannelStatusRef = builder.enumType('ChannelStatus', {
  description: 'Whether a channel delivers. Its place in the log is kept whatever its state.',
  values: {
    [ChannelStatus.UNCONFIRMED]: { description: 'The owner of the mail address has not said yes.' },
    [ChannelStatus.ACTIVE]: { description: 'It delivers.' },
    [ChannelStatus.PAUSED]: { description: 'Somebody stopped it with `pauseChannel`.' },
    [ChannelStatus.DISABLED]: {
      description: 'It failed for three days, its target is gone, or its reader has unsubscribed.',
    },
  } as const,
});

export const LanguageRef = builder.enumType('MessageLanguage', {
  description: 'What a message is written in. What it quotes stays as it was printed.',
  values: {
    FR: { description: 'French.' },
    EN: { description: 'English.' },
  } as const satisfies Record<Language, object>,
});

export const MailScheduleRef = builder.enumType('MailSchedule', {
  description: 'When mail is sent.',
  values: {
    AT_ONCE: { description: 'As alerts come, at most one mail a minute.' },
    DAILY: { description: 'Once a day, if there is something to tell.' },
    WEEKLY: { description: 'Once a week, if there is something to tell.' },
  } as const satisfies Record<MailSchedule, object>,
});

const MailSettingsRef = builder.objectRef<MailSettings>('MailSettings').implement({
  description: 'How a mail channel is read.',
  fields: (t) => ({
    address: t.exposeString('address', { description: 'The mail address.' }),
    schedule: t.expose('schedule', { type: MailScheduleRef, description: 'When mail is sent.' }),
    language: t.expose('language', { type: LanguageRef, description: 'What it is written in.' }),
    hour: t.exposeInt('hour', {
      description: 'Hour of the day of a digest, 0 to 23, as clocks there show it.',
    }),
    weekday: t.exposeInt('weekday', { description: 'Day of a weekly digest, 1 (Monday) to 7 (Sunday).' }),
    timeZone: t.exposeString('timeZone', { description: 'Where “there” is: `Europe/Paris`.' }),
  }),
});

/** Matches of a delivery that are shown; a digest may tell of more. */
const MATCHES_MAX = 100;

export const DeliveryRef = builder.prismaNode('Delivery', {
  description: 'One attempt to deliver something to a channel. Needs the scope WATCH.',
  authScopes: { scope: 'WATCH' },
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: bigRowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    kind: t.expose('kind', {
      type: builder.enumType('DeliveryKind', {
        description: 'What was delivered, or was to be.',
        values: {
          [DeliveryKind.ALERT]: { description: 'Alerts, in their order.' },
          [DeliveryKind.TEST]: { description: 'A test that somebody asked for.' },
          [DeliveryKind.REDELIVERY]: { description: 'An alert that somebody asked for again.' },
          [DeliveryKind.CONFIRMATION]: { description: 'The question to the owner of a mail address.' },
        } as const,
      }),
      description: 'What was delivered, or was to be.',
    }),
    outcome: t.expose('outcome', {
      type: builder.enumType('DeliveryOutcome', {
        description: 'How an attempt ended.',
        values: {
          [DeliveryOutcome.DELIVERED]: { description: 'The other side has taken it.' },
          [DeliveryOutcome.FAILED]: { description: 'It has not.' },
        } as const,
      }),
      description: 'How it ended.',
    }),
    messageId: t.exposeString('messageId', {
      description:
        'The same for every attempt at one message: `webhook-id` of a webhook, part of a mail’s Message-ID.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it was sent.' }),
    durationMs: t.exposeInt('durationMs', {
      description: 'Milliseconds until the answer, or until it was given up.',
    }),
    status: t.exposeInt('status', {
      nullable: true,
      description: 'Status that the other side answered, of HTTP or of SMTP; null when it did not answer.',
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'What went wrong, in plain words.' }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the same message is tried again; null when it is not.',
    }),
    matchCount: t.int({ description: 'Matches that it tells of.', resolve: ({ seqs }) => seqs.length }),
    matches: t.field({
      type: [MatchRef],
      description: `The matches that it tells of, in the log’s order; the first ${MATCHES_MAX}.`,
      select: { seqs: true, channel: { select: { watch: { select: { filter: true } } } } },
      resolve: ({ seqs, channel }, _args, { db }, { path }) => {
        rememberWords(path, (channel.watch.filter as SavedFilter).words);
        return db.match.findMany({
          where: { seq: { in: seqs.slice(0, MATCHES_MAX) } },
          orderBy: { seq: 'asc' },
        });
      },
    }),
  }),
});

const deliveries = createListing({
  type: DeliveryRef,
  model: 'Delivery',
  plural: 'deliveries',
  key: 'id',
  order: { name: 'deliveries', direction: 'desc', columns: [{ sql: sql`t.id`, type: 'int8' }] },
  load: (db, query, ids) => db.delivery.findMany({ ...query, where: { id: { in: ids as bigint[] } } }),
});

export const ChannelRef = builder.prismaNode('Channel', {
  description:
    'Where the alerts of a watch go: a cursor over the match log, so that what comes while it is stopped is delivered when it goes on. Needs the scope WATCH.',
  authScopes: { scope: 'WATCH' },
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    watch: t.relation('watch', { description: 'The watch whose alerts it delivers.' }),
    kind: t.expose('kind', { type: ChannelKindRef, description: 'What it delivers to.' }),
    status: t.expose('status', { type: ChannelStatusRef, description: 'Whether it delivers.' }),
    statusReason: t.exposeString('statusReason', {
      nullable: true,
      description: 'Why it does not deliver, in plain words; null while it does.',
    }),
    statusAt: t.expose('statusAt', { type: 'DateTime', description: 'Since when it is in this state.' }),
    target: t.string({
      description: 'Where it leads, without what is secret in the address: `https://hooks.slack.com/…`.',
      resolve: (channel) => describeTarget(settingsOf(channel)),
    }),
    mail: t.field({
      type: MailSettingsRef,
      nullable: true,
      description: 'How a mail channel is read; null for the other kinds.',
      resolve: (channel) => {
        const settings = settingsOf(channel);
        return settings.kind === 'MAIL' ? settings : null;
      },
    }),
    cursor: t.field({
      type: 'Cursor',
      description: 'The last place of the log that it has dealt with. A feed’s readers have their own.',
      resolve: ({ cursor }) => formatCursor(cursor),
    }),
    lastDeliveredAt: t.expose('lastDeliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When alerts last went out.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when what is next has failed; null while nothing does.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried again; null while nothing fails.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    deliveries: t.field({
      type: deliveries.type,
      description: 'The attempts, the latest first; of the last thirty days, at most a thousand.',
      args: pageArgs(),
      resolve: ({ id }, args, context, info) =>
        deliveries.page({ context, info, args, parent: id, where: [sql`t.channel_id = p.id`] }),
    }),
  }),
});

const channels = createListing({
  type: ChannelRef,
  model: 'Channel',
  plural: 'channels',
  key: 'id',
  order: { name: 'channels', direction: 'asc', columns: [{ sql: sql`t.id`, type: 'int4' }] },
  load: (db, query, ids) => db.channel.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

builder.prismaObjectField('Watch', 'channels', (t) =>
  t.field({
    type: channels.type,
    description: 'Where its alerts go.',
    args: pageArgs(),
    resolve: ({ id }, args, context, info) =>
      channels.page({ context, info, args, parent: id, where: [sql`t.watch_id = p.id`] }),
  }),
);

const ChannelFilterInput = builder.inputType('ChannelFilterInput', {
  description: 'Which channels. Every condition given must hold.',
  fields: (t) => ({
    kinds: t.field({ type: [ChannelKindRef], description: 'Of one of these kinds.' }),
    statuses: t.field({ type: [ChannelStatusRef], description: 'In one of these states.' }),
    failing: t.boolean({
      description: 'True: only those whose last attempt failed; false: only the others.',
    }),
  }),
});

builder.queryField('channels', (t) =>
  t.field({
    type: channels.type,
    authScopes: { scope: 'WATCH' },
    description:
      'Where the alerts of watches go, the oldest first. Needs the scope WATCH.\n\nExample, what is broken: `{ channels(filter: { failing: true }) { nodes { watch { name } kind target failingSince nextAttemptAt deliveries(first: 1) { nodes { status problem } } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: ChannelFilterInput, description: 'Which channels; all without it.' }),
    },
    resolve: (_root, { filter, ...args }, context, info) =>
      channels.page({
        context,
        info,
        args,
        where: [
          ...oneOf(sql`t.kind`, filter?.kinds, 'ChannelKind'),
          ...oneOf(sql`t.status`, filter?.statuses, 'ChannelStatus'),
          ...(filter?.failing === null || filter?.failing === undefined
            ? []
            : [sql`(t.failing_since is not null) = ${filter.failing}`]),
        ],
      }),
  }),
);
