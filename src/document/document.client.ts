/**
 * The one place from which Vigie reads the web. One polite GET:
 *
 *   URL checked ─▶ robots.txt (pages) ─▶ a place at the host ─▶ DNS, addresses checked ─▶ connection to a checked address
 *     ▲                                                                                        │
 *     └────────────────────────────── redirect, at most five ◀─────────────── status and headers
 *                                                                                              └─▶ body, capped ─▶ unpacked, capped
 */
import type { Dispatcher } from 'undici';
import { createGuardedAgent, type DnsLookup } from './connector.client.ts';
import { decompress } from './decompress.ts';
import { type Cutoff, explainError, isEarlyClose, isStaleConnection } from './failure.ts';
import { HostGates } from './host-gate.client.ts';
import { ACCEPT, checkUrl, type DocumentRequest } from './request.ts';
import type { Document, Failed, FailureReason } from './response.ts';
import { parseLinks, parseMaxAge, parseRetryAfter } from './response.ts';
import { ALLOW_ALL, isAllowed, MAX_ROBOTS_BYTES, parseRobots, type Robots } from './robots.ts';

/** Bounds of every request; all have defaults. */
export interface DocumentLimits {
  /** Milliseconds for the whole document, redirects included, from the moment the first host lets it in. Default 30,000. */
  readonly totalMs?: number;
  /** Milliseconds without a byte: connecting, before the headers, within the body. Default 10,000. */
  readonly idleMs?: number;
  /** Bytes of a body, both as sent and unpacked. Default 10 MiB. */
  readonly maxBytes?: number;
  /** Redirects followed. Default 5. */
  readonly maxRedirects?: number;
  /** Requests under way to one host at a time. Default 2. */
  readonly perHost?: number;
  /** Milliseconds between the starts of two requests to one host. Default 250. */
  readonly spacingMs?: number;
  /** Requests that may wait for one host. Default 2,000. */
  readonly maxWaitingPerHost?: number;
}

export interface DocumentClientOptions {
  /** Names the project and a contact. Its first product token is looked for in robots.txt. */
  readonly userAgent: string;
  /** What may be read besides the public internet: the entries of `VIGIE_ALLOW_HOSTS`. */
  readonly allowHosts: readonly string[];
  readonly clock?: { now(): Date };
  readonly limits?: DocumentLimits;
  /** Resolves host names; the system's resolver by default. */
  readonly lookup?: DnsLookup;
  /** Certificates trusted instead of the bundled ones, in PEM form. */
  readonly ca?: string;
}

export interface DocumentClient {
  /** Asks for a document. Every expected failure is a value; nothing is thrown for what a server does. */
  get(request: DocumentRequest): Promise<Document>;
  /** Ends what is under way and closes the connections. */
  close(): Promise<void>;
}

/** One request on its way through its redirects. */
interface Walk {
  readonly request: DocumentRequest;
  readonly maxBytes: number;
  /** Keep the first bytes of a body that is too large instead of failing. */
  readonly keepPrefix: boolean;
  readonly signal: AbortSignal;
  cutoff: Cutoff | null;
  url: URL;
  permanentUrl: string | null;
  startDeadline(): void;
}

type Step = { readonly document: Document } | { readonly redirect: URL; readonly permanent: boolean };

const ROBOTS_FRESH_MS = 24 * 3_600_000;
const ROBOTS_RETRY_MS = 10 * 60_000;
const MAX_ROBOTS_HOSTS = 1_000;
/** For how long a host is left alone that does not say for how long, and that asks for more than is believed. */
const HOLD_SECONDS = { usual: 60, most: 7 * 86_400 } as const;

/** Builds the client; one per process, shared by all pollers, so that the manners towards a host hold across them. */
export function createDocumentClient(options: DocumentClientOptions): DocumentClient {
  const clock = options.clock ?? { now: () => new Date() };
  const limits = {
    totalMs: 30_000,
    idleMs: 10_000,
    maxBytes: 10 * 1024 * 1024,
    maxRedirects: 5,
    perHost: 2,
    spacingMs: 250,
    maxWaitingPerHost: 2_000,
    ...options.limits,
  };
  const agentToken = /^[^/\s]+/.exec(options.userAgent)?.[0] ?? 'vigie';
  const agent = createGuardedAgent({ ...options, timeoutMs: limits.idleMs, connections: limits.perHost });
  const gates = new HostGates(
    { perHost: limits.perHost, spacingMs: limits.spacingMs, maxWaiting: limits.maxWaitingPerHost },
    () => performance.now(),
  );
  const robotsByOrigin = new Map<string, { readonly robots: Promise<Robots | Failed>; until: number }>();
  const closing = new AbortController();

  return {
    get: (request) => begin(request, request.maxBytes ?? limits.maxBytes, false),
    async close() {
      closing.abort();
      gates.close();
      await agent.destroy();
    },
  };

  async function begin(request: DocumentRequest, maxBytes: number, keepPrefix: boolean): Promise<Document> {
    const checked = checkUrl(request.url);
    if (!checked.ok) return failed(request.url, null, 'BAD_URL', checked.message);
    const controller = new AbortController();
    let timer: NodeJS.Timeout | null = null;
    const cut = (cutoff: Cutoff) => {
      walk.cutoff ??= cutoff;
      controller.abort();
    };
    const walk: Walk = {
      request,
      maxBytes: Math.min(maxBytes, limits.maxBytes),
      keepPrefix,
      signal: controller.signal,
      cutoff: null,
      url: checked.url,
      permanentUrl: null,
      startDeadline() {
        timer ??= setTimeout(() => cut('TIMEOUT'), limits.totalMs);
      },
    };
    const { withinMs } = request;
    const bound = withinMs === undefined ? null : setTimeout(() => cut('TIMEOUT'), withinMs);
    const abort = () => cut('ABORTED');
    const callers = request.signal === undefined ? [closing.signal] : [closing.signal, request.signal];
    for (const signal of callers) {
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    }
    try {
      return await follow(walk);
    } catch (error) {
      const { reason, message } = explainError(error, walk.url.host, walk.cutoff);
      return failed(walk.url.href, walk.permanentUrl, reason, message);
    } finally {
      for (const timeout of [timer, bound]) if (timeout !== null) clearTimeout(timeout);
      for (const signal of callers) signal.removeEventListener('abort', abort);
    }
  }

  async function follow(walk: Walk): Promise<Document> {
    const visited = new Set([walk.url.href]);
    let leading = true;
    for (let hop = 0; hop <= limits.maxRedirects; hop += 1) {
      const step = await visit(walk);
      if ('document' in step) return step.document;
      leading = leading && step.permanent;
      walk.url = step.redirect;
      if (leading) walk.permanentUrl = step.redirect.href;
      if (visited.has(step.redirect.href)) {
        return give(walk, 'REDIRECT_LOOP', `${step.redirect.href} redirects back to itself`);
      }
      visited.add(step.redirect.href);
    }
    return give(walk, 'TOO_MANY_REDIRECTS', `more than ${limits.maxRedirects} redirects`);
  }

  /** One hop: robots.txt, a place at the host, one exchange. */
  async function visit(walk: Walk): Promise<Step> {
    const { url, request } = walk;
    if (request.kind === 'PAGE') {
      const robots = await unlessAborted(walk.signal, () => robotsFor(url.origin));
      // RFC 9309 §2.3.1.4: a server that cannot tell keeps us out, for now.
      if ('outcome' in robots) {
        const { reason, message, status, retryAfterSeconds } = robots;
        const problem = `no robots.txt of ${url.host}: ${message}`;
        return { document: give(walk, reason, problem, status, retryAfterSeconds) };
      }
      if (!isAllowed(robots, url.pathname + url.search)) {
        return {
          document: give(walk, 'ROBOTS', `robots.txt of ${url.host} keeps us out of ${url.pathname}`),
        };
      }
      gates.slowDown(url.host, robots.crawlDelaySeconds ?? 0);
    }
    const held = gates.heldSeconds(url.host);
    if (held > 0) {
      const message = `${url.host} asked to be left alone for ${held} more seconds`;
      return { document: give(walk, 'HOST_ASKED_TO_WAIT', message, null, held) };
    }
    const place = await gates.enter(url.host, walk.signal);
    if (place === null)
      return { document: give(walk, 'QUEUE_FULL', `too many requests wait for ${url.host}`) };
    if (place === 'ABORTED') throw new Error('given up while waiting');
    walk.startDeadline();
    try {
      return await exchange(walk);
    } finally {
      place();
    }
  }

  async function exchange(walk: Walk): Promise<Step> {
    const response = await ask(walk).catch((error: unknown) => {
      if (walk.cutoff !== null || !isStaleConnection(error)) throw error;
      return ask(walk);
    });
    const { statusCode: status, body } = response;
    const header = (name: string) => firstOf(response.headers[name]);
    const redirects = status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
    if (status !== 429 && status !== 503) gates.answered(walk.url.host);
    if (status >= 200 && status < 300 && status !== 206) return { document: await receive(walk, response) };
    await body.dump({ limit: 64 * 1024, signal: walk.signal });
    if (redirects) {
      const location = header('location');
      const next = location === null ? null : checkUrl(location, walk.url);
      if (next === null)
        return { document: give(walk, 'BAD_REDIRECT', `status ${status} without a Location`, status) };
      if (!next.ok) {
        return {
          document: give(walk, 'BAD_REDIRECT', `redirected to where nobody may go: ${next.message}`, status),
        };
      }
      return { redirect: next.url, permanent: status === 301 || status === 308 };
    }
    if (status === 304 && (walk.request.etag || walk.request.lastModified))
      return { document: { outcome: 'NotModified', ...answered(walk, response) } };
    if (status === 429 || status === 503) {
      const seconds = parseRetryAfter(header('retry-after'), clock.now());
      gates.refused(walk.url.host, walk.url.href, Math.min(seconds ?? HOLD_SECONDS.usual, HOLD_SECONDS.most));
      return {
        document: give(walk, 'ASKED_TO_WAIT', `${walk.url.host} answered ${status}`, status, seconds),
      };
    }
    const moved = walk.url.href !== walk.permanentUrl && walk.url.href !== checkedHref(walk.request.url);
    if (status === 410 && !moved) {
      return { document: give(walk, 'GONE', `${walk.url.host} says this is gone for good (410)`, status) };
    }
    return { document: give(walk, 'HTTP_STATUS', `${walk.url.host} answered ${status}`, status) };
  }

  function ask({ url, request, signal }: Walk): Promise<Dispatcher.ResponseData> {
    const headers: Record<string, string> = {
      'user-agent': options.userAgent,
      accept: request.accept ?? ACCEPT[request.kind],
      'accept-encoding': 'gzip, deflate, br',
      'accept-language': 'fr, en;q=0.5',
    };
    if (request.etag) headers['if-none-match'] = request.etag;
    if (request.lastModified) headers['if-modified-since'] = request.lastModified;
    return agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers,
      signal,
    });
  }

  async function receive(walk: Walk, response: Dispatcher.ResponseData): Promise<Document> {
    const { headers } = response;
    const tooLarge = () =>
      give(walk, 'TOO_LARGE', `body exceeds ${walk.maxBytes} bytes`, response.statusCode);
    if (!walk.keepPrefix && Number(firstOf(headers['content-length'])) > walk.maxBytes) {
      response.body.destroy();
      return tooLarge();
    }
    const read = await readBody(response.body, walk);
    if (read.exceeds && !walk.keepPrefix) return tooLarge();
    const unpacked = await decompress(read.bytes, firstOf(headers['content-encoding']), walk.maxBytes);
    if (!unpacked.ok) {
      return give(walk, unpacked.reason, unpacked.message, response.statusCode);
    }
    const links = parseLinks(joined(headers.link), walk.url.href);
    const whole = answered(walk, response);
    return {
      outcome: 'Fetched',
      ...whole,
      ...(read.truncated ? { etag: null, lastModified: null } : {}),
      contentType: firstOf(headers['content-type']),
      contentLanguage: firstOf(headers['content-language']),
      contentLocation: firstOf(headers['content-location']),
      hubs: links.filter(({ rel }) => rel === 'hub').map(({ url }) => url),
      selfUrl: links.find(({ rel }) => rel === 'self')?.url ?? null,
      body: unpacked.body,
      wireBytes: read.bytes.byteLength,
      truncated: read.truncated,
    };
  }

  async function readBody(body: Dispatcher.ResponseData['body'], walk: Walk) {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let exceeds = false;
    let truncated = false;
    try {
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        const room = walk.maxBytes - size;
        chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
        size += chunk.byteLength;
        exceeds = size > walk.maxBytes;
        if (exceeds) break;
      }
    } catch (error) {
      // An announced length that the server does not keep is no reason to lose a feed that is there.
      if (walk.cutoff !== null || walk.request.kind !== 'FEED' || size === 0 || !isEarlyClose(error))
        throw error;
      truncated = true;
    }
    return {
      bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
      exceeds,
      truncated,
    };
  }

  function answered(walk: Walk, { headers, statusCode }: Dispatcher.ResponseData) {
    const now = clock.now();
    return {
      url: walk.url.href,
      permanentUrl: walk.permanentUrl,
      status: statusCode,
      fetchedAt: now,
      etag: validator(firstOf(headers.etag)),
      lastModified: validator(firstOf(headers['last-modified'])),
      maxAgeSeconds: parseMaxAge(
        {
          cacheControl: joined(headers['cache-control']),
          expires: firstOf(headers.expires),
          date: firstOf(headers.date),
        },
        now,
      ),
    };
  }

  function robotsFor(origin: string): Promise<Robots | Failed> {
    const now = performance.now();
    const known = robotsByOrigin.get(origin);
    if (known !== undefined && known.until > now) return known.robots;
    if (robotsByOrigin.size >= MAX_ROBOTS_HOSTS)
      robotsByOrigin.delete(robotsByOrigin.keys().next().value ?? '');
    const entry = { robots: fetchRobots(), until: now + ROBOTS_FRESH_MS };
    robotsByOrigin.delete(origin);
    robotsByOrigin.set(origin, entry);
    return entry.robots;

    async function fetchRobots(): Promise<Robots | Failed> {
      const request = { url: `${origin}/robots.txt`, kind: 'FEED', accept: 'text/plain, */*;q=0.5' } as const;
      const document = await begin(request, MAX_ROBOTS_BYTES, true);
      if (document.outcome === 'Fetched')
        return parseRobots(new TextDecoder().decode(document.body), agentToken);
      const status = document.status ?? 0;
      // RFC 9309 §2.3.1.3: no such file means no rule.
      if (document.outcome !== 'Failed' || (status >= 400 && status < 500 && status !== 429))
        return ALLOW_ALL;
      entry.until = performance.now() + ROBOTS_RETRY_MS;
      return document;
    }
  }

  function give(
    walk: Walk,
    reason: FailureReason,
    message: string,
    status: number | null = null,
    retryAfterSeconds: number | null = null,
  ): Failed {
    return {
      ...failed(walk.url.href, walk.permanentUrl, reason, message),
      status,
      retryAfterSeconds,
    };
  }

  function failed(url: string, permanentUrl: string | null, reason: FailureReason, message: string): Failed {
    const fetchedAt = clock.now();
    return {
      outcome: 'Failed',
      reason,
      message,
      url,
      permanentUrl,
      status: null,
      retryAfterSeconds: null,
      fetchedAt,
    };
  }
}

/** Waits for what is shared with other requests, which therefore goes on when this one is given up. */
function unlessAborted<T>(signal: AbortSignal, wait: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([wait(), aborted]);
}

function checkedHref(url: string): string | null {
  const checked = checkUrl(url);
  return checked.ok ? checked.url.href : null;
}

function firstOf(value: string | string[] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined ? null : inUtf8(first);
}

function joined(value: string | string[] | undefined): string | null {
  return value === undefined ? null : inUtf8(Array.isArray(value) ? value.join(', ') : value);
}

/** Header fields come as Latin-1; servers that write an accent into an address write it in UTF-8. */
function inUtf8(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

/** A validator worth sending back: not blank, of sane length, safe as a header. */
function validator(value: string | null): string | null {
  const text = value?.trim() ?? '';
  return text !== '' && text.length <= 1024 && /^[\x20-\x7e]+$/.test(text) ? text : null;
}
