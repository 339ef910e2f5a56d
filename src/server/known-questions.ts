/**
 * Questions asked before, answered past yoga. A query in JSON whose document one statement has answered needs little of what a
 * GraphQL server is: its document is parsed, has passed every rule, and none of that is asked twice. What is left are the
 * guards of each request, in the same order and by the same functions (`admission.ts`, `deadline.ts`), and the statement: a
 * third of the CPU, and a sixth where the answer is kept.
 *
 * Everything else goes to yoga with what was found out on the way: another method, another type, another document, a request
 * that is refused, a query that the resolvers have to answer. So there is one place where errors are said.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { type ExecutionResult, getOperationAST } from 'graphql';
import { type Admission, admit, costNote, type Question } from './admission.ts';
import { withinDeadline } from './deadline.ts';
import { rateHeaders } from './rate-limit.ts';
import type { SqlAnswers, TextAnswer } from './sql-answers.ts';
import type { Arrival, ServerContext, Yoga } from './yoga.ts';

/** A body of more is yoga's: a question asked again and again is small. */
const BODY_MAX = 64 * 1024;

/** The question in a body; null when there is more in it, or something else. */
function readQuestion(
  body: Buffer,
  known: SqlAnswers['known'],
): Pick<Question, 'document' | 'operationName' | 'variables'> | null {
  let asked: unknown;
  try {
    asked = JSON.parse(body.toString());
  } catch {
    return null;
  }
  if (typeof asked !== 'object' || asked === null) return null;
  const { query, variables = null, operationName = null, ...others } = asked as Record<string, unknown>;
  if (typeof query !== 'string' || Object.keys(others).length > 0) return null;
  if (typeof variables !== 'object' || Array.isArray(variables)) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  const document = known(query);
  if (document === undefined || getOperationAST(document, operationName)?.operation !== 'query') return null;
  return { document, operationName, variables: variables as Record<string, unknown> | null };
}

const JSON_TYPES: ReadonlyMap<string, string> = new Map([
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
]);

/** The type of an answer that this `Accept` asks for: the first that is ours, as yoga reads it; undefined when none is. */
function answerType(accept = '*/*'): string | undefined {
  for (const part of accept.split(',')) {
    const type = JSON_TYPES.get(part.split(';', 1)[0]!.trim().toLowerCase());
    if (type !== undefined) return type;
  }
  return undefined;
}

/** Reads all of it; null when the client goes before. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('close', () => done(null));
  });
}

/** Answers requests for the endpoint, the rest of them by yoga. */
export function createKnownQuestions(
  context: ServerContext,
  answers: SqlAnswers,
  yoga: Yoga,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { guards, pool: _, cache: __, ...rest } = context;
  const { limits, corsOrigins } = guards;

  /** The type of the answer when the request can hold a known question; undefined when yoga has to look at it. */
  const typeFor = ({ method, url, headers }: IncomingMessage): string | undefined => {
    const length = Number(headers['content-length']);
    const isPlain =
      method === 'POST' &&
      url === yoga.graphqlEndpoint &&
      /^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
      headers['content-encoding'] === undefined &&
      length > 0 &&
      length <= Math.min(BODY_MAX, limits.bodyBytes) &&
      // A page that needs CORS.
      (headers.origin === undefined || corsOrigins.length === 0) &&
      !headers.accept?.includes('charset');
    return isPlain ? answerType(headers.accept) : undefined;
  };

  const execute = (
    question: Question,
    admission: Admission,
    since: number,
  ): Promise<TextAnswer | ExecutionResult | null> => {
    const { document, operationName, variables, req } = question;
    return withinDeadline(
      () =>
        answers.answer({
          document,
          operationName,
          variableValues: variables,
          contextValue: { ...rest, ...admission },
        }),
      { timeoutMs: limits.timeoutMs, socket: req?.socket, since },
    );
  };

  return async (request, response) => {
    const type = typeFor(request);
    if (type === undefined) return await yoga(request, response);
    const body = await readBody(request);
    if (body === null) return;
    const passOn = async (found: Pick<Arrival, 'admission' | 'triedAt'> = {}): Promise<void> => {
      // Where the body was read already, yoga looks for it here.
      (request as { body?: Readable }).body = Readable.from([body]);
      await yoga(request, response, found);
    };
    const asked = readQuestion(body, answers.known);
    if (asked === null) return await passOn();
    const question = { ...asked, authorization: request.headers.authorization ?? null, req: request };
    const admitting = admit(guards, question);
    const admission = await admitting.catch(() => null);
    // Yoga says why.
    if (admission === null) return await passOn({ admission: admitting });
    const triedAt = performance.now();
    const answer = await execute(question, admission, triedAt);
    if (answer === null) return await passOn({ admission: admitting, triedAt });
    const { stringify = JSON.stringify } = answer as TextAnswer;
    const text = stringify({ ...(answer as TextAnswer), extensions: costNote(admission.cost, guards) });
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'content-length': Buffer.byteLength(text),
      ...(admission.allowance === null ? {} : rateHeaders(admission.allowance, context.clock.now())),
    });
    response.end(text);
  };
}
