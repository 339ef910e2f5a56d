/** Silencing a watch, for a time or until further notice. */
import { builder } from '#graphql/builder.ts';
import { InvalidInputError } from '#graphql/errors.ts';
import { listWaitingChannels, mutedAt, muteWatch, unmuteWatch } from './mute.store.ts';
import { noWatch, WatchRef, watchIdOf, watchPayload } from './watch.graphql.ts';

/** The running silence is the latest, if there is one. */
const LATEST = { mutes: { orderBy: { id: 'desc' }, take: 1 } } as const;

builder.prismaObjectFields(WatchRef, (t) => ({
  muted: t.boolean({
    description:
      'True while it is silent: its channels send nothing, `matches` and its feeds hold everything.',
    select: LATEST,
    resolve: ({ mutes }, _args, { clock }) => mutedAt(mutes, clock.now()) !== null,
  }),
  mutedUntil: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When its silence ends by itself; null when it is not silent, or is until somebody ends it.',
    select: LATEST,
    resolve: ({ mutes }, _args, { clock }) => mutedAt(mutes, clock.now())?.until ?? null,
  }),
}));

const MuteWatchInput = builder.inputType('MuteWatchInput', {
  description: 'A watch to silence.',
  fields: (t) => ({
    watch: t.id({ required: true, description: 'Global id of the watch.' }),
    until: t.field({
      type: 'DateTime',
      description: 'Until this moment, which lies ahead; until `unmuteWatch` without it.',
    }),
  }),
});

const UnmuteWatchInput = builder.inputType('UnmuteWatchInput', {
  description: 'A watch whose silence ends.',
  fields: (t) => ({ watch: t.id({ required: true, description: 'Global id of the watch.' }) }),
});

const MuteWatchPayload = watchPayload('MuteWatchPayload', 'The watch as it is now.');
const UnmuteWatchPayload = watchPayload('UnmuteWatchPayload', 'The watch as it is now.');

builder.mutationFields((t) => ({
  muteWatch: t.field({
    type: MuteWatchPayload,
    authScopes: { scope: 'WATCH' },
    errors: { union: { description: 'The watch, or why it was not silenced.' } },
    description:
      'Silences a watch, for a time or until further notice: its channels send nothing, and what is logged meanwhile is passed over, also afterwards. The query `matches` of the watch and its feeds hold it all the same. Needs the scope WATCH.\n\nExample: `mutation { muteWatch(input: { watch: "V2F0Y2g6MQ==", until: "2026-03-09T08:00:00Z" }) { ... on MuteWatchPayload { watch { muted mutedUntil } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: MuteWatchInput, required: true, description: 'Which, and how long.' }) },
    resolve: async (_root, { input }, { db, clock }) => {
      const watchId = watchIdOf(input.watch);
      const now = clock.now();
      const until = input.until ?? null;
      if (until !== null && until <= now) throw new InvalidInputError('input.until', 'must lie ahead');
      if (!(await muteWatch(db, { watchId, until, now }))) throw noWatch();
      return { watchId };
    },
  }),
  unmuteWatch: t.field({
    type: UnmuteWatchPayload,
    authScopes: { scope: 'WATCH' },
    errors: { union: { description: 'The watch, or why nothing changed.' } },
    description:
      'Ends the silence of a watch: what is logged from now on is sent, and what waited from before it. Needs the scope WATCH.\n\nExample: `mutation { unmuteWatch(input: { watch: "V2F0Y2g6MQ==" }) { ... on UnmuteWatchPayload { watch { muted } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: UnmuteWatchInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { db, clock, jobs }) => {
      const watchId = watchIdOf(input.watch);
      if (!(await unmuteWatch(db, { watchId, now: clock.now() }))) throw noWatch();
      for (const channelId of await listWaitingChannels(db, watchId)) await jobs.planDelivery(channelId);
      return { watchId };
    },
  }),
}));
