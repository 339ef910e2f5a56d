/**
 * How many alerts a second reach many subscribers: an `api` process with authorisation, from the commit of a batch of
 * matches, reading and rendering included; beside it, in the same run, a raw broadcast of the same bytes to as many clients.
 * `--counts 100,1000,5000 --rounds 5 --deliveries 25000`.
 */

import type { BenchRow } from './run.ts';
import { median, openStage, quantile, type Stage } from './support/fanout.ts';
import type { Transport } from './support/fanout-process.ts';

interface Round {
  readonly perSecond: number;
  readonly p99: number;
}

/** Times that each side is opened; its rounds are spread over them. */
const TURNS = 2;

const now = (): number => Number(process.hrtime.bigint());

async function round(stage: Stage, side: 'vigie' | 'raw', clients: number, each: number): Promise<Round> {
  const { arrived } = await stage.clients.expect(each);
  let begun = now();
  if (side === 'raw') void stage.raw.ask({ do: 'broadcast', count: each, bytes: stage.bytes });
  else {
    await stage.log.append(each);
    begun = now();
  }
  const times = await arrived;
  const took = times.map((time) => (time - begun) / 1e6);
  return { perSecond: (clients * each * 1e3) / Math.max(1, quantile(took, 1)), p99: quantile(took, 0.99) };
}

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const counts = (options.counts ?? '100,1000,5000').split(',').map(Number);
  const rounds = Number(options.rounds ?? 5);
  const deliveries = Number(options.deliveries ?? 25_000);
  const plans = counts.flatMap((count) =>
    (['SSE', 'WebSocket'] as const).flatMap((transport) =>
      (count === 1_000 ? [1, 100] : [1]).map((filters) => ({ count, transport, filters })),
    ),
  );
  await using stage = await openStage();
  for (const plan of plans) await compare(emit, stage, { ...plan, rounds, deliveries });
}

async function compare(
  emit: (row: BenchRow) => void,
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
  const memory = { vigie: 0, raw: 0 };
  // What a process compiles and keeps for good is no connection's: some clients go before those that are measured.
  for (const side of ['raw', 'vigie'] as const) {
    await stage.open(side, transport, 100, filters);
    await round(stage, side, 100, 20);
    await stage.clients.ask({ do: 'close' });
  }
  // Clients of both sides at once would share the client process: sides take turns, each freshly opened.
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const side of ['raw', 'vigie'] as const) {
      const before = await stage[side].ask<number>({ do: 'rss' });
      await stage.open(side, transport, count, filters);
      for (let i = 0; i < Math.ceil(plan.rounds / TURNS) + 1; i += 1) {
        const result = await round(stage, side, count, each);
        if (i > 0) results[side].push(result);
      }
      if (turn === 0) memory[side] = (await stage[side].ask<number>({ do: 'rss' })) - before;
      await stage.clients.ask({ do: 'close' });
      await new Promise((done) => setTimeout(done, 300));
    }
  }
  const label = `${transport}, ${count} subscribers${filters > 1 ? `, ${filters} filters` : ''}`;
  const row = (metric: string, unit: string, value: number, baseline: number): void =>
    emit({
      metric: `${label}: ${metric}`,
      value: Math.round(value * 10) / 10,
      unit,
      baseline: Math.round(baseline * 10) / 10,
      baselineName: 'raw broadcast',
      ratio: Math.round((value / baseline) * 100) / 100,
    });
  const of = (side: 'vigie' | 'raw', key: keyof Round): number =>
    median(results[side].map((each) => each[key]));
  row('deliveries', '/s', of('vigie', 'perSecond'), of('raw', 'perSecond'));
  row('p99', 'ms', of('vigie', 'p99'), of('raw', 'p99'));
  row('memory a connection', 'KB', memory.vigie / 1024 / count, memory.raw / 1024 / count);
}
