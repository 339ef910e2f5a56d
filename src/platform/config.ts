/** What the environment says, read once, checked whole. The only reader of variable names; `.env.example` lists the same. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { LOG_LEVELS } from './log.ts';

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''));

/** As the data model has them; the configuration is read before anything else is loaded. */
const TOKEN_SCOPES: ReadonlySet<string> = new Set(['READ', 'TEXT', 'WATCH', 'INGEST', 'ADMIN']);

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** Web origins, as browsers send them: scheme, host and port if it is not the scheme's own. */
const origins = list.refine(
  (parts) => parts.every((part) => URL.canParse(part) && new URL(part).origin === part),
  'must be origins such as https://app.example.org, without a path',
);

const networks = list.refine(
  (parts) =>
    parts.every((part) => {
      const [address = '', bits = '0', ...rest] = part.split('/');
      const most = [null, null, null, null, 32, null, 128][isIP(address)] ?? -1;
      return rest.length === 0 && /^\d+$/.test(bits) && Number(bits) <= most;
    }),
  'must be addresses or ranges such as 10.0.0.0/8',
);

const VARIABLES = {
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\//.test(text), 'must begin with postgres:// or postgresql://')
    .optional(),
  VIGIE_DATA: z.string().default('./data'),
  VIGIE_HOST: z.string().default('127.0.0.1'),
  VIGIE_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  VIGIE_AUTH: z.enum(['auto', 'open', 'read', 'token']).default('auto'),
  VIGIE_OIDC_ISSUER: httpUrl.optional(),
  VIGIE_OIDC_AUDIENCE: z.string().max(500).optional(),
  VIGIE_OIDC_JWKS_URL: httpUrl.optional(),
  VIGIE_OIDC_CLAIM: z.string().max(100).default('scope'),
  VIGIE_OIDC_SCOPES: list.default([...TOKEN_SCOPES].map((scope) => `${scope}=${scope}`)),
  VIGIE_MAX_COST: count(1, 1_000_000).default(10_000),
  VIGIE_MAX_DEPTH: count(1, 100).default(16),
  VIGIE_MAX_ALIASES: count(0, 1_000).default(30),
  VIGIE_MAX_ROOT_FIELDS: count(1, 1_000).default(20),
  VIGIE_MAX_DIRECTIVES: count(0, 1_000).default(30),
  VIGIE_MAX_TOKENS: count(100, 100_000).default(2_000),
  VIGIE_MAX_BODY_BYTES: count(1_024, 100_000_000).default(1_000_000),
  VIGIE_TIMEOUT_MS: count(100, 600_000).default(10_000),
  VIGIE_RATE_LIMIT: count(0, 1_000_000_000).default(100_000),
  VIGIE_MAX_CONNECTIONS: count(1, 100_000).default(50),
  VIGIE_INTROSPECTION: z.enum(['on', 'off']).default('on'),
  VIGIE_TRUSTED_DOCUMENTS: z.string().optional(),
  VIGIE_CORS_ORIGINS: origins.default([]),
  VIGIE_TRUSTED_PROXIES: networks.default([]),
  VIGIE_ALLOW_HOSTS: list.default([]),
  VIGIE_CONTACT: z.string().max(200).default('https://github.com/vigie/vigie'),
  VIGIE_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  VIGIE_SMTP_URL: z
    .string()
    .refine(
      (text) => /^smtps?:\/\/[^/]/.test(text) && URL.canParse(text),
      'must begin with smtp:// or smtps://',
    )
    .optional(),
  VIGIE_MAIL_FROM: z
    .string()
    .max(200)
    .refine(
      (text) => /^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(text),
      'must be an address such as "Vigie <vigie@example.org>"',
    )
    .optional(),
  VIGIE_ANSWER_CACHE_MB: z.coerce.number().int().min(0).max(4_096).default(32),
  VIGIE_DELIVERY_CONCURRENCY: z.coerce.number().int().min(1).max(256).default(32),
  VIGIE_POLL_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(8),
  VIGIE_HOST_SPACING_MS: z.coerce.number().int().min(0).max(60_000).default(250),
  VIGIE_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
} as const;

/** Names of every variable that Vigie reads. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(VARIABLES);

/** What a visitor without a token may do: everything, read, or nothing. */
export type Access = 'open' | 'read' | 'token';

/** An identity provider whose JSON Web Tokens are taken. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Where its keys are; null: as its discovery document says. */
  readonly jwksUrl: string | null;
  /** The claim that holds what the token allows: a list, or words separated by spaces. */
  readonly claim: string;
  /** From a value of that claim to a scope of ours. */
  readonly scopes: ReadonlyMap<string, string>;
}

/** What one request, token or address may take at most. */
export interface Limits {
  /** Of one operation, in the units of the schema's costs. */
  readonly cost: number;
  /** Fields inside fields. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  /** Of a document's text, as GraphQL counts them. */
  readonly tokens: number;
  /** Of an HTTP request's body. */
  readonly bodyBytes: number;
  /** Until a query is given up and its SQL cancelled. */
  readonly timeoutMs: number;
  /** Cost a minute, of a token or of an address without one; null: as much as they like. */
  readonly ratePerMinute: number | null;
  /** Event streams and WebSockets open at the same time, of a token or an address. */
  readonly connections: number;
}

export interface Config {
  /** Null: start the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** What a visitor without a token may do: everything on the loopback, unless the operator says otherwise. */
  readonly access: Access;
  /** Bearer tokens of an identity provider; null: Vigie's own only. */
  readonly oidc: OidcConfig | null;
  readonly limits: Limits;
  /** Whether clients may ask for the schema, and are told what a misspelt field may have meant. */
  readonly introspection: boolean;
  /** A manifest file or folder of the only documents that are executed; null: any document. */
  readonly trustedDocuments: string | null;
  /** Origins whose pages may use the API from a browser, beside our own. */
  readonly corsOrigins: readonly string[];
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Hosts, host:port or CIDR ranges that may be fetched although they are private. */
  readonly allowHosts: readonly string[];
  readonly userAgent: string;
  /** Where readers reach the API from outside, without a trailing slash: in mails and addresses of feeds. */
  readonly publicUrl: string;
  /** True where `publicUrl` was given: others on the internet can reach us there. */
  readonly hasPublicUrl: boolean;
  /** The server that mail is sent through, and as whom; null: no mail. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** Megabytes of answers that an `api` process keeps until what they come from changes; 0 keeps none. */
  readonly answerCacheMb: number;
  /** Deliveries to channels under way at the same time. */
  readonly deliveryConcurrency: number;
  /** Feeds polled at the same time. */
  readonly pollConcurrency: number;
  /** Milliseconds between two requests to one host. */
  readonly hostSpacingMs: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** The environment does not make sense; the message names every variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function readOidc(data: {
  readonly VIGIE_OIDC_ISSUER?: string | undefined;
  readonly VIGIE_OIDC_AUDIENCE?: string | undefined;
  readonly VIGIE_OIDC_JWKS_URL?: string | undefined;
  readonly VIGIE_OIDC_CLAIM: string;
  readonly VIGIE_OIDC_SCOPES: readonly string[];
}): OidcConfig | null {
  const { VIGIE_OIDC_ISSUER: issuer, VIGIE_OIDC_AUDIENCE: audience } = data;
  if (issuer === undefined && audience === undefined) return null;
  if (issuer === undefined || audience === undefined) {
    throw new ConfigError('configuration: VIGIE_OIDC_ISSUER and VIGIE_OIDC_AUDIENCE are needed together');
  }
  const pairs = data.VIGIE_OIDC_SCOPES.map((pair): [string, string] => {
    const at = pair.lastIndexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const wrong = pairs.find(([value, scope]) => value === '' || !TOKEN_SCOPES.has(scope));
  if (wrong !== undefined) {
    throw new ConfigError(
      `configuration: VIGIE_OIDC_SCOPES: "${wrong.join('=')}" is not of the form value=SCOPE, with a scope of ${[...TOKEN_SCOPES].join(', ')}`,
    );
  }
  return {
    issuer,
    audience,
    jwksUrl: data.VIGIE_OIDC_JWKS_URL ?? null,
    claim: data.VIGIE_OIDC_CLAIM,
    scopes: new Map(pairs),
  };
}

const localUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Reads the configuration; throws one `ConfigError` for all that is wrong. An empty variable counts as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, env[name]?.trim() || undefined]));
  const parsed = z.object(VARIABLES).safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`configuration: ${problems.join('; ')}`);
  }
  const { data } = parsed;
  const { VIGIE_SMTP_URL: smtpUrl, VIGIE_MAIL_FROM: from } = data;
  if ((smtpUrl === undefined) !== (from === undefined)) {
    throw new ConfigError('configuration: VIGIE_SMTP_URL and VIGIE_MAIL_FROM are needed together');
  }
  if (data.VIGIE_RATE_LIMIT !== 0 && data.VIGIE_RATE_LIMIT < data.VIGIE_MAX_COST) {
    throw new ConfigError(
      'configuration: VIGIE_RATE_LIMIT is less than VIGIE_MAX_COST: an allowed query could never be asked',
    );
  }
  const { VIGIE_AUTH: auth } = data;
  const access = auth !== 'auto' ? auth : isLoopback(data.VIGIE_HOST) ? 'open' : 'token';
  return {
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: data.VIGIE_DATA,
    host: data.VIGIE_HOST,
    port: data.VIGIE_PORT,
    access,
    oidc: readOidc(data),
    limits: {
      cost: data.VIGIE_MAX_COST,
      depth: data.VIGIE_MAX_DEPTH,
      aliases: data.VIGIE_MAX_ALIASES,
      rootFields: data.VIGIE_MAX_ROOT_FIELDS,
      directives: data.VIGIE_MAX_DIRECTIVES,
      tokens: data.VIGIE_MAX_TOKENS,
      bodyBytes: data.VIGIE_MAX_BODY_BYTES,
      timeoutMs: data.VIGIE_TIMEOUT_MS,
      // Whoever may do everything need not be kept from asking often.
      ratePerMinute: access === 'open' || data.VIGIE_RATE_LIMIT === 0 ? null : data.VIGIE_RATE_LIMIT,
      connections: data.VIGIE_MAX_CONNECTIONS,
    },
    introspection: data.VIGIE_INTROSPECTION === 'on',
    trustedDocuments: data.VIGIE_TRUSTED_DOCUMENTS ?? null,
    corsOrigins: data.VIGIE_CORS_ORIGINS,
    trustedProxies: data.VIGIE_TRUSTED_PROXIES,
    allowHosts: data.VIGIE_ALLOW_HOSTS,
    userAgent: `Vigie/0.1 (feed reader; +${data.VIGIE_CONTACT})`,
    publicUrl: data.VIGIE_PUBLIC_URL ?? localUrl(data.VIGIE_HOST, data.VIGIE_PORT),
    hasPublicUrl: data.VIGIE_PUBLIC_URL !== undefined,
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    answerCacheMb: data.VIGIE_ANSWER_CACHE_MB,
    deliveryConcurrency: data.VIGIE_DELIVERY_CONCURRENCY,
    pollConcurrency: data.VIGIE_POLL_CONCURRENCY,
    hostSpacingMs: data.VIGIE_HOST_SPACING_MS,
    logLevel: data.VIGIE_LOG_LEVEL,
  };
}
