import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Graph, openGraph } from '../support/graph.ts';
import { seedActor, seedMatch, seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  const { actors } = await seedNewsroom(database.db, 5);
  const id = await seedActor(database.db, { slug: 'mistral', name: 'Mistral', kind: 'COMPANY' });
  await database.db.actor.update({ where: { id }, data: { mergedIntoId: actors.get('mistral-ai')! } });
});
afterAll(() => database[Symbol.asyncDispose]());

const CREATE = `mutation ($input: CreateWatchInput!) { createWatch(input: $input) {
  ... on CreateWatchPayload { watch { id name filter { actors withSpokespeople actorKinds outlets reasons } matches { totalCount } } }
  ... on UserError { __typename code field message }
  ... on ConflictError { existing }
} }`;
const create = async (input: unknown) =>
  (await graph.ask<{ createWatch: Record<string, unknown> & { watch: { id: string } } }>(CREATE, { input }))
    .createWatch;

test('a watch keeps its filter, with each actor under the slug it has now', async () => {
  const { watch } = await create({
    name: ' Mistral ',
    filter: { actors: ['mistral'], outlets: ['La Gazette'] },
  });
  expect(watch).toEqual({
    id: expect.any(String),
    name: 'Mistral',
    filter: {
      actors: ['mistral-ai'],
      withSpokespeople: false,
      actorKinds: null,
      outlets: ['La Gazette'],
      reasons: null,
    },
    matches: { totalCount: 1 },
  });
});

test('a watch without conditions lets every match pass', async () => {
  expect(await create({ name: 'Tout', filter: {} })).toMatchObject({ watch: { matches: { totalCount: 5 } } });
});

test('a name that is taken is a conflict that names the watch', async () => {
  const { watch } = await create({ name: 'Deux fois', filter: {} });
  expect(await create({ name: 'Deux fois', filter: { reasons: ['RAISING'] } })).toMatchObject({
    __typename: 'ConflictError',
    code: 'CONFLICT',
    field: 'input.name',
    existing: watch.id,
  });
});

test.each([
  ['a blank name', { name: ' ', filter: {} }, 'input.name', /a name is needed/],
  ['a name that is too long', { name: 'x'.repeat(201), filter: {} }, 'input.name', /at most 200/],
  [
    'a slug that nobody has',
    { name: 'n', filter: { actors: ['nobody'] } },
    'input.filter.actors',
    /no actor has the slug "nobody"/,
  ],
  [
    'too many outlets',
    { name: 'n', filter: { outlets: Array.from({ length: 101 }, String) } },
    'input.filter.outlets',
    /at most 100/,
  ],
])('%s is refused, naming the field', async (_what, input, field, message) => {
  const before = await database.db.watch.count();
  expect(await create(input)).toMatchObject({
    __typename: 'InvalidInputError',
    code: 'INVALID_INPUT',
    field,
    message: expect.stringMatching(message),
  });
  expect(await database.db.watch.count()).toBe(before);
});

test('watches are listed by name, each with the matches that pass it', async () => {
  await database.db.watch.deleteMany();
  await create({ name: 'b', filter: { actors: ['kyutai'] } });
  await create({ name: 'a', filter: { actors: ['mistral-ai'] } });
  expect(
    await graph.ask(
      '{ watches { totalCount nodes { name matches(last: 1) { totalCount nodes { actor { slug } } } } } }',
    ),
  ).toEqual({
    watches: {
      totalCount: 2,
      nodes: [
        { name: 'a', matches: { totalCount: 5, nodes: [{ actor: { slug: 'mistral-ai' } }] } },
        { name: 'b', matches: { totalCount: 0, nodes: [] } },
      ],
    },
  });
});

test('a watch counts who speaks for its actors now, not when it was saved', async () => {
  const { watch } = await create({
    name: 'Voix',
    filter: { actors: ['mistral-ai'], withSpokespeople: true },
  });
  const { id: actorId } = await database.db.actor.findUniqueOrThrow({ where: { slug: 'arthur-mensch' } });
  const article = await database.db.article.findFirstOrThrow();
  await seedMatch(database.db, {
    actorId,
    articleId: article.id,
    storyId: article.storyId,
    reasons: [{ kind: 'SPEAKING', field: 'TEXT', start: 0, end: 2, text: 'Oui', sentence: 'Oui, dit-il.' }],
  });
  const count = () =>
    graph.ask(
      'query ($id: ID!) { node(id: $id) { ... on Watch { filter { withSpokespeople } matches { totalCount } } } }',
      {
        id: watch.id,
      },
    );
  const filter = { withSpokespeople: true };
  expect(await count()).toEqual({ node: { filter, matches: { totalCount: 6 } } });
  await database.db.affiliation.updateMany({ data: { former: true } });
  expect(await count()).toEqual({ node: { filter, matches: { totalCount: 5 } } });
});

test('a watch is renamed, given another filter and deleted, and errors say what is wrong', async () => {
  const { watch } = await create({ name: 'Avant', filter: { actors: ['kyutai'] } });
  const other = (await create({ name: 'Autre', filter: {} })).watch;
  const change = async (input: object) =>
    (
      await graph.ask<{ updateWatch: unknown }>(
        `mutation ($input: UpdateWatchInput!) { updateWatch(input: $input) {
          ... on UpdateWatchPayload { watch { name filter { actors words } } }
          ... on UserError { code field message }
          ... on ConflictError { existing }
        } }`,
        { input: { watch: watch.id, ...input } },
      )
    ).updateWatch;
  expect(await change({ name: 'Après' })).toEqual({
    watch: { name: 'Après', filter: { actors: ['kyutai'], words: null } },
  });
  expect(await change({ filter: { words: '"modèle ouvert" -bourse' } })).toEqual({
    watch: { name: 'Après', filter: { actors: null, words: '"modèle ouvert" -bourse' } },
  });
  expect(await change({ filter: { words: 'a (b' } })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'input.filter.words',
    message: 'at character 3: this bracket is never closed',
  });
  expect(await change({ name: 'Autre' })).toMatchObject({ code: 'CONFLICT', existing: other.id });
  const remove = async () =>
    (
      await graph.ask<{ deleteWatch: unknown }>(
        `mutation { deleteWatch(input: { watch: "${watch.id}" }) {
          ... on DeleteWatchPayload { id } ... on UserError { code field } } }`,
      )
    ).deleteWatch;
  expect(await remove()).toEqual({ id: watch.id });
  expect(await remove()).toEqual({ code: 'NOT_FOUND', field: 'input.watch' });
  expect(await change({ name: 'x' })).toMatchObject({ code: 'NOT_FOUND', field: 'input.watch' });
});
