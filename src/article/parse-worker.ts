/** The thread in which feeds are parsed: one message in, one message out. */
import { parentPort } from 'node:worker_threads';
import { extractPage } from './body.ts';
import { type ParseOptions, parseFeed } from './parse.ts';

/** What the thread can be asked. */
export type ParseJob =
  | {
      readonly kind: 'FEED';
      readonly body: Uint8Array;
      readonly contentType: string | null;
      readonly options: ParseOptions;
    }
  | { readonly kind: 'PAGE'; readonly html: string; readonly url: string };

parentPort?.on('message', (job: ParseJob) => {
  parentPort?.postMessage(
    job.kind === 'FEED' ? parseFeed(job.body, job.contentType, job.options) : extractPage(job.html, job.url),
  );
});
