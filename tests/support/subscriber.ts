/** Subscription clients over both transports, with what arrived as a queue to await. */
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';

/** Events as they come, to be awaited one by one. */
export interface Subscriber<T> extends AsyncDisposable {
  readonly received: readonly T[];
  /** Resolves when `count` events have arrived in all; rejects when the stream fails or ends before. */
  until(count: number): Promise<readonly T[]>;
}

export type Transport = 'SSE' | 'WebSocket';
export const TRANSPORTS: readonly Transport[] = ['SSE', 'WebSocket'];

/** Subscribes, and resolves once the server has the subscription. */
export async function subscribe<T>(
  endpoint: string,
  transport: Transport,
  query: string,
  variables: Record<string, unknown> = {},
  options: { readonly token?: string } = {},
): Promise<Subscriber<T>> {
  const received: T[] = [];
  let ended: Error | null = null;
  let changed = Promise.withResolvers<void>();
  const tell = (): void => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const end = (error: Error): void => {
    ended ??= error;
    tell();
  };
  const open = Promise.withResolvers<void>();
  const authorization = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const client =
    transport === 'SSE'
      ? createSseClient({
          url: endpoint,
          retryAttempts: 0,
          headers: authorization,
          on: { connected: () => open.resolve() },
        })
      : createWsClient({
          url: endpoint.replace(/^http/, 'ws'),
          retryAttempts: 0,
          lazy: true,
          connectionParams: authorization,
          on: { connected: () => open.resolve() },
        });
  const stop = client.subscribe<T>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors) end(new Error(errors.map(({ message }) => message).join('; ')));
        else if (data) {
          received.push(data as T);
          tell();
        }
      },
      error: (error) => {
        const told = Array.isArray(error) ? error.map(({ message }) => message).join('; ') : null;
        end(error instanceof Error ? error : new Error(told ?? JSON.stringify(error)));
        open.resolve();
      },
      complete: () => end(new Error('the stream has ended')),
    },
  );
  await open.promise;
  return {
    received,
    async until(count) {
      while (received.length < count) {
        if (ended !== null) throw ended;
        await changed.promise;
      }
      return received;
    },
    async [Symbol.asyncDispose]() {
      stop();
      await client.dispose();
    },
  };
}
