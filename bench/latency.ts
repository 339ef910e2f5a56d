/**
 * From the commit of a match to the last of many clients (`--clients 1000 --alerts 40`), over WebSocket: an `api` process
 * that is notified, reads the log, renders and writes; beside it, in turns, INSERT and NOTIFY to a bare ws broadcast.
 */
import type { BenchRow } from './run.ts';
import { median, openGround, openStage, quantile } from './support/fanout.ts';

/** Turns, so that whatever else the machine does meets both sides. */
const TURNS = 4;

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const clients = Number(options.clients ?? 1_000);
  const alerts = Number(options.alerts ?? 40);
  await using ground = await openGround(0);
  await using stage = await openStage(ground);
  const { database, log } = ground;
  const { raw, bytes } = stage;
  await database.db.$executeRaw`create unlogged table if not exists bench_line (line text not null)`;
  await database.db.$executeRaw`alter table bench_line set logged`;
  await raw.ask({ do: 'listen', url: database.url, bytes });
  const publish = {
    vigie: () => log.append(1),
    raw: () =>
      database.db.$transaction(async (tx) => {
        await tx.$executeRaw`insert into bench_line values (${bytes})`;
        await tx.$executeRaw`select pg_notify('bench', '')`;
      }),
  };
  const times = {
    vigie: { first: [] as number[], last: [] as number[] },
    raw: { first: [] as number[], last: [] as number[] },
  };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const side of ['raw', 'vigie'] as const) {
      await stage.open(side, 'WebSocket', clients);
      for (let i = 0; i < Math.ceil(alerts / TURNS); i += 1) {
        const { arrived } = await stage.clients.expect(1);
        await publish[side]();
        const committed = Number(process.hrtime.bigint());
        const took = (await arrived).map((time) => (time - committed) / 1e6);
        times[side].first.push(quantile(took, 0.5));
        times[side].last.push(quantile(took, 1));
      }
      await stage.clients.ask({ do: 'close' });
    }
  }
  const row = (metric: string, of: (side: 'vigie' | 'raw') => number): void =>
    emit({
      metric,
      value: Math.round(of('vigie') * 10) / 10,
      unit: 'ms',
      baseline: Math.round(of('raw') * 10) / 10,
      baselineName: 'INSERT, NOTIFY, bare ws',
      ratio: Math.round((of('vigie') / of('raw')) * 100) / 100,
    });
  row(`commit to the median of ${clients} clients, median`, (side) => median(times[side].first));
  row(`commit to the last of ${clients} clients, median`, (side) => median(times[side].last));
  row(`commit to the last of ${clients} clients, p99`, (side) => quantile(times[side].last, 0.99));
}
