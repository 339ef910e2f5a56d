/** Asks a WebSub hub for a subscription: one POST through the address guard. */
import type { Dispatcher } from 'undici';
import { createGuardedAgent, type DnsLookup } from './connector.client.ts';
import { explainError } from './failure.ts';
import { checkUrl } from './request.ts';

/** Milliseconds for the whole exchange. */
const TIMEOUT_MS = 15_000;
/** Redirects followed: 307 and 308 only, which keep the form (WebSub §5.1). */
const REDIRECTS_MAX = 3;

/** `ACCEPTED`: the hub will call back. Otherwise why not, in plain words. */
export type HubAnswer =
  | { readonly outcome: 'ACCEPTED' }
  | { readonly outcome: 'REFUSED'; readonly message: string };

export interface HubClient {
  /** Sends a form to the hub. What a hub does wrong is a value; nothing is thrown for it. */
  post(hub: string, form: URLSearchParams): Promise<HubAnswer>;
  close(): Promise<void>;
}

/** Builds the client; one per process. */
export function createHubClient(options: {
  readonly userAgent: string;
  readonly allowHosts: readonly string[];
  readonly timeoutMs?: number;
  readonly lookup?: DnsLookup;
}): HubClient {
  const { timeoutMs = TIMEOUT_MS } = options;
  const agent = createGuardedAgent({ ...options, timeoutMs, connections: 2 });
  const closing = new AbortController();

  return {
    async post(hub, form) {
      const timeout = AbortSignal.timeout(timeoutMs);
      let checked = checkUrl(hub);
      for (let hop = 0; checked.ok && hop <= REDIRECTS_MAX; hop += 1) {
        const { url } = checked;
        let response: Dispatcher.ResponseData;
        try {
          const signal = AbortSignal.any([timeout, closing.signal]);
          response = await agent.request({
            origin: url.origin,
            path: url.pathname + url.search,
            method: 'POST',
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              'user-agent': options.userAgent,
              accept: '*/*',
            },
            body: form.toString(),
            signal,
          });
          await response.body.dump({ limit: 64 * 1024, signal });
        } catch (error) {
          const cutoff = closing.signal.aborted ? 'ABORTED' : timeout.aborted ? 'TIMEOUT' : null;
          return { outcome: 'REFUSED', message: explainError(error, url.host, cutoff).message };
        }
        const { statusCode: status, headers } = response;
        if (status >= 200 && status < 300) return { outcome: 'ACCEPTED' };
        const location = Array.isArray(headers.location) ? headers.location[0] : headers.location;
        if ((status !== 307 && status !== 308) || location === undefined) {
          return { outcome: 'REFUSED', message: `the hub ${url.host} answered ${status}` };
        }
        checked = checkUrl(location, url);
      }
      return {
        outcome: 'REFUSED',
        message: checked.ok ? 'the hub redirects without end' : checked.message,
      };
    },
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}
