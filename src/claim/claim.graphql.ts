/** Claims in the API: who said what, about whom. */
import { ActorRef } from '#actor/actor.graphql.ts';
import { ArticleRef } from '#article/article.graphql.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { ClaimKind, ClaimStatus } from '#generated/prisma/enums.ts';
import { findActorIds } from '#graphql/actor-slugs.ts';
import { builder } from '#graphql/builder.ts';
import { between, fullText, isGiven, oneOf, oneOfKeys } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { rowIdOf } from '#graphql/ids.ts';
import { SpanRef } from '#graphql/span.ts';

const { sql } = Prisma;

const ClaimKindRef = builder.enumType('ClaimKind', {
  description: 'How a claim is reported.',
  values: {
    [ClaimKind.DIRECT]: { description: 'In the speaker’s own words, between quotation marks.' },
    [ClaimKind.INDIRECT]: { description: 'In the words of the press: *selon X*, *X estime que*.' },
  } as const,
});

export const ClaimStatusRef = builder.enumType('ClaimStatus', {
  description: 'What the speaker or the press makes of what is said.',
  values: {
    [ClaimStatus.ASSERTED]: { description: 'It is so.' },
    [ClaimStatus.CONDITIONAL]: { description: 'It would be so: the conditional of the press.' },
    [ClaimStatus.DENIED]: { description: 'It is not so.' },
  } as const,
});

export const ClaimRef = builder.prismaNode('Claim', {
  description: 'A statement in an article, and whose it is.',
  interfaces: [SpanRef],
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    kind: t.expose('kind', { type: ClaimKindRef, description: 'How it is reported.' }),
    status: t.expose('status', { type: ClaimStatusRef, description: 'What is made of it.' }),
    quote: t.exposeString('quote', { description: 'The words, without quotation marks.' }),
    verb: t.exposeString('verb', {
      nullable: true,
      description: 'The verb or preposition that attributes it: `explique`, `selon`; null when nothing does.',
    }),
    topics: t.exposeStringList('topics', {
      description: 'Topic words in lower case, the most telling first.',
    }),
    confidence: t.exposeFloat('confidence', { description: 'How sure the reader is, 0 to 1.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When the article came out.' }),
    speakerName: t.exposeString('speakerName', {
      nullable: true,
      description: 'The speaker as the text gives it, also when it is no actor; null when there is none.',
    }),
    speaker: t.relation('speaker', {
      nullable: true,
      description: 'The actor who speaks; null when there is none, or it is no actor.',
    }),
    about: t.field({
      type: [ActorRef],
      description: 'The actors that it names.',
      select: (_args, _context, nested) => ({
        about: { select: { actor: nested(true) }, orderBy: { actorId: 'asc' } },
      }),
      resolve: ({ about }) => about.map(({ actor }) => actor),
    }),
    article: t.relation('article', { description: 'The article that reports it.' }),
  }),
});

const claims = createListing({
  type: ClaimRef,
  model: 'Claim',
  plural: 'claims',
  key: 'id',
  order: {
    name: 'claims',
    direction: 'desc',
    columns: [
      { sql: sql`t.published_at`, type: 'timestamptz' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.claim.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

builder.prismaObjectField(ClaimRef, 'repeats', (t) =>
  t.field({
    type: claims.type,
    description: 'The same quotation in other articles, the latest first.',
    args: pageArgs(),
    ...claims.under({
      where: [sql`t.fingerprint = (select c.fingerprint from claim c where c.id = p.id)`, sql`t.id <> p.id`],
    }),
  }),
);

builder.prismaObjectField(ArticleRef, 'claims', (t) =>
  t.field({
    type: claims.type,
    description: 'What is said in it, in reading order.',
    args: pageArgs(),
    ...claims.under({
      where: [sql`t.article_id = p.id`],
      order: {
        name: 'article-claims',
        direction: 'asc',
        columns: [
          { sql: sql`(t.field = 'TEXT')::int4`, type: 'int4' },
          { sql: sql`t.start`, type: 'int4' },
          { sql: sql`t.id`, type: 'int4' },
        ],
      },
    }),
  }),
);

builder.prismaObjectFields(ActorRef, (t) => ({
  claims: t.field({
    type: claims.type,
    description: 'What it says, the latest first.',
    args: pageArgs(),
    ...claims.under({ where: [sql`t.speaker_id = p.id`] }),
  }),
  claimsAbout: t.field({
    type: claims.type,
    description: 'What is said about it, the latest first.',
    args: pageArgs(),
    ...claims.under({
      // Out of one index, however much is said.
      from: sql`claim_about o`,
      where: [sql`o.actor_id = p.id`],
      join: sql`claim t on t.id = k.k1`,
      order: {
        name: 'claims-about',
        direction: 'desc',
        columns: [
          { sql: sql`o.published_at`, type: 'timestamptz' },
          { sql: sql`o.claim_id`, type: 'int4' },
        ],
      },
    }),
  }),
}));

export const ClaimFilterInput = builder.inputType('ClaimFilterInput', {
  description: 'Which claims. Every condition given must hold; within a list, any value does.',
  fields: (t) => ({
    text: t.string({
      description:
        'French full text over the words said: `souveraineté`, `"modèle ouvert"`. Accents, plurals and elisions do not matter.',
    }),
    speakers: t.stringList({ description: 'Said by one of these actors, by slug: `arthur-mensch`.' }),
    about: t.stringList({ description: 'Naming one of these actors, by slug: `mistral-ai`.' }),
    kinds: t.field({ type: [ClaimKindRef], description: 'Reported in one of these ways.' }),
    statuses: t.field({ type: [ClaimStatusRef], description: 'Of which one of these is made.' }),
    outlets: t.stringList({ description: 'Reported by one of these outlets.' }),
    publishedAfter: t.field({
      type: 'DateTime',
      description: 'In an article published at this moment or later.',
    }),
    publishedBefore: t.field({
      type: 'DateTime',
      description: 'In an article published before this moment.',
    }),
  }),
});

/** SQL conditions on a claim `t` that the filter stands for. */
export async function claimConditions(
  filter: typeof ClaimFilterInput.$inferInput | null | undefined,
  { db }: GraphqlContext,
): Promise<Prisma.Sql[]> {
  if (!isGiven(filter)) return [];
  const speakers = await findActorIds(db, 'filter.speakers', filter.speakers);
  const about = await findActorIds(db, 'filter.about', filter.about);
  return [
    ...fullText(sql`to_tsvector('public.vigie_french', t.quote)`, filter.text),
    ...(speakers === null ? [] : [oneOfKeys(sql`t.speaker_id`, speakers)]),
    ...(about === null
      ? []
      : [sql`t.id in (select o.claim_id from claim_about o where ${oneOfKeys(sql`o.actor_id`, about)})`]),
    ...oneOf(sql`t.kind`, filter.kinds, 'ClaimKind'),
    ...oneOf(sql`t.status`, filter.statuses, 'ClaimStatus'),
    ...oneOf(sql`a.outlet`, filter.outlets).map(
      (outlet) => sql`exists (select from article a where a.id = t.article_id and ${outlet})`,
    ),
    ...between(sql`t.published_at`, filter.publishedAfter, filter.publishedBefore),
  ];
}

builder.queryField('claims', (t) =>
  t.field({
    type: claims.type,
    description:
      'What is said in the press, the latest first.\n\nExample: `{ claims(filter: { speakers: ["arthur-mensch"], text: "souveraineté" }) { nodes { quote kind article { title url } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: ClaimFilterInput, description: 'Which claims; all without it.' }),
    },
    ...claims.over(claimConditions),
  }),
);
