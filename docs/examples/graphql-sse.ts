import { createClient } from 'graphql-sse';

type Data = { matches: { cursor: string; article: { title: string } } };
type Lag = { lagged?: { since: string } };

/** Follows alerts over SSE; `after` is the last cursor kept from earlier. The returned function stops. */
export function followAlerts(
  url: string, // http://localhost:4000/graphql
  onAlert: (alert: { cursor: string; article: { title: string } }, late: boolean) => void,
  after: string | null = null,
): () => void {
  const client = createClient({ url, retryAttempts: Number.POSITIVE_INFINITY });
  const query = `subscription ($after: Cursor) {
    matches(after: $after, filter: { actors: ["mistral-ai"] }) { cursor article { title } }
  }`;
  // graphql-sse sends this object again whenever it reconnects, so the cursor is kept in it.
  const variables: Record<string, unknown> = { after };
  return client.subscribe<Data, Lag>(
    { query, variables },
    {
      next: ({ data, extensions }) => {
        if (!data) return;
        onAlert(data.matches, extensions?.lagged !== undefined);
        variables.after = data.matches.cursor;
      },
      error: console.error,
      complete: () => {},
    },
  );
}
