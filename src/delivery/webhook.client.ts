/**
 * Posting to an address that a client named, which may be hostile: nothing but a public address is connected to, no redirect is
 * followed (it could lead inside, and would carry the alert to somebody else), and of the answer only the status counts and
 * little is read.
 */
import { Webhook } from 'standardwebhooks';
import type { Dispatcher } from 'undici';
import { createGuardedAgent, type DnsLookup } from '#document/connector.client.ts';
import { explainError } from '#document/failure.ts';
import { parseRetryAfter } from '#document/response.ts';
import type { Clock } from '#platform/clock.ts';
import type { AttemptResult, Failure } from './retry.ts';
import { oneLine } from './words.ts';

/** Milliseconds for the whole exchange. Standard Webhooks recommends 15 to 30 seconds; a receiver has but to queue. */
const TIMEOUT_MS = 15_000;
/** Bytes of an answer that are read, to tell the owner what was wrong. */
const ANSWER_MAX = 4_096;
/** Characters of them that are kept. */
const ANSWER_SHOWN = 200;
/** Connections to one host; channels of one host share them. */
const CONNECTIONS = 4;
/** Hosts with open connections. */
const ORIGINS_MAX = 1_000;

export interface WebhookRequest {
  readonly url: string;
  /** JSON. */
  readonly body: string;
  /** Signs the message as Standard Webhooks says: its id, and the keys, the newest first. Absent for chats. */
  readonly signed?: { readonly id: string; readonly secrets: readonly string[] };
}

export interface WebhookClient {
  /** Posts once. Whatever the other side does is a value; nothing is thrown for it. */
  post(request: WebhookRequest): Promise<AttemptResult>;
  /** Ends what is under way and closes the connections. */
  close(): Promise<void>;
}

/** Opens a client; one per process. */
export function createWebhookClient(options: {
  readonly userAgent: string;
  /** What may be posted to besides the public internet: the entries of `VIGIE_ALLOW_HOSTS`. */
  readonly allowHosts: readonly string[];
  readonly clock: Clock;
  readonly timeoutMs?: number;
  readonly lookup?: DnsLookup;
}): WebhookClient {
  const { clock, timeoutMs = TIMEOUT_MS } = options;
  const agent = createGuardedAgent({
    ...options,
    timeoutMs,
    connections: CONNECTIONS,
    maxOrigins: ORIGINS_MAX,
  });
  const closing = new AbortController();

  return {
    async post(request) {
      const url = new URL(request.url);
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': options.userAgent,
            ...sign(request, clock.now()),
          },
          body: request.body,
          signal: AbortSignal.any([timeout, closing.signal]),
        });
        return await judge(response, url, clock.now());
      } catch (error) {
        const cutoff = timeout.aborted ? 'TIMEOUT' : closing.signal.aborted ? 'ABORTED' : null;
        const { message } = explainError(error, url.host, cutoff);
        return failed(null, message);
      }
    },
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}

/** The headers of Standard Webhooks, signed with every secret that is good now. */
function sign({ body, signed }: WebhookRequest, now: Date): Record<string, string> {
  if (signed === undefined) return {};
  return {
    'webhook-id': signed.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': signed.secrets
      .map((secret) => new Webhook(secret).sign(signed.id, now, body))
      .join(' '),
  };
}

const failed = (
  status: number | null,
  problem: string,
  more: Partial<Pick<Failure, 'retryAfterSeconds' | 'final'>> = {},
): Failure => ({ outcome: 'FAILED', status, problem, retryAfterSeconds: null, final: false, ...more });

/** What an answer means. Only 2xx is yes; what its body says then, or whether it keeps its length, is of no interest. */
async function judge(response: Dispatcher.ResponseData, { host }: URL, now: Date): Promise<AttemptResult> {
  const { statusCode: status, headers } = response;
  const answer = await readAnswer(response);
  if (status >= 200 && status < 300) return { outcome: 'DELIVERED', status };
  const said = answer === '' ? '' : `: ${answer}`;
  if (status === 410)
    return failed(status, `${host} says that this address is gone for good (410)`, { final: true });
  if (status >= 300 && status < 400) {
    return failed(
      status,
      `${host} redirects (${status}), which is not followed; give the new address instead`,
    );
  }
  const header = headers['retry-after'];
  const wait = (Array.isArray(header) ? header[0] : header) ?? null;
  // Discord gives fractions of seconds.
  const seconds = parseRetryAfter(
    wait === null ? null : wait.replace(/^(\d+)\.\d+$/, (_all, whole) => `${Number(whole) + 1}`),
    now,
  );
  const retryAfterSeconds = status === 429 || status === 503 ? seconds : null;
  return failed(status, `${host} answered ${status}${said}`, { retryAfterSeconds });
}

/** The beginning of an answer on one line; empty when there is none, or it breaks off. */
async function readAnswer({ body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk.subarray(0, ANSWER_MAX - size));
      size += chunk.byteLength;
      if (size >= ANSWER_MAX) break;
    }
  } catch {
    // The status came before, and it is what counts.
  }
  return oneLine(Buffer.concat(chunks).toString('utf8'), ANSWER_SHOWN);
}
