/**
 * How large a document is, before anything is looked up or compared: depth, aliases, root fields, directives. Counted as
 * they would be executed, a fragment once for each place where it is spread, without ever walking one twice.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from '#platform/config.ts';

/** Sizes of an operation. */
export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  /** The same field in one selection set. Merging them is quadratic work for GraphQL's validation. */
  readonly repeats: number;
}

/** No client repeats a field more often; generated queries do, a few times. */
const REPEATS_MAX = 20;

interface Size {
  depth: number;
  aliases: number;
  /** Fields on the uppermost level. */
  fields: number;
  directives: number;
  repeats: number;
}

const NOTHING: Readonly<Size> = { depth: 0, aliases: 0, fields: 0, directives: 0, repeats: 0 };

const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type';

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/** Measures every operation of a document and gives the largest of each size. Cycles of fragments count once: validation refuses them. */
export function measure(document: DocumentNode): Measure {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Size>();

  const add = (into: Size, part: Size): void => {
    into.depth = Math.max(into.depth, part.depth);
    into.aliases += part.aliases;
    into.fields += part.fields;
    into.directives += part.directives;
    into.repeats = Math.max(into.repeats, part.repeats);
  };
  const sizeOfFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // Stands there while its own inside is measured, so that a cycle ends.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? { ...NOTHING } : sizeOf(fragment.selectionSet);
    size.directives += fragment?.directives?.length ?? 0;
    measured.set(name, size);
    return size;
  };
  /** `seen` counts the fields of a selection set by what they are called in the answer. */
  const sizeOf = ({ selections }: SelectionSetNode, seen = new Map<string, number>()): Size => {
    const size: Size = { ...NOTHING };
    for (const selection of selections) {
      size.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        add(size, sizeOfFragment(selection.name.value));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(size, sizeOf(selection.selectionSet, seen));
      } else {
        if (selection.alias !== undefined) size.aliases += 1;
        size.fields += 1;
        const key = (selection.alias ?? selection.name).value;
        const times = (seen.get(key) ?? 0) + 1;
        seen.set(key, times);
        size.repeats = Math.max(size.repeats, times);
        // The introspection that every tool sends is deep; graphql-js has a rule of its own for it.
        const inside =
          selection.selectionSet === undefined || isIntrospection(selection.name.value)
            ? null
            : sizeOf(selection.selectionSet);
        size.depth = Math.max(size.depth, 1 + (inside?.depth ?? 0));
        size.aliases += inside?.aliases ?? 0;
        size.directives += inside?.directives ?? 0;
        size.repeats = Math.max(size.repeats, inside?.repeats ?? 0);
      }
    }
    return size;
  };

  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const sizes = operations.map((operation) => {
    const size = sizeOf(operation.selectionSet);
    size.directives += operation.directives?.length ?? 0;
    return size;
  });
  const most = (key: keyof Size): number => Math.max(0, ...sizes.map((size) => size[key]));
  return {
    depth: most('depth'),
    aliases: most('aliases'),
    rootFields: most('fields'),
    directives: most('directives'),
    repeats: most('repeats'),
  };
}

const WHAT: Readonly<Record<keyof Measure, readonly [name: string, advice: string]>> = {
  depth: ['fields inside fields', 'ask for the inner ones in a query of their own'],
  aliases: ['aliases', 'split it into several queries'],
  rootFields: ['root fields', 'split it into several queries'],
  directives: ['directives', 'leave out what you can decide before you ask'],
  repeats: ['repetitions of one field', 'ask for it once'],
};

/** Why a document is too large to be looked at; null when it is not. */
export function findExcess(document: DocumentNode, limits: Limits): GraphQLError | null {
  const sizes = measure(document);
  const allowed = { ...limits, repeats: REPEATS_MAX };
  for (const key of ['depth', 'aliases', 'rootFields', 'directives', 'repeats'] as const) {
    if (sizes[key] <= allowed[key]) continue;
    const [name, advice] = WHAT[key];
    return new GraphQLError(
      `this document has ${sizes[key]} ${name}, and ${allowed[key]} are allowed: ${advice}`,
      {
        extensions: {
          code: 'QUERY_TOO_LARGE',
          limit: key,
          allowed: allowed[key],
          http: { status: 400, spec: true },
        },
      },
    );
  }
  return null;
}
