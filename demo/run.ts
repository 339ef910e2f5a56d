/**
 * `npm run demo`: the whole of Vigie on the loopback, with nothing to install, configure or reach.
 *
 *   embedded Postgres (temporary folder) ─▶ migrations ─▶ register ─▶ a small press ─▶ feeds polled over HTTP
 *   ─▶ API and worker ─▶ a WebSocket client subscribed to Mistral AI and Kyutai ─▶ one more article every few seconds
 *
 * Ctrl-C, or `--for SECONDS`, ends it and removes everything it made.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { createClient } from 'graphql-ws';
import { seedDatabase, startRole } from '#command/serve.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/database.ts';
import { EmbeddedDatabaseError, startEmbedded } from '#platform/embedded.ts';
import { createLog } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { ListenError } from '#server/http.ts';
import { type PublishedArticle, startPress } from './press.ts';

const WATCHED = ['mistral-ai', 'kyutai'];
const PUBLISH_EVERY_MS = 4_000;

const ALERTS = `subscription Alerts($actors: [String!]!) {
  matches(filter: { actors: $actors }) {
    cursor
    actor { name }
    article { title outlet url }
    reasons { kind sentence }
  }
}`;
const POLL = `mutation Poll($feed: ID!) {
  pollFeed(input: { feed: $feed }) { __typename ... on UserError { message } }
}`;
const FEEDS = `{ feeds(first: 50) { nodes { id url } } }`;
const COUNTS = `{
  articles(first: 1) { totalCount }
  claims(first: 1) { totalCount }
  fundingEvents(first: 1) { totalCount }
  stories(first: 1) { totalCount }
}`;

interface Alert {
  readonly actor: { readonly name: string };
  readonly article: { readonly title: string; readonly outlet: string; readonly url: string };
  readonly reasons: readonly { readonly kind: string; readonly sentence: string }[];
}

const REASONS: Readonly<Record<string, string>> = {
  MENTIONED: 'is mentioned',
  SPEAKING: 'speaks',
  SPOKEN_ABOUT: 'is spoken about',
  RAISING: 'raises money',
  INVESTING: 'invests',
};

const bold = (text: string): string => styleText('bold', text);
const dim = (text: string): string => styleText('dim', text);
const say = (text = ''): void => console.log(text);

/** Seconds to run, or null for until Ctrl-C; a wrong call is one line. */
function readArguments(): number | null {
  try {
    const { values } = parseArgs({ options: { for: { type: 'string' } } });
    if (values.for === undefined) return null;
    const seconds = Number(values.for);
    if (Number.isFinite(seconds) && seconds > 0) return seconds;
    throw new Error('--for takes a number of seconds');
  } catch (error) {
    console.error(`demo: ${(error as Error).message}; usage: npm run demo [-- --for SECONDS]`);
    process.exit(2);
  }
}

/** Asks the API like any client would. */
async function ask<T>(endpoint: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
  if (errors !== undefined) throw new Error(`demo: ${errors.map(({ message }) => message).join('; ')}`);
  return data;
}

function showAlert(alert: Alert, published: PublishedArticle | undefined): void {
  const [first] = alert.reasons;
  const kinds = [...new Set(alert.reasons.map(({ kind }) => REASONS[kind] ?? kind))].join(', ');
  const delay =
    published === undefined
      ? ''
      : `${((Date.now() - published.publishedAt.getTime()) / 1000).toFixed(1)} s after it came out`;
  say(`${styleText(['bold', 'yellow'], `▲ ${alert.actor.name}`)} ${kinds}  ${dim(delay)}`);
  say(`  ${bold(alert.article.title)} ${dim(`(${alert.article.outlet})`)}`);
  if (first !== undefined && first.kind !== 'MENTIONED')
    say(`  ${dim('“')}${first.sentence.replace(/\s+/g, ' ')}${dim('”')}`);
  say(`  ${dim(alert.article.url)}`);
  say();
}

async function run(signal: AbortSignal): Promise<void> {
  const log = createLog('error');
  await using stack = new AsyncDisposableStack();
  const progress = (text: string): void => say(dim(`  ${text}`));
  say(bold('Vigie, demonstration'));

  const press = stack.use(await startPress({ now: () => new Date() }));
  const embedded = stack.use(
    await startEmbedded({
      dir: await mkdtemp(join(tmpdir(), 'vigie-demo-')),
      persistent: false,
      settings: ['fsync=off'],
    }),
  );
  progress('Postgres is up (embedded, in a temporary folder)');
  await migrate(embedded.url);
  const database = stack.use(openDatabase(embedded.url));
  const feeds = press.feeds.map(({ outlet, url }) => ({
    url,
    outlet,
    title: outlet,
    siteUrl: null,
    language: null,
    topics: [],
  }));
  // Polled on request below; the worker's own schedule starts a day later.
  await addFeeds(database.db, feeds, () => new Date(Date.now() + 86_400_000));
  await seedDatabase(database, systemClock.now(), log);
  progress(`register loaded: ${await database.db.actor.count()} actors`);

  const { VIGIE_PORT = '4000' } = process.env;
  const start = (port: string) =>
    startRole(
      'serve',
      readConfig({
        VIGIE_PORT: port,
        VIGIE_ALLOW_HOSTS: new URL(press.url).host,
        VIGIE_HOST_SPACING_MS: '0',
      }),
      database,
      log,
    );
  const vigie = stack.use(
    await start(VIGIE_PORT).catch((error: unknown) => {
      // The usual port is taken: any other does for a demonstration.
      if (error instanceof ListenError) return start('0');
      throw error;
    }),
  );
  const endpoint = `${vigie.url}/graphql`;
  const feedIds = new Map(
    (await ask<{ feeds: { nodes: { id: string; url: string }[] } }>(endpoint, FEEDS)).feeds.nodes.map(
      ({ id, url }) => [url, id],
    ),
  );
  await Promise.all([...feedIds.values()].map((feed) => ask(endpoint, POLL, { feed })));
  const counts = await ask<Record<string, { totalCount: number }>>(endpoint, COUNTS);
  const total = (name: string): number => counts[name]?.totalCount ?? 0;
  progress(
    `${feeds.length} newspapers polled: ${total('articles')} articles in ${total('stories')} stories, ` +
      `${total('claims')} claims, ${total('fundingEvents')} funding events`,
  );
  say();
  say(`  GraphiQL, example queries in its tabs   ${bold(endpoint)}`);
  say(`  Front page (the dashboard comes here)   ${bold(vigie.url ?? '')}`);
  say(`  The newspapers                          ${bold(press.url)}`);
  say();
  say(
    `Watching ${bold('Mistral AI')} and ${bold('Kyutai')}; an article comes out every ${PUBLISH_EVERY_MS / 1000} seconds. Ctrl-C ends it.`,
  );
  say();

  const client = createClient({ url: endpoint.replace(/^http/, 'ws') });
  stack.defer(async () => void (await client.dispose()));
  const out = new Map<string, PublishedArticle>();
  const unsubscribe = client.subscribe<{ matches: Alert }>(
    { query: ALERTS, variables: { actors: WATCHED } },
    {
      next: ({ data, errors }) => {
        if (errors) console.error(`demo: ${errors.map(({ message }) => message).join('; ')}`);
        if (data) showAlert(data.matches, out.get(data.matches.article.url));
      },
      error: (error) => console.error('demo: the subscription failed:', error),
      complete: () => {},
    },
  );
  stack.defer(unsubscribe);

  while (!signal.aborted) {
    const published = press.publishNext();
    if (published === null) {
      say(dim('Everything has come out. The API stays up; Ctrl-C ends it.'));
      await wait(2 ** 31 - 1, undefined, { signal }).catch(() => {});
      break;
    }
    out.set(published.url, published);
    say(dim(`· ${published.outlet}: ${published.title}`));
    await ask(endpoint, POLL, { feed: feedIds.get(published.feedUrl) });
    await wait(PUBLISH_EVERY_MS, undefined, { signal }).catch(() => {});
  }
  say(dim('Ending: closing the streams, stopping Postgres, removing the temporary folder.'));
}

process.removeAllListeners('warning');
const stopping = new AbortController();
const stop = (): void => {
  if (stopping.signal.aborted) process.exit(130);
  stopping.abort();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
const seconds = readArguments();
const timer = seconds === null ? undefined : setTimeout(stop, seconds * 1000);
try {
  await run(stopping.signal);
} catch (error) {
  const plain = error instanceof EmbeddedDatabaseError || error instanceof ListenError;
  console.error(plain ? error.message : error);
  process.exitCode = 1;
} finally {
  clearTimeout(timer);
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
}
