/**
 * What an operation costs, told from its text and variables alone, before anything is executed. One is about one row read
 * and rendered.
 *
 * - A field that gives an object costs 1, or the weight published with it, and what is asked of the object.
 * - A list costs that once for each row it may hold: the page size (`first` or `last`, 20 without), the length of `ids`, or
 *   5 where nothing says.
 * - A plain value is free, unless a weight says otherwise.
 *
 * A fragment counts in full wherever it is spread, and fragments on several types of a union are added up.
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { PAGE_DEFAULT, PAGE_MAX } from '#graphql/page.ts';

/** Rows of a list that nothing bounds in the query: an actor's aliases, a round's investors. */
const LIST_SIZE = 5;

/**
 * Weights of fields that are not one row read: by the order of size of what they read, which `npm run bench -- cost` measures. By the
 * clock the dearest would weigh more still, but a dashboard has to be able to ask for a dozen plots.
 */
const WEIGHTS: Readonly<Record<string, number>> = {
  'Query.__schema': 200,
  'Query.__type': 20,
  'Query.search': 500,
  'Query.articleCounts': 500,
  'Query.claimCounts': 500,
  'Query.fundingTotals': 200,
  'Query.mostQuoted': 1000,
  'Query.firstOutlets': 1000,
  'Actor.activity': 200,
  'Actor.coActors': 200,
  'Actor.timeline': 200,
  // They read an article's whole text.
  'Match.foundWords': 10,
  'Match.foundPlaces': 20,
  'Mutation.pollFeed': 100,
  'Mutation.importFeeds': 100,
  'Mutation.importArticle': 100,
  'Mutation.mergeActor': 100,
  'Mutation.confirmCandidate': 100,
};
/** Any other mutation. */
const MUTATION_WEIGHT = 10;
/** Counting a list. */
const COUNT_WEIGHT = 10;

/** What the field costs by itself. */
export function weightOf(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number {
  const weight = WEIGHTS[`${parent.name}.${field.name}`];
  if (weight !== undefined) return weight;
  if (parent.name === 'Mutation') return MUTATION_WEIGHT;
  if (field.name === 'totalCount') return COUNT_WEIGHT;
  // An edge's node is the row that the list counted, and a page's place comes with it.
  if (parent.name.endsWith('Edge') || field.name === 'pageInfo') return 0;
  return isCompositeType(getNamedType(field.type)) ? 1 : 0;
}

const isList = (type: GraphQLOutputType): boolean =>
  isListType(type) || (isNonNullType(type) && isListType(type.ofType));

type Variables = Readonly<Record<string, unknown>>;

/** The value of an argument: given, by a variable, or by default; undefined for none. */
function argumentOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  name: string,
  variables: Variables,
): unknown {
  const argument = field.args.find((candidate) => candidate.name === name);
  if (argument === undefined) return undefined;
  const given = node.arguments?.find((candidate) => candidate.name.value === name);
  const value = given === undefined ? undefined : valueFromASTUntyped(given.value, variables);
  return value === undefined || value === null ? argument.defaultValue : value;
}

/** Rows that a page may hold. A size that makes no sense is refused by who reads it; here it counts as the largest. */
function pageSizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  variables: Variables,
): number | null {
  if (!field.args.some(({ name }) => name === 'first')) return null;
  const size = argumentOf(node, field, 'first', variables) ?? argumentOf(node, field, 'last', variables);
  if (size === undefined) return PAGE_DEFAULT;
  return typeof size === 'number' && size >= 0 && size <= PAGE_MAX ? size : PAGE_MAX;
}

function rowsOf(node: FieldNode, field: GraphQLField<unknown, unknown>, variables: Variables): number {
  const size = pageSizeOf(node, field, variables);
  if (size !== null) return size;
  const ids = argumentOf(node, field, 'ids', variables);
  return Array.isArray(ids) ? ids.length : LIST_SIZE;
}

/** The cost of a valid operation with these variables. */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  given: Variables,
): number {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  );
  const variables: Variables = { ...Object.fromEntries(defaults), ...given };
  /** By fragment and the size of the page that it is spread in. */
  const counted = new Map<string, number>();

  /** `page` is the size of the page when the selections are those of a connection. */
  const costOfSelections = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    page: number,
  ): number => {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        cost += costOfField(selection, parent, page);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition && schema.getType(selection.typeCondition.name.value);
        cost += costOfSelections(selection.selectionSet, on ?? parent, page);
      } else {
        cost += costOfFragment(selection.name.value, page);
      }
    }
    return cost;
  };
  const costOfFragment = (name: string, page: number): number => {
    const key = `${name} ${page}`;
    const known = counted.get(key);
    if (known !== undefined) return known;
    const fragment = fragments.get(name)!;
    const on = schema.getType(fragment.typeCondition.name.value)!;
    const cost = costOfSelections(fragment.selectionSet, on, page);
    counted.set(key, cost);
    return cost;
  };
  const costOfField = (node: FieldNode, parent: GraphQLNamedType, page: number): number => {
    const name = node.name.value;
    const field = fieldOf(parent, name);
    // `__schema` and `__type` are bounded by rules of graphql-js, and what is inside is in memory.
    if (field === undefined) return WEIGHTS[`${parent.name}.${name}`] ?? 0;
    const own = weightOf(parent, field);
    const type = getNamedType(field.type);
    if (node.selectionSet === undefined) return own;
    const inside = costOfSelections(
      node.selectionSet,
      type,
      pageSizeOf(node, field, variables) ?? PAGE_DEFAULT,
    );
    if (!isList(field.type)) return own + inside;
    if (parent.name.endsWith('Connection')) return page * (1 + inside);
    return own + rowsOf(node, field, variables) * (1 + inside);
  };
  const root = schema.getRootType(operation.operation)!;
  return costOfSelections(operation.selectionSet, root, PAGE_DEFAULT);
}

function fieldOf(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

/** Writes into the schema's descriptions what fields cost that are not one row read. */
export function publishCosts(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const weight = weightOf(type, field);
      if (weight <= 1) continue;
      const [text = '', ...examples] = (field.description ?? '').split('\n\n');
      field.description = [`${text} Costs ${weight}.`, ...examples].join('\n\n');
    }
  }
}
