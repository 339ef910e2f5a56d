/** The match log in the API: its lines and their reasons. */
import { Prisma } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { createListing } from '#graphql/connection.ts';
import { BadInputError } from '#graphql/errors.ts';
import { bigRowIdOf } from '#graphql/ids.ts';
import { SpanRef } from '#graphql/span.ts';
import { formatCursor, parseCursor } from './cursor.ts';
import type { MatchReason } from './match.ts';
import { foundTerms, parseWordQuery } from './word-query.ts';

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

export const MatchRef = builder.prismaNode('Match', {
  description:
    'One line of the match log: an article in which an actor appears, with something that its story has not told of the actor before.',
  id: { resolve: ({ seq }) => String(seq) },
  findUnique: (id) => ({ seq: bigRowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description:
        'Its place in the log: hand it to `after`, in the query or the subscription, to go on behind it.',
      resolve: ({ seq }) => formatCursor(seq),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was logged.' }),
    reasons: t.field({
      type: [MatchReasonRef],
      description: 'Why, the most telling first; at most 20.',
      // Written by the log alone, in this shape.
      resolve: ({ reasons }) => reasons as unknown as MatchReason[],
    }),
    foundWords: t.stringList({
      description:
        'Of a query on words, as in the filter’s `words`, what the article holds and lets it pass, as the query spells it: `foundWords(query: "levée OR bourse")`.',
      args: { query: t.arg.string({ required: true, description: 'The query on words.' }) },
      select: { text: { select: { words: true } } },
      resolve: ({ text }, { query }) => {
        const parsed = parseWordQuery(query);
        if (!parsed.ok)
          throw new BadInputError('query', `at character ${parsed.position}: ${parsed.problem}`);
        return text === null ? [] : foundTerms(parsed.query, text.words);
      },
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
