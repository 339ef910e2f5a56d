/** An article that a client gave, ingested like one from a feed. */
import { canonicalUrl } from '#article/identity.ts';
import { type IngestContext, type Ingested, ingestArticle } from './ingest-article.ts';
import { summarize } from './item-article.ts';
import type { ImportPayload } from './task.ts';

/** Ingests it; the outlet defaults to the host of its address. */
export async function importArticle(context: IngestContext, payload: ImportPayload): Promise<Ingested> {
  const url = canonicalUrl(payload.url);
  if (url === null) throw new Error(`import: ${payload.url} is no usable address`);
  return await ingestArticle(context, {
    url,
    title: payload.title,
    summary: summarize(payload.text),
    text: payload.text,
    html: null,
    outlet: payload.outlet ?? new URL(url).hostname.replace(/^www\./, ''),
    authors: [],
    language: null,
    publishedAt: payload.publishedAt === null ? null : new Date(payload.publishedAt),
    updatedAt: null,
    source: null,
  });
}
