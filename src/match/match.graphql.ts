/** The match log in the API: its lines and their reasons. */
import { Prisma } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { createListing } from '#graphql/connection.ts';
import { BadInputError } from '#graphql/errors.ts';
import { bigRowIdOf } from '#graphql/ids.ts';
import { SpanRef } from '#graphql/span.ts';
import { asSql } from '#graphql/sql-field.ts';
import { base64, literal } from '#graphql/sql-value.ts';
import { wordsAskedAt } from './asked-words.ts';
import { CURSOR_PREFIX, formatCursor, parseCursor } from './cursor.ts';
import { type FoundPlace, findPlaces } from './found-places.ts';
import type { MatchReason } from './match.ts';
import { compileWordQuery, foundTerms, parseWordQuery, type WordQuery } from './word-query.ts';

const { sql } = Prisma;

export const ReasonKindRef = builder.enumType('ReasonKind', {
  description: 'What part an actor has in an article.',
  values: {
    MENTIONED: { description: 'The article names it.' },
    SPEAKING: { description: 'It says something.' },
    SPOKEN_ABOUT: { description: 'Somebody says something about it.' },
    RAISING: { description: 'It receives money.' },
    INVESTING: { description: 'It gives money.' },
  } as const,
});

const MatchReasonRef = builder.objectRef<MatchReason>('MatchReason').implement({
  description: 'One reason for a match, with its place in the article.',
  interfaces: [SpanRef],
  fields: (t) => ({
    kind: t.expose('kind', { type: ReasonKindRef, description: 'What part the actor has there.' }),
    text: t.exposeString('text', {
      description: 'The words there: a name, a quotation, a sentence about money; at most 300 code units.',
    }),
    sentence: t.exposeString('sentence', {
      description: 'The sentence around them, what a person reads first; at most 300 code units.',
    }),
    amountEur: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'Of money, in euros at the reference rate, as it stood when this was logged; null for another reason, or without a rate.',
      resolve: ({ amountEur }) => (amountEur === undefined || amountEur === null ? null : String(amountEur)),
    }),
  }),
});

/** Of a reason, what is given as it is stored. */
const REASON_FIELDS = [
  'kind',
  'text',
  'sentence',
  'field',
  'start',
  'end',
] as const satisfies readonly (keyof MatchReason)[];

const FoundPlaceRef = builder.objectRef<FoundPlace>('FoundPlace').implement({
  description: 'A place in an article where a word or phrase of a query stands.',
  interfaces: [SpanRef],
  fields: (t) => ({
    words: t.exposeString('words', { description: 'The word or phrase, as the query spells it.' }),
    text: t.exposeString('text', { description: 'What stands there, as the article spells it.' }),
  }),
});

/** The query given, or that of the filter which the match passed; null where there is neither. */
function readQuery(
  given: string | null | undefined,
  path: Parameters<typeof wordsAskedAt>[0],
): WordQuery | null {
  if (given === null || given === undefined) {
    const asked = wordsAskedAt(path);
    return asked === null ? null : compileWordQuery(asked);
  }
  const parsed = parseWordQuery(given);
  if (parsed.ok) return parsed.query;
  throw new BadInputError('query', `at character ${parsed.position}: ${parsed.problem}`);
}

/** `formatCursor` in SQL. */
const cursorSql = (seq: Prisma.Sql): Prisma.Sql =>
  sql`translate(${base64(sql`${literal(CURSOR_PREFIX)} || ${seq}`)}, '+/=', '-_')`;

export const MatchRef = builder.prismaNode('Match', {
  description:
    'One line of the match log: an article in which an actor appears, with something that its story had not told of the actor before.',
  id: { resolve: ({ seq }) => String(seq) },
  findUnique: (id) => ({ seq: bigRowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description:
        'Its place in the log: hand it to `after`, in the query or the subscription, to go on behind it.',
      resolve: ({ seq }) => formatCursor(seq),
      extensions: asSql({ value: (row) => cursorSql(sql`${row}.seq`) }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was logged.' }),
    reasons: t.field({
      type: [MatchReasonRef],
      description: 'Why, the most telling first; at most 20.',
      // Written by the log alone, in this shape.
      resolve: ({ reasons }) => reasons as unknown as MatchReason[],
      extensions: asSql({
        items: (row, item) => ({
          from: sql`jsonb_array_elements(${row}.reasons) with ordinality ${item}(reason, n)`,
          fields: {
            ...Object.fromEntries(REASON_FIELDS.map((name) => [name, sql`${item}.reason->${literal(name)}`])),
            amountEur: sql`${item}.reason->>'amountEur'`,
          },
        }),
      }),
    }),
    foundWords: t.stringList({
      description:
        'Why it passed: which words and phrases of the filter’s `words` the article held, as the filter spells them. Empty without a filter on words. With `query`, of that one: `foundWords(query: "levée OR bourse")`.',
      args: { query: t.arg.string({ description: 'Another query on words than the filter’s.' }) },
      select: { text: { select: { words: true } } },
      resolve: ({ text }, { query }, _context, { path }) => {
        const asked = readQuery(query, path);
        return asked === null || text === null ? [] : foundTerms(asked, text.words);
      },
    }),
    foundPlaces: t.field({
      type: [FoundPlaceRef],
      description:
        'Where they stand in the article as it is now, each at its first place. What a revision has taken away is left out.',
      args: { query: t.arg.string({ description: 'Another query on words than the filter’s.' }) },
      select: {
        text: { select: { words: true } },
        article: { select: { title: true, body: { select: { text: true } } } },
      },
      resolve: ({ text, article }, { query }, _context, { path }) => {
        const asked = readQuery(query, path);
        if (asked === null || text === null) return [];
        const held = new Set(foundTerms(asked, text.words));
        return findPlaces(asked, article).filter(({ words }) => held.has(words));
      },
    }),
    independentTexts: t.exposeInt('independentTexts', {
      description: 'How many independent texts its story had when this was logged.',
    }),
    corroborates: t.field({
      type: 'Cursor',
      nullable: true,
      description:
        'The line that this one says again, now that its story has one more independent text, to filters with `minimumIndependentTexts`; null for a line of something new.',
      resolve: ({ corroborates }) => (corroborates === null ? null : formatCursor(corroborates)),
      extensions: asSql({ value: (row) => cursorSql(sql`${row}.corroborates`) }),
    }),
    article: t.relation('article', { description: 'The article.' }),
    actor: t.relation('actor', { description: 'The actor.' }),
    story: t.relation('story', { description: 'The story that the article belongs to.' }),
  }),
});

export const matches = createListing({
  type: MatchRef,
  model: 'Match',
  plural: 'matches',
  key: 'seq',
  order: {
    name: 'matches',
    direction: 'asc',
    columns: [{ sql: sql`t.seq`, type: 'int8' }],
    cursors: {
      format: ([seq]) => formatCursor(seq as bigint),
      parse: (cursor) => {
        const seq = parseCursor(cursor);
        return seq === null ? null : [seq];
      },
    },
  },
  load: (db, query, seqs) => db.match.findMany({ ...query, where: { seq: { in: seqs as bigint[] } } }),
});
