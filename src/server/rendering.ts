/**
 * Alerts rendered once for everybody whose answer is the same: the same selection by the same rights. Many at a time, by one
 * statement, where the selection can be had from SQL; else, or where that fails, one by one by the resolvers.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type GraphQLSchema,
  getOperationAST,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import type { GraphqlContext, Viewer } from '#graphql/context.ts';
import { eventsSql } from '#graphql/sql-answer.ts';
import { formatCursor } from '#match/cursor.ts';
import type { MatchFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import { createStatementNames } from '#platform/database.ts';
import { Alert } from './alert.ts';

/** Rendered alerts kept, of all selections together: a burst of reconnections reads the same ones. */
const CACHE_BYTES = 32 * 1024 * 1024;
/** Selections kept, so that equal subscriptions share one. */
const RENDERINGS_MAX = 1_000;
/** Pauses before an alert that could not be rendered is tried again, milliseconds. */
const RETRY_MS = [100, 400, 1_600] as const;
/** Between looks whether Postgres answers again. */
const OUTAGE_MS = 1_000;

/** A selection of fields, for viewers with the same rights. */
export interface Rendering {
  /** Equal for equal selections. */
  readonly key: string;
  /** An alert of each match. Never rejects. */
  render(matches: readonly LoggedMatch[]): Promise<readonly Alert[]>;
}

/** The operation without the root field’s arguments, which choose alerts and change none. */
interface Selection {
  readonly document: DocumentNode;
  readonly text: string;
  readonly variables: readonly string[];
  /** Something of it depends on what the filter asks of the words. */
  readonly namesWords: boolean;
}

/** Fields that answer for the filter’s words, unless they are given others. */
const WORD_FIELDS: ReadonlySet<string> = new Set(['foundWords', 'foundPlaces']);

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
  let namesWords = false;
  visit(bare, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
    Field: ({ name }) => {
      namesWords ||= WORD_FIELDS.has(name.value);
    },
  });
  const selected = visit(bare, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
  return { document: selected, text: print(selected), variables: [...used].sort(), namesWords };
}

/** JSON in which the order of an object’s keys makes no difference. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** `pool` is the database's; `isUp` says whether it answers; `maskError` makes an error fit for clients. */
export function createRenderings({
  context,
  pool,
  maskError,
  isUp,
}: {
  readonly context: Omit<GraphqlContext, 'viewer'>;
  readonly pool: pg.Pool;
  readonly maskError: (error: unknown) => Error;
  readonly isUp: () => Promise<boolean>;
}): (args: ExecutionArgs, viewer: Viewer, filter: MatchFilter) => Rendering {
  const names = createStatementNames('alerts');
  const selections = new WeakMap<DocumentNode, Selection>();
  const renderings = new LRUCache<string, Rendering>({ max: RENDERINGS_MAX });
  const rendered = new LRUCache<string, Alert>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (alert) => alert.size,
  });
  const underWay = new Map<string, Promise<Alert>>();

  const runOne = async (args: ExecutionArgs, match: LoggedMatch): Promise<Alert> => {
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
      // An outage that outlasts the server must not keep its process.
      while (!(await isUp())) await pause(OUTAGE_MS, undefined, { ref: false });
    }
  };

  /** The alerts of one statement, by sequence number; none where the resolvers have to say what they say. */
  const runSql = async (
    { schema, document, operationName, variableValues, contextValue }: ExecutionArgs,
    matches: readonly LoggedMatch[],
  ): Promise<ReadonlyMap<bigint, Alert>> => {
    const operation = getOperationAST(document, operationName);
    const { coerced } = getVariableValues(schema, operation?.variableDefinitions ?? [], variableValues ?? {});
    if (!operation || coerced === undefined) return new Map();
    const keys = matches.map(({ seq }) => seq);
    const statement = await eventsSql(schema, document, operation, coerced, contextValue as GraphqlContext, {
      model: 'Match',
      keys,
    });
    if (statement === null) return new Map();
    const { text, values } = statement;
    const { rows } = await pool.query<{ key: string; data: unknown }>({
      name: names(text),
      text,
      values: [...values],
    });
    return new Map(
      rows.map(({ key, data }) => {
        const seq = BigInt(key);
        return [seq, new Alert(formatCursor(seq), JSON.stringify({ data }))];
      }),
    );
  };

  const run = async (args: ExecutionArgs, matches: readonly LoggedMatch[]): Promise<readonly Alert[]> => {
    // What Postgres refuses the resolvers meet again, each alert at its own place.
    const known = await runSql(args, matches).catch(() => new Map<bigint, Alert>());
    return await Promise.all(matches.map((match) => known.get(match.seq) ?? runOne(args, match)));
  };

  const createRendering = (key: string, args: ExecutionArgs): Rendering => ({
    key,
    async render(matches) {
      const missing = matches.filter(({ seq }) => {
        const id = `${key}:${seq}`;
        return !rendered.has(id) && !underWay.has(id);
      });
      const running = missing.length === 0 ? null : run(args, missing);
      for (const [index, { seq }] of missing.entries()) {
        const id = `${key}:${seq}`;
        const alert = running!.then((alerts) => {
          rendered.set(id, alerts[index]!);
          underWay.delete(id);
          return alerts[index]!;
        });
        underWay.set(id, alert);
      }
      return await Promise.all(
        matches.map(({ seq }) => rendered.get(`${key}:${seq}`) ?? underWay.get(`${key}:${seq}`)!),
      );
    },
  });

  return ({ schema, document, operationName, variableValues }, viewer, { words }) => {
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
    // Of a filter nothing else shows in an alert: whoever does not ask why shares it whatever the filter.
    const alertWords = selection.namesWords ? (words ?? null) : null;
    const key = createHash('sha256')
      .update(stableJson([selection.text, operationName ?? null, variables, scopes, alertWords]))
      .digest('base64url');
    let rendering = renderings.get(key);
    if (rendering === undefined) {
      rendering = createRendering(key, {
        schema,
        document: selection.document,
        operationName: operationName ?? null,
        variableValues: variables,
        // Whose token it is must not show in what others are sent.
        contextValue: { ...context, viewer: { tokenId: null, scopes: viewer.scopes }, alertWords },
      });
      renderings.set(key, rendering);
    }
    return rendering;
  };
}
