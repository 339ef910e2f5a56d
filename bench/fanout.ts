/**
 * How many alerts a second reach many subscribers: an `api` process with authorisation, from the commit of a batch of
 * matches, reading and rendering included; beside it, in the same run, a raw broadcast of the same bytes to as many clients,
 * which has them ready. `--counts 100,1000,5000 --rounds 6 --deliveries 25000`.
 */

import type { BenchRow } from './run.ts';
import { type Ground, median, openGround, openStage, quantile, type Stage } from './support/fanout.ts';
import type { Memory, Transport } from './support/fanout-process.ts';

interface Round {
  readonly perSecond: number;
  readonly p99: number;
  /** Microseconds of the server's CPU for each alert and client. */
  readonly cpu: number;
}

type Side = 'vigie' | 'raw';
const SIDES = ['raw', 'vigie'] as const;

/** Fewer connections than these do not show beside what else a process does with its memory. */
const MEMORY_FROM = 1_000;
/** Times that each side is opened; its rounds are spread over them. */
const TURNS = 2;
/** Clients that go before those that are measured: what a process compiles and keeps for good is no connection's. */
const WARM_UP = 100;

const now = (): number => Number(process.hrtime.bigint());
const memoryOf = (stage: Stage, side: Side): Promise<Memory> => stage[side].ask({ do: 'memory' });
const cpuOf = (stage: Stage, side: Side): Promise<number> => stage[side].ask({ do: 'cpu' });

async function round(
  stage: Stage,
  { log }: Ground,
  side: Side,
  clients: number,
  each: number,
): Promise<Round> {
  const before = await cpuOf(stage, side);
  const { arrived } = await stage.clients.expect(each);
  let begun = now();
  if (side === 'raw') await stage.raw.ask({ do: 'broadcast', count: each, bytes: stage.bytes });
  else {
    await log.append(each);
    begun = now();
  }
  const times = await arrived;
  const took = times.map((time) => (time - begun) / 1e6);
  const cpu = (await cpuOf(stage, side)) - before;
  return {
    perSecond: (clients * each * 1e3) / Math.max(1, quantile(took, 1)),
    p99: quantile(took, 0.99),
    cpu: cpu / clients / each,
  };
}

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const counts = (options.counts ?? '100,1000,5000').split(',').map(Number);
  const transports = (options.transports ?? 'SSE,WebSocket').split(',') as Transport[];
  const rounds = Number(options.rounds ?? 6);
  const deliveries = Number(options.deliveries ?? 25_000);
  await using ground = await openGround();
  for (const count of counts) {
    for (const transport of transports) {
      for (const filters of count === 1_000 ? [1, 100] : [1]) {
        // Processes of its own for each: what one row leaves behind is not the next one's.
        await using stage = await openStage(ground);
        await compare(emit, ground, stage, { count, transport, filters, rounds, deliveries });
      }
    }
  }
}

async function compare(
  emit: (row: BenchRow) => void,
  ground: Ground,
  stage: Stage,
  plan: {
    readonly count: number;
    readonly transport: Transport;
    readonly filters: number;
    readonly rounds: number;
    readonly deliveries: number;
  },
): Promise<void> {
  const { count, transport, filters } = plan;
  const each = Math.max(2, Math.round(plan.deliveries / count));
  const results = { vigie: [] as Round[], raw: [] as Round[] };
  const memory = { vigie: { rss: 0, held: 0 }, raw: { rss: 0, held: 0 } };
  for (const side of SIDES) {
    await stage.open(side, transport, WARM_UP, filters);
    await round(stage, ground, side, WARM_UP, 20);
    await stage.clients.ask({ do: 'close' });
  }
  // Clients of both sides at once would share the client process: sides take turns, each freshly opened.
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const side of SIDES) {
      const before = await memoryOf(stage, side);
      await stage.open(side, transport, count, filters);
      if (turn === 0) {
        const { rss, held } = await memoryOf(stage, side);
        memory[side] = { rss: rss - before.held, held: held - before.held };
      }
      for (let i = 0; i < Math.ceil(plan.rounds / TURNS) + 1; i += 1) {
        const result = await round(stage, ground, side, count, each);
        if (i > 0) results[side].push(result);
      }
      await stage.clients.ask({ do: 'close' });
      await new Promise((done) => setTimeout(done, 300));
    }
  }
  const label = `${transport}, ${count} subscribers${filters > 1 ? `, ${filters} filters` : ''}`;
  const row = (metric: string, unit: string, of: (side: Side) => number): void => {
    const [value, baseline] = [of('vigie'), of('raw')];
    emit({
      metric: `${label}: ${metric}`,
      value: Math.round(value * 100) / 100,
      unit,
      baseline: Math.round(baseline * 100) / 100,
      baselineName: 'raw broadcast',
      ratio: baseline > 0 ? Math.round((value / baseline) * 100) / 100 : null,
    });
  };
  const middle =
    (key: keyof Round) =>
    (side: Side): number =>
      median(results[side].map((each) => each[key]));
  row('deliveries', '/s', middle('perSecond'));
  row('p99', 'ms', middle('p99'));
  row('CPU a delivery', 'µs', middle('cpu'));
  if (count < MEMORY_FROM) return;
  row('memory a connection', 'KB', (side) => memory[side].held / 1024 / count);
  row('memory a connection, garbage of opening it included', 'KB', (side) => memory[side].rss / 1024 / count);
}
