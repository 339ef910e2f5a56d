/**
 * A small press on the loopback: six invented newspapers, each with its own feed dialect, so that the demonstration (and
 * the tests) can poll real HTTP without a network.
 *
 *   /                        the list of the sites
 *   /sources.opml            their feeds
 *   /robots.txt
 *   /<site>/                 front page, announcing its feed
 *   /<site>/feed             ETag, Last-Modified, 304
 *   /<site>/<section>/<id>.html
 *
 * Part of the articles is on the feeds from the start, the rest is held back and comes out one by one with `publishNext`.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ArticleKind, loadPressArticles, type PressArticle } from './press-articles.ts';
import { articlePath, type PublishedItem, type SiteContent, writeFeed } from './press-feeds.ts';
import { OUTLETS } from './press-outlets.ts';
import { articlePage, homePage, kioskPage, opml } from './press-pages.ts';

export interface PressOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1' | '::1' | 'localhost';
  /** How many of the last articles wait for `publishNext`; by default the whole live sequence, that is all undated ones. */
  readonly held?: number;
  readonly now: () => Date;
}

/** What has just come out, and where. */
export interface PublishedArticle {
  readonly outlet: string;
  /** The article's page, without the tracking parameters that some feeds add. */
  readonly url: string;
  readonly feedUrl: string;
  readonly title: string;
  readonly kind: ArticleKind;
  /** Label of the news it tells, shared with its copies and rewrites. */
  readonly story: string;
  readonly publishedAt: Date;
}

export interface Press extends AsyncDisposable {
  readonly url: string;
  readonly opmlUrl: string;
  readonly feeds: readonly { readonly outlet: string; readonly url: string }[];
  /** How many articles are still held back. */
  readonly remaining: number;
  /** Puts the next held-back article on top of its site's feed, dated now; null when none is left. */
  publishNext(): PublishedArticle | null;
  /** Stops listening and cuts the connections that are open. */
  close(): Promise<void>;
}

interface Site {
  readonly slug: string;
  items: readonly PublishedItem[];
}

const HTML = 'text/html; charset=utf-8';

/** Minutes between two articles of the live sequence that are on the feeds from the start. */
const LIVE_SPACING = 35;

/** Starts the press; it listens when the promise resolves. */
export async function startPress(options: PressOptions): Promise<Press> {
  const articles = loadPressArticles();
  const live = articles.filter((article) => article.published === null).length;
  const held = Math.min(Math.max(options.held ?? live, 0), articles.length);
  const shown = articles.slice(0, articles.length - held);
  const waiting = articles.slice(articles.length - held);

  const sites = new Map<string, Site>(OUTLETS.map(({ slug }) => [slug, { slug, items: [] }]));
  const start = options.now().getTime();
  shown.forEach((article, index) => {
    const ago = (shown.length - index) * LIVE_SPACING * 60_000;
    place(sites, article, article.published ?? new Date(start - ago));
  });

  const server = createServer((request, response) => answer(request, response, contents));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('press: no address to listen on');
  const hostname = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const base = `http://${hostname}:${address.port}`;

  function contents(): readonly SiteContent[] {
    return OUTLETS.map((outlet) => ({
      outlet,
      url: `${base}/${outlet.slug}`,
      items: sites.get(outlet.slug)?.items ?? [],
    }));
  }

  function publishNext(): PublishedArticle | null {
    const article = waiting.shift();
    if (!article) return null;
    const publishedAt = options.now();
    const item = place(sites, article, publishedAt);
    return {
      outlet: article.outlet.name,
      url: `${base}/${article.outlet.slug}/${articlePath(article.outlet, item.id)}`,
      feedUrl: `${base}/${article.outlet.slug}/feed`,
      title: item.title,
      kind: article.kind,
      story: article.story,
      publishedAt,
    };
  }

  async function close(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  return {
    url: base,
    opmlUrl: `${base}/sources.opml`,
    feeds: OUTLETS.map(({ slug, name }) => ({ outlet: name, url: `${base}/${slug}/feed` })),
    get remaining() {
      return waiting.length;
    },
    publishNext,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Puts an article on top of its site; a revision takes the place, address and first date of what it revises. */
function place(sites: ReadonlyMap<string, Site>, article: PressArticle, at: Date): PublishedItem {
  const site = sites.get(article.outlet.slug);
  if (!site) throw new Error(`press: unknown outlet ${article.outlet.slug}`);
  const revised = site.items.find((item) => item.id === article.revises);
  if (article.revises !== null && !revised) {
    throw new Error(`press: ${article.id} revises ${article.revises}, which is not out yet`);
  }
  const item: PublishedItem = {
    id: revised?.id ?? article.id,
    title: article.title,
    author: article.author,
    paragraphs: article.paragraphs,
    publishedAt: revised?.publishedAt ?? at,
    updatedAt: at,
  };
  site.items = [item, ...site.items.filter((other) => other !== revised)];
  return item;
}

type Send = (
  status: number,
  type: string,
  body: string | Buffer,
  headers?: Readonly<Record<string, string>>,
) => void;

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  contents: () => readonly SiteContent[],
): void {
  const send: Send = (status, type, body, headers = {}) => {
    const bytes = Buffer.from(body);
    if (status !== 304) response.setHeader('content-length', bytes.length);
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const [, slug, ...rest] = path.split('/');
  const page = rest.join('/');
  const site = contents().find(({ outlet }) => outlet.slug === slug);
  const item = site?.items.find(({ id }) => articlePath(site.outlet, id) === page);

  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(405, 'text/plain; charset=utf-8', 'Méthode refusée\n', { allow: 'GET, HEAD' });
  } else if (path === '/') {
    send(200, HTML, kioskPage(contents()));
  } else if (path === '/robots.txt') {
    send(200, 'text/plain', 'User-agent: *\nDisallow: /prive/\n');
  } else if (path === '/sources.opml') {
    send(200, 'text/x-opml; charset=utf-8', opml(contents()));
  } else if (site && page === 'feed') {
    sendFeed(request, send, site);
  } else if (site && rest.length === 1 && page === '') {
    send(200, HTML, homePage(site));
  } else if (site && item) {
    send(200, HTML, articlePage(site, item));
  } else {
    send(404, 'text/plain; charset=utf-8', 'Introuvable\n');
  }
}

function sendFeed(request: IncomingMessage, send: Send, site: SiteContent): void {
  const body = writeFeed(site);
  const etag = `"${createHash('sha1').update(body).digest('hex').slice(0, 20)}"`;
  const changed = Math.max(0, ...site.items.map((item) => item.updatedAt.getTime()));
  const headers = {
    etag,
    'last-modified': new Date(changed).toUTCString(),
    'cache-control': 'public, max-age=2',
  };
  const known = request.headers['if-none-match'];
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  const same =
    known === undefined
      ? since >= Math.floor(changed / 1000) * 1000
      : known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  if (same) send(304, site.outlet.mediaType, '', headers);
  else send(200, site.outlet.mediaType, body, headers);
}
