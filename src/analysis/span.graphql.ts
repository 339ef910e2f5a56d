/** The arguments of everything that is counted over a time. */
import { builder } from '#graphql/builder.ts';
import { BadInputError } from '#graphql/errors.ts';
import { isTimeZone, isTooLong, PERIODS_MAX, type Period } from './period.ts';

const DAY_MS = 86_400_000;
/** What is counted when the client does not say from when. */
const DEFAULT_DAYS = 90;

export const PeriodRef = builder.enumType('Period', {
  description: 'How a time is cut for counting.',
  values: {
    DAY: { description: 'Days.' },
    WEEK: { description: 'Weeks, which begin on Monday.' },
    MONTH: { description: 'Months.' },
    QUARTER: { description: 'Quarters.' },
    YEAR: { description: 'Years.' },
  } as const,
});

/** From when to when. */
export interface TimeSpan {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** A time span cut into periods of a zone. */
export interface Series extends TimeSpan {
  readonly period: Period;
  /** IANA. */
  readonly timeZone: string;
}

export const timeSpanArgs = () =>
  builder.args((t) => ({
    from: t.field({
      type: 'DateTime',
      description: `From this moment on; ${DEFAULT_DAYS} days before \`to\` without it.`,
    }),
    to: t.field({ type: 'DateTime', description: 'Before this moment; until now without it.' }),
  }));

export const seriesArgs = () => ({
  ...timeSpanArgs(),
  ...builder.args((t) => ({
    period: t.field({
      type: PeriodRef,
      required: true,
      defaultValue: 'DAY',
      description: `How the time is cut; at most ${PERIODS_MAX} periods.`,
    }),
    timeZone: t.string({
      required: true,
      defaultValue: 'Europe/Paris',
      description: 'Where midnight is: a name of the IANA database.',
    }),
  })),
});

type Given<Value> = Value | null | undefined;

/** The span that the arguments name; throws a `BadInputError` when it ends before it begins. */
export function readTimeSpan(
  args: { readonly from?: Given<Date>; readonly to?: Given<Date> },
  now: Date,
): TimeSpan {
  const to = args.to ?? now;
  const from = args.from ?? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS);
  if (from >= to) throw new BadInputError('from', 'must lie before `to`');
  return { from, to };
}

/** The series that the arguments name; throws a `BadInputError` for an unknown zone or too many periods. */
export function readSeries(
  args: {
    readonly from?: Given<Date>;
    readonly to?: Given<Date>;
    readonly period: Period;
    readonly timeZone: string;
  },
  now: Date,
): Series {
  const span = readTimeSpan(args, now);
  const { period, timeZone } = args;
  if (!isTimeZone(timeZone)) {
    throw new BadInputError('timeZone', `"${timeZone.slice(0, 100)}" is no time zone; Europe/Paris is one`);
  }
  if (isTooLong(period, span.from, span.to)) {
    throw new BadInputError('period', `this would be more than ${PERIODS_MAX} periods; take longer ones`);
  }
  return { ...span, period, timeZone };
}
