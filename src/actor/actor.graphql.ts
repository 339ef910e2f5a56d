/** Actors, their spellings and ties, and where articles name them, in the API. */
import { ArticleRef, articles } from '#article/article.graphql.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { ActorStatus } from '#generated/prisma/enums.ts';
import { ActorKindRef } from '#graphql/actor-kind.ts';
import { builder } from '#graphql/builder.ts';
import { oneOf } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { rowIdOf } from '#graphql/ids.ts';
import { SpanRef } from '#graphql/span.ts';
import { asSql, type ListRows } from '#graphql/sql-field.ts';

const { sql } = Prisma;

export const ActorStatusRef = builder.enumType('ActorStatus', {
  description: 'Whether an actor is a member of the register.',
  values: {
    [ActorStatus.CONFIRMED]: { description: 'A member of the register: alerts are sent for it.' },
    [ActorStatus.CANDIDATE]: {
      description: 'Found in an article, unknown to the register, and waiting for somebody to decide.',
    },
    [ActorStatus.REJECTED]: { description: 'Looked at and found to be no actor.' },
  } as const,
});

const AliasRef = builder.prismaObject('Alias', {
  description: 'A spelling under which the press names an actor.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The spelling.' }),
    ambiguous: t.exposeBoolean('ambiguous', {
      description: 'True when it is also a plain word or another’s name: it counts only with context.',
    }),
  }),
});

export const ActorRef = builder.prismaNode('Actor', {
  description:
    'A person, company, lab, investor, government body or organisation of the French AI ecosystem, or one that it deals with.',
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name as the press should use it: `Mistral AI`.' }),
    slug: t.exposeString('slug', {
      description: 'Its name for filters and addresses, stable: `mistral-ai`.',
    }),
    kind: t.expose('kind', { type: ActorKindRef, description: 'What it is.' }),
    status: t.expose('status', {
      type: ActorStatusRef,
      description: 'Whether it is a member of the register.',
    }),
    aliases: t.relation('aliases', {
      type: AliasRef,
      query: { orderBy: { text: 'asc' } },
      description: 'Other spellings under which the press names it.',
    }),
    context: t.exposeStringList('context', {
      description: 'Words that make an ambiguous spelling count when they stand near it.',
    }),
    wikidataUrl: t.field({
      type: 'URL',
      nullable: true,
      description: 'Its item in Wikidata; null when none is known.',
      extensions: asSql({ value: (row) => sql`'https://www.wikidata.org/wiki/' || ${row}.wikidata` }),
      resolve: ({ wikidata }) => (wikidata === null ? null : `https://www.wikidata.org/wiki/${wikidata}`),
    }),
    mergedInto: t.relation('mergedInto', {
      nullable: true,
      description: 'The actor that this one turned out to be; null as a rule.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it came into the register.' }),
  }),
});

const AffiliationRef = builder.prismaObject('Affiliation', {
  description: 'A dated tie from a person (or a subsidiary) to an organisation.',
  fields: (t) => ({
    actor: t.relation('actor', { description: 'The person or subsidiary.' }),
    organization: t.relation('organization', { description: 'The organisation.' }),
    role: t.exposeString('role', {
      nullable: true,
      description: 'What they are there, in the words of the press: `cofondateur`, `PDG`; null when unknown.',
    }),
    since: t.exposeString('since', {
      nullable: true,
      description:
        'Since when: an ISO 8601 date of year, month or day (`2023`, `2023-04`); null when unknown.',
    }),
    until: t.exposeString('until', {
      nullable: true,
      description: 'Until when, likewise; null while it lasts or when unknown.',
    }),
    former: t.exposeBoolean('former', {
      description: 'True when the tie was over when it was stated: `ancien PDG`.',
    }),
    article: t.relation('article', {
      nullable: true,
      description: 'The article that states it; null when the register does.',
    }),
  }),
});

const affiliations = createListing({
  type: AffiliationRef,
  model: 'Affiliation',
  plural: 'affiliations',
  key: 'id',
  order: { name: 'affiliations', direction: 'asc', columns: [{ sql: sql`t.id`, type: 'int4' }] },
  load: (db, query, ids) => db.affiliation.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

export const actors = createListing({
  type: ActorRef,
  model: 'Actor',
  plural: 'actors',
  key: 'id',
  order: {
    name: 'actors',
    direction: 'asc',
    columns: [
      // A slug is the name in Latin letters without accents: the alphabet as a reader expects it, and an index.
      { sql: sql`t.slug`, type: 'text' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.actor.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

builder.prismaObjectFields(ActorRef, (t) => ({
  affiliations: t.field({
    type: affiliations.type,
    description: 'The organisations it belongs to or belonged to, with role and dates.',
    args: pageArgs(),
    ...affiliations.under({ where: [sql`t.actor_id = p.id`] }),
  }),
  members: t.field({
    type: affiliations.type,
    description: 'Who belongs or belonged to it, with role and dates.',
    args: pageArgs(),
    ...affiliations.under({ where: [sql`t.organization_id = p.id`] }),
  }),
  spokespeople: t.field({
    type: actors.type,
    description: 'Its present members whom the press quotes.',
    args: pageArgs(),
    ...actors.under({
      where: [
        sql`t.id in (select f.actor_id from affiliation f where f.organization_id = p.id and f.until is null and not f.former)`,
        sql`exists (select from claim c where c.speaker_id = t.id)`,
      ],
    }),
  }),
  articles: t.field({
    type: articles.type,
    description: 'The articles that name it, the latest first.',
    args: pageArgs(),
    ...articles.under({
      // Out of one index of the mentions, however many articles there are.
      from: sql`mention m`,
      where: [sql`m.actor_id = p.id`],
      join: sql`article t on t.id = k.k1`,
      order: {
        name: 'actor-articles',
        direction: 'desc',
        columns: [
          { sql: sql`m.published_at`, type: 'timestamptz' },
          { sql: sql`m.article_id`, type: 'int4' },
        ],
      },
    }),
  }),
}));

/** The actors that an article names, in the order of their first mention. */
function actorsOfArticle({ statuses }: { readonly statuses: readonly ActorStatus[] }): ListRows {
  return {
    // The title stands before the text, which is never so long.
    from: sql`(select m.actor_id, min(m.start + (m.field = 'TEXT')::int4 * 100000000) as place
                 from mention m where m.article_id = p.id group by m.actor_id) k
              join actor t on t.id = k.actor_id`,
    where: oneOf(sql`t.status`, statuses, 'ActorStatus'),
    order: {
      name: 'article-actors',
      direction: 'asc',
      columns: [
        { sql: sql`k.place`, type: 'int4' },
        { sql: sql`t.id`, type: 'int4' },
      ],
    },
  };
}

const MentionRef = builder.prismaNode('Mention', {
  description: 'A place where an article names an actor.',
  interfaces: [SpanRef],
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    surface: t.exposeString('surface', { description: 'The words there.' }),
    confidence: t.exposeFloat('confidence', { description: 'How sure the reader is, 0 to 1.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When the article came out.' }),
    article: t.relation('article', { description: 'The article.' }),
    actor: t.relation('actor', { description: 'The actor.' }),
  }),
});

const mentions = createListing({
  type: MentionRef,
  model: 'Mention',
  plural: 'mentions',
  key: 'id',
  order: {
    name: 'mentions',
    direction: 'desc',
    columns: [
      { sql: sql`t.published_at`, type: 'timestamptz' },
      { sql: sql`t.article_id`, type: 'int4' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.mention.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

builder.prismaObjectField(ActorRef, 'mentions', (t) =>
  t.field({
    type: mentions.type,
    description: 'The places where articles name it, the latest article first.',
    args: pageArgs(),
    ...mentions.under({ where: [sql`t.actor_id = p.id`] }),
  }),
);

builder.prismaObjectFields(ArticleRef, (t) => ({
  mentions: t.field({
    type: mentions.type,
    description: 'The places where it names actors, in reading order.',
    args: pageArgs(),
    ...mentions.under({
      where: [sql`t.article_id = p.id`],
      order: {
        name: 'article-mentions',
        direction: 'asc',
        columns: [
          { sql: sql`(t.field = 'TEXT')::int4`, type: 'int4' },
          { sql: sql`t.start`, type: 'int4' },
          { sql: sql`t.id`, type: 'int4' },
        ],
      },
    }),
  }),
  actors: t.field({
    type: actors.type,
    description: 'The actors that it names, in the order of their first mention.',
    args: {
      ...pageArgs(),
      statuses: t.arg({
        type: [ActorStatusRef],
        required: true,
        defaultValue: [ActorStatus.CONFIRMED],
        description: 'Only actors in one of these states.',
      }),
    },
    extensions: asSql({ rows: actorsOfArticle }),
    resolve: ({ id }, { statuses, ...args }, context, info) =>
      actors.page({ context, info, args, parent: id, ...actorsOfArticle({ statuses }) }),
  }),
}));
