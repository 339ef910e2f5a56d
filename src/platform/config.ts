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

/** Reads the configuration; throws one `ConfigError` for all that is wrong. An empty variable counts as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, env[name]?.trim() || undefined]));
  const parsed = z.object(VARIABLES).safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`configuration: ${problems.join('; ')}`);
  }
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: data.VIGIE_DATA,
    host: data.VIGIE_HOST,
    port: data.VIGIE_PORT,
    openAccess: data.VIGIE_AUTH === 'open' || (data.VIGIE_AUTH === 'auto' && isLoopback(data.VIGIE_HOST)),
    allowHosts: data.VIGIE_ALLOW_HOSTS,
    userAgent: `Vigie/0.1 (feed reader; +${data.VIGIE_CONTACT})`,
    pollConcurrency: data.VIGIE_POLL_CONCURRENCY,
    hostSpacingMs: data.VIGIE_HOST_SPACING_MS,
    logLevel: data.VIGIE_LOG_LEVEL,
  };
}
