/**
 * What one client that takes nothing costs those that do: deliveries a second to 1,000 of them, the server’s CPU and its
 * memory, with it and, turn about in the same run, without. It asks for a hundred kilobytes an alert, so that no buffer of
 * the operating system hides that it does not read. `--count 1000 --rounds 12 --deliveries 100000`.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createToken } from '#server/token.store.ts';
import type { BenchRow } from './run.ts';
import { median, openGround, openStage, quantile } from './support/fanout.ts';
import type { Memory } from './support/fanout-process.ts';

/** Alerts that are more than anything holds for the client: 25 MB. */
const FILLING = 250;
const TEXT = 'Mistral AI grandit. '.repeat(500);
const COPIES = Array.from({ length: 10 }, (_, i) => `copy${i}: text`).join(' ');
const QUERY = `subscription { matches(filter: { actors: ["mistral-ai"] }) { cursor article { ${COPIES} } } }`;

const now = (): number => Number(process.hrtime.bigint());

/** Subscribes, and reads no further than the first bytes of the answer. */
async function subscribe(port: number, token: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  const body = JSON.stringify({ query: QUERY });
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, 'readable');
  return socket;
}

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const count = Number(options.count ?? 1_000);
  const rounds = Number(options.rounds ?? 12);
  const each = Math.max(2, Math.round(Number(options.deliveries ?? 100_000) / count));
  await using ground = await openGround();
  const { database, log } = ground;
  await database.db.articleBody.updateMany({ data: { text: TEXT } });
  const { secret } = await createToken(database.db, {
    name: 'slow',
    scopes: ['READ', 'TEXT'],
    expiresAt: null,
  });
  await using stage = await openStage(ground);
  const { vigie, clients } = stage;
  await stage.open('vigie', 'SSE', count);

  const round = async (alerts: number): Promise<{ perSecond: number; cpu: number }> => {
    const before = await vigie.ask<number>({ do: 'cpu' });
    const { arrived } = await clients.expect(alerts);
    await log.append(alerts);
    const begun = now();
    const took = (quantile(await arrived, 1) - begun) / 1e9;
    const cpu = (await vigie.ask<number>({ do: 'cpu' })) - before;
    return { perSecond: (count * alerts) / Math.max(took, 1e-3), cpu: cpu / count / alerts };
  };
  const fill = async (): Promise<void> => {
    for (let filled = 0; filled < FILLING; filled += 50) await round(50);
  };
  // What a process keeps of large alerts, whoever reads them, is not the slow one’s: one that reads goes before.
  const reading = await subscribe(vigie.port, secret);
  reading.resume();
  await fill();
  reading.destroy();

  const sides = {
    with: [] as Awaited<ReturnType<typeof round>>[],
    without: [] as Awaited<ReturnType<typeof round>>[],
  };
  const held = { with: [] as number[], without: [] as number[] };
  for (let turn = 0; turn < 2; turn += 1) {
    for (const side of ['without', 'with'] as const) {
      const slow = side === 'with' ? await subscribe(vigie.port, secret) : null;
      await fill();
      for (let i = 0; i < Math.ceil(rounds / 2); i += 1) sides[side].push(await round(each));
      held[side].push((await vigie.ask<Memory>({ do: 'memory' })).held);
      slow?.destroy();
    }
  }
  const row = (metric: string, unit: string, value: number, baseline: number): void =>
    emit({
      metric: `one of ${count + 1} takes nothing: ${metric}`,
      value: Math.round(value * 100) / 100,
      unit,
      baseline: Math.round(baseline * 100) / 100,
      baselineName: 'without it',
      ratio: Math.round((value / baseline) * 100) / 100,
    });
  for (const [metric, unit, key] of [
    ['deliveries to the others', '/s', 'perSecond'],
    ['CPU a delivery', 'µs', 'cpu'],
  ] as const) {
    const of = (side: 'with' | 'without') => median(sides[side].map((each) => each[key]));
    row(metric, unit, of('with'), of('without'));
  }
  const least = (side: 'with' | 'without') => Math.min(...held[side]) / 1024 / 1024;
  row('memory of the server', 'MB', least('with'), least('without'));
}
