/**
 * The playground. Its page is nine megabytes, all of it inlined by its package: it is made and compressed once, and a browser
 * that has it is told so.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { EXAMPLES } from './examples.ts';

/**
 * The tabs' animation leaves a transformation behind that shows when a tab is pressed: it jumps from under the pointer, and the
 * first click is lost.
 */
const STEADY_TABS = '<style>.graphiql-tab { transform: none !important; }</style>';

interface Page {
  readonly html: Buffer;
  readonly zipped: Buffer;
  readonly digest: string;
}

async function makePage(endpoint: string): Promise<Page> {
  const page = renderGraphiQL({
    title: 'Vigie',
    endpoint,
    subscriptionsProtocol: 'WS',
    defaultTabs: EXAMPLES.map((query) => ({ query })),
  });
  const html = Buffer.from(page.trimStart().replace('</head>', () => `${STEADY_TABS}</head>`));
  return {
    html,
    zipped: await promisify(gzip)(html),
    digest: createHash('sha256').update(html).digest('base64url'),
  };
}

/** True for a browser that opens the endpoint's address. */
export function isPageVisit({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true;
}

/** Serves the playground of the GraphQL endpoint at this path. */
export function createGraphiql(
  endpoint: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let page: Promise<Page> | null = null;
  return async ({ headers }, response) => {
    page ??= makePage(endpoint).catch((error: unknown) => {
      page = null;
      throw error;
    });
    const { html, zipped, digest } = await page;
    const isZipped = /\bgzip\b(?!;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers['accept-encoding'] ?? ''));
    const etag = isZipped ? `"${digest}-gzip"` : `"${digest}"`;
    const known = {
      etag,
      'cache-control': 'no-cache',
      vary: 'Accept, Accept-Encoding',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    };
    if (headers['if-none-match'] === etag) return void response.writeHead(304, known).end();
    const body = isZipped ? zipped : html;
    response.writeHead(200, {
      ...known,
      'content-type': 'text/html; charset=utf-8',
      'content-length': body.length,
      ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(body);
  };
}
