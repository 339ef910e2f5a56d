/** Lists of articles and stories over the whole graph, and what they can be filtered by. */
import { Prisma } from '#generated/prisma/client.ts';
import { ActorKindRef } from '#graphql/actor-kind.ts';
import { findActorIds } from '#graphql/actor-slugs.ts';
import { builder } from '#graphql/builder.ts';
import { between, fullText, isGiven, oneOf, oneOfKeys, withoutNul } from '#graphql/columns.ts';
import { pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError } from '#graphql/errors.ts';
import { decodeRowId } from '#graphql/ids.ts';
import type { ListRows } from '#graphql/sql-field.ts';
import { ARTICLE_ORDER, articles, stories } from './article.graphql.ts';

const { sql } = Prisma;

export const ArticleFilterInput = builder.inputType('ArticleFilterInput', {
  description: 'Which articles. Every condition given must hold; within a list, any value does.',
  fields: (t) => ({
    text: t.string({
      description:
        'French full text over title and text: `levée de fonds`, `"intelligence artificielle" -rumeur`, `mistral or kyutai`. Accents, plurals and elisions do not matter.',
    }),
    outlets: t.stringList({ description: 'Of one of these outlets, as spelt in `outlet`.' }),
    actors: t.stringList({ description: 'Naming one of these actors, by slug: `mistral-ai`.' }),
    actorKinds: t.field({ type: [ActorKindRef], description: 'Naming an actor of one of these kinds.' }),
    publishedAfter: t.field({ type: 'DateTime', description: 'Published at this moment or later.' }),
    publishedBefore: t.field({ type: 'DateTime', description: 'Published before this moment.' }),
    hasClaims: t.boolean({
      description: 'True: only articles in which somebody says something; false: the others.',
    }),
    hasFunding: t.boolean({ description: 'True: only articles that report funding; false: the others.' }),
    language: t.string({ description: 'In this language, as given in `language`: `fr`.' }),
    feed: t.id({ description: 'That first came by this feed (global id).' }),
  }),
});

const StoryFilterInput = builder.inputType('StoryFilterInput', {
  description: 'Which stories. Every condition given must hold; within a list, any value does.',
  fields: (t) => ({
    text: t.string({ description: 'French full text over the titles and texts of its articles.' }),
    outlets: t.stringList({ description: 'Told by one of these outlets.' }),
    actors: t.stringList({ description: 'Naming one of these actors, by slug: `mistral-ai`.' }),
    firstSeenAfter: t.field({
      type: 'DateTime',
      description: 'Whose first article came in at this moment or later.',
    }),
    firstSeenBefore: t.field({
      type: 'DateTime',
      description: 'Whose first article came in before this moment.',
    }),
    minimumArticles: t.int({ description: 'Told by at least so many articles.' }),
  }),
});

type ArticleFilter = typeof ArticleFilterInput.$inferInput;

const actorsOf = (filter: ArticleFilter, { db }: GraphqlContext): Promise<number[] | null> =>
  findActorIds(db, 'filter.actors', filter.actors);

/** SQL conditions on an article `t` that an `ArticleFilterInput` stands for. */
export async function articleConditions(
  filter: ArticleFilter | null | undefined,
  context: GraphqlContext,
): Promise<Prisma.Sql[]> {
  if (!isGiven(filter)) return [];
  const actors = await actorsOf(filter, context);
  const feed = isGiven(filter.feed) ? decodeRowId(String(filter.feed), 'Feed') : undefined;
  if (feed === null) throw new BadInputError('filter.feed', `"${filter.feed}" is no id of a feed`);
  const heldBy = (wanted: boolean, rows: Prisma.Sql): Prisma.Sql =>
    wanted ? sql`exists (select from ${rows} = t.id)` : sql`not exists (select from ${rows} = t.id)`;
  return [
    ...fullText(sql`b.search`, filter.text).map(
      (found) => sql`exists (select from article_body b where b.article_id = t.id and ${found})`,
    ),
    ...oneOf(sql`t.outlet`, filter.outlets),
    ...(isGiven(actors)
      ? [sql`t.id in (select m.article_id from mention m where ${oneOfKeys(sql`m.actor_id`, actors)})`]
      : []),
    ...oneOf(sql`a.kind`, filter.actorKinds, 'ActorKind').map(
      (kind) =>
        sql`exists (select from mention m join actor a on a.id = m.actor_id where m.article_id = t.id and ${kind})`,
    ),
    ...between(sql`t.published_at`, filter.publishedAfter, filter.publishedBefore),
    ...(isGiven(filter.hasClaims) ? [heldBy(filter.hasClaims, sql`claim c where c.article_id`)] : []),
    ...(isGiven(filter.hasFunding)
      ? [heldBy(filter.hasFunding, sql`funding_report f where f.article_id`)]
      : []),
    ...(isGiven(filter.language) ? [sql`t.language = ${withoutNul(filter.language)}`] : []),
    ...(feed === undefined ? [] : [sql`t.feed_id = ${feed}::int4`]),
  ];
}

/** The same as a list. Of a single actor, out of one index of the mentions, however many articles there are. */
async function articleRows(
  filter: ArticleFilter | null | undefined,
  context: GraphqlContext,
): Promise<ListRows> {
  const actors = isGiven(filter) ? await actorsOf(filter, context) : null;
  if (!isGiven(filter) || actors?.length !== 1) return { where: await articleConditions(filter, context) };
  const others = await articleConditions({ ...filter, actors: null }, context);
  return {
    // Counting needs no article where nothing is asked of one.
    from: others.length === 0 ? sql`mention m` : sql`mention m join article t on t.id = m.article_id`,
    where: [oneOfKeys(sql`m.actor_id`, actors), ...others],
    join: sql`article t on t.id = k.k1`,
    order: {
      ...ARTICLE_ORDER,
      columns: [
        { sql: sql`m.published_at`, type: 'timestamptz' },
        { sql: sql`m.article_id`, type: 'int4' },
      ],
    },
  };
}

async function storyConditions(
  filter: typeof StoryFilterInput.$inferInput | null | undefined,
  { db }: GraphqlContext,
): Promise<Prisma.Sql[]> {
  if (!isGiven(filter)) return [];
  const actors = await findActorIds(db, 'filter.actors', filter.actors);
  return [
    ...fullText(sql`b.search`, filter.text).map(
      (found) =>
        sql`t.id in (select a.story_id from article a join article_body b on b.article_id = a.id where ${found})`,
    ),
    ...oneOf(sql`a.outlet`, filter.outlets).map(
      (outlet) => sql`exists (select from article a where a.story_id = t.id and ${outlet})`,
    ),
    ...(isGiven(actors)
      ? [
          sql`t.id in (select a.story_id from article a join mention m on m.article_id = a.id
                        where m.actor_id = any(${actors}::int4[]))`,
        ]
      : []),
    ...between(sql`t.first_seen_at`, filter.firstSeenAfter, filter.firstSeenBefore),
    ...(isGiven(filter.minimumArticles) ? [sql`t.article_count >= ${filter.minimumArticles}::int4`] : []),
  ];
}

builder.queryFields((t) => ({
  articles: t.field({
    type: articles.type,
    description:
      'Articles, the latest first.\n\nExample: `{ articles(first: 10, filter: { actors: ["mistral-ai"], hasFunding: true }) { nodes { title outlet publishedAt url } pageInfo { endCursor hasNextPage } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: ArticleFilterInput, description: 'Which articles; all without it.' }),
    },
    ...articles.over(articleRows),
  }),
  stories: t.field({
    type: stories.type,
    description:
      'Stories, the latest first.\n\nExample, what several outlets tell: `{ stories(filter: { minimumArticles: 3 }) { nodes { title independentTexts articles { nodes { outlet title } } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: StoryFilterInput, description: 'Which stories; all without it.' }),
    },
    ...stories.over(storyConditions),
  }),
}));
