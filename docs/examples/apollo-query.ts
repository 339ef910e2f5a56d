import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';

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
      ... on CreateWatchPayload { watch { id } }
      ... on ConflictError { existing }
      ... on UserError { field message }
    }
  }
`;

/** The cache has to know which types an interface stands for; graphql-codegen’s `fragment-matcher` writes the whole list. */
const possibleTypes = {
  UserError: ['ChoiceError', 'ConflictError', 'IdempotencyKeyError', 'InvalidInputError', 'NotFoundError'],
};

export function connect(url: string, token: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri: url, headers: { authorization: `Bearer ${token}` } }),
    cache: new InMemoryCache({ possibleTypes }),
  });
}

/** Every article that names one of these actors, page after page, the latest first. */
export async function* readArticles(client: ApolloClient, actors: string[]): AsyncGenerator<Article> {
  for (let after: string | null = null; ; ) {
    const { data }: ApolloClient.QueryResult<ArticlePage> = await client.query<ArticlePage>({
      query: ARTICLES,
      variables: { actors, after },
      fetchPolicy: 'no-cache',
    });
    if (!data) return;
    yield* data.articles.nodes;
    if (!data.articles.pageInfo.hasNextPage) return;
    after = data.articles.pageInfo.endCursor;
  }
}

/** Saves a watch and gives its id, or that of the one which has the name. With the same key it may be called again. */
export async function saveWatch(client: ApolloClient, name: string, idempotencyKey: string): Promise<string> {
  const { data } = await client.mutate<CreateWatch>({
    mutation: CREATE_WATCH,
    variables: { input: { name, filter: { reasons: ['RAISING'] }, idempotencyKey } },
  });
  const result = data!.createWatch;
  if (result.__typename === 'CreateWatchPayload') return result.watch.id;
  if (result.__typename === 'ConflictError') return result.existing;
  throw new Error(`${result.field}: ${result.message}`);
}

/** What a request failed with: `BAD_USER_INPUT`, `FORBIDDEN`, `RATE_LIMITED`…; nothing when it did not come through. */
export function codesOf(error: unknown): unknown[] {
  return CombinedGraphQLErrors.is(error) ? error.errors.map(({ extensions }) => extensions?.code) : [];
}
