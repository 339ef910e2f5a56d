/** The pages of articles that one poll asks for: as many as its time allows, so that a long or a slow site keeps no other waiting. */
import type { DocumentClient } from '#document/document.client.ts';
import type { Document, Failed } from '#document/response.ts';

/** Milliseconds of a poll for pages. */
export interface PageTime {
  readonly all: number;
  /** Of these, for pages that cannot be had. */
  readonly failed: number;
}

export interface BoundPages extends Pick<DocumentClient, 'get'> {
  /** True when the time is over although pages came: the next poll comes further. */
  isCutShort(): boolean;
  /** Why the last page that could not be had could not, in plain words; null when there was none. */
  problem(): string | null;
}

/** Passes requests on while there is time; then they fail without being sent. `elapsed` is in milliseconds and never goes back. */
export function boundPages(
  documents: Pick<DocumentClient, 'get'>,
  time: PageTime,
  { elapsed, now }: { readonly elapsed: () => number; readonly now: () => Date },
): BoundPages {
  const began = elapsed();
  let failed = 0;
  let answered = 0;
  let problem: string | null = null;
  const isOver = (): boolean => elapsed() - began >= time.all;
  return {
    isCutShort: () => answered > 0 && isOver(),
    problem: () => problem,
    async get(request): Promise<Document> {
      const isSent = !isOver() && failed < time.failed;
      const asked = elapsed();
      const document = isSent ? await documents.get(request) : notAsked(request.url, now());
      if (document.outcome !== 'Failed') answered += 1;
      else if (isSent || problem === null) problem = document.message;
      if (document.outcome === 'Failed') failed += elapsed() - asked;
      return document;
    },
  };
}

function notAsked(url: string, fetchedAt: Date): Failed {
  const message = 'this poll has no more time for pages';
  const nothing = { permanentUrl: null, status: null, retryAfterSeconds: null };
  return { outcome: 'Failed', reason: 'QUEUE_FULL', message, url, ...nothing, fetchedAt };
}
