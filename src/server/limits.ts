/**
 * What a request may take, checked in the order of what checking costs: the size of the text, the size of the document, the
 * rules of GraphQL, who asks, what it costs, what they have left. Then it runs, and no longer than its time.
 *
 * The same for HTTP, SSE and WebSocket: all of them go through these hooks.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
} from 'graphql';
import type { GraphqlContext, Viewer } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';
import { TokenError, unauthenticated } from './auth.ts';
import { tooManyConnections } from './connections.ts';
import { costOf } from './cost.ts';
import { withinDeadline } from './deadline.ts';
import type { Guards } from './guards.ts';
import { findExcess, fragmentsOf } from './measure.ts';
import { rateHeaders } from './rate-limit.ts';
import { schema } from './schema.ts';
import { untrusted } from './trusted-documents.ts';
import type { YogaPlugin } from './yoga.ts';

/** What a request costs an address that got no further than to be refused. */
const REFUSED_COST = 10;

/** What HTTP and WebSocket alike bring along. */
interface RequestContext {
  /** The HTTP request; also the one that became a WebSocket. */
  readonly req?: IncomingMessage;
  readonly res?: ServerResponse;
  /** Absent over WebSocket. */
  readonly request?: Request;
  readonly params?: {
    readonly operationName?: string | null;
    readonly variables?: Readonly<Record<string, unknown>> | null;
  };
}

/** As envelop calls it. */
interface Done {
  readonly result: ExecutionResult | AsyncIterable<ExecutionResult>;
  setResult(result: ExecutionResult): void;
}

type Context = RequestContext & Partial<GraphqlContext>;

/** graphql-js tells what a misspelt name may have meant, which is introspection by guessing. */
function withoutSuggestion(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ Did you mean [^?]*\?/g, '');
  if (message === error.message) return error;
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: error.extensions,
  });
}

/** Finds out who asks; a bad token is counted, and refused. */
export async function authenticate(
  { auth, addressOf, rateLimit }: Guards,
  authorization: string | null,
  req: IncomingMessage | undefined,
): Promise<Viewer> {
  try {
    return await auth.findViewer(authorization);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (req !== undefined) await rateLimit.badToken(addressOf(req));
    throw unauthenticated(error.message);
  }
}

/** A variable of the wrong type is the one error that GraphQL itself gives no code. */
function withCode(error: GraphQLError): GraphQLError {
  if (error.path === undefined && error.extensions.code === undefined) {
    error.extensions.code = 'BAD_USER_INPUT';
  }
  return error;
}

/** Puts the guards before the execution. */
export function useLimits(guards: Guards, clock: Clock): YogaPlugin {
  const { limits, rateLimit, trusted, introspection, addressOf, connections } = guards;
  const excesses = new WeakMap<DocumentNode, GraphQLError | false>();
  const documents = new WeakMap<object, DocumentNode>();
  const headers = new WeakMap<object, Record<string, string>>();

  const finish = (error: GraphQLError): GraphQLError =>
    withCode(introspection ? error : withoutSuggestion(error));
  const noteRefusal = ({ req }: RequestContext): void => {
    if (req !== undefined) rateLimit.note(addressOf(req), REFUSED_COST);
  };
  const excessOf = (document: DocumentNode): GraphQLError | false => {
    let excess = excesses.get(document);
    if (excess === undefined) {
      excess = findExcess(document, limits) ?? false;
      excesses.set(document, excess);
    }
    return excess;
  };
  const costHere = (document: DocumentNode, { params }: RequestContext): number => {
    const operation = getOperationAST(document, params?.operationName);
    // No such operation: whoever executes it says so.
    if (!operation) return 1;
    return Math.max(1, costOf(schema, operation, fragmentsOf(document), params?.variables ?? {}));
  };

  return {
    onParse({ context, params, setParseFn }) {
      setParseFn((source, options) => parse(source, { ...options, maxTokens: limits.tokens }));
      const text = typeof params.source === 'string' ? params.source : params.source.body;
      if (trusted !== null && !trusted.has(text)) {
        noteRefusal(context as Context);
        throw untrusted();
      }
      return ({ result, replaceParseResult }) => {
        if (result === null || result instanceof Error) return noteRefusal(context as Context);
        const excess = excessOf(result);
        if (excess === false) return void documents.set(context, result);
        noteRefusal(context as Context);
        replaceParseResult(excess);
      };
    },

    onValidate({ context, addValidationRule }) {
      if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
      return ({ valid, result, setResult }) => {
        if (valid) return;
        noteRefusal(context as Context);
        if (!introspection) setResult((result as GraphQLError[]).map(withoutSuggestion));
      };
    },

    async onContextBuilding({ context, extendContext }) {
      const asked = context as Context;
      const document = documents.get(context);
      if (document === undefined || asked.viewer === undefined) return;
      const cost = costHere(document, asked);
      if (cost > limits.cost) {
        noteRefusal(asked);
        throw new GraphQLError(
          `this query may cost ${cost}, and ${limits.cost} are allowed: ask for smaller pages (first, last), or for fewer lists inside lists`,
          {
            extensions: {
              code: 'QUERY_TOO_COSTLY',
              cost: { requested: cost, limit: limits.cost },
              http: { status: 400, spec: true },
            },
          },
        );
      }
      const address = asked.req === undefined ? '' : addressOf(asked.req);
      const allowance = await rateLimit.charge(asked.viewer, address, cost);
      if (allowance !== null && asked.request !== undefined) {
        headers.set(asked.request, rateHeaders(allowance, clock.now()));
      }
      extendContext({ cost, allowance } as object);
    },

    onExecute({ args, context, executeFn, setExecuteFn }) {
      const { req, cost } = context as Context;
      const operation = getOperationAST(args.document, args.operationName);
      if (operation?.operation === 'query') {
        setExecuteFn((asked) =>
          withinDeadline(() => executeFn(asked), { timeoutMs: limits.timeoutMs, socket: req?.socket }),
        );
      }
      return {
        onExecuteDone({ result, setResult }: Done) {
          if (cost === undefined || Symbol.asyncIterator in result) return;
          const { errors, extensions } = result;
          setResult({
            ...result,
            ...(errors === undefined ? {} : { errors: errors.map(finish) }),
            extensions: { ...extensions, cost: { requested: cost, limit: limits.cost } },
          });
        },
      };
    },

    onSubscribe({ context, setResultAndStopExecution }) {
      const { request, req, res, viewer } = context as Context;
      // A WebSocket was counted when it was opened.
      if (request === undefined || req === undefined || res === undefined) return;
      const keys = [`address ${addressOf(req)}`, ...tokenKey(viewer)];
      if (!keys.every((key) => connections.open(key, res))) {
        setResultAndStopExecution({ errors: [tooManyConnections()] });
      }
    },

    onResponse({ request, response }) {
      for (const [name, value] of Object.entries(headers.get(request) ?? {}))
        response.headers.set(name, value);
    },
  };
}

/** What a viewer's connections are counted under, beside the address. */
export const tokenKey = (viewer: Viewer | undefined): string[] =>
  viewer === undefined || (viewer.tokenId === null && viewer.subject === undefined)
    ? []
    : [viewer.tokenId === null ? `subject ${viewer.subject}` : `token ${viewer.tokenId}`];
