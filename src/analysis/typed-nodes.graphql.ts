/** Lists whose rows are of several types: what they name is loaded by a statement a type, with what the client asks of it. */
import type { ObjectRef, UnionRef } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { builder, type SchemaShape } from '#graphql/builder.ts';
import { type PageInfo, PageInfoRef } from '#graphql/connection.ts';
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

/** One page of such a list. */
export interface TypedPage<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: PageInfo;
}

/** Defines the connection of a list whose rows are of the types of `nodeType`. */
export function createTypedConnection<Edge extends { readonly node: TypedNode }>(options: {
  readonly name: string;
  readonly description: string;
  readonly edgeType: ObjectRef<SchemaShape, Edge>;
  readonly edges: string;
  readonly nodeType: UnionRef<SchemaShape, unknown, unknown>;
  readonly nodes: string;
}): ObjectRef<SchemaShape, TypedPage<Edge>> {
  return builder.objectRef<TypedPage<Edge>>(options.name).implement({
    description: options.description,
    fields: (t) => ({
      edges: t.field({
        type: [options.edgeType],
        description: options.edges,
        resolve: ({ edges }) => [...edges],
      }),
      nodes: t.field({
        type: [options.nodeType],
        description: options.nodes,
        resolve: ({ edges }) => edges.map(({ node }) => node),
      }),
      pageInfo: t.field({
        type: PageInfoRef,
        description: 'Where the page stands in the list.',
        resolve: ({ pageInfo }) => pageInfo,
      }),
    }),
  });
}
