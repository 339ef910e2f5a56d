/** What a page says about itself in its head: title, dates, address, and whether it is free to read. */
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
/** JSON-LD blocks longer than this are not read. */
const MAX_JSON = 300_000;

/** Reads JSON-LD first, then Open Graph and its like. */
export function readPageFacts(document: Document): PageFacts {
  const article = findArticle(document);
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
    paywalled: isPaywalled(document, article, meta('article:content_tier', 'og:content_tier')),
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

/** The JSON-LD object of the article, also within a graph. */
function findArticle(document: Document): Json | null {
  for (const script of [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, 20)) {
    const source = script.textContent ?? '';
    if (source.length > MAX_JSON) continue;
    let data: unknown;
    try {
      data = JSON.parse(source);
    } catch {
      continue;
    }
    const found = articleIn(data, 0);
    if (found !== null) return found;
  }
  return null;
}

function articleIn(data: unknown, depth: number): Json | null {
  if (depth > 3 || typeof data !== 'object' || data === null) return null;
  if (Array.isArray(data)) {
    for (const entry of data.slice(0, 50)) {
      const found = articleIn(entry, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  const object = data as Json;
  const types = Array.isArray(object['@type']) ? object['@type'] : [object['@type']];
  if (types.some((type) => typeof type === 'string' && ARTICLE_TYPES.test(type))) return object;
  return articleIn(object['@graph'], depth + 1) ?? articleIn(object.mainEntity, depth + 1);
}

function authorOf(article: Json | null): string | null {
  const listed = article?.author;
  const names = (Array.isArray(listed) ? listed.slice(0, 10) : [listed]).map((author: unknown) =>
    typeof author === 'object' && author !== null && 'name' in author ? text(author.name) : text(author),
  );
  const known = names.filter((name) => name !== null && !/^https?:/.test(name));
  return known.length === 0 ? null : known.join(', ');
}

const LOCKED_TEXT =
  /(?:article|contenu|suite|lecture)\s+(?:est\s+)?(?:réservée?|exclusif|exclusive)\s+(?:à\s+nos|aux|pour\s+nos)\s+abonnés|il\s+vous\s+reste\s+\d{1,3}(?:[.,]\d+)?\s*%\s+(?:de\s+cet?\s+article|à\s+lire|de\s+ce)|pour\s+lire\s+la\s+suite,?\s+(?:abonnez|connectez|identifiez)/i;

/** Marked as not free by the publisher's own data, or by the words over the cut. */
function isPaywalled(document: Document, article: Json | null, tier: string | null): boolean {
  const free = article?.isAccessibleForFree;
  if (free === false || (typeof free === 'string' && /^(false|no|non)$/i.test(free))) return true;
  if (free === true || (typeof free === 'string' && /^true$/i.test(free))) return false;
  if (tier !== null && /^(locked|metered|paid|premium)$/i.test(tier)) return true;
  const walls = document.querySelectorAll(
    '[class*="paywall"], [id*="paywall"], [class*="premium"], [class*="abonne"], [class*="article__status"], [class*="restricted"]',
  );
  return [...walls].slice(0, 50).some((wall) => LOCKED_TEXT.test((wall.textContent ?? '').slice(0, 2_000)));
}

function text(value: unknown): string | null {
  return typeof value === 'string' && collapse(value) !== '' ? collapse(value) : null;
}
