/** What the environment says, read once, checked whole. The only reader of variable names; `.env.example` lists the same. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { LOG_LEVELS } from './log.ts';

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''));

const VARIABLES = {
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\//.test(text), 'must begin with postgres:// or postgresql://')
    .optional(),
  VIGIE_DATA: z.string().default('./data'),
  VIGIE_HOST: z.string().default('127.0.0.1'),
  VIGIE_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  VIGIE_AUTH: z.enum(['auto', 'open', 'token']).default('auto'),
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
  VIGIE_DELIVERY_CONCURRENCY: z.coerce.number().int().min(1).max(256).default(32),
  VIGIE_POLL_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(8),
  VIGIE_HOST_SPACING_MS: z.coerce.number().int().min(0).max(60_000).default(250),
  VIGIE_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
} as const;

/** Names of every variable that Vigie reads. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(VARIABLES);

export interface Config {
  /** Null: start the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** True where whoever reaches the port may do everything: on the loopback, unless a token is asked for. */
  readonly openAccess: boolean;
  /** Hosts, host:port or CIDR ranges that may be fetched although they are private. */
  readonly allowHosts: readonly string[];
  readonly userAgent: string;
  /** Where readers reach the API from outside, without a trailing slash: in mails and addresses of feeds. */
  readonly publicUrl: string;
  /** True where `publicUrl` was given: others on the internet can reach us there. */
  readonly hasPublicUrl: boolean;
  /** The server that mail is sent through, and as whom; null: no mail. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
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
  return {
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: data.VIGIE_DATA,
    host: data.VIGIE_HOST,
    port: data.VIGIE_PORT,
    openAccess: data.VIGIE_AUTH === 'open' || (data.VIGIE_AUTH === 'auto' && isLoopback(data.VIGIE_HOST)),
    allowHosts: data.VIGIE_ALLOW_HOSTS,
    userAgent: `Vigie/0.1 (feed reader; +${data.VIGIE_CONTACT})`,
    publicUrl: data.VIGIE_PUBLIC_URL ?? localUrl(data.VIGIE_HOST, data.VIGIE_PORT),
    hasPublicUrl: data.VIGIE_PUBLIC_URL !== undefined,
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    deliveryConcurrency: data.VIGIE_DELIVERY_CONCURRENCY,
    pollConcurrency: data.VIGIE_POLL_CONCURRENCY,
    hostSpacingMs: data.VIGIE_HOST_SPACING_MS,
    logLevel: data.VIGIE_LOG_LEVEL,
  };
}
