/** A whole Vigie on a database of its own, fed by the demonstration press. */
import { onTestFinished } from 'vitest';
import { type Role, seedDatabase, startRole } from '#command/serve.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { type Config, readConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { type Press, startPress } from '../../demo/press.ts';
import { createTestDatabase } from './database.ts';

const TOMORROW_MS = 86_400_000;

/** A press, and a database that follows its feeds; the polls are left to the test. */
export async function usePress(): Promise<{ readonly press: Press; readonly database: Database }> {
  const press = await startPress({ now: () => new Date() });
  onTestFinished(() => press.close());
  const database = await createTestDatabase();
  onTestFinished(() => database[Symbol.asyncDispose]());
  await addFeeds(
    database.db,
    press.feeds.map(({ url, outlet }) => ({
      url,
      outlet,
      title: outlet,
      siteUrl: null,
      language: null,
      topics: [],
    })),
    () => new Date(Date.now() + TOMORROW_MS),
  );
  await seedDatabase(database, new Date(), createLog('silent'));
  return { press, database };
}

/** The configuration of a role beside that press, on any free port. */
export function configFor(press: Press, env: Record<string, string> = {}): Config {
  return readConfig({
    VIGIE_PORT: '0',
    VIGIE_HOST_SPACING_MS: '0',
    VIGIE_ALLOW_HOSTS: new URL(press.url).host,
    ...env,
  });
}

/** Starts a role in this process; its GraphQL endpoint. */
export async function useRole(role: Role, config: Config, database: Database): Promise<string> {
  const running = await startRole(role, config, database, createLog('silent'));
  onTestFinished(() => running[Symbol.asyncDispose]());
  return `${running.url}/graphql`;
}

/** Asks the API; throws what it answers as errors. */
export async function ask<T = Record<string, never>>(
  endpoint: string,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

const POLL = `mutation ($feed: ID!) {
  pollFeed(input: { feed: $feed }) {
    __typename
    ... on PollFeedPayload { finished poll { outcome newArticles problem } }
    ... on UserError { message }
  }
}`;

/** Has a feed, or every feed, polled through the API, and waits for the end. */
export async function pollThroughApi(endpoint: string, url?: string): Promise<void> {
  const { feeds } = await ask<{ feeds: { nodes: { id: string; url: string }[] } }>(
    endpoint,
    '{ feeds(first: 100) { nodes { id url } } }',
  );
  for (const feed of feeds.nodes) {
    if (url !== undefined && feed.url !== url) continue;
    const { pollFeed } = await ask<{ pollFeed: { finished?: boolean } }>(endpoint, POLL, { feed: feed.id });
    if (pollFeed.finished !== true) throw new Error(`poll of ${feed.url}: ${JSON.stringify(pollFeed)}`);
  }
}
