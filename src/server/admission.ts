/**
 * What every request has to pass once its document has: who asks, what it costs, what they have left. The same for whoever
 * executes it: yoga, over HTTP or WebSocket, or who answers known questions past it.
 */
import type { IncomingMessage } from 'node:http';
import { type DocumentNode, GraphQLError, getOperationAST } from 'graphql';
import type { Allowance, Viewer } from '#graphql/context.ts';
import { TokenError, unauthenticated } from './auth.ts';
import { costOf } from './cost.ts';
import type { Guards } from './guards.ts';
import { fragmentsOf } from './measure.ts';
import { schema } from './schema.ts';

/** What a request costs an address that got no further than to be refused. */
const REFUSED_COST = 10;

/** What is asked, by a document that has passed the rules. */
export interface Question {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The `Authorization` header, or what stands for it. */
  readonly authorization: string | null;
  /** The HTTP request; also the one that became a WebSocket. */
  readonly req: IncomingMessage | undefined;
}

/** A request that may be executed. */
export interface Admission {
  readonly viewer: Viewer;
  readonly cost: number;
  /** Null without a rate limit. */
  readonly allowance: Allowance | null;
}

/** Counts a refused request. */
export function noteRefusal({ rateLimit, addressOf }: Guards, req: IncomingMessage | undefined): void {
  if (req !== undefined) rateLimit.note(addressOf(req), REFUSED_COST);
}

/** Finds out who asks; a bad token is counted, and refused. */
async function authenticate(
  { auth, addressOf, rateLimit }: Guards,
  { authorization, req }: Question,
): Promise<Viewer> {
  try {
    return await auth.findViewer(authorization);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (req !== undefined) await rateLimit.badToken(addressOf(req));
    throw unauthenticated(error.message);
  }
}

function costHere({ document, operationName, variables }: Question): number {
  const operation = getOperationAST(document, operationName);
  // No such operation: whoever executes it says so.
  if (!operation) return 1;
  return Math.max(1, costOf(schema, operation, fragmentsOf(document), variables ?? {}));
}

/** Lets a request in and counts what it costs; throws a `GraphQLError` that says why not. */
export async function admit(guards: Guards, question: Question): Promise<Admission> {
  const { limits, rateLimit, addressOf } = guards;
  const viewer = await authenticate(guards, question);
  const cost = costHere(question);
  if (cost > limits.cost) {
    noteRefusal(guards, question.req);
    throw new GraphQLError(
      `this query may cost ${cost}, and ${limits.cost} are allowed: ask for smaller pages (first, last), or for fewer lists inside lists`,
      {
        extensions: {
          code: 'QUERY_TOO_COSTLY',
          ...costNote(cost, guards),
          http: { status: 400, spec: true },
        },
      },
    );
  }
  const address = question.req === undefined ? '' : addressOf(question.req);
  return { viewer, cost, allowance: await rateLimit.charge(viewer, address, cost) };
}

/** What an answer's `extensions` say of its cost. */
export const costNote = (
  cost: number,
  { limits }: Guards,
): { readonly cost: { readonly requested: number; readonly limit: number } } => ({
  cost: { requested: cost, limit: limits.cost },
});
