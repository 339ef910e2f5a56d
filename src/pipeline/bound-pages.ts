/** The pages of articles that one poll asks for: as many as its time allows, so that a long or a slow site keeps no other waiting. */
import type { DocumentClient } from '#document/document.client.ts';
import type { Document, Failed } from '#document/response.ts';
import { UNREACHED } from './decide-poll.ts';

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

/** How often in a row a host may leave us without an answer: one that has answered before may once more. */
const CHANCES = { answered: 3, unknown: 2, last: 1 } as const;
/** What every page is given at least. */
const SHORTEST_MS = 1_000;

/**
 * Passes requests on while there is time; then they fail without being sent. A host that has not answered yet is given half of the
 * time that is left for failures, then a second, and is then asked no more: so the silent ones, which are asked first as often as
 * not, leave time for the others. `home` is the feed's address, whose host has answered. `elapsed` is in milliseconds and never
 * goes back.
 */
export function boundPages(
  documents: Pick<DocumentClient, 'get'>,
  time: PageTime,
  { elapsed, now, home }: { readonly elapsed: () => number; readonly now: () => Date; readonly home: string },
): BoundPages {
  const began = elapsed();
  let failed = 0;
  let came = 0;
  let problem: string | null = null;
  const chances = new Map<string, number>([[hostOf(home), CHANCES.answered]]);
  const chancesOf = (url: string): number => chances.get(hostOf(url)) ?? CHANCES.unknown;
  const isOver = (): boolean => elapsed() - began >= time.all;
  return {
    isCutShort: () => came > 0 && isOver(),
    problem: () => problem,
    async get(request): Promise<Document> {
      const left = time.failed - failed;
      const chance = chancesOf(request.url);
      if (isOver() || left <= 0 || chance === 0) {
        const document = notAsked(request.url, now());
        problem ??= document.message;
        return document;
      }
      const share = chance === CHANCES.last ? 0 : left / 2;
      const bounded = { ...request, withinMs: Math.max(share, SHORTEST_MS) };
      const asked = elapsed();
      const document = await documents.get(chance === CHANCES.answered ? request : bounded);
      if (document.outcome !== 'Failed') {
        came += 1;
        chances.set(hostOf(document.url), CHANCES.answered);
        return document;
      }
      problem = document.message;
      failed += elapsed() - asked;
      // Where a redirect led to, it is the other host that is silent.
      if (UNREACHED.has(document.reason)) chances.set(hostOf(document.url), chancesOf(document.url) - 1);
      return document;
    },
  };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

function notAsked(url: string, fetchedAt: Date): Failed {
  const message = 'this poll has no more time for pages';
  const nothing = { permanentUrl: null, status: null, retryAfterSeconds: null };
  return { outcome: 'Failed', reason: 'QUEUE_FULL', message, url, ...nothing, fetchedAt };
}
