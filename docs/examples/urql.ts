import { Client, gql, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';

const ALERTS = gql`
  subscription ($after: Cursor) {
    matches(after: $after, filter: { actors: ["mistral-ai"] }) { cursor article { title } }
  }
`;

/** Follows alerts with urql; `after` is the last cursor kept from earlier. The returned function stops. */
export function followAlerts(
  url: string, // ws://localhost:4000/graphql
  onAlert: (alert: { cursor: string; article: { title: string } }) => void,
  after: string | null = null,
): () => void {
  const socket = createClient({ url, retryAttempts: Number.POSITIVE_INFINITY });
  const client = new Client({
    url: url.replace(/^ws/, 'http'),
    preferGetMethod: false,
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables = {} }) => ({
          subscribe: (sink) => {
            // graphql-ws sends this object again whenever it reconnects, so the cursor is kept in it.
            const kept: Record<string, unknown> = { ...variables };
            const next: typeof sink.next = (result) => {
              if (result.data?.matches) kept.after = result.data.matches.cursor;
              sink.next(result);
            };
            const unsubscribe = socket.subscribe(
              { query, variables: kept },
              { ...sink, next: next as never },
            );
            return { unsubscribe };
          },
        }),
      }),
    ],
  });
  const { unsubscribe } = client
    .subscription<{ matches: { cursor: string; article: { title: string } } }>(ALERTS, { after })
    .subscribe(({ data }) => {
      if (data) onAlert(data.matches);
    });
  return unsubscribe;
}
