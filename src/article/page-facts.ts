/** What a page says about itself in its head: title, dates, address, and whether it is free to read. */
import { isWalled } from './page-wall.ts';
import { collapse } from './plain-text.ts';

export interface PageFacts {
  readonly title: string | null;
  readonly siteName: string | null;
  readonly canonical: string | null;
  readonly published: string | null;
  readonly author: string | null;
  readonly language: string | null;
  readonly paywalled: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const ARTICLE_TYPES =
  /^(News|Report|Opinion|Analysis|Review|Background|Reportage|Tech|Blog|Scholarly|Satirical|LiveBlog)?(Article|Posting|NewsArticle)$/;
const PAGE_TYPES = /^(WebPage|ItemPage)$/;
/** JSON-LD blocks longer than this are not read. */
const MAX_JSON = 300_000;

/** Reads JSON-LD first, then Open Graph and its like. */
export function readPageFacts(document: Document): PageFacts {
  const data = readJsonLd(document);
  const article = findTyped(data, ARTICLE_TYPES, 0);
  const meta = (...names: string[]): string | null => {
    for (const name of names) {
      const element = document.querySelector(
        `meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`,
      );
      const content = collapse(element?.getAttribute('content') ?? '');
      if (content !== '') return content;
    }
    return null;
  };
  return {
    title: headline(document, article, meta('og:title', 'twitter:title', 'dc.title')),
    siteName: meta('og:site_name', 'application-name'),
    canonical: document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta('og:url'),
    published:
      text(article?.datePublished) ??
      meta(
        'article:published_time',
        'datePublished',
        'date',
        'dc.date',
        'dcterms.created',
        'parsely-pub-date',
        'sailthru.date',
      ) ??
      document
        .querySelector('time[datetime][pubdate], time[itemprop="datePublished"], article time[datetime]')
        ?.getAttribute('datetime') ??
      null,
    author: authorOf(article) ?? meta('author', 'dc.creator', 'parsely-author'),
    language: document.documentElement.getAttribute('lang') || meta('og:locale', 'content-language'),
    paywalled: isPaywalled(document, [article, findTyped(data, PAGE_TYPES, 0)], {
      tier: meta('article:content_tier', 'og:content_tier'),
      free: meta('isAccessibleForFree'),
    }),
  };
}

function headline(document: Document, article: Json | null, og: string | null): string | null {
  const headings = [...document.querySelectorAll('h1')]
    .slice(0, 5)
    .map((heading) => collapse(heading.textContent ?? ''));
  const named = text(article?.headline) ?? og;
  // The heading is what the reader sees; a shared title may be shortened or carry the site's name.
  const seen = headings.find(
    (heading) =>
      heading !== '' &&
      named !== null &&
      (named.startsWith(heading) || heading.startsWith(named.replace(/\s*(…|\.{3})$/, ''))),
  );
  if (seen !== undefined) return seen;
  return named ?? headings.find((heading) => heading !== '') ?? null;
}

/** What the page's JSON-LD says. Comment marks around it and line breaks within its strings, which are no JSON, do not matter. */
function readJsonLd(document: Document): unknown[] {
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, 20);
  return scripts.flatMap((script) => {
    const source = script.textContent ?? '';
    if (source.length > MAX_JSON) return [];
    const plain = source
      .trim()
      .replace(/^(?:\/\/|\/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*\/)?/, '')
      .replace(/(?:(?:\/\/|\/\*)\s*)?(?:\]\]>|-->)\s*(?:\*\/)?$/, '')
      .replace(/\p{Cc}+/gu, ' ');
    try {
      return [JSON.parse(plain) as unknown];
    } catch {
      return [];
    }
  });
}

/** The first object of such a type, also within a graph. */
function findTyped(data: unknown, wanted: RegExp, depth: number): Json | null {
  if (depth > 4 || typeof data !== 'object' || data === null) return null;
  if (Array.isArray(data)) {
    for (const entry of data.slice(0, 50)) {
      const found = findTyped(entry, wanted, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  const object = data as Json;
  const types = Array.isArray(object['@type']) ? object['@type'] : [object['@type']];
  if (types.some((type) => typeof type === 'string' && wanted.test(type))) return object;
  return findTyped(object['@graph'], wanted, depth + 1) ?? findTyped(object.mainEntity, wanted, depth + 1);
}

function authorOf(article: Json | null): string | null {
  const listed = article?.author;
  const names = (Array.isArray(listed) ? listed.slice(0, 10) : [listed]).map((author: unknown) =>
    typeof author === 'object' && author !== null && 'name' in author ? text(author.name) : text(author),
  );
  const known = names.filter((name) => name !== null && !/^https?:/.test(name));
  return known.length === 0 ? null : known.join(', ');
}

/** Marked as not free by the publisher's own data, or by the words over the cut. */
function isPaywalled(
  document: Document,
  described: readonly (Json | null)[],
  { tier, free }: { readonly tier: string | null; readonly free: string | null },
): boolean {
  const said = [...described.map((object) => object?.isAccessibleForFree), free].flatMap(readFree);
  if (said.length > 0) return said.includes(false);
  const parts = described.flatMap((object) => object?.hasPart).slice(0, 20);
  if (parts.some((part) => readFree((part as Json | null)?.isAccessibleForFree).includes(false))) return true;
  if (tier !== null && /^(locked|metered|paid|premium)$/i.test(tier)) return true;
  return isWalled(document);
}

function readFree(value: unknown): readonly boolean[] {
  if (/^(false|no|non)$/i.test(String(value))) return [false];
  return /^true$/i.test(String(value)) ? [true] : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && collapse(value) !== '' ? collapse(value) : null;
}
