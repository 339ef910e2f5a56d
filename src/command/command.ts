/** What every command is given, and how commands fail. */
import type { Config } from '#platform/config.ts';

/** The terminal, or whatever stands for it. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export interface CommandContext extends Terminal {
  /** Reads the configuration; throws `ConfigError`. Commands that need none never call it. */
  config(): Config;
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** The command cannot do what it was asked; the message is the one line that the user sees. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Settles when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
