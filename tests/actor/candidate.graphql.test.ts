import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActorKind } from '#generated/prisma/enums.ts';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, countStatements, type Graph, openGraph } from '../support/graph.ts';
import { emptyNewsroom, NEWEST, seedActor, seedArticle } from '../support/seed.ts';

let database: Database;
let graph: Graph;
let ids: ReadonlyMap<string, number>;

const DAY_MS = 86_400_000;

/** Slug, kind, and the days ago of the articles that name it. */
const CANDIDATES: readonly (readonly [string, ActorKind, readonly number[]])[] = [
  ['alize', 'INVESTOR', [1, 2, 3]],
  ['bise', 'COMPANY', [5, 6]],
  ['cers', 'COMPANY', [4, 6]],
  ['foehn', 'PERSON', [9]],
  ['simoun', 'LAB', []],
];

beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  const { db } = database;
  await emptyNewsroom(db);
  const made = new Map<string, number>();
  made.set('kyutai', await seedActor(db, { slug: 'kyutai', name: 'Kyutai', kind: 'LAB' }));
  for (const [slug, kind, days] of CANDIDATES) {
    const name = slug.charAt(0).toUpperCase() + slug.slice(1);
    const actorId = await seedActor(db, { slug, name, kind, status: 'CANDIDATE' });
    made.set(slug, actorId);
    for (const day of days) {
      const publishedAt = new Date(NEWEST.getTime() - day * DAY_MS);
      const { id } = await seedArticle(db, { url: `https://quotidien.example/${slug}-${day}`, publishedAt });
      for (const start of [0, 20]) {
        const span = { field: 'TEXT', start, end: start + name.length, surface: name } as const;
        await db.mention.create({ data: { articleId: id, actorId, publishedAt, confidence: 0.7, ...span } });
      }
    }
  }
  ids = made;
});

const idOf = (slug: string): string => Buffer.from(`Actor:${ids.get(slug)}`).toString('base64');

interface Page {
  readonly candidates: {
    readonly nodes: readonly {
      readonly articleCount: number;
      readonly lastSeenAt: string;
      readonly actor: { readonly slug: string };
    }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    readonly totalCount: number;
  };
}
const LIST = `query ($first: Int, $after: Cursor, $filter: CandidateFilterInput) {
  candidates(first: $first, after: $after, filter: $filter) {
    nodes { articleCount lastSeenAt actor { slug } } pageInfo { endCursor hasNextPage } totalCount
  }
}`;

describe('candidates', () => {
  test('come with how many articles name them and when the last did, the most named and latest seen first', async () => {
    const { candidates } = await graph.ask<Page>(LIST);
    expect(
      candidates.nodes.map(({ actor, articleCount, lastSeenAt }) => [
        actor.slug,
        articleCount,
        (NEWEST.getTime() - new Date(lastSeenAt).getTime()) / DAY_MS,
      ]),
    ).toEqual([
      ['alize', 3, 1],
      ['cers', 2, 4],
      ['bise', 2, 5],
      ['foehn', 1, 9],
    ]);
    expect(candidates.totalCount).toBe(4);
  });

  test('come page by page, each once, however many a page holds', async () => {
    for (const first of [1, 2, 3]) {
      const seen: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const page: Page = await graph.ask<Page>(LIST, { first, after });
        seen.push(...page.candidates.nodes.map(({ actor }) => actor.slug));
        after = page.candidates.pageInfo.endCursor;
        more = page.candidates.pageInfo.hasNextPage;
      }
      expect(seen).toEqual(['alize', 'cers', 'bise', 'foehn']);
    }
  });

  test('cost as many statements for one as for all', async () => {
    const one = await countStatements(database, () => graph.ask(LIST, { first: 1 }));
    expect(await countStatements(database, () => graph.ask(LIST, { first: 100 }))).toBe(one);
  });

  test.each<[object, readonly string[]]>([
    [{ kinds: ['COMPANY'] }, ['cers', 'bise']],
    [{ kinds: ['PERSON', 'INVESTOR'] }, ['alize', 'foehn']],
    [{ kinds: [] }, []],
    [{ minimumArticles: 2 }, ['alize', 'cers', 'bise']],
    [{ minimumArticles: 0 }, ['alize', 'cers', 'bise', 'foehn']],
    [{ text: 'ALIZÉ' }, ['alize']],
    [{ text: 'e', minimumArticles: 2, kinds: ['COMPANY'] }, ['cers', 'bise']],
  ])('candidates(filter: %j)', async (filter, slugs) => {
    const { candidates } = await graph.ask<Page>(LIST, { filter });
    expect(candidates.nodes.map(({ actor }) => actor.slug)).toEqual(slugs);
    expect(candidates.totalCount).toBe(slugs.length);
  });

  test.each<[string, string]>([
    ['candidates(filter: { minimumArticles: -1 })', 'filter.minimumArticles'],
    ['candidates(first: 101)', 'first'],
    ['candidates(after: "abc")', 'after'],
  ])('%s is refused', async (field, argument) => {
    const [error] = codesOf(await graph.tryAsk(`{ ${field} { totalCount } }`));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining(argument) });
  });

  test('lead on into the graph', async () => {
    const { candidates } = await graph.ask<{ candidates: { nodes: unknown[] } }>(
      '{ candidates(first: 1) { nodes { actor { name mentions(first: 1) { nodes { surface article { url } } } } } } }',
    );
    expect(candidates.nodes).toEqual([
      {
        actor: {
          name: 'Alize',
          mentions: { nodes: [{ surface: 'Alize', article: { url: 'https://quotidien.example/alize-1' } }] },
        },
      },
    ]);
  });
});

type Result = Record<
  string,
  { __typename: string; code?: string; field?: string; existing?: string; message?: string }
>;
const ERRORS = '__typename ... on UserError { code field message } ... on ConflictError { existing }';

describe('decisions', () => {
  const CONFIRM = `mutation ($input: ConfirmCandidateInput!) { confirmCandidate(input: $input) {
    ... on ConfirmCandidatePayload { actor { slug name kind status aliases { text } } } ${ERRORS} } }`;
  const MERGE = `mutation ($input: MergeActorInput!) { mergeActor(input: $input) {
    ... on MergeActorPayload { actor { slug aliases { text } articles { totalCount } } } ${ERRORS} } }`;
  const REJECT = `mutation ($input: RejectCandidateInput!) { rejectCandidate(input: $input) {
    ... on RejectCandidatePayload { actor { slug status articles { totalCount } } } ${ERRORS} } }`;

  test('a candidate is confirmed under the name and kind given, and leaves the list', async () => {
    const input = { candidate: idOf('bise'), name: ' Bise Robotique ', kind: 'LAB' };
    expect(await graph.ask(CONFIRM, { input })).toMatchObject({
      confirmCandidate: {
        actor: {
          slug: 'bise',
          name: 'Bise Robotique',
          kind: 'LAB',
          status: 'CONFIRMED',
          aliases: [{ text: 'Bise' }],
        },
      },
    });
    const { candidates } = await graph.ask<Page>(LIST);
    expect(candidates.nodes.map(({ actor }) => actor.slug)).not.toContain('bise');
  });

  test('a candidate is merged into a member, which then has its articles and its slug', async () => {
    const input = { actor: idOf('alize'), into: idOf('kyutai') };
    expect(await graph.ask(MERGE, { input })).toMatchObject({
      mergeActor: { actor: { slug: 'kyutai', aliases: [{ text: 'Alize' }], articles: { totalCount: 3 } } },
    });
    expect(await graph.ask('{ actor(slug: "alize") { slug } }')).toEqual({ actor: { slug: 'kyutai' } });
  });

  test('a candidate is rejected and is in no article any more', async () => {
    expect(await graph.ask(REJECT, { input: { candidate: idOf('cers') } })).toMatchObject({
      rejectCandidate: { actor: { slug: 'cers', status: 'REJECTED', articles: { totalCount: 0 } } },
    });
  });

  test.each<[string, string, () => object, object]>([
    ['no id', CONFIRM, () => ({ candidate: 'abc' }), { code: 'INVALID_INPUT', field: 'input.candidate' }],
    [
      'the id of another thing',
      REJECT,
      () => ({ candidate: 'QXJ0aWNsZTox' }),
      { code: 'INVALID_INPUT', field: 'input.candidate' },
    ],
    [
      'a name of blanks',
      CONFIRM,
      () => ({ candidate: idOf('bise'), name: ' ' }),
      { code: 'INVALID_INPUT', field: 'input.name' },
    ],
    [
      'a name without end',
      CONFIRM,
      () => ({ candidate: idOf('bise'), name: 'a'.repeat(201) }),
      { code: 'INVALID_INPUT', field: 'input.name' },
    ],
    [
      'nobody',
      CONFIRM,
      () => ({ candidate: 'QWN0b3I6OTk5OTk5' }),
      { code: 'NOT_FOUND', field: 'input.candidate' },
    ],
    [
      'nobody',
      REJECT,
      () => ({ candidate: 'QWN0b3I6OTk5OTk5' }),
      { code: 'NOT_FOUND', field: 'input.candidate' },
    ],
    [
      'nobody to merge',
      MERGE,
      () => ({ actor: 'QWN0b3I6OTk5OTk5', into: idOf('kyutai') }),
      { code: 'NOT_FOUND', field: 'input.actor' },
    ],
    [
      'nobody to merge into',
      MERGE,
      () => ({ actor: idOf('bise'), into: 'QWN0b3I6OTk5OTk5' }),
      { code: 'NOT_FOUND', field: 'input.into' },
    ],
    [
      'a member',
      CONFIRM,
      () => ({ candidate: idOf('kyutai') }),
      { code: 'CONFLICT', field: 'input.candidate' },
    ],
    [
      'a member',
      REJECT,
      () => ({ candidate: idOf('kyutai') }),
      { code: 'CONFLICT', field: 'input.candidate' },
    ],
    [
      'a candidate to merge into',
      MERGE,
      () => ({ actor: idOf('bise'), into: idOf('cers') }),
      { code: 'CONFLICT', field: 'input.into' },
    ],
  ])('%s is an expected error', async (_what, mutation, input, expected) => {
    const before = await database.db.actor.findMany({ orderBy: { id: 'asc' } });
    const [result] = Object.values(await graph.ask<Result>(mutation, { input: input() }));
    expect(result).toMatchObject(expected);
    expect(await database.db.actor.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  });

  test('a conflict names the actor that is in the way', async () => {
    await graph.ask(MERGE, { input: { actor: idOf('alize'), into: idOf('kyutai') } });
    const { confirmCandidate } = await graph.ask<Result>(CONFIRM, { input: { candidate: idOf('alize') } });
    expect(confirmCandidate).toMatchObject({
      code: 'CONFLICT',
      existing: idOf('kyutai'),
      message: '"alize" was merged into "kyutai"',
    });
  });

  test.each([
    ['confirmCandidate', CONFIRM, () => ({ candidate: idOf('bise') })],
    ['mergeActor', MERGE, () => ({ actor: idOf('bise'), into: idOf('kyutai') })],
    ['rejectCandidate', REJECT, () => ({ candidate: idOf('bise') })],
  ] as const)('%s needs the scope ADMIN', async (_name, mutation, input) => {
    const client = openGraph(database, { scopes: ['READ', 'TEXT', 'WATCH', 'INGEST'] });
    expect(codesOf(await client.tryAsk(mutation, { input: input() }))).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await database.db.actor.findUnique({ where: { slug: 'bise' } })).toMatchObject({
      status: 'CANDIDATE',
      mergedIntoId: null,
    });
  });
});
