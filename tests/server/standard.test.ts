import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { type Api, startTestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Database;
let api: Api;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startTestApi(database);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const audits = serverAudits({ url: () => api.endpoint });

test('graphql-http has audits for us', () => {
  expect(audits.length).toBeGreaterThanOrEqual(61);
});

test.each(audits)('GraphQL over HTTP $id: $name', async (audit) => {
  expect((await audit.fn()).status).toBe('ok');
});
