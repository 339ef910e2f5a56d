/** Vigie as the operator runs it: processes of their own on one database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

export interface VigieProcess {
  readonly child: ChildProcess;
  /** What it printed when it was ready. */
  readonly greeting: string;
  /** Everything on stderr so far. */
  stderr(): string;
  /** Ends it, politely or not, and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts `vigie ROLE` and resolves once it says that it is ready. */
export async function startProcess(
  role: 'api' | 'worker',
  env: Record<string, string>,
): Promise<VigieProcess> {
  const child = spawn(process.execPath, [MAIN, role], {
    env: {
      PATH: process.env.PATH,
      TZ: 'UTC',
      VIGIE_LOG_LEVEL: 'warn',
      VIGIE_PORT: '0',
      VIGIE_HOST_SPACING_MS: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exited = once(child, 'exit');
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  onTestFinished(async () => {
    await end('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout! });
  const greeting = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    exited.then(() => Promise.reject(new Error(`${role} ended before it was ready: ${stderr}`))),
  ]);
  return { child, greeting, stderr: () => stderr, end };
}

/** The GraphQL endpoint that an `api` process greets with. */
export function endpointOf({ greeting }: VigieProcess): string {
  const url = /http:\/\/\S+\/graphql/.exec(greeting)?.[0];
  if (url === undefined) throw new Error(`no endpoint in: ${greeting}`);
  return url;
}
