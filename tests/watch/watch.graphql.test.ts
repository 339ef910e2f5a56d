import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, type Graph, openGraph } from '../support/graph.ts';
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

test('watches are found by actor, name and silence, by name or the newest first, and one by its id', async () => {
  const { db } = database;
  await db.watch.deleteMany();
  const made = [
    ['labos', ['kyutai']],
    ['mistral, levées', ['mistral']],
    ['veille mistral', ['mistral-ai', 'kyutai']],
    ['tout', undefined],
  ] as const;
  for (const [index, [name, actors]] of made.entries()) {
    const { watch } = await create({ name, filter: { actors } });
    const createdAt = new Date(Date.UTC(2026, 2, 1, index));
    const { id } = await db.watch.update({ where: { name }, data: { createdAt } });
    const since = new Date('2026-03-01T00:00:00Z');
    const until = name === 'tout' ? new Date('2026-03-02T00:00:00Z') : null;
    if (name === 'labos' || name === 'tout')
      await db.watchMute.create({ data: { watchId: id, since, until } });
    expect(await graph.ask(`{ watch(id: "${watch.id}") { name } }`)).toEqual({ watch: { name } });
  }
  const expected: Readonly<Record<string, readonly string[]>> = {
    '': ['labos', 'mistral, levées', 'tout', 'veille mistral'],
    '(orderBy: NEWEST)': ['tout', 'veille mistral', 'mistral, levées', 'labos'],
    '(orderBy: NEWEST, first: 2)': ['tout', 'veille mistral'],
    '(filter: { actors: ["mistral"] })': ['mistral, levées', 'veille mistral'],
    '(filter: { actors: ["kyutai", "mistral-ai"] }, last: 2)': ['mistral, levées', 'veille mistral'],
    '(filter: { actors: [] })': [],
    '(filter: { text: "LEVEES" })': ['mistral, levées'],
    '(filter: { muted: true })': ['labos'],
    '(filter: { muted: false, text: "mistral" })': ['mistral, levées', 'veille mistral'],
  };
  for (const [args, names] of Object.entries(expected)) {
    const { watches } = await graph.ask<{ watches: { nodes: { name: string }[] } }>(
      `{ watches${args} { nodes { name } } }`,
    );
    expect(
      watches.nodes.map(({ name }) => name),
      args,
    ).toEqual(names);
  }
});

test('watches are refused for an actor that nobody knows, and none has the id of something else', async () => {
  expect(
    codesOf(await graph.tryAsk('{ watches(filter: { actors: ["nobody"] }) { totalCount } }')),
  ).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining('filter.actors') }]);
  expect(await graph.ask('{ watch(id: "QXJ0aWNsZTox") { name } }')).toEqual({ watch: null });
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
          ... on DeleteWatchPayload { deletedId } ... on UserError { code field } } }`,
      )
    ).deleteWatch;
  expect(await remove()).toEqual({ deletedId: watch.id });
  expect(await remove()).toEqual({ code: 'NOT_FOUND', field: 'input.watch' });
  expect(await change({ name: 'x' })).toMatchObject({ code: 'NOT_FOUND', field: 'input.watch' });
});
