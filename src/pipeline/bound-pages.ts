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
  const isOver = (): boolean => elapsed() - began >= time.all;
  return {
    isCutShort: () => answered > 0 && isOver(),
    async get(request): Promise<Document> {
      if (isOver() || failed >= time.failed) return notAsked(request.url, now());
      const asked = elapsed();
      const document = await documents.get(request);
      if (document.outcome === 'Failed') failed += elapsed() - asked;
      else answered += 1;
      return document;
    },
  };
}

function notAsked(url: string, fetchedAt: Date): Failed {
  const message = 'document: this poll has no more time for pages';
  const nothing = { permanentUrl: null, status: null, retryAfterSeconds: null };
  return { outcome: 'Failed', reason: 'QUEUE_FULL', message, url, ...nothing, fetchedAt };
}
