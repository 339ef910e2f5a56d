/** From an item of a feed to an article: its text, from the feed where it carries the whole, else from its page. */
import type { IncomingArticle } from '#article/article.store.ts';
import { articleText, htmlToText, sanitizeHtml } from '#article/body.ts';
import { canonicalUrl } from '#article/identity.ts';
import type { FeedParser } from '#article/parse.client.ts';
import type { ParsedItem } from '#article/parsed-feed.ts';
import { wordsOf } from '#article/revise.ts';
import { STOP_WORDS } from '#article/story-words.ts';
import { decodeText } from '#document/charset.ts';
import type { DocumentClient } from '#document/document.client.ts';
import type { Failed, FailureReason } from '#document/response.ts';
import type { Feed } from '#generated/prisma/client.ts';

/** A text shorter than this is taken for a summary, and its page is read. UTF-16 code units. */
const SUMMARY_MAX = 700;
/** What a list shows of an article. */
const SUMMARY_SHOWN = 400;
/** Texts are cut here: no article is longer, and what is has no business in a database of articles. */
const TEXT_MAX = 200_000;

const LATER: ReadonlySet<FailureReason> = new Set([
  'DNS',
  'CONNECTION',
  'TIMEOUT',
  'HOST_ASKED_TO_WAIT',
  'QUEUE_FULL',
  'ASKED_TO_WAIT',
  'ABORTED',
]);

interface PageContext {
  readonly documents: Pick<DocumentClient, 'get'>;
  readonly parser: FeedParser;
}

interface Body {
  readonly text: string;
  readonly html: string | null;
  /** False when the page could not be had this time: the next poll tries again. */
  readonly final: boolean;
  /** The feed's summary, for want of the page. */
  readonly isGist: boolean;
}

/** The first sentences of a text, for lists. */
export function summarize(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= SUMMARY_SHOWN) return line;
  const cut = line.slice(0, SUMMARY_SHOWN);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), SUMMARY_SHOWN - 40))}…`;
}

/** A page that is refused stays refused; one that did not answer may answer later. */
function mayAnswerLater({ reason, status }: Failed): boolean {
  return LATER.has(reason) || (reason === 'HTTP_STATUS' && status !== null && status >= 500);
}

async function readPage(
  { documents, parser }: PageContext,
  { url, title }: { readonly url: string; readonly title: string },
  given: Body,
): Promise<Body> {
  const page = await documents.get({ url, kind: 'PAGE' });
  if (page.outcome !== 'Fetched') {
    return { ...given, final: !(page.outcome === 'Failed' && mayAnswerLater(page)) };
  }
  const { text: html } = decodeText(page.body, page.contentType, 'HTML');
  const article = await parser.extract(html, page.url);
  if (article === null || article.paywalled || article.text.length <= given.text.length) return given;
  if (isElsewhere({ url, title }, { ...article, url: page.url })) return given;
  return {
    text: article.text.slice(0, TEXT_MAX),
    html: sanitizeHtml(article.html, page.url),
    final: true,
    isGist: false,
  };
}

/**
 * True for a page to which an item's address led on, and which is not the item's: the site's front page or a section, or one (to consent,
 * to log in) that has none of the words of the item's title.
 */
function isElsewhere(
  item: { readonly url: string; readonly title: string },
  page: { readonly url: string; readonly title: string; readonly text: string },
): boolean {
  const [asked, got] = [canonicalUrl(item.url), canonicalUrl(page.url)];
  if (asked === null || got === null || asked === got) return false;
  const [from, to] = [new URL(asked), new URL(got)];
  if (to.pathname === '/' && to.search === '') return true;
  const words = wordsOf(item.title).difference(STOP_WORDS);
  // A section, unless its title is the item's: an article's address may have had the title behind it.
  const isAbove = from.host === to.host && to.search === '' && from.pathname.startsWith(`${to.pathname}/`);
  if (isAbove) return words.intersection(wordsOf(page.title)).size <= words.size / 2;
  return words.size > 0 && words.isDisjointFrom(wordsOf(`${page.title} ${page.text}`));
}

/** Null for an item that is no article: without a usable address, or with neither title nor text. */
export async function toArticle(
  context: PageContext,
  feed: Pick<Feed, 'id' | 'outlet' | 'language'>,
  item: ParsedItem,
  { guid, itemHash }: { readonly guid: string; readonly itemHash: string },
): Promise<IncomingArticle | null> {
  const url = item.url === null ? null : canonicalUrl(item.url);
  if (url === null) return null;
  const html = item.contentHtml ?? item.summaryHtml ?? '';
  const given: Body = {
    text: articleText(html).slice(0, TEXT_MAX),
    html: html === '' ? null : sanitizeHtml(html, url),
    final: true,
    isGist: false,
  };
  const body =
    given.text.length >= SUMMARY_MAX
      ? given
      : await readPage(context, { url: item.url!, title: item.title }, { ...given, isGist: true });
  // « À lire : … » is no text of an article, but may be all that an item says.
  const title = item.title || (body.text || htmlToText(html)).split('\n', 1)[0]!.slice(0, 200);
  if (title === '') return null;
  const summary = summarize(
    item.summaryHtml === null
      ? body.text
      : item.summaryHtml === html
        ? given.text
        : articleText(item.summaryHtml),
  );
  return {
    url,
    title,
    summary: summary || summarize(body.text),
    text: body.text,
    isGist: body.isGist,
    html: body.html,
    outlet: feed.outlet,
    authors: item.authors,
    language: item.language ?? feed.language,
    publishedAt: item.publishedAt,
    updatedAt: item.updatedAt,
    source: { feedId: feed.id, guid, itemHash: body.final ? itemHash : '' },
  };
}
