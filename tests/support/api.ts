/** An `api` process’s server in this process, as a client of HTTP sees it. */
import type { ExecutionResult } from 'graphql';
import { onTestFinished } from 'vitest';
import { startRole } from '#command/serve.ts';
import type { TokenScope } from '#generated/prisma/enums.ts';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { createLog, type Log } from '#platform/log.ts';
import { createToken } from '#server/token.store.ts';

/** An answer with what HTTP says around it. */
export interface Answer extends ExecutionResult<Record<string, unknown>, Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
}

export interface Api extends AsyncDisposable {
  /** Address of the GraphQL endpoint. */
  readonly endpoint: string;
  ask(query: string, options?: AskOptions): Promise<Answer>;
}

interface AskOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: object;
  readonly signal?: AbortSignal;
}

/** Starts an API on any free port, configured by variables beside the defaults. */
export async function startTestApi(
  database: Database,
  env: Record<string, string> = {},
  log: Log = createLog('silent'),
): Promise<Api> {
  const running = await startRole('api', readConfig({ VIGIE_PORT: '0', ...env }), database, log);
  const endpoint = `${running.url}/graphql`;
  return {
    endpoint,
    async ask(query, { variables, token, headers = {}, extensions, signal } = {}) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ ...(query === '' ? {} : { query }), variables, extensions }),
        ...(signal === undefined ? {} : { signal }),
      });
      const text = await response.text();
      const body = text.startsWith('{') ? (JSON.parse(text) as ExecutionResult) : { data: { text } };
      return { ...(body as Answer), status: response.status, headers: response.headers };
    },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}

/** As `startTestApi`, for the running test alone. */
export async function useTestApi(
  database: Database,
  env: Record<string, string> = {},
  log?: Log,
): Promise<Api> {
  const api = await startTestApi(database, env, log);
  onTestFinished(() => api[Symbol.asyncDispose]());
  return api;
}

/** A token with these scopes: its id, and what goes into `Authorization`. */
export async function makeToken(
  { db }: Pick<Database, 'db'>,
  scopes: readonly TokenScope[],
  expiresAt: Date | null = null,
): Promise<{ readonly id: number; readonly secret: string }> {
  return await createToken(db, { name: 'test', scopes, expiresAt });
}
