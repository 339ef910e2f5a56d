/**
 * A day from midnight to midnight on a clock of its own, through the real verbs: articles come in, dashboards wake, sleep and lose
 * their tokens, both APIs are replaced in the night, Postgres goes away in the morning, receivers fail for hours, a watch is
 * muted, and a digest goes out in the evening.
 */
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMailClient } from '#delivery/mail.client.ts';
import { formatCursor } from '#match/cursor.ts';
import { readLog } from '#match/match.store.ts';
import { deliverLog } from '#pipeline/deliver.ts';
import { deliverChannel } from '#pipeline/deliver-channel.ts';
import { ingestArticle } from '#pipeline/ingest-article.ts';
import type { Queue } from '#pipeline/queue.ts';
import { openDatabase } from '#platform/database.ts';
import { muteWatch } from '#watch/mute.store.ts';
import { createWatchLookup } from '#watch/watch-index.store.ts';
import { BEGINNING } from '../support/alert-log.ts';
import { type Api, makeToken, startTestApi } from '../support/api.ts';
import { seedChannel, seedWatch, useDelivery } from '../support/channels.ts';
import { useTestDatabase } from '../support/database.ts';
import { articleOf, createIngestContext } from '../support/ingest.ts';
import { useWay } from '../support/outage.ts';
import { createRandom, type Random } from '../support/random.ts';
import { useReceiver } from '../support/receiver.ts';
import { useMailServer } from '../support/smtp.ts';

const MIDNIGHT = Date.parse('2026-03-12T00:00:00Z');
const HOUR_MS = 3_600_000;
const STEP_MS = HOUR_MS / 2;
const at = (hour: number): Date => new Date(MIDNIGHT + hour * HOUR_MS);
const isBetween = (from: number, to: number): boolean =>
  Date.now() >= at(from).getTime() && Date.now() < at(to).getTime();

const DASHBOARDS = 24;
const QUERY = 'subscription ($after: Cursor) { matches(after: $after) { cursor } }';

interface Alert {
  readonly matches: { readonly cursor: string };
}

interface GraphqlErrors {
  readonly extensions?: { readonly code?: unknown };
}

/** A dashboard that keeps its cursor while it sleeps, and gets itself another token when it is told that its own is good no more. */
function createDashboard(options: {
  readonly transport: 'SSE' | 'WebSocket';
  readonly endpoint: () => string;
  readonly token: string;
  readonly spare: string;
  readonly onAlert: () => void;
}) {
  const { transport, endpoint, onAlert } = options;
  const seen: string[] = [];
  const variables: Record<string, unknown> = { after: BEGINNING };
  let { token } = options;
  let stop: (() => void) | null = null;
  const told: { readonly code: unknown; readonly at: number }[] = [];
  let connections = 0;
  const refused = (errors: unknown): void => {
    const code = Array.isArray(errors) ? (errors as GraphqlErrors[])[0]?.extensions?.code : String(errors);
    told.push({ code, at: Date.now() });
    token = options.spare;
    sleep();
    wake();
  };
  const sleep = (): void => {
    stop?.();
    stop = null;
  };
  const wake = (): void => {
    const retry = () => new Promise<void>((done) => setTimeout(done, 20));
    const on = {
      connected() {
        connections += 1;
      },
    };
    const common = { retryAttempts: Number.POSITIVE_INFINITY, on };
    const client =
      transport === 'SSE'
        ? createSseClient({
            ...common,
            url: endpoint,
            retry,
            headers: () => ({ authorization: `Bearer ${token}` }),
          })
        : createWsClient({
            ...common,
            url: () => endpoint().replace('http', 'ws'),
            retryWait: retry,
            shouldRetry: () => true,
            connectionParams: () => ({ authorization: `Bearer ${token}` }),
          });
    const leave = client.subscribe<Alert>(
      { query: QUERY, variables },
      {
        next({ data, errors }) {
          if (errors !== undefined) return refused(errors);
          seen.push(data!.matches.cursor);
          variables.after = data!.matches.cursor;
          onAlert();
        },
        error: refused,
        complete: () => {},
      },
    );
    stop = () => {
      leave();
      void client.dispose();
    };
  };
  return {
    seen,
    told,
    wake,
    sleep,
    get isAwake() {
      return stop !== null;
    },
    get connections() {
      return connections;
    },
  };
}

const WORDS =
  'usine navire forêt bibliothèque pont récolte orchestre glacier phare atelier marché village tunnel verger musée laboratoire colline archive théâtre port moulin vignoble hôpital école satellite barrage horloge jardin rempart citerne'.split(
    ' ',
  );

/** A text like no other, so that it is a story of its own. */
function textOf(random: Random, name: string): string {
  const words = Array.from({ length: 80 }, () => `${WORDS[random.below(WORDS.length)]} ${random.below(90)}`);
  return `${name} s’installe. ${words.join(' ')}.`;
}

test('a day of naps, deploys, an outage, an expired token, silence and failing receivers: everybody gets everything once, in order', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: MIDNIGHT });
  onTestFinished(() => void vi.useRealTimers());
  const random = createRandom(24);
  const database = await useTestDatabase();
  const { db } = database;
  const clock = { now: () => new Date() };
  const ingest = { ...(await createIngestContext(database)), clock };

  // Two APIs, which reach Postgres by a way that can be cut.
  const way = await useWay(database.url);
  const far = openDatabase(way.url);
  onTestFinished(() => far[Symbol.asyncDispose]());
  const env = { VIGIE_AUTH: 'token', VIGIE_RATE_LIMIT: '0', VIGIE_MAX_CONNECTIONS: '1000' };
  const apis: Api[] = [await startTestApi(far, env), await startTestApi(far, env)];
  onTestFinished(async () => {
    for (const api of apis) await api[Symbol.asyncDispose]();
  });
  const replace = async (): Promise<void> => {
    const [old] = apis.splice(0, 1);
    await old![Symbol.asyncDispose]();
    apis.push(await startTestApi(far, env));
  };

  const { secret: lasting } = await makeToken(database, ['READ']);
  const { secret: until14 } = await makeToken(database, ['READ'], at(14));
  let changed = Promise.withResolvers<void>();
  const dashboards = Array.from({ length: DASHBOARDS }, (_, index) =>
    createDashboard({
      transport: index % 2 === 0 ? 'SSE' : 'WebSocket',
      endpoint: () => apis[random.below(apis.length)]!.endpoint,
      token: index < 4 ? until14 : lasting,
      spare: lasting,
      onAlert() {
        changed.resolve();
        changed = Promise.withResolvers();
      },
    }),
  );
  // The first four, two of a transport, watch the whole day.
  const [watchful, sleepy] = [dashboards.slice(0, 4), dashboards.slice(4)];
  for (const dashboard of dashboards) dashboard.wake();
  onTestFinished(() => {
    for (const dashboard of dashboards) dashboard.sleep();
  });
  let cursors: string[] = [];
  const caughtUp = async (): Promise<void> => {
    while (dashboards.some(({ isAwake, seen }) => isAwake && seen.length < cursors.length))
      await changed.promise;
  };

  // Channels, each on a watch of its own.
  const server = await useMailServer();
  const mail = createMailClient({ smtpUrl: server.url, from: 'Vigie <vigie@example.net>' });
  onTestFinished(() => mail.close());
  const delivery = useDelivery(database, { mail });
  const [steady, failing, muted] = [await useReceiver(), await useReceiver(), await useReceiver()];
  const attempts: { readonly at: number; readonly id: string }[] = [];
  failing.answer((response, { headers }) => {
    attempts.push({ at: Date.now(), id: String(headers['webhook-id']) });
    response.writeHead(isBetween(9, 15) ? 503 : 204).end();
  });
  const mutedWatch = await seedWatch(database);
  for (const url of [steady.url, failing.url])
    await seedChannel(database, await seedWatch(database), { kind: 'WEBHOOK', url });
  await seedChannel(database, mutedWatch, { kind: 'WEBHOOK', url: muted.url });
  await seedChannel(database, await seedWatch(database), {
    kind: 'MAIL',
    address: 'jeanne@example.org',
    schedule: 'DAILY',
    language: 'FR',
    hour: 18,
    weekday: 1,
    timeZone: 'Europe/Paris',
  });
  const turns = new Map<number, Date>();
  const queue: Pick<Queue, 'planDeliveries'> = {
    async planDeliveries(planned, { keep }) {
      for (const { channelId, at } of planned) if (!keep || !turns.has(channelId)) turns.set(channelId, at);
    },
  };
  const watches = createWatchLookup(db);
  /** Runs the channels’ turns up to a moment, each at its time. */
  const deliverUntil = async (end: number): Promise<void> => {
    await deliverLog({ db, queue: queue as Queue, watches });
    for (;;) {
      const [next] = [...turns].sort(([, a], [, b]) => a.getTime() - b.getTime());
      if (next === undefined || next[1].getTime() >= end) return;
      const [channelId, due] = next;
      if (due.getTime() > Date.now()) vi.setSystemTime(due);
      turns.delete(channelId);
      const again = await deliverChannel(delivery, channelId);
      if (again !== null) turns.set(channelId, again);
    }
  };
  const arrivals: { readonly title: string; readonly at: number }[] = [];
  steady.answer((response, { body }) => {
    arrivals.push({ title: JSON.parse(body).data.article.title, at: Date.now() });
    response.writeHead(204).end();
  });
  const mails: number[] = [];

  const published: { readonly title: string; readonly at: number }[] = [];
  for (let step = 0; step < 48; step += 1) {
    vi.setSystemTime(MIDNIGHT + step * STEP_MS);
    // Signs of life, the heartbeat that reads the log, and the look at tokens.
    vi.advanceTimersByTime(12_000);
    if (step === 3 * 2 || step === 3 * 2 + 1) await replace();
    if (step === 5 * 2) await way.cut();
    if (step === 5 * 2 + 2) await way.restore();
    if (step === 10 * 2) await muteWatch(db, { watchId: mutedWatch, until: at(13), now: clock.now() });
    const isCut = step >= 5 * 2 && step < 5 * 2 + 2;
    for (const dashboard of isCut ? [] : sleepy) {
      if (!dashboard.isAwake && random.chance(0.15)) dashboard.wake();
      else if (dashboard.isAwake && random.chance(0.05)) dashboard.sleep();
    }
    for (let news = random.below(3); news > 0; news -= 1) {
      const name = ['Mistral AI', 'Kyutai', 'ASML'][random.below(3)]!;
      const title = `${name}, nouvelle ${published.length}`;
      published.push({ title, at: Date.now() });
      const url = `https://quotidien.example/${published.length}`;
      const { matches } = await ingestArticle(ingest, articleOf({ url, title, text: textOf(random, name) }));
      expect(matches).toBe(1);
    }
    await deliverUntil(MIDNIGHT + (step + 1) * STEP_MS);
    while (mails.length < server.received.length) mails.push(Date.now());
    cursors = (await readLog(db, { after: 0n, limit: 1_000 })).map(({ seq }) => formatCursor(seq));
    if (!isCut) await caughtUp();
  }
  for (const dashboard of sleepy) if (!dashboard.isAwake) dashboard.wake();
  await caughtUp();

  expect(published.length).toBeGreaterThan(35);
  for (const { seen } of dashboards) expect(seen).toEqual(cursors);
  // Streams last: through quiet hours and the outage, until their API is replaced or their token expires.
  for (const { told, connections } of watchful) {
    expect(told.map(({ code }) => code)).toEqual(['UNAUTHENTICATED']);
    expect(told[0]!.at - at(14).getTime()).toBeLessThan(STEP_MS);
    expect(told[0]!.at).toBeGreaterThanOrEqual(at(14).getTime());
    expect(connections).toBeLessThanOrEqual(4);
  }
  for (const { told } of sleepy) expect(told).toEqual([]);

  const titles = published.map(({ title }) => title);
  // Nobody waits for the receiver that fails.
  expect(arrivals.map(({ title }) => title)).toEqual(titles);
  for (const [index, arrival] of arrivals.entries())
    expect(arrival.at - published[index]!.at).toBeLessThan(STEP_MS);
  const taken = new Set(attempts.map(({ id }) => id));
  expect(taken.size).toBe(titles.length);
  const failed = attempts.filter(({ at: when }) => when >= at(9).getTime() && when < at(15).getTime());
  // One alert stands first in line: all attempts are its own, further and further apart.
  expect(new Set(failed.map(({ id }) => id)).size).toBe(1);
  expect(failed.length).toBeGreaterThan(6);
  expect(failed.length).toBeLessThan(12);
  const waits = failed.slice(1).map(({ at: when }, index) => when - failed[index]!.at);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  const got = failing.received.filter((_, index) => !failed.includes(attempts[index]!));
  expect(got.map(({ body }) => JSON.parse(body).data.article.title)).toEqual(titles);

  expect(muted.received.map(({ body }) => JSON.parse(body).data.article.title)).toEqual(
    published
      .filter(({ at: when }) => when < at(10).getTime() || when >= at(13).getTime())
      .map(({ title }) => title),
  );
  expect(mails).toHaveLength(1);
  // Six in the evening in Paris, in winter time.
  expect(mails[0]! - at(17).getTime()).toBeLessThan(STEP_MS);
  expect(mails[0]).toBeGreaterThanOrEqual(at(17).getTime());
}, 120_000);
