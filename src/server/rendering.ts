/** Alerts rendered once for everybody whose answer is the same: the same selection by the same rights. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type GraphQLSchema,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphqlContext, Viewer } from '#graphql/context.ts';
import { formatCursor } from '#match/cursor.ts';
import type { LoggedMatch } from '#match/match.ts';
import { Alert } from './alert.ts';

/** Rendered alerts kept, of all selections together: a burst of reconnections reads the same ones. */
const CACHE_BYTES = 32 * 1024 * 1024;
/** Pauses before an alert that could not be rendered is tried again, milliseconds. */
const RETRY_MS = [100, 400, 1_600] as const;
/** Between looks whether Postgres answers again. */
const OUTAGE_MS = 1_000;

/** A selection of fields, for viewers with the same rights. */
export interface Rendering {
  /** Equal for equal selections. */
  readonly key: string;
  /** Never rejects. */
  render(match: LoggedMatch): Promise<Alert>;
}

/** The operation without the root field’s arguments, which choose alerts and change none. */
interface Selection {
  readonly document: DocumentNode;
  readonly text: string;
  readonly variables: readonly string[];
}

function selectionOf(schema: GraphQLSchema, document: DocumentNode): Selection {
  const types = new TypeInfo(schema);
  const bare = visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) =>
        types.getParentType() === schema.getSubscriptionType() ? { ...node, arguments: [] } : undefined,
    }),
  );
  const used = new Set<string>();
  visit(bare, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  const selected = visit(bare, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
  return { document: selected, text: print(selected), variables: [...used].sort() };
}

/** JSON in which the order of an object’s keys makes no difference. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** `isUp` says whether Postgres answers; `maskError` makes an error fit for clients. */
export function createRenderings({
  context,
  maskError,
  isUp,
}: {
  readonly context: Omit<GraphqlContext, 'viewer'>;
  readonly maskError: (error: unknown) => Error;
  readonly isUp: () => Promise<boolean>;
}): (args: ExecutionArgs, viewer: Viewer) => Rendering {
  const selections = new WeakMap<DocumentNode, Selection>();
  const rendered = new LRUCache<string, Alert>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (alert) => alert.size,
  });
  const underWay = new Map<string, Promise<Alert>>();

  const run = async (args: ExecutionArgs, match: LoggedMatch): Promise<Alert> => {
    for (let attempt = 0; ; attempt += 1) {
      // A context of its own, like a request's: what is batched and cached by it belongs to this alert.
      const contextValue = { ...(args.contextValue as GraphqlContext) };
      const { data = null, errors } = await execute({ ...args, contextValue, rootValue: match });
      const masked = errors?.map(maskError) as { extensions?: { code?: unknown } }[] | undefined;
      const failed = masked?.some(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR');
      if (failed !== true || attempt >= RETRY_MS.length) {
        const json = JSON.stringify(masked === undefined ? { data } : { errors: masked, data });
        return new Alert(formatCursor(match.seq), json);
      }
      await pause(RETRY_MS[attempt]!);
      while (!(await isUp())) await pause(OUTAGE_MS);
    }
  };

  return ({ schema, document, operationName, variableValues }, viewer) => {
    let selection = selections.get(document);
    if (selection === undefined) {
      selection = selectionOf(schema, document);
      selections.set(document, selection);
    }
    const variables = Object.fromEntries(
      selection.variables
        .filter((name) => variableValues?.[name] !== undefined)
        .map((name) => [name, variableValues![name]]),
    );
    const scopes = [...viewer.scopes].sort();
    const key = createHash('sha256')
      .update(stableJson([selection.text, operationName ?? null, variables, scopes]))
      .digest('base64url');
    const args: ExecutionArgs = {
      schema,
      document: selection.document,
      operationName: operationName ?? null,
      variableValues: variables,
      // Whose token it is must not show in what others are sent.
      contextValue: { ...context, viewer: { tokenId: null, scopes: viewer.scopes } },
    };
    return {
      key,
      render(match) {
        const id = `${key}:${match.seq}`;
        const known = rendered.get(id);
        if (known !== undefined) return Promise.resolve(known);
        let running = underWay.get(id);
        if (running === undefined) {
          running = run(args, match).then((alert) => {
            rendered.set(id, alert);
            underWay.delete(id);
            return alert;
          });
          underWay.set(id, running);
        }
        return running;
      },
    };
  };
}
