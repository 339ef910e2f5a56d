/** Lists whose rows are of several types: what they name is loaded by a statement a type, with what the client asks of it. */
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphqlContext } from '#graphql/context.ts';

/** Type names of the API, by the word that a statement has for them. */
const TYPE_NAMES = { ACTOR: 'Actor', ARTICLE: 'Article', CLAIM: 'Claim', FUNDING: 'FundingEvent' } as const;

export type NodeType = keyof typeof TYPE_NAMES;

/** A row of a model, which says itself which one. */
export interface TypedNode {
  readonly id: number;
  readonly nodeType: NodeType;
}

const PATHS = [['nodes'], ['edges', 'node']];

type Read = (query: object, ids: number[]) => Promise<{ readonly id: number }[]>;

/** The rows, in the order in which they are named; those deleted in between are left out. */
export async function loadTypedNodes<Named extends { readonly type: NodeType; readonly id: number }>(
  context: GraphqlContext,
  info: GraphQLResolveInfo,
  named: readonly Named[],
): Promise<(Named & { readonly node: TypedNode })[]> {
  const { db } = context;
  const reads: Record<NodeType, Read> = {
    ACTOR: (query, ids) => db.actor.findMany({ ...query, where: { id: { in: ids } } }),
    ARTICLE: (query, ids) => db.article.findMany({ ...query, where: { id: { in: ids } } }),
    CLAIM: (query, ids) => db.claim.findMany({ ...query, where: { id: { in: ids } } }),
    FUNDING: (query, ids) => db.fundingEvent.findMany({ ...query, where: { id: { in: ids } } }),
  };
  const found = new Map<string, TypedNode>();
  for (const [nodeType, of] of Map.groupBy(named, ({ type }) => type)) {
    const query = queryFromInfo({ context, info, typeName: TYPE_NAMES[nodeType], paths: PATHS });
    const rows = await reads[nodeType](query, [...new Set(of.map(({ id }) => id))]);
    for (const row of rows) found.set(`${nodeType} ${row.id}`, { ...row, nodeType });
  }
  return named.flatMap((one) => {
    const node = found.get(`${one.type} ${one.id}`);
    return node === undefined ? [] : [{ ...one, node }];
  });
}

/** The name of a node's type in the API. */
export const typeNameOf = (node: unknown): string => TYPE_NAMES[(node as TypedNode).nodeType];
