/** Where hubs call back: `/websub/KEY`, the key being known to the feed's hub alone (WebSub §5.3, §7). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { findSubscription, saveDelivery, saveSubscription } from '#feed/websub.store.ts';
import { isSigned, readQuestion, renewalOf, WEBSUB_PATH } from '#feed/websub.ts';
import type { FeedSubscription } from '#generated/prisma/client.ts';
import type { ServerContext } from './yoga.ts';

/** Bytes of a delivery. */
const BODY_MAX = 5 * 1024 * 1024;
const WEEK_MS = 7 * 86_400_000;

function answer(response: ServerResponse, status: number, text = ''): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  response.end(text);
}

/** The body, or null when it is too long. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > BODY_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Context = Pick<ServerContext, 'db' | 'clock' | 'log' | 'jobs'>;

async function answerQuestion(
  { db, clock, log, jobs }: Context,
  subscription: FeedSubscription,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const { feedId, hub } = subscription;
  const now = clock.now();
  const question = readQuestion(query, subscription.topic);
  if (question.type === 'DENIED') {
    const problem = question.reason === null ? 'the hub refuses' : `the hub refuses: ${question.reason}`;
    await saveSubscription(db, subscription, {
      status: 'DENIED',
      problem,
      leaseEndsAt: null,
      nextRequestAt: new Date(now.getTime() + WEEK_MS),
    });
    log.warn({ feedId, hub, problem }, 'subscription denied');
    await jobs.planPoll(feedId);
    return answer(response, 200);
  }
  // What we did not ask for is not confirmed; an unsubscription least of all.
  const isWanted = subscription.status === 'REQUESTED' || subscription.status === 'ACTIVE';
  if (question.type === 'OTHER' || !isWanted) return answer(response, 404, 'Not asked for.\n');
  const { challenge, leaseSeconds } = question;
  await saveSubscription(db, subscription, {
    status: 'ACTIVE',
    problem: null,
    failures: 0,
    leaseEndsAt: new Date(now.getTime() + leaseSeconds * 1000),
    nextRequestAt: renewalOf(now, leaseSeconds),
  });
  log.info({ feedId, hub, leaseSeconds }, 'subscription verified');
  answer(response, 200, challenge);
}

/** Answers a hub; false when the path is not a hub's. */
export async function serveWebSub(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  if (!path.startsWith(WEBSUB_PATH)) return false;
  const subscription = await findSubscription(context.db, path.slice(WEBSUB_PATH.length));
  if (subscription === null) {
    // 410 tells a hub that it may forget about us (§7).
    answer(response, request.method === 'POST' ? 410 : 404, 'No such subscription.\n');
    return true;
  }
  if (request.method === 'GET') {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    await answerQuestion(context, subscription, searchParams, response);
    return true;
  }
  if (request.method !== 'POST') {
    answer(response, 405, 'GET or POST.\n');
    return true;
  }
  const isTooLong = Number(request.headers['content-length']) > BODY_MAX;
  const body = isTooLong ? null : await readBody(request);
  if (body === null) {
    response.setHeader('connection', 'close');
    answer(response, 413, `More than ${BODY_MAX} bytes.\n`);
    return true;
  }
  const { db, clock, log, jobs } = context;
  const { feedId, hub, secret } = subscription;
  const signature = request.headers['x-hub-signature'];
  if (subscription.status !== 'ACTIVE') {
    log.warn({ feedId, hub }, 'delivery without a subscription ignored');
  } else if (isSigned(body, typeof signature === 'string' ? signature : null, secret)) {
    const now = clock.now();
    await saveDelivery(db, feedId, { contentType: request.headers['content-type'] ?? null, body }, now);
    await saveSubscription(db, subscription, { lastDeliveryAt: now });
    await jobs.planPoll(feedId);
  } else {
    // Who sends what is not signed is not told so (§8.2).
    log.warn({ feedId, hub }, 'delivery with a wrong signature ignored');
  }
  answer(response, 202);
  return true;
}
