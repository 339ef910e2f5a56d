/** What a filter would have caught, before it is saved. */
import { ActorRef } from '#actor/actor.graphql.ts';
import { PeriodCountRef } from '#analysis/activity.graphql.ts';
import { builder } from '#graphql/builder.ts';
import { BadInputError } from '#graphql/errors.ts';
import { rememberWords } from '#match/asked-words.ts';
import { MatchRef } from '#match/match.graphql.ts';
import { MatchFilterInput, readMatchFilter } from '#match/match-filter.graphql.ts';
import { loadPreview, PREVIEW_MAX, type Preview } from './preview.store.ts';

const DAYS = { most: 366, usual: 90 } as const;

const OutletCountRef = builder.objectRef<Preview['outlets'][number]>('PreviewOutlet').implement({
  description: 'How many alerts an outlet would have brought.',
  fields: (t) => ({
    outlet: t.exposeString('outlet', { description: 'Name of the outlet.' }),
    count: t.exposeInt('count', { description: 'Alerts.' }),
  }),
});

const ActorCountRef = builder.objectRef<Preview['actors'][number]>('PreviewActor').implement({
  description: 'How many alerts would have been of an actor.',
  fields: (t) => ({
    actor: t.prismaField({
      type: ActorRef,
      description: 'The actor.',
      resolve: (query, { actorId }, _args, { db }) =>
        db.actor.findUniqueOrThrow({ ...query, where: { id: actorId } }),
    }),
    count: t.exposeInt('count', { description: 'Alerts.' }),
  }),
});

const WatchPreviewRef = builder.objectRef<Preview>('WatchPreview').implement({
  description: 'What a filter would have let pass lately.',
  fields: (t) => ({
    count: t.exposeInt('count', {
      description: `Alerts; at most the newest ${PREVIEW_MAX.matches} are counted, here and below.`,
    }),
    capped: t.exposeBoolean('capped', {
      description: 'True when there were more, so that earlier weeks seem emptier than they were.',
    }),
    perWeek: t.float({
      description: 'Alerts in seven days, on average, rounded to a tenth.',
      resolve: ({ count, days }) => Math.round((count * 70) / days) / 10,
    }),
    weeks: t.field({
      type: [PeriodCountRef],
      description: 'Week by week, from Monday in Paris; the first and the last are not whole.',
      resolve: ({ weeks }) => weeks,
    }),
    outlets: t.field({
      type: [OutletCountRef],
      description: 'The ten outlets that would have brought most.',
      resolve: ({ outlets }) => outlets,
    }),
    actors: t.field({
      type: [ActorCountRef],
      description: 'The ten actors of whom there would have been most.',
      resolve: ({ actors }) => actors,
    }),
    examples: t.prismaField({
      type: [MatchRef],
      description: 'The ten newest, the newest first.',
      resolve: (query, { examples }, _args, { db }) =>
        db.match.findMany({ ...query, where: { seq: { in: [...examples] } }, orderBy: { seq: 'desc' } }),
    }),
  }),
});

builder.queryField('watchPreview', (t) =>
  t.field({
    type: WatchPreviewRef,
    description:
      'What a filter would have caught in the last days, as a watch or a subscription would have alerted: how often, where, of whom, with examples.\n\nExample: `{ watchPreview(filter: { reasons: [RAISING], minimumEur: "10000000" }, days: 90) { count perWeek weeks { start count } outlets { outlet count } examples { actor { name } article { title } } } }`',
    args: {
      filter: t.arg({ type: MatchFilterInput, required: true, description: 'The filter to try.' }),
      days: t.arg.int({
        required: true,
        defaultValue: DAYS.usual,
        description: `So many days back; 1 to ${DAYS.most}.`,
      }),
    },
    resolve: async (_root, { filter, days }, context, { path }) => {
      if (days < 1 || days > DAYS.most)
        throw new BadInputError('days', `1 to ${DAYS.most} days, not ${days}`);
      const conditions = await readMatchFilter(filter, context);
      rememberWords(path, conditions.words);
      return await loadPreview(context.db, conditions, { days, now: context.clock.now() });
    },
  }),
);
