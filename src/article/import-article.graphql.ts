/** The mutation by which a client gives an article of its own. */
import { builder } from '#graphql/builder.ts';
import { InvalidInputError } from '#graphql/errors.ts';
import { ArticleRef } from './article.graphql.ts';
import { checkImport } from './import-input.ts';

const ImportArticleInput = builder.inputType('ImportArticleInput', {
  description: 'An article that no feed brings.',
  fields: (t) => ({
    url: t.string({
      required: true,
      description:
        'Its address, http or https, at most 2,048 characters: its identity, so the same address again is a revision. It is not fetched.',
    }),
    title: t.string({ required: true, description: 'Its title, at most 500 characters.' }),
    text: t.string({
      required: true,
      description:
        'Its text without markup, paragraphs separated by line breaks, at most 200,000 characters.',
    }),
    outlet: t.string({
      description: 'Name of the outlet, at most 200 characters; the host name without it.',
    }),
    publishedAt: t.field({ type: 'DateTime', description: 'When it came out; now without it.' }),
  }),
});

const ImportArticlePayload = builder
  .objectRef<{ readonly articleId: number | null }>('ImportArticlePayload')
  .implement({
    description: 'What became of the article.',
    fields: (t) => ({
      article: t.prismaField({
        type: ArticleRef,
        nullable: true,
        description:
          'The article with what was read in it; null while it is still queued, so ask for `article(url:)` later.',
        resolve: (query, { articleId }, _args, { db }) =>
          articleId === null ? null : db.article.findUnique({ ...query, where: { id: articleId } }),
      }),
    }),
  });

builder.mutationField('importArticle', (t) =>
  t.field({
    type: ImportArticlePayload,
    authScopes: { scope: 'INGEST' },
    errors: { union: { description: 'What became of the article, or why it was refused.' } },
    description:
      'Takes in an article: it is read, stored and matched as if a feed had brought it. Giving it again changes nothing. Needs the scope INGEST.\n\nExample: `mutation { importArticle(input: { url: "https://example.org/a", title: "Kyutai publie Moshi", text: "« C’est un premier pas », explique…" }) { ... on ImportArticlePayload { article { actors { nodes { name } } } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: ImportArticleInput, required: true, description: 'The article.' }) },
    resolve: async (_root, { input }, { clock, jobs }) => {
      const checked = checkImport(input, clock.now());
      if (!checked.ok) throw new InvalidInputError(`input.${checked.field}`, checked.problem);
      return { articleId: await jobs.importArticle(checked.article) };
    },
  }),
);
