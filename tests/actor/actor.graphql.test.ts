import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Graph, openGraph } from '../support/graph.ts';
import { emptyNewsroom, seedActor, seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => emptyNewsroom(database.db));

const idOf = (type: string, id: number): string => Buffer.from(`${type}:${id}`).toString('base64');

describe('actors', () => {
  beforeEach(async () => {
    const { actors } = await seedNewsroom(database.db, 2);
    const merged = await seedActor(database.db, {
      slug: 'mistral',
      name: 'Mistral (start-up)',
      kind: 'COMPANY',
    });
    await database.db.actor.update({
      where: { id: merged },
      data: { mergedIntoId: actors.get('mistral-ai')! },
    });
    await seedActor(database.db, { slug: 'elysee', name: 'Élysée', kind: 'GOVERNMENT' });
    await seedActor(database.db, { slug: 'hugging-face', name: 'Hugging Face', kind: 'COMPANY' });
    await seedActor(database.db, {
      slug: 'le-vent',
      name: 'Le Vent',
      kind: 'ORGANIZATION',
      status: 'REJECTED',
    });
  });

  const CONFIRMED = ['arthur-mensch', 'bpifrance', 'elysee', 'hugging-face', 'kyutai', 'mistral-ai'];

  test.each<[string, readonly string[]]>([
    ['{}', CONFIRMED],
    ['{ text: "mistral" }', ['mistral-ai']],
    ['{ text: "ÉLYSEE" }', ['elysee']],
    ['{ text: "mistralai" }', ['mistral-ai']],
    ['{ text: "huging face" }', ['hugging-face']],
    ['{ text: "%" }', []],
    ['{ text: "  " }', CONFIRMED],
    ['{ kinds: [LAB, PERSON] }', ['arthur-mensch', 'kyutai']],
    ['{ statuses: [CANDIDATE] }', ['le-plan']],
    ['{ statuses: [CANDIDATE, REJECTED] }', ['le-plan', 'le-vent']],
    ['{ organization: "mistral-ai" }', ['arthur-mensch']],
    ['{ organization: "nobody" }', []],
  ])('actors(filter: %s), in alphabetical order', async (filter, slugs) => {
    const { actors } = await graph.ask<{ actors: { nodes: { slug: string }[] } }>(
      `{ actors(filter: ${filter}) { nodes { slug } } }`,
    );
    expect(actors.nodes.map(({ slug }) => slug)).toEqual(slugs);
  });

  test('the slug of a merged actor gives the one it was merged into', async () => {
    expect(await graph.ask('{ actor(slug: "mistral") { slug mergedInto { slug } } }')).toEqual({
      actor: { slug: 'mistral-ai', mergedInto: null },
    });
    expect(await graph.ask('{ articles(filter: { actors: ["mistral"] }) { totalCount } }')).toEqual({
      articles: { totalCount: 2 },
    });
  });

  test('an actor shows its spellings, its ties, who speaks for it and what is known of it', async () => {
    const { actor } = await graph.ask<{ actor: unknown }>(`{ actor(slug: "mistral-ai") {
      name kind status wikidataUrl context aliases { text ambiguous }
      affiliations { totalCount }
      members { nodes { role since until former actor { name } organization { name } article { id } } }
      spokespeople { nodes { name } }
      mentions(first: 1) { nodes { surface article { url } } totalCount }
      claims { totalCount } claimsAbout { totalCount }
      fundingEvents { nodes { money { amount currency } } } investments { totalCount }
    } }`);
    expect(actor).toEqual({
      name: 'Mistral AI',
      kind: 'COMPANY',
      status: 'CONFIRMED',
      wikidataUrl: null,
      context: [],
      aliases: [{ text: 'MistralAI', ambiguous: false }],
      affiliations: { totalCount: 0 },
      members: {
        nodes: [
          {
            role: 'cofondateur',
            since: '2023-04',
            until: null,
            former: false,
            actor: { name: 'Arthur Mensch' },
            organization: { name: 'Mistral AI' },
            article: null,
          },
        ],
      },
      spokespeople: { nodes: [{ name: 'Arthur Mensch' }] },
      mentions: {
        nodes: [{ surface: 'Mistral AI', article: { url: 'https://quotidien.example/article-0' } }],
        totalCount: 2,
      },
      claims: { totalCount: 0 },
      claimsAbout: { totalCount: 2 },
      fundingEvents: { nodes: [{ money: { amount: '1000000', currency: 'EUR' } }] },
      investments: { totalCount: 0 },
    });
  });

  test('who has left speaks for nobody', async () => {
    await database.db.affiliation.updateMany({ data: { until: '2025' } });
    const { actor } = await graph.ask<{ actor: unknown }>(
      '{ actor(slug: "mistral-ai") { spokespeople { nodes { name } } members { totalCount } } }',
    );
    expect(actor).toEqual({ spokespeople: { nodes: [] }, members: { totalCount: 1 } });
  });

  test('an article that names an actor several times is one article of the actor', async () => {
    const { articleId, actorId, publishedAt } = await database.db.mention.findFirstOrThrow({
      where: { actor: { slug: 'kyutai' } },
    });
    await database.db.mention.create({
      data: {
        articleId,
        actorId,
        publishedAt,
        field: 'TITLE',
        start: 0,
        end: 6,
        surface: 'Kyutai',
        confidence: 1,
      },
    });
    expect(await graph.ask('{ actor(slug: "kyutai") { articles { totalCount nodes { title } } } }')).toEqual({
      actor: { articles: { totalCount: 1, nodes: [{ title: 'Mistral AI, épisode 0' }] } },
    });
  });
});

describe('createActor', () => {
  const CREATE = `mutation ($input: CreateActorInput!) { createActor(input: $input) {
    ... on CreateActorPayload { actor { id slug name kind status wikidataUrl context aliases { text ambiguous } } }
    ... on UserError { __typename code field message }
    ... on ConflictError { existing }
  } }`;
  const create = async (input: Readonly<Record<string, unknown>>) =>
    (await graph.ask<{ createActor: Record<string, unknown> }>(CREATE, { input })).createActor;

  test('the actor is a member of the register, and the register has changed', async () => {
    const before = await database.db.registerVersion.findUniqueOrThrow({ where: { id: 1 } });
    const { actor } = await create({
      name: ' Éleuther & Fils ',
      kind: 'ORGANIZATION',
      aliases: [{ text: 'Éleuther' }, { text: 'Orange', ambiguous: true }, { text: ' Éleuther ' }],
      context: ['télécoms', 'télécoms'],
      wikidata: 'Q95',
    });
    expect(actor).toEqual({
      id: expect.any(String),
      slug: 'eleuther-fils',
      name: 'Éleuther & Fils',
      kind: 'ORGANIZATION',
      status: 'CONFIRMED',
      wikidataUrl: 'https://www.wikidata.org/wiki/Q95',
      context: ['télécoms'],
      aliases: [
        { text: 'Orange', ambiguous: true },
        { text: 'Éleuther', ambiguous: false },
      ],
    });
    const after = await database.db.registerVersion.findUniqueOrThrow({ where: { id: 1 } });
    expect(after.version).toBeGreaterThan(before.version);
  });

  test('a member of the same slug is a conflict that names it, and stays as it is', async () => {
    const id = await seedActor(database.db, { slug: 'kyutai', name: 'Kyutai', kind: 'LAB' });
    expect(await create({ name: 'kyutai', kind: 'COMPANY', aliases: [{ text: 'x' }] })).toMatchObject({
      __typename: 'ConflictError',
      code: 'CONFLICT',
      field: 'input.slug',
      existing: idOf('Actor', id),
    });
    expect(await database.db.actor.findFirst({ include: { aliases: true } })).toMatchObject({
      kind: 'LAB',
      aliases: [],
    });
  });

  test.each(['CANDIDATE', 'REJECTED'] as const)(
    'a %s one of the same slug becomes the member',
    async (status) => {
      const id = await seedActor(database.db, { slug: 'kyutai', name: 'kyutai', kind: 'COMPANY', status });
      const { actor } = await create({ name: 'Kyutai', kind: 'LAB', aliases: [{ text: 'Kyutai Labs' }] });
      expect(actor).toMatchObject({
        id: idOf('Actor', id),
        name: 'Kyutai',
        kind: 'LAB',
        status: 'CONFIRMED',
        aliases: [{ text: 'Kyutai Labs', ambiguous: false }],
      });
    },
  );

  test.each([
    ['a blank name', { name: '  ' }, 'input.name'],
    ['a name that is too long', { name: 'x'.repeat(201) }, 'input.name'],
    ['a name without Latin letters', { name: '東京' }, 'input.slug'],
    ['a slug with capitals and a space', { slug: 'Mistral AI' }, 'input.slug'],
    ['a slug with two hyphens', { slug: 'a--b' }, 'input.slug'],
    ['a slug that is too long', { slug: 'x'.repeat(201) }, 'input.slug'],
    ['a blank spelling', { aliases: [{ text: ' ' }] }, 'input.aliases'],
    ['a spelling that is too long', { aliases: [{ text: 'x'.repeat(201) }] }, 'input.aliases'],
    [
      'too many spellings',
      { aliases: Array.from({ length: 101 }, (_, i) => ({ text: `${i}` })) },
      'input.aliases',
    ],
    ['a blank word', { context: [''] }, 'input.context'],
    ['too many words', { context: Array.from({ length: 101 }, (_, i) => `${i}`) }, 'input.context'],
    ['a Wikidata address', { wikidata: 'https://www.wikidata.org/wiki/Q95' }, 'input.wikidata'],
  ])('%s is refused, naming the field', async (_what, wrong, field) => {
    expect(await create({ name: 'Nom', kind: 'LAB', ...wrong })).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      field,
    });
    expect(await database.db.actor.count()).toBe(0);
  });

  test('two clients that create the same actor at once make one', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => create({ name: 'Kyutai', kind: 'LAB' })));
    expect(answers.filter(({ code }) => code === 'CONFLICT')).toHaveLength(2);
    expect(await database.db.actor.count()).toBe(1);
  });
});
