/** What the API serves to readers who have nothing but a secret address: feeds of watches, and the links in mails. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { loadAlerts } from '#delivery/alert.store.ts';
import {
  confirmChannel,
  findChannel,
  findFeedChannel,
  type LoadedChannel,
  unsubscribe,
} from '#delivery/channel.store.ts';
import { feedAddresses, isMailToken, type MailAction } from '#delivery/channel-secret.ts';
import { FEED_LINES, FEED_TYPES, type FeedFormat, feedOut, isUnchanged } from '#delivery/feed-out.ts';
import { askPage, donePage, gonePage } from '#delivery/mail-pages.ts';
import { resolveWatchFilter } from '#delivery/watch-filter.store.ts';
import { encodeGlobalId } from '#graphql/ids.ts';
import { readLog } from '#match/match.store.ts';
import type { ServerContext } from './yoga.ts';

type Context = Pick<ServerContext, 'db' | 'clock' | 'delivery' | 'jobs'>;

/** Seconds for which a feed need not be asked for again. */
const FEED_FRESH_SECONDS = 60;
const FEED_PATH = /^\/feed\/([\w-]{43})\/(rss\.xml|atom\.xml|feed\.json)$/;
const MAIL_PATH = /^\/mail\/(confirm|unsubscribe)\/(\d{1,9})\/([\w-]{43})$/;
const FORMATS: Readonly<Record<string, FeedFormat>> = {
  'rss.xml': 'rss',
  'atom.xml': 'atom',
  'feed.json': 'json',
};

/** The address itself is the secret: nobody on the way keeps it or is told of it. */
const PRIVATE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...PRIVATE, ...headers });
  response.end(body);
}

async function serveFeed(
  { db, delivery }: Context,
  request: IncomingMessage,
  response: ServerResponse,
  secret: string,
  format: FeedFormat,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return send(response, 405, 'text/plain', 'Only GET here.\n', { allow: 'GET, HEAD' });
  }
  const channel = await findFeedChannel(db, secret);
  if (channel === null) return send(response, 404, 'text/plain', 'No such feed.\n');
  if (channel.status !== 'ACTIVE') {
    return send(response, 503, 'text/plain', 'This feed is paused.\n', { 'retry-after': '3600' });
  }
  const filter = await resolveWatchFilter(db, channel.watch);
  const lines = await readLog(db, { after: 0n, limit: FEED_LINES, filter, newestFirst: true });
  const alerts = await loadAlerts(
    db,
    lines.map(({ seq }) => seq),
  );
  const feed = feedOut(format, {
    watch: { id: encodeGlobalId('Watch', channel.watchId), name: channel.watch.name },
    alerts: alerts.toReversed(),
    addresses: feedAddresses(delivery.publicUrl, secret),
    publicUrl: delivery.publicUrl,
    since: channel.createdAt,
  });
  const headers = {
    etag: feed.etag,
    'last-modified': feed.lastModified.toUTCString(),
    'cache-control': `private, max-age=${FEED_FRESH_SECONDS}`,
  };
  const { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } = request.headers;
  if (isUnchanged(feed, { ifNoneMatch, ifModifiedSince })) {
    response.writeHead(304, { ...PRIVATE, ...headers }).end();
    return;
  }
  send(response, 200, FEED_TYPES[format], feed.body, headers);
}

async function findMailChannel(
  { db }: Context,
  action: MailAction,
  id: string,
  token: string,
): Promise<LoadedChannel | null> {
  const channel = await findChannel(db, Number(id) <= 2_147_483_647 ? Number(id) : 0);
  return channel?.kind === 'MAIL' && isMailToken(token, action, channel) ? channel : null;
}

async function serveMailLink(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  link: { readonly action: MailAction; readonly id: string; readonly token: string },
): Promise<void> {
  const { action } = link;
  const show = (status: number, body: string): void =>
    send(response, status, 'text/html', body, {
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      // What else a body holds is not waited for.
      ...(request.method === 'POST' ? { connection: 'close' } : {}),
    });
  if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) {
    return send(response, 405, 'text/plain', 'Only GET and POST here.\n', { allow: 'GET, HEAD, POST' });
  }
  const channel = await findMailChannel(context, action, link.id, link.token);
  const settings = channel?.settings;
  if (channel === null || settings?.kind !== 'MAIL') return show(404, gonePage('FR'));
  const { language, address } = settings;
  const asked = { language, address, watch: channel.watch.name };
  // One who has confirmed may do so again; one who has unsubscribed since may not by the old link.
  const confirmable = channel.status === 'UNCONFIRMED' || channel.confirmedAt !== null;
  if (action === 'confirm' && !confirmable) return show(410, gonePage(language));
  if (request.method !== 'POST') return show(200, askPage(action, asked));
  const now = context.clock.now();
  if (action === 'unsubscribe') await unsubscribe(context.db, channel.id, now);
  else if (await confirmChannel(context.db, channel.id, now)) await context.jobs.planDelivery(channel.id);
  show(200, donePage(action, asked));
}

/** Answers a request to one of these addresses; false when the path is none of them. */
export async function serveChannels(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  const feed = FEED_PATH.exec(path);
  if (feed !== null) {
    await serveFeed(context, request, response, feed[1]!, FORMATS[feed[2]!]!);
    return true;
  }
  const mail = MAIL_PATH.exec(path);
  if (mail === null) return false;
  const [, action, id, token] = mail;
  await serveMailLink(context, request, response, { action: action as MailAction, id: id!, token: token! });
  return true;
}
