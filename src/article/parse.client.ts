/**
 * Parsing in threads of its own, so that no feed can stall the poller. A thread that overruns its time or memory is ended and replaced;
 * the job that did it is a failure, the others do not notice.
 */
import { Worker } from 'node:worker_threads';
import type { ExtractedPage } from './body.ts';
import type { ParseOptions } from './parse.ts';
import type { ParseJob } from './parse-worker.ts';
import type { ParsedFeed } from './parsed-feed.ts';

export interface FeedParserOptions {
  /** Milliseconds that one document may take. Default 10,000. */
  readonly timeoutMs?: number;
  /** Megabytes of heap of one thread. Default 256. */
  readonly maxMemoryMb?: number;
  /** Threads; started when needed. Default 1. */
  readonly threads?: number;
}

export interface FeedParser {
  /** `parseFeed` in a thread. A document that takes too long or too much memory gives TIMEOUT or CRASHED. */
  parse(body: Uint8Array, contentType: string | null, options: ParseOptions): Promise<ParsedFeed>;
  /** `extractPage` in a thread; null also when the page takes too long. */
  extract(html: string, url: string): Promise<ExtractedPage | null>;
  /** Ends the threads. Jobs under way come to nothing. */
  close(): Promise<void>;
}

type End = 'TIMEOUT' | 'CRASHED' | 'CLOSED';
type Outcome = { readonly ended: End } | { readonly result: unknown };

interface Task {
  readonly job: ParseJob;
  readonly settle: (outcome: Outcome) => void;
}

interface Thread {
  readonly worker: Worker;
  task: Task | null;
  timer: NodeJS.Timeout | null;
}

/** Builds the pool; the first thread starts with the first job. */
export function createFeedParser(options: FeedParserOptions = {}): FeedParser {
  const { timeoutMs = 10_000, maxMemoryMb = 256, threads: size = 1 } = options;
  const threads = new Set<Thread>();
  const waiting: Task[] = [];
  let closed = false;

  return { parse, extract, close };

  async function parse(
    body: Uint8Array,
    contentType: string | null,
    parseOptions: ParseOptions,
  ): Promise<ParsedFeed> {
    const outcome = await run({ kind: 'FEED', body, contentType, options: parseOptions });
    if ('result' in outcome) return outcome.result as ParsedFeed;
    if (outcome.ended === 'TIMEOUT') {
      return {
        ok: false,
        reason: 'TIMEOUT',
        message: `parsing took more than ${timeoutMs} ms and was ended`,
      };
    }
    return {
      ok: false,
      reason: 'CRASHED',
      message: 'parsing took more memory than it may and was ended',
    };
  }

  async function extract(html: string, url: string): Promise<ExtractedPage | null> {
    const outcome = await run({ kind: 'PAGE', html, url });
    return 'result' in outcome ? (outcome.result as ExtractedPage | null) : null;
  }

  async function close(): Promise<void> {
    closed = true;
    for (const task of waiting.splice(0)) task.settle({ ended: 'CLOSED' });
    await Promise.all([...threads].map((thread) => end(thread, 'CLOSED')));
  }

  function run(job: ParseJob): Promise<Outcome> {
    return new Promise((settle) => {
      if (closed) return settle({ ended: 'CLOSED' });
      waiting.push({ job, settle });
      next();
    });
  }

  function next(): void {
    while (waiting.length > 0) {
      const thread = [...threads].find(({ task }) => task === null) ?? (threads.size < size ? start() : null);
      const task = thread === null ? undefined : waiting.shift();
      if (thread === null || task === undefined) return;
      thread.task = task;
      thread.worker.ref();
      thread.timer = setTimeout(() => void end(thread, 'TIMEOUT'), timeoutMs);
      thread.worker.postMessage(task.job);
    }
  }

  function start(): Thread {
    const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    const thread: Thread = { worker, task: null, timer: null };
    threads.add(thread);
    worker.on('message', (result: unknown) => finish(thread, { result }));
    worker.on('error', () => void end(thread, 'CRASHED'));
    worker.on('exit', () => void end(thread, 'CRASHED'));
    // A thread without work does not keep the process alive.
    worker.unref();
    return thread;
  }

  function finish(thread: Thread, outcome: Outcome): void {
    if (thread.timer !== null) clearTimeout(thread.timer);
    const { task } = thread;
    thread.timer = null;
    thread.task = null;
    thread.worker.unref();
    task?.settle(outcome);
    next();
  }

  async function end(thread: Thread, reason: End): Promise<void> {
    if (!threads.delete(thread)) return;
    finish(thread, { ended: reason });
    await thread.worker.terminate();
  }
}
