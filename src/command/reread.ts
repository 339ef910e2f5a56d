/** `vigie reread`: the stored articles, read with the register and the reader of today. */
import { SingleBar } from 'cli-progress';
import { createReadingSource } from '#pipeline/reading.ts';
import { type RereadReport, reread } from '#pipeline/reread.ts';
import { systemClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { type CommandContext, CommandError } from './command.ts';

/** As the user typed them. */
export interface RereadFlags {
  readonly since?: string;
  readonly outlet?: string;
  readonly all?: boolean;
  readonly alertDays: string;
  readonly dryRun?: boolean;
}

const ALERT_DAYS_MAX = 3650;

function readDate(text: string): Date {
  const date = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime())) {
    throw new CommandError(`reread: --since takes a date such as 2026-03-31, not "${text.slice(0, 50)}"`);
  }
  return date;
}

function readDays(text: string): number {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(days <= ALERT_DAYS_MAX)) {
    throw new CommandError(`reread: --alert-days takes a whole number from 0 to ${ALERT_DAYS_MAX}`);
  }
  return days;
}

const signed = (name: string, count: number): string =>
  `${name} ${count > 0 ? '+' : count === 0 ? '±' : ''}${count}`;

function summarize({ more, ...report }: RereadReport, dryRun: boolean, seconds: string): string {
  const parts = [
    signed('mentions', more.mentions),
    signed('claims', more.claims),
    signed('funding reports', more.funding),
    `${report.matches} matches`,
    ...(report.skipped > 0 ? [`${report.skipped} articles read by others meanwhile`] : []),
    ...(report.failed > 0 ? [`${report.failed} articles failed`] : []),
  ];
  const what = dryRun ? 'articles would be read again' : 'articles read again';
  const differ = dryRun ? 'would change' : 'changed';
  return `${report.reread} ${what} in ${seconds} s, ${report.changed} ${differ}: ${parts.join(', ')}`;
}

/** Goes over the articles that are out of date; a progress bar on a terminal, and one line at the end. */
export async function rereadCommand(context: CommandContext, flags: RereadFlags): Promise<void> {
  const options = {
    since: flags.since === undefined ? null : readDate(flags.since),
    outlet: flags.outlet ?? null,
    all: flags.all ?? false,
    alertDays: readDays(flags.alertDays),
    dryRun: flags.dryRun ?? false,
  };
  const config = context.config();
  await using database = await openConfiguredDatabase(config);
  const { db, write } = database;
  const terminal = context.stderr.isTTY;
  const bar = new SingleBar({
    format: '{bar} {value}/{total} articles, {changed} changed, {matches} matches, {eta_formatted} left',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stream: context.stderr,
    noTTYOutput: false,
    etaBuffer: 100,
  });
  const show = ({ reread: read, skipped, failed, changed, matches }: RereadReport, total: number): void => {
    const done = read + skipped + failed;
    if (done === 0) bar.start(total, 0, { changed, matches });
    else bar.update(done, { changed, matches });
  };
  const began = performance.now();
  let report: RereadReport;
  try {
    report = await reread(
      {
        db,
        write,
        clock: systemClock,
        // The bar tells it better than log lines.
        log: createLog(terminal ? 'error' : config.logLevel),
        reading: createReadingSource(db),
        signal: context.signal,
        ...(terminal ? { progress: show } : {}),
      },
      options,
    );
  } finally {
    if (terminal) bar.stop();
  }
  if (report.reread + report.skipped + report.failed === 0 && !context.signal.aborted) {
    context.stdout.write('Every article is up to date. Read them again all the same with --all.\n');
    return;
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const more =
    options.dryRun || report.left === 0
      ? ''
      : `; ${report.left} left, run it again${context.signal.aborted ? ' to go on' : ''}`;
  context.stdout.write(
    `${summarize(report, options.dryRun, seconds)}${more}${context.signal.aborted ? ' (interrupted)' : ''}\n`,
  );
  if (report.failed > 0) throw new CommandError(`reread: ${report.failed} articles failed; the log says why`);
}
