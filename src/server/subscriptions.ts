/**
 * Subscriptions of the API: accepted by yoga like any operation (parsed, validated, authorised, its source opened), then
 * served past it, because what follows is the same bytes for many.
 */
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import type { Broadcast, Reader } from '#delivery/broadcast.ts';
import { Following } from '#delivery/stream.ts';
import type { GraphqlContext, Viewer } from '#graphql/context.ts';
import type { Alert } from './alert.ts';
import type { createRenderings, Rendering } from './rendering.ts';
import type { YogaPlugin } from './yoga.ts';

/** A subscription that was accepted and has not begun. */
export interface Accepted {
  readonly viewer: Viewer;
  /** Begins to send to the reader; the returned function leaves. */
  begin(client: Client): () => void;
}

/** Where a subscription's alerts go. */
export interface Client extends Reader<Alert> {
  /**
   * Ends the subscription from our side: with an error that the client is told, for good; without, because the server goes
   * and the client is to come back elsewhere.
   */
  end(error?: GraphQLError): void;
}

export interface Subscriptions {
  /** Accepts what yoga would execute: registers it under its request or context, or answers with why not. */
  readonly plugin: YogaPlugin;
  /** What was accepted for a request (SSE) or an execution's context (WebSocket); null when it was refused. */
  find(key: object): Accepted | null;
  /** Ends those whose viewer is meant, telling them why. */
  endOf(isMeant: (viewer: Viewer) => boolean, error: GraphQLError): void;
  /** Ends all. */
  close(): void;
}

/** The error as a stream tells it, without what it means for the head of an answer. */
export function streamError({ message, nodes, source, positions, extensions }: GraphQLError): GraphQLError {
  const { http: _, ...rest } = extensions;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: rest,
  });
}

/** An event source in name: whoever accepted the subscription serves it. */
async function* servedElsewhere(): AsyncGenerator<ExecutionResult, void, undefined> {}

export function createSubscriptions(
  broadcast: Broadcast<Alert>,
  renderingOf: ReturnType<typeof createRenderings>,
): Subscriptions {
  const accepted = new WeakMap<object, Accepted>();
  const open = new Map<Client, Viewer>();
  let closed = false;

  /** A function of its own, so that an open subscription holds nothing of the request that it began with. */
  const leaving = (client: Client, leave: () => void) => (): void => {
    open.delete(client);
    leave();
  };

  const accept = (source: Following, { key, render }: Rendering, viewer: Viewer): Accepted => ({
    viewer,
    begin(client) {
      // It was on its way in when the server went.
      if (closed) {
        client.end();
        return () => {};
      }
      open.set(client, viewer);
      const { after, filter } = source;
      return leaving(client, broadcast.join({ key, filter, after, render, reader: client }));
    },
  });

  const subscribe = async (args: ExecutionArgs) => {
    const source = await createSourceEventStream(args);
    if (!(source instanceof Following)) return source as ExecutionResult;
    const context = args.contextValue as GraphqlContext & { readonly request?: Request };
    accepted.set(
      context.request ?? context,
      accept(source, renderingOf(args, context.viewer, source.filter), context.viewer),
    );
    return servedElsewhere();
  };

  return {
    plugin: {
      onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribe as never),
    },
    find: (key) => accepted.get(key) ?? null,
    endOf(isMeant, error) {
      const told = streamError(error);
      for (const [client, viewer] of [...open]) if (isMeant(viewer)) client.end(told);
    },
    close() {
      closed = true;
      for (const client of [...open.keys()]) client.end();
    },
  };
}
