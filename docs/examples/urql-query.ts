import { Client, CombinedError, fetchExchange, gql, type OperationResult } from '@urql/core';

interface Article {
  id: string;
  title: string;
  url: string;
}
interface ArticlePage {
  articles: { nodes: Article[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
}
type CreateWatch = {
  createWatch:
    | { __typename: 'CreateWatchPayload'; watch: { id: string } }
    | { __typename: 'ConflictError'; existing: string }
    | { __typename: 'InvalidInputError' | 'IdempotencyKeyError'; field: string; message: string };
};

const ARTICLES = gql`
  query ($actors: [String!], $after: Cursor) {
    articles(first: 10, after: $after, filter: { actors: $actors }) {
      nodes { id title url }
      pageInfo { endCursor hasNextPage }
    }
  }
`;
const CREATE_WATCH = gql`
  mutation ($input: CreateWatchInput!) {
    createWatch(input: $input) {
      __typename
      ... on CreateWatchPayload { watch { id } }
      ... on ConflictError { existing }
      ... on UserError { field message }
    }
  }
`;

export function connect(url: string, token: string): Client {
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  });
}

/** Every article that names one of these actors, page after page, the latest first. */
export async function* readArticles(client: Client, actors: string[]): AsyncGenerator<Article> {
  for (let after: string | null = null; ; ) {
    const { data, error }: OperationResult<ArticlePage> = await client.query<ArticlePage>(ARTICLES, {
      actors,
      after,
    });
    if (error || !data) throw error;
    yield* data.articles.nodes;
    if (!data.articles.pageInfo.hasNextPage) return;
    after = data.articles.pageInfo.endCursor;
  }
}

/** Saves a watch and gives its id, or that of the one which has the name. With the same key it may be called again. */
export async function saveWatch(client: Client, name: string, idempotencyKey: string): Promise<string> {
  const input = { name, filter: { reasons: ['RAISING'] }, idempotencyKey };
  const { data, error } = await client.mutation<CreateWatch>(CREATE_WATCH, { input });
  if (error || !data) throw error;
  const result = data.createWatch;
  if (result.__typename === 'CreateWatchPayload') return result.watch.id;
  if (result.__typename === 'ConflictError') return result.existing;
  throw new Error(`${result.field}: ${result.message}`);
}

/** What a request failed with: `BAD_USER_INPUT`, `FORBIDDEN`, `RATE_LIMITED`…; nothing when it did not come through. */
export function codesOf(error: unknown): unknown[] {
  return error instanceof CombinedError ? error.graphQLErrors.map(({ extensions }) => extensions.code) : [];
}
