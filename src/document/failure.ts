/** From an error of the network stack to a reason and plain words. */
import type { FailureReason } from './response.ts';

export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
}

/** What undici calls answers that keep to no version of HTTP. */
const NO_HTTP = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/** Why the request was cut off by ourselves. */
export type Cutoff = 'TIMEOUT' | 'ABORTED';

/** Says what an error thrown while asking `host` means; `cutoff` is set when we ended the request ourselves. */
export function explainError(error: unknown, host: string, cutoff: Cutoff | null): Failure {
  if (cutoff === 'TIMEOUT') return { reason: 'TIMEOUT', message: `${host} did not finish in time` };
  if (cutoff === 'ABORTED') return { reason: 'ABORTED', message: `the request to ${host} was given up` };
  const name = error instanceof Error ? error.name : '';
  const code = codeOf(error);
  if (name === 'ForbiddenAddressError') {
    return { reason: 'FORBIDDEN_ADDRESS', message: `${host} is not at a public address` };
  }
  if (name === 'DnsError') return { reason: 'DNS', message: `the name ${host} does not resolve` };
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return { reason: 'TIMEOUT', message: `${host} fell silent` };
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return { reason: 'TIMEOUT', message: `no connection to ${host} in time` };
  }
  if (isTls(code)) return { reason: 'TLS', message: `no secure connection to ${host} (${code})` };
  if (name === 'HTTPParserError' || NO_HTTP.has(code)) {
    return { reason: 'BAD_RESPONSE', message: `${host} does not answer in proper HTTP` };
  }
  if (code === 'ECONNREFUSED') return { reason: 'CONNECTION', message: `${host} refuses connections` };
  return { reason: 'CONNECTION', message: `${host} dropped the connection` };
}

/** True when a request failed because a kept-alive connection had gone stale, so that one more try is fair. */
export function isStaleConnection(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** True when the other side closed the connection in order, before the announced end of the body. */
export function isEarlyClose(error: unknown): boolean {
  return codeOf(error) === 'UND_ERR_SOCKET' || codeOf(error) === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
}

function isTls(code: string): boolean {
  return (
    code === 'EPROTO' ||
    /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH)/.test(
      code,
    )
  );
}
