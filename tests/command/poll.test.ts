/** `vigie poll` at a terminal. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { CommandContext } from '#command/command.ts';
import { poll } from '#command/poll.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { readConfig } from '#platform/config.ts';
import { httpServer } from '../document/loopback.ts';
import { createTestDatabase } from '../support/database.ts';

test('a terminal is told why a feed could not be polled, whatever way its address is written', async () => {
  await using database = await createTestDatabase();
  await using server = await httpServer((_request, response) => response.writeHead(404).end());
  const url = `${server.origin}/feed`;
  const feed = { url, title: 'J', outlet: 'J', siteUrl: null, language: null, topics: [] };
  await addFeeds(database.db, [feed], () => new Date());
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { isTTY: true })];
  const env = { DATABASE_URL: database.url, VIGIE_ALLOW_HOSTS: '127.0.0.1', VIGIE_LOG_LEVEL: 'silent' };
  const context = {
    stdout,
    stderr,
    signal: new AbortController().signal,
    config: () => readConfig(env),
  } as unknown as CommandContext;
  await poll(context, { feed: ` ${url}#top` });
  stdout.end();
  stderr.end();
  expect(await text(stdout)).toMatch(/^1 feeds polled .* 1 failed\n$/);
  expect(await text(stderr)).toContain(`${url}: ${server.origin.slice(7)} answered 404\n`);
});
