/** `FUZZ_DOCUMENTS=10000 FUZZ_SEED=1 npx vitest run tests/server/fuzz.test.ts` asks more, and other things. */
import { inspect } from 'node:util';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { createLog, type Log } from '#platform/log.ts';
import { createNotifications } from '#platform/notifications.ts';
import { schema } from '#server/schema.ts';
import { startApi } from '#server/start.ts';
import { createTestDatabase } from '../support/database.ts';
import { noJobs } from '../support/graph.ts';
import { createRandom } from '../support/random.ts';
import { createQueryWriter, type RandomQuery } from '../support/random-query.ts';
import { seedNewsroom } from '../support/seed.ts';

const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 7);
/** Asked at the same time. */
const CONCURRENCY = 8;

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedNewsroom(database.db, 30);
});
afterAll(() => database[Symbol.asyncDispose]());

test(`${DOCUMENTS} random documents with hostile variables: each is answered, none breaks anything`, {
  timeout: 60_000 + DOCUMENTS * 100,
}, async () => {
  const config = readConfig({
    VIGIE_PORT: '0',
    // Otherwise few would get as far as Postgres.
    VIGIE_MAX_ALIASES: '1000',
    VIGIE_MAX_TOKENS: '20000',
  });
  const failures: unknown[] = [];
  const log = { ...createLog('silent'), error: (line: unknown) => void failures.push(line) } as Log;
  await using notifications = await createNotifications(database.url, log);
  await using server = await startApi(config, {
    database,
    notifications,
    jobs: noJobs,
    clock: systemClock,
    log,
  });
  const random = createRandom(SEED);
  const write = createQueryWriter(schema, random.next);
  const outcomes = new Map<string, number>();
  let slowest = 0;

  /** True when there was an answer without errors. */
  const ask = async ({ query, variables }: RandomQuery): Promise<boolean> => {
    expect(validate(schema, parse(query)), query).toEqual([]);
    const began = performance.now();
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query, variables }),
    }).catch((cause: unknown) => {
      throw new Error(`no answer to ${JSON.stringify({ query, variables })}`, { cause });
    });
    const body = (await response.json()) as {
      data?: object | null;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    slowest = Math.max(slowest, performance.now() - began);
    const codes = body.errors?.map(({ extensions }) => extensions?.code ?? 'NONE') ?? ['ANSWERED'];
    for (const code of new Set(codes)) outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    const told = `${JSON.stringify({ query, variables, errors: body.errors })} ${inspect(failures)}`;
    expect(response.status, told).toBeLessThan(500);
    expect(codes, told).not.toContain('INTERNAL_SERVER_ERROR');
    expect(codes, told).not.toContain('TIMEOUT');
    // Whatever is wrong is named for programs.
    expect(codes, told).not.toContain('NONE');
    // Nothing of Postgres, Prisma or our files.
    expect(JSON.stringify(body.errors ?? []), told).not.toMatch(
      /prisma|invocation|\bat .*\.ts:\d|syntax error at|relation "|violates|node_modules/i,
    );
    return body.errors === undefined;
  };
  let left = DOCUMENTS;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const kind = random.chance(0.15) ? 'mutation' : 'query';
      const question = write(kind);
      // Asked again it is known, and answered on another way.
      if ((await ask(question)) && kind === 'query') expect(await ask(question)).toBe(true);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  console.info(`fuzz: slowest ${Math.round(slowest)} ms;`, Object.fromEntries(outcomes));
  expect(failures).toEqual([]);
  expect(outcomes.get('ANSWERED')).toBeGreaterThan(DOCUMENTS / 10);
  expect(await database.db.article.count()).toBe(30);
});
