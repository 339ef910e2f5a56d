/** Connections that go nowhere but to an address that was checked. */
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { type AddressGuard, createGuard } from './guard.ts';

/** Every address of a host name. Rejects when the name does not resolve. */
export type DnsLookup = (host: string) => Promise<readonly ResolvedAddress[]>;

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The host is, or resolves to, nothing but addresses that may not be read. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** The host name has no address. */
export class DnsError extends Error {
  override readonly name = 'DnsError';
}

/** The system's resolver. */
export const resolveAll: DnsLookup = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => {
      if (error !== null) reject(error);
      else resolve(addresses.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 })));
    });
  });

interface ConnectorOptions {
  readonly guard: AddressGuard;
  readonly lookup: DnsLookup;
  /** Milliseconds until a connection, TLS included, must stand. */
  readonly timeoutMs: number;
  /** Certificates trusted instead of the bundled ones, in PEM form. */
  readonly ca?: string;
}

/**
 * An undici connector whose sockets get their address from here: a name is resolved once, forbidden addresses are struck out, and the
 * socket is given what is left. A name that changes its answer between the check and the connection therefore changes nothing.
 */
function createGuardedConnector({
  guard,
  lookup,
  timeoutMs,
  ca,
}: ConnectorOptions): buildConnector.connector {
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const named = guard.allowsHost(host, port);
    if (isIP(host) !== 0 && !named && !guard.allowsAddress(host, port)) {
      callback(new ForbiddenAddressError(`${host} is not a public address`), null);
      return;
    }
    const checked: LookupFunction = (name, options, done) => {
      allowedAddresses(name).then(
        (addresses) => {
          if (options.all === true) done(null, addresses);
          else done(null, addresses[0].address, addresses[0].family);
        },
        (error: Error) => done(error, '', 0),
      );
    };
    const connect = buildConnector({
      allowH2: false,
      timeout: timeoutMs,
      lookup: checked,
      autoSelectFamily: true,
      ...(ca === undefined ? {} : { ca }),
    });
    connect(target, callback);

    async function allowedAddresses(name: string): Promise<[Resolved, ...Resolved[]]> {
      const resolved = await lookup(name).catch((cause: unknown) => {
        throw new DnsError(`${name} does not resolve`, { cause });
      });
      if (resolved.length === 0) throw new DnsError(`${name} does not resolve`);
      const [first, ...rest] = resolved
        .filter(({ address }) => named || guard.allowsAddress(address, port))
        .map(({ address, family }) => ({ address, family }));
      if (first === undefined) throw new ForbiddenAddressError(`${name} is not at a public address`);
      return [first, ...rest];
    }
  };
}

interface Resolved {
  address: string;
  family: number;
}

/** Bytes of an answer's header fields. */
const HEADERS_MAX = 32 * 1024;

/** An undici agent of which every connection goes to an address that was checked, one request at a time. */
export function createGuardedAgent(options: {
  /** Hosts that may be reached wherever they are: the entries of `VIGIE_ALLOW_HOSTS`. */
  readonly allowHosts: readonly string[];
  readonly lookup?: DnsLookup | undefined;
  readonly ca?: string | undefined;
  /** Milliseconds without a byte: connecting, before the header fields, within the body. */
  readonly timeoutMs: number;
  /** To one origin. */
  readonly connections: number;
  readonly maxOrigins?: number;
}): Agent {
  const { allowHosts, lookup = resolveAll, ca, timeoutMs, connections, maxOrigins } = options;
  return new Agent({
    connect: createGuardedConnector({
      guard: createGuard(allowHosts),
      lookup,
      timeoutMs,
      ...(ca === undefined ? {} : { ca }),
    }),
    connections,
    ...(maxOrigins === undefined ? {} : { maxOrigins }),
    maxHeaderSize: HEADERS_MAX,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    pipelining: 1,
    allowH2: false,
  });
}
