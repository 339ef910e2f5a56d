/** Good manners towards one host: how many requests at once, how far apart, and how long to stay away when it asks. */

export interface HostGateOptions {
  /** Requests under way to one host at a time. */
  readonly perHost: number;
  /** Milliseconds between the starts of two requests to one host. */
  readonly spacingMs: number;
  /** Requests that may wait for one host; more are refused. */
  readonly maxWaiting: number;
}

/** Given back when the request has ended. */
export type Release = () => void;

interface Host {
  running: number;
  nextStart: number;
  spacingMs: number;
  timer: NodeJS.Timeout | null;
  readonly waiting: Waiter[];
  /** Distinct addresses that this host answered with "wait", since its last good answer. */
  readonly refusals: Set<string>;
  heldUntil: number;
}

interface Waiter {
  start(): void;
}

/** Hosts with nothing under way are forgotten beyond this number. */
const MAX_IDLE_HOSTS = 2_000;
/** How many different addresses of a host must ask for a pause before the whole host is left alone. */
const REFUSALS_FOR_A_HOLD = 3;

/** One gate per host, made as hosts are met. `now` is in milliseconds and never goes back. */
export class HostGates {
  readonly #hosts = new Map<string, Host>();
  readonly #options: HostGateOptions;
  readonly #now: () => number;

  constructor(options: HostGateOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /** Waits for a place; null when too many wait already, `'ABORTED'` when the signal fires first. */
  enter(name: string, signal: AbortSignal | null): Promise<Release | 'ABORTED'> | null {
    const host = this.#host(name);
    if (host.waiting.length >= this.#options.maxWaiting) return null;
    return new Promise((resolve) => {
      if (signal?.aborted === true) return resolve('ABORTED');
      const waiter: Waiter = {
        start: () => {
          signal?.removeEventListener('abort', abandon);
          resolve(this.#release(host));
        },
      };
      const abandon = () => {
        host.waiting.splice(host.waiting.indexOf(waiter), 1);
        resolve('ABORTED');
      };
      signal?.addEventListener('abort', abandon, { once: true });
      host.waiting.push(waiter);
      this.#advance(host);
    });
  }

  /** Slows a host down to its robots.txt's Crawl-delay, as it is now; never beyond ten seconds. */
  slowDown(name: string, seconds: number): void {
    const host = this.#host(name);
    host.spacingMs = Math.max(this.#options.spacingMs, Math.min(seconds, 10) * 1000);
  }

  /** Notes a 429 or 503 that named a pause; the host is held once several of its addresses say so. */
  refused(name: string, url: string, seconds: number): void {
    const host = this.#host(name);
    host.refusals.add(url);
    if (host.refusals.size < REFUSALS_FOR_A_HOLD) return;
    host.heldUntil = Math.max(host.heldUntil, this.#now() + seconds * 1000);
    host.refusals.clear();
  }

  /** Notes an answer that was no refusal. */
  answered(name: string): void {
    this.#host(name).refusals.clear();
  }

  /** Seconds for which the host is still held; 0 when it is not. */
  heldSeconds(name: string): number {
    const host = this.#hosts.get(name);
    return host === undefined ? 0 : Math.max(0, Math.ceil((host.heldUntil - this.#now()) / 1000));
  }

  /** Drops every timer; whoever waits is let go when its own signal fires. */
  close(): void {
    for (const host of this.#hosts.values()) if (host.timer !== null) clearTimeout(host.timer);
  }

  #host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    if (this.#hosts.size >= MAX_IDLE_HOSTS) this.#forgetIdle();
    const host: Host = {
      running: 0,
      nextStart: 0,
      spacingMs: this.#options.spacingMs,
      timer: null,
      waiting: [],
      refusals: new Set(),
      heldUntil: 0,
    };
    this.#hosts.set(name, host);
    return host;
  }

  #forgetIdle(): void {
    const now = this.#now();
    for (const [name, host] of this.#hosts) {
      if (host.running === 0 && host.waiting.length === 0 && host.heldUntil <= now) this.#hosts.delete(name);
    }
  }

  #advance(host: Host): void {
    while (host.waiting.length > 0 && host.running < this.#options.perHost) {
      const wait = host.nextStart - this.#now();
      if (wait > 0) {
        host.timer ??= setTimeout(() => {
          host.timer = null;
          this.#advance(host);
        }, wait);
        return;
      }
      host.running += 1;
      host.nextStart = this.#now() + host.spacingMs;
      host.waiting.shift()?.start();
    }
  }

  #release(host: Host): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      host.running -= 1;
      this.#advance(host);
    };
  }
}
