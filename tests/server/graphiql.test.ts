import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXAMPLES } from '#server/examples.ts';
import { createGraphiql, isPageVisit } from '#server/graphiql.ts';
import { createTestDatabase } from '../support/database.ts';
import { openGraph } from '../support/graph.ts';
import { seedNewsroom } from '../support/seed.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  const serve = createGraphiql('/graphql');
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['GET', 'text/html,application/xhtml+xml,*/*;q=0.8', true],
  ['GET', 'application/json', false],
  ['GET', undefined, false],
  ['POST', 'text/html', false],
])('%s with Accept: %s is a page visit: %s', (method, accept, expected) => {
  expect(isPageVisit({ method, headers: accept === undefined ? {} : { accept } })).toBe(expected);
});

test('the page comes compressed to who takes gzip, and not again to who has it', async () => {
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  const html = await plain.text();
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain('subscription Alerts');

  const zipped = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(Number(zipped.headers.get('content-length'))).toBeLessThan(html.length / 3);
  expect(await zipped.text()).toBe(html);

  const again = await fetch(url, { headers: { 'if-none-match': zipped.headers.get('etag')! } });
  expect(again.status).toBe(304);
});

test('each example query in its tabs is answered', async () => {
  await using database = await createTestDatabase();
  await seedNewsroom(database.db, 9);
  const graph = openGraph(database);
  const queries = EXAMPLES.filter((example) => /^query/m.test(example));
  expect(queries.length).toBe(EXAMPLES.length - 1);
  for (const query of queries) await graph.ask(query);
});
