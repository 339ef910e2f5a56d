/** A query answered by one statement says exactly what the resolvers say. */
import {
  execute,
  type GraphQLObjectType,
  getNamedType,
  getOperationAST,
  isLeafType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TokenScope } from '#generated/prisma/enums.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { answerSql, eventsSql } from '#graphql/sql-answer.ts';
import type { Database } from '#platform/database.ts';
import { schema } from '#server/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { createRandom } from '../support/random.ts';
import { NEWEST, seedArticle, seedMatch, seedNewsroom } from '../support/seed.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const { actors, articles } = await seedNewsroom(db, 12);
  // What JSON, SQL and time zones like to get wrong.
  await seedArticle(db, {
    url: 'https://quotidien.example/%C3%A9t%C3%A9?a=%22',
    title: 'L’été "à" l’\\Élysée\t: 100 % <b>😀</b> \u2028 /',
    text: 'Ligne 1\nLigne 2\r\n\u0001fin',
    publishedAt: new Date('2026-03-29T01:30:00.007Z'),
  });
  await db.actor.update({ where: { slug: 'kyutai' }, data: { wikidata: 'Q123' } });
  const merged = await db.actor.create({
    data: { slug: 'mistral', name: 'Mistral', kind: 'COMPANY', mergedIntoId: actors.get('mistral-ai')! },
  });
  await db.claim.create({
    data: {
      articleId: articles[0]!,
      speakerName: null,
      kind: 'DIRECT',
      status: 'CONDITIONAL',
      quote: 'Sans auteur',
      topics: [],
      field: 'TITLE',
      start: 0,
      end: 5,
      confidence: 0.1 + 0.2,
      fingerprint: 'x',
      publishedAt: NEWEST,
      about: { create: { actorId: merged.id, publishedAt: NEWEST } },
    },
  });
  await db.fundingEvent.create({
    data: {
      kind: 'PUBLIC_PLAN',
      status: 'PLANNED',
      amount: '1500000000.50',
      currency: 'CHF',
      valuation: '2000000000',
      valuationCurrency: 'USD',
      date: new Date('2026-01-31T23:59:59.999Z'),
    },
  });
});
afterAll(() => database[Symbol.asyncDispose]());

function contextWith(scopes: readonly TokenScope[]): GraphqlContext {
  return {
    db: database.db,
    clock: { now: () => NEWEST },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    viewer: { tokenId: null, scopes: new Set(scopes) },
  } as unknown as GraphqlContext;
}

/** The data by one statement, as JSON values; null when the resolvers have to answer. */
async function bySql(
  source: string,
  variables: Record<string, unknown> = {},
  scopes: readonly TokenScope[] = ['READ', 'TEXT'],
) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const statement = await answerSql(
    schema,
    document,
    getOperationAST(document)!,
    variables,
    contextWith(scopes),
  );
  if (statement === null) return null;
  const { rows } = await database.pool.query<{ data: unknown }>(statement.text, [...statement.values]);
  return rows[0]!.data;
}

async function byResolvers(source: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const answer = await execute({
    schema,
    document: parse(source),
    variableValues: variables,
    contextValue: contextWith(['READ', 'TEXT']),
  });
  expect(answer.errors).toBeUndefined();
  return JSON.parse(JSON.stringify(answer.data));
}

const ARTICLE = 'id title url summary outlet authors language publishedAt updatedAt text';

test.each<[string, string]>([
  ['columns of every kind', `{ articles(first: 100) { nodes { ${ARTICLE} } } }`],
  [
    'aliases, and a field asked twice',
    '{ a: articles(first: 1) { nodes { t: title title: outlet } nodes { u: url } } b: articles(last: 1) { nodes { title } } }',
  ],
  [
    'fragments and directives',
    'query { articles(first: 2) { nodes { ...F ... on Node { id } ... on Article @include(if: false) { url } __typename } } } fragment F on Article { title @skip(if: true) outlet }',
  ],
  [
    'relations and lists in lists',
    `{ articles(first: 5) { nodes { title story { title articles(first: 2) { nodes { url } } } feed { outlet url } actors(first: 3) { nodes { slug kind claims(first: 2) { nodes { quote speaker { name } article { title } } } } } claims { nodes { quote verb kind status confidence topics speaker { slug } } } mentions(first: 2) { nodes { field start end surface actor { slug } } } } } }`,
  ],
  [
    'edges with cursors',
    '{ articles(first: 3) { edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }',
  ],
  [
    'an order of its own',
    '{ articles(first: 3) { nodes { actors(first: 2, statuses: [CANDIDATE, CONFIRMED]) { edges { cursor node { slug } } pageInfo { hasNextPage endCursor } totalCount } } } }',
  ],
  [
    'the last of a list',
    '{ articles(last: 3) { edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
  ],
  [
    'an empty page',
    '{ articles(first: 0) { nodes { title } pageInfo { hasNextPage startCursor } } claims(filter: { outlets: [] }) { nodes { quote } totalCount } }',
  ],
  [
    'a filter',
    '{ articles(filter: { actors: ["kyutai"], hasClaims: true, text: "modèle" }) { nodes { title } totalCount } }',
  ],
  [
    'an actor with its rounds',
    `{ actor(slug: "mistral-ai") { slug wikidataUrl articles(first: 3) { edges { cursor node { title } } totalCount } fundingEvents(first: 2) { nodes { date kind status amountEur money { amount currency } valuation { amount } investors { lead investor { name } } reports { nodes { article { url } investors { investor { slug } } } } } } investments { totalCount } claimsAbout(first: 2) { edges { cursor node { quote } } } affiliations { nodes { role organization { slug } } } members { nodes { actor { slug } since } } } }`,
  ],
  [
    'money of every kind',
    '{ fundingEvents(first: 100) { nodes { money { amount currency __typename } valuation { amount currency } amountEur recipient { slug } } } }',
  ],
  ['an actor that was merged', '{ actor(slug: "mistral") { slug mergedInto { slug } } }'],
  ['nothing', '{ actor(slug: "nobody") { slug } article(url: "https://nowhere.example/") { title } }'],
  [
    'an article by its address',
    '{ article(url: "https://quotidien.example/article-3?utm_source=x") { title } }',
  ],
  [
    'a row by its id',
    '{ node(id: "QXJ0aWNsZTox") { __typename id ... on Article { title } ... on Actor { name } } }',
  ],
  [
    'stories and claims',
    '{ stories(first: 3) { nodes { title firstSeenAt articleCount } } claims(first: 4, filter: { kinds: [DIRECT] }) { nodes { quote speakerName article { outlet } repeats { totalCount nodes { quote } } } } }',
  ],
])('%s', async (_what, source) => {
  const answer = await bySql(source);
  expect(answer).not.toBeNull();
  expect(answer).toEqual(await byResolvers(source));
});

test('variables stand for arguments, page after page', async () => {
  const source =
    'query ($first: Int = 2, $after: Cursor, $last: Int, $before: Cursor) { articles(first: $first, after: $after, last: $last, before: $before) { nodes { url } pageInfo { hasNextPage endCursor startCursor hasPreviousPage } } }';
  let after: string | null = null;
  for (let page = 0; page < 4; page += 1) {
    const variables: Record<string, unknown> = { first: 4, after };
    const answer = (await bySql(source, variables)) as { articles: { pageInfo: { endCursor: string } } };
    expect(answer).toEqual(await byResolvers(source, variables));
    after = answer.articles.pageInfo.endCursor;
  }
  const back = { first: null, last: 3, before: after };
  expect(await bySql(source, back)).toEqual(await byResolvers(source, back));
});

test.each<[string, string]>([
  ['an argument that makes no sense', '{ articles(first: 1000) { nodes { title } } }'],
  ['an unknown actor', '{ articles(filter: { actors: ["nobody"] }) { nodes { title } } }'],
  ['a cursor of another list', '{ articles(after: "WyJjbGFpbXMiLDEsIjEiXQ") { nodes { title } } }'],
  [
    'too many rows in rows',
    '{ articles(first: 100) { nodes { claims(first: 100) { nodes { about { slug } repeats(first: 100) { totalCount } } } } } }',
  ],
  ['what has no SQL', '{ search(text: "modèle") { nodes { __typename } } }'],
  ['an id of nothing', '{ node(id: "%%%") { id } }'],
])('%s is left to the resolvers, which say why', async (_what, source) => {
  expect(await bySql(source)).toBeNull();
});

test('what a viewer may not read is left to the resolvers, which refuse it', async () => {
  expect(await bySql('{ articles { nodes { text } } }', {}, ['READ'])).toBeNull();
  expect(await bySql('{ articles { nodes { title } } }', {}, [])).toBeNull();
  expect(await bySql('{ articles(first: 1) { nodes { text } } }', {}, ['ADMIN'])).not.toBeNull();
});

const guarded = Object.values(schema.getTypeMap()).flatMap((type) => {
  const options = type.extensions.pothosOptions as { authScopes?: { scope?: TokenScope } } | undefined;
  const isNode = isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');
  return isNode && options?.authScopes !== undefined ? [[type.name, options.authScopes.scope!] as const] : [];
});

test('there are types that take a scope of their own', () => {
  expect(guarded.map(([type]) => type)).toEqual(
    expect.arrayContaining(['ApiToken', 'Channel', 'Delivery', 'Watch']),
  );
});

test.each(guarded)(
  '%s by its id goes to the resolvers for whoever lacks the scope %s',
  async (type, scope) => {
    const id = Buffer.from(`${type}:1`).toString('base64');
    const source = `{ node(id: "${id}") { ... on ${type} { id __typename } } }`;
    expect(await bySql(source, {}, ['READ'])).toBeNull();
    expect(await bySql(source, {}, ['READ', scope])).toEqual({ node: null });
  },
);

/** A random selection of a type, at most `depth` deep. */
function selectionOf(type: GraphQLObjectType, depth: number, random: (below: number) => number): string {
  const fields = Object.values(type.getFields()).filter(({ args }) =>
    args.every(({ defaultValue, type: of }) => defaultValue !== undefined || !String(of).endsWith('!')),
  );
  const chosen = ['__typename'];
  for (const field of fields) {
    const of = getNamedType(field.type);
    if (random(3) > 0) continue;
    const pages = field.args.some(({ name }) => name === 'last');
    const args = pages ? ['', '(first: 2)', '(last: 2)', '(first: 1)'][random(4)] : '';
    if (isLeafType(of)) chosen.push(field.name);
    else if (isObjectType(of) && depth > 0)
      chosen.push(`${field.name}${args} { ${selectionOf(of, depth - 1, random)} }`);
  }
  return chosen.join(' ');
}

test('random queries are answered alike both ways', async () => {
  let answered = 0;
  for (let seed = 1; seed <= 150; seed += 1) {
    const random = createRandom(seed).below;
    const roots = ['articles', 'stories', 'actors', 'claims', 'fundingEvents', 'feeds'] as const;
    const root = roots[random(roots.length)]!;
    const type = schema.getQueryType()!.getFields()[root]!.type;
    const source = `{ ${root}(first: 3) { ${selectionOf(getNamedType(type) as GraphQLObjectType, 4, random)} } }`;
    const answer = await bySql(source);
    if (answer === null) continue;
    answered += 1;
    expect(answer, source).toEqual(await byResolvers(source));
  }
  expect(answered).toBeGreaterThan(40);
});

const REASONS = [
  {
    kind: 'RAISING',
    field: 'TEXT',
    start: 3,
    end: 9,
    text: 'lève "105" M€',
    sentence: 'L’été\u2028: lève "105" M€ 😀',
    amountEur: 105_000_000.5,
  },
  { kind: 'INVESTING', field: 'TITLE', start: 0, end: 1, text: 'é', sentence: '', amountEur: null },
] as const;

/** The events of some matches by one statement, and by the resolvers one by one; null and nothing where it cannot. */
async function eventsBothWays(source: string, keys: readonly bigint[]) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const context = contextWith(['READ', 'TEXT']);
  const operation = getOperationAST(document)!;
  const statement = await eventsSql(schema, document, operation, {}, context, { model: 'Match', keys });
  if (statement === null) return null;
  const { rows } = await database.pool.query<{ key: string; data: unknown }>(statement.text, [
    ...statement.values,
  ]);
  const data = new Map(rows.map((row) => [BigInt(row.key), row.data]));
  const resolved = await Promise.all(
    keys.map(async (seq) => {
      const event = { schema, document, rootValue: { seq }, contextValue: contextWith(['READ', 'TEXT']) };
      const { data: expected, errors } = await execute(event);
      expect(errors).toBeUndefined();
      return JSON.parse(JSON.stringify(expected)) as unknown;
    }),
  );
  return { bySql: keys.map((key) => data.get(key)), byResolvers: resolved };
}

test('alerts rendered together are those rendered one by one', async () => {
  const [line] = await database.db.match.findMany({ take: 1 });
  const { articleId, actorId, storyId } = line!;
  const seq = await seedMatch(database.db, { articleId, actorId, storyId, reasons: REASONS });
  await database.db.match.update({ where: { seq }, data: { corroborates: line!.seq, independentTexts: 2 } });
  const keys = (await database.db.match.findMany({ select: { seq: true } })).map(({ seq }) => seq);
  const all = await eventsBothWays(
    `subscription { m: matches { __typename id cursor createdAt independentTexts corroborates actor { slug } article { ${ARTICLE} } story { title }
       reasons { __typename kind text sentence amountEur ... on Span { field start end } } } }`,
    keys,
  );
  expect(all!.bySql).toEqual(all!.byResolvers);
  expect(JSON.stringify(all!.bySql)).toContain('"amountEur":"105000000.5"');
  const type = schema.getType('Match') as GraphQLObjectType;
  let answered = 0;
  for (let seed = 1; seed <= 80; seed += 1) {
    const source = `subscription { matches { ${selectionOf(type, 3, createRandom(seed).below)} } }`;
    const both = await eventsBothWays(source, keys.slice(0, 3));
    if (both === null) continue;
    answered += 1;
    expect(both.bySql, source).toEqual(both.byResolvers);
  }
  expect(answered).toBeGreaterThan(10);
});

test('an alert with something that SQL has not, or that its viewer may not read, is left to the resolvers', async () => {
  expect(await eventsBothWays('subscription { matches { foundWords(query: "a") } }', [1n])).toBeNull();
  const document = parse('subscription { matches { article { text } } }');
  const operation = getOperationAST(document)!;
  const of = { model: 'Match', keys: [1n] };
  expect(await eventsSql(schema, document, operation, {}, contextWith(['READ']), of)).toBeNull();
  expect(await eventsSql(schema, document, operation, {}, contextWith([]), of)).toBeNull();
});
