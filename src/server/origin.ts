/**
 * Pages of other sites have no business here. A browser sends their requests along with the place of whoever sits before it:
 * on the loopback that is the right to do everything.
 *
 * A changing request and a WebSocket are refused unless they come from our own page, from a listed origin, or from no page
 * at all: by `Sec-Fetch-Site`, which no page can forge, else by `Origin` against `Host`. Reading by GET needs no refusal,
 * because without CORS the page is not shown the answer, and no mutation is executed by GET.
 */
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '#platform/config.ts';

type Request = Pick<IncomingMessage, 'headers' | 'method'>;

export interface OriginGuard {
  /** Why the request is refused; null when it is not. */
  refusal(request: Request): string | null;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);

/** The name in a Host header, without port and brackets. */
const nameIn = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();

export function createOriginGuard(config: {
  readonly host: string;
  readonly publicUrl: string;
  readonly corsOrigins: readonly string[];
}): OriginGuard {
  const publicHost = hostOf(config.publicUrl) ?? '';
  const listed = new Set(config.corsOrigins);

  /**
   * A name that somebody else's DNS points at the loopback makes their page our own in the browser's eyes (DNS rebinding).
   * Where the loopback is what protects us, only its own names are answered.
   */
  const isRebound = ({ headers }: Request): boolean => {
    if (!isLoopback(config.host)) return false;
    const { host } = headers;
    return host !== undefined && !isLoopback(nameIn(host)) && host.toLowerCase() !== publicHost;
  };

  const isForeign = ({ headers }: Request): boolean => {
    const { origin, host } = headers;
    if (origin !== undefined && listed.has(origin)) return false;
    const site = headers['sec-fetch-site'];
    if (site === 'same-origin' || site === 'none') return false;
    if (site !== undefined) return true;
    if (origin === undefined) return false;
    const from = hostOf(origin);
    return from === null || (from !== host?.toLowerCase() && from !== publicHost);
  };

  return {
    refusal(request) {
      if (isRebound(request)) {
        return `this address is not called ${request.headers.host}; set VIGIE_PUBLIC_URL if it is\n`;
      }
      const changes = !SAFE_METHODS.has(request.method ?? 'GET') || request.headers.upgrade !== undefined;
      if (changes && isForeign(request)) {
        return 'pages of other origins may not do this; the operator can list theirs in VIGIE_CORS_ORIGINS\n';
      }
      return null;
    },
  };
}
