import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { tap } from 'rxjs';

const ALERTS = gql`
  subscription ($after: Cursor) {
    matches(after: $after, filter: { actors: ["mistral-ai"] }) { cursor article { title } }
  }
`;

/** graphql-ws sends an operation’s variables again whenever it reconnects: the link keeps the last cursor in them. */
const keepCursor = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    tap(({ data }) => {
      if (data?.matches) operation.variables.after = data.matches.cursor;
    }),
  ),
);

/** Follows alerts with Apollo Client; `after` is the last cursor kept from earlier. The returned function stops. */
export function followAlerts(
  url: string, // ws://localhost:4000/graphql
  onAlert: (alert: { cursor: string; article: { title: string } }) => void,
  after: string | null = null,
): () => void {
  const socket = createClient({ url, retryAttempts: Number.POSITIVE_INFINITY });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([keepCursor, new GraphQLWsLink(socket)]),
  });
  const subscription = client
    .subscribe<{ matches: { cursor: string; article: { title: string } } }>({
      query: ALERTS,
      variables: { after },
      fetchPolicy: 'no-cache',
    })
    .subscribe(({ data }) => {
      if (data) onAlert(data.matches);
    });
  return () => {
    subscription.unsubscribe();
    client.stop();
  };
}
