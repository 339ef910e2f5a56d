/**
 * What a request may take, checked in the order of what checking costs: the size of the text, the size of the document, the
 * rules of GraphQL, who asks, what it costs, what they have left. Then it runs, and no longer than its time.
 *
 * The same for HTTP, SSE and WebSocket: all of them go through these hooks. A document that has come through is known, and
 * the next question with it goes past them to the guards that are left (`known-questions.ts`).
 */
import type { ServerResponse } from 'node:http';
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
import { type Admission, admit, costNote, noteRefusal } from './admission.ts';
import { tooManyConnections } from './connections.ts';
import { withinDeadline } from './deadline.ts';
import type { Guards } from './guards.ts';
import { findExcess } from './measure.ts';
import { rateHeaders } from './rate-limit.ts';
import { untrusted } from './trusted-documents.ts';
import type { Arrival, YogaPlugin } from './yoga.ts';

/** What HTTP and WebSocket alike bring along. */
interface RequestContext extends Arrival {
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

/** A variable of the wrong type is the one error that GraphQL itself gives no code. */
function withCode(error: GraphQLError): GraphQLError {
  if (error.path === undefined && error.extensions.code === undefined) {
    error.extensions.code = 'BAD_USER_INPUT';
  }
  return error;
}

export interface RequestLimits {
  readonly plugin: YogaPlugin;
  /** For the building of a context, when its document has passed. */
  admit(context: object): Promise<Admission>;
}

/** Puts the guards before the execution. */
export function createLimits(guards: Guards, clock: Clock): RequestLimits {
  const { limits, trusted, introspection, addressOf, connections } = guards;
  const excesses = new WeakMap<DocumentNode, GraphQLError | false>();
  const documents = new WeakMap<object, DocumentNode>();
  const headers = new WeakMap<object, Record<string, string>>();

  const finish = (error: GraphQLError): GraphQLError =>
    withCode(introspection ? error : withoutSuggestion(error));
  const note = (context: object): void => noteRefusal(guards, (context as Context).req);
  const excessOf = (document: DocumentNode): GraphQLError | false => {
    let excess = excesses.get(document);
    if (excess === undefined) {
      excess = findExcess(document, limits) ?? false;
      excesses.set(document, excess);
    }
    return excess;
  };

  const plugin: YogaPlugin = {
    onParse({ context, params, setParseFn }) {
      setParseFn((source, options) => parse(source, { ...options, maxTokens: limits.tokens }));
      const text = typeof params.source === 'string' ? params.source : params.source.body;
      if (trusted !== null && !trusted.has(text)) {
        note(context);
        throw untrusted();
      }
      return ({ result, replaceParseResult }) => {
        if (result === null || result instanceof Error) return note(context);
        const excess = excessOf(result);
        if (excess === false) return void documents.set(context, result);
        note(context);
        replaceParseResult(excess);
      };
    },

    onValidate({ context, addValidationRule }) {
      if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
      return ({ valid, result, setResult }) => {
        if (valid) return;
        note(context);
        if (!introspection) setResult((result as GraphQLError[]).map(withoutSuggestion));
      };
    },

    onExecute({ args, context, executeFn, setExecuteFn }) {
      const { req, cost, abandoned, triedAt } = context as Context;
      const operation = getOperationAST(args.document, args.operationName);
      if (operation?.operation === 'query') {
        setExecuteFn((asked) =>
          withinDeadline(() => executeFn(asked), {
            timeoutMs: limits.timeoutMs,
            socket: req?.socket,
            abandoned,
            since: triedAt,
          }),
        );
      }
      return {
        onExecuteDone({ result, setResult }: Done) {
          if (cost === undefined || Symbol.asyncIterator in result) return;
          const { errors, extensions } = result;
          setResult({
            ...result,
            ...(errors === undefined ? {} : { errors: errors.map(finish) }),
            extensions: { ...extensions, ...costNote(cost, guards) },
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

  return {
    plugin,
    async admit(context) {
      const { admission, authorization, req, request, params } = context as Context;
      const document = documents.get(context);
      if (document === undefined)
        throw new Error('server: a context is built for a document that did not pass');
      const admitted = await (admission ??
        admit(guards, {
          document,
          operationName: params?.operationName,
          variables: params?.variables,
          authorization: authorization ?? request?.headers.get('authorization') ?? null,
          req,
        }));
      const { allowance } = admitted;
      if (allowance !== null && request !== undefined)
        headers.set(request, rateHeaders(allowance, clock.now()));
      return admitted;
    },
  };
}

/** What a viewer's connections are counted under, beside the address. */
export const tokenKey = (viewer: Viewer | undefined): string[] =>
  viewer === undefined || (viewer.tokenId === null && viewer.subject === undefined)
    ? []
    : [viewer.tokenId === null ? `subject ${viewer.subject}` : `token ${viewer.tokenId}`];
