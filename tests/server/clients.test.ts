/** The clients that docs/api.md shows, run as they are shown. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { GraphQLInterfaceType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { schema } from '#server/schema.ts';
import * as apollo from '../../docs/examples/apollo-query.ts';
import * as urql from '../../docs/examples/urql-query.ts';
import { type Api, makeToken, startTestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import { seedNewsroom } from '../support/seed.ts';

const DOCUMENT = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const ARTICLES = 25;

let database: Database;
let api: Api;
let token: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedNewsroom(database.db, ARTICLES);
  api = await startTestApi(database, { VIGIE_AUTH: 'token' });
  token = (await makeToken(database, ['READ', 'WATCH'])).secret;
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await database.db.watch.deleteMany();
  await database.db.idempotencyKey.deleteMany();
});

/** What both files export. */
interface Example<Client> {
  connect(url: string, token: string): Client;
  readArticles(client: Client, actors: string[]): AsyncGenerator<{ title: string; url: string }>;
  saveWatch(client: Client, name: string, idempotencyKey: string): Promise<string>;
  codesOf(error: unknown): unknown[];
}

function describeClient<Client>(name: string, example: Example<Client>): void {
  describe(name, () => {
    const connect = (given = token): Client => example.connect(api.endpoint, given);
    const read = async (client: Client, actor: string): Promise<string[]> => {
      const urls: string[] = [];
      for await (const { url } of example.readArticles(client, [actor])) urls.push(url);
      return urls;
    };

    test('is shown as it is run', () => {
      const source = readFileSync(new URL(`../../docs/examples/${name}.ts`, import.meta.url), 'utf8');
      expect(DOCUMENT).toContain(`\`\`\`ts\n${source}\`\`\``);
    });

    test('reads a list to its end, page after page', async () => {
      const stored = await database.db.article.findMany({ orderBy: { publishedAt: 'desc' } });
      expect(await read(connect(), 'mistral-ai')).toEqual(stored.map(({ url }) => url));
    });

    test('saves a watch once under its key, finds the one that has the name, and tells what is wrong', async () => {
      const client = connect();
      const id = await example.saveWatch(client, 'Levées', 'first');
      expect(await example.saveWatch(client, 'Levées', 'first')).toBe(id);
      expect(await example.saveWatch(client, 'Levées', 'second')).toBe(id);
      expect(await database.db.watch.count()).toBe(1);
      await expect(example.saveWatch(client, '', 'third')).rejects.toThrow('input.name: a name is needed');
      await expect(example.saveWatch(client, 'Autre', 'first')).rejects.toThrow(
        'input.idempotencyKey: this key',
      );
    });

    test('tells what a request failed with by its code', async () => {
      const codes = async (failing: Promise<unknown>) =>
        example.codesOf(
          await failing.then(
            () => 'it did not fail',
            (error: unknown) => error,
          ),
        );
      expect(await codes(read(connect(), 'nobody'))).toEqual(['BAD_USER_INPUT']);
      expect(await codes(read(connect('vigie_none'), 'mistral-ai'))).toEqual(['UNAUTHENTICATED']);
      const { secret } = await makeToken(database, ['READ']);
      expect(await codes(example.saveWatch(connect(secret), 'x', 'x'))).toEqual(['FORBIDDEN']);
      const nowhere = example.connect('http://127.0.0.1:1/graphql', token);
      expect(await codes(read(nowhere, 'mistral-ai'))).toEqual([]);
    });
  });
}
describeClient('apollo-query', apollo);
describeClient('urql-query', urql);

test('Apollo Client is told of every expected error', () => {
  const UserError = schema.getPossibleTypes(schema.getType('UserError') as GraphQLInterfaceType);
  const listed = `UserError: [${UserError.map(({ name }) => `'${name}'`)
    .sort()
    .join(', ')}]`;
  expect(DOCUMENT).toContain(listed);
});

describe('curl', () => {
  const [query, mutation, refused] = [...DOCUMENT.matchAll(/```sh\n(curl[\s\S]*?)```/g)].map(
    ([, text]) => text!,
  );
  const run = async (command: string, env: Record<string, string> = {}): Promise<string> => {
    const shown = command.replace('http://localhost:4000/graphql', api.endpoint);
    const { stdout } = await promisify(execFile)('sh', ['-c', shown], {
      env: { ...process.env, TOKEN: token, ...env },
    });
    return stdout;
  };

  test('asks with variables, and for the next page', async () => {
    const first = JSON.parse(await run(query!)).data.articles;
    const { endCursor } = first.pageInfo;
    const second = JSON.parse(await run(query!, { AFTER: JSON.stringify(endCursor) })).data.articles;
    expect([...first.nodes, ...second.nodes].map(({ url }) => url)).toEqual(
      [0, 1, 2, 3].map((index) => `https://quotidien.example/article-${index}`),
    );
  });

  test('changes something once, however often it is sent', async () => {
    const answer = await run(mutation!);
    expect(JSON.parse(answer).data.createWatch.__typename).toBe('CreateWatchPayload');
    expect(await run(mutation!)).toBe(answer);
  });

  test('shows what is wrong', async () => {
    expect(await run(refused!)).toMatch(/^HTTP\/1.1 401 [\s\S]*"code":"UNAUTHENTICATED"/);
  });
});
