/** Articles, their revisions and the stories they tell, in the API. */
import { FeedRef } from '#feed/feed.graphql.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { withoutNul } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { rowIdOf } from '#graphql/ids.ts';
import type { Order } from '#graphql/keyset.ts';
import { asSql } from '#graphql/sql-field.ts';
import { canonicalUrl } from './identity.ts';

const { sql } = Prisma;

const ArticleRevisionRef = builder.prismaObject('ArticleRevision', {
  description: 'What an article said before its outlet changed it.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'The title then.' }),
    text: t.exposeString('text', {
      authScopes: { scope: 'TEXT' },
      nullable: true,
      description: 'The text then. Needs the scope TEXT.',
    }),
    changed: t.exposeStringList('changed', {
      description: 'What the newer version changed: `title`, `text`.',
    }),
    replacedAt: t.expose('replacedAt', {
      type: 'DateTime',
      description: 'When the newer version took its place.',
    }),
  }),
});

const revisions = createListing({
  type: ArticleRevisionRef,
  model: 'ArticleRevision',
  plural: 'revisions',
  key: 'id',
  order: { name: 'revisions', direction: 'desc', columns: [{ sql: sql`t.id`, type: 'int4' }] },
  load: (db, query, ids) => db.articleRevision.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

const StoryRef = builder.prismaNode('Story', {
  description:
    'Articles of several outlets that tell the same thing: a dispatch and its copies, an announcement and what each made of it.',
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    title: t.exposeString('title', { description: 'Title of its first article.' }),
    firstSeenAt: t.expose('firstSeenAt', {
      type: 'DateTime',
      description: 'When its first article came in.',
    }),
    articleCount: t.exposeInt('articleCount', { description: 'Articles that tell it.' }),
    independentTexts: t.exposeInt('independentTexts', {
      description: 'Texts written on their own: copies and rewrites count once.',
    }),
  }),
});

/** Feeds that one article is shown in. */
const SIGHTINGS_MAX = 20;

const SightingRef = builder.prismaObject('FeedEntry', {
  name: 'ArticleSighting',
  description: 'An article as an item of a feed.',
  fields: (t) => ({
    feed: t.relation('feed', { description: 'The feed that carries it.' }),
    guid: t.exposeString('guid', { description: 'What that feed identifies it by.' }),
    firstSeenAt: t.expose('firstSeenAt', {
      type: 'DateTime',
      description: 'When it was first seen in that feed.',
    }),
  }),
});

export const ArticleRef = builder.prismaNode('Article', {
  description: 'One published item of the press. It is kept once, whatever feeds it came by.',
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    url: t.expose('url', {
      type: 'URL',
      description: 'Its canonical address, without tracking parameters.',
    }),
    title: t.exposeString('title', { description: 'Its title.' }),
    summary: t.exposeString('summary', {
      description: 'Its standfirst or first lines, as the feed gave them.',
    }),
    outlet: t.exposeString('outlet', { description: 'Name of the outlet that published it.' }),
    authors: t.exposeStringList('authors', { description: 'Who signed it; empty when nobody did.' }),
    language: t.exposeString('language', { nullable: true, description: 'Its language: `fr`.' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      description: 'When the outlet says it came out, else when Vigie first saw it.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the outlet says it last changed it, else when Vigie saw it changed.',
    }),
    fetchedAt: t.expose('fetchedAt', { type: 'DateTime', description: 'When Vigie read it.' }),
    text: t.string({
      authScopes: { scope: 'TEXT' },
      nullable: true,
      description:
        'The whole text, paragraphs separated by line breaks; spans in the field TEXT count in it. Needs the scope TEXT: the rights are the publisher’s.',
      extensions: asSql({
        value: (row) => sql`(select b.text from article_body b where b.article_id = ${row}.id)`,
      }),
      select: { body: { select: { text: true } } },
      resolve: ({ body }) => body?.text ?? null,
    }),
    feed: t.relation('feed', {
      nullable: true,
      description: 'The feed it first came by; null when a client gave it or the feed was removed.',
    }),
    sightings: t.relation('entries', {
      type: SightingRef,
      description: `The feeds that it was seen in, the first first; at most ${SIGHTINGS_MAX}.`,
      query: { orderBy: [{ firstSeenAt: 'asc' }, { feedId: 'asc' }], take: SIGHTINGS_MAX },
    }),
    story: t.relation('story', {
      description: 'The story it belongs to, with the other outlets that tell it.',
    }),
    revisions: t.field({
      type: revisions.type,
      description: 'What it said before, the latest first. Empty when it never changed.',
      args: pageArgs(),
      ...revisions.under({ where: [sql`t.article_id = p.id`] }),
    }),
  }),
});

/** The order of articles: the latest first. */
export const ARTICLE_ORDER: Order = {
  name: 'articles',
  direction: 'desc',
  columns: [
    { sql: sql`t.published_at`, type: 'timestamptz' },
    { sql: sql`t.id`, type: 'int4' },
  ],
};

export const articles = createListing({
  type: ArticleRef,
  model: 'Article',
  plural: 'articles',
  key: 'id',
  order: ARTICLE_ORDER,
  load: (db, query, ids) => db.article.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

export const stories = createListing({
  type: StoryRef,
  model: 'Story',
  plural: 'stories',
  key: 'id',
  order: {
    name: 'stories',
    direction: 'desc',
    columns: [
      { sql: sql`t.first_seen_at`, type: 'timestamptz' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.story.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

builder.prismaObjectField(FeedRef, 'articles', (t) =>
  t.field({
    type: articles.type,
    description: 'The articles that first came by this feed, the latest first.',
    args: pageArgs(),
    ...articles.under({ where: [sql`t.feed_id = p.id`] }),
  }),
);

builder.prismaObjectField(StoryRef, 'articles', (t) =>
  t.field({
    type: articles.type,
    description: 'The articles that tell this story, the latest first; the last one is who was first.',
    args: pageArgs(),
    ...articles.under({ where: [sql`t.story_id = p.id`] }),
  }),
);

builder.queryField('article', (t) =>
  t.prismaField({
    type: ArticleRef,
    nullable: true,
    description:
      'The article at this address; null when Vigie has not read it. Tracking parameters in the address do not matter.\n\nExample: `{ article(url: "https://example.org/mistral-leve-105-millions") { title outlet publishedAt } }`',
    args: { url: t.arg({ type: 'URL', required: true, description: 'Address of the article.' }) },
    extensions: asSql({
      row: ({ url }: { url: string }) => ({
        type: 'Article',
        where: sql`t.url = ${withoutNul(canonicalUrl(url) ?? url)}`,
      }),
    }),
    resolve: (query, _root, { url }, { db }) =>
      db.article.findUnique({ ...query, where: { url: canonicalUrl(url) ?? url } }),
  }),
);
