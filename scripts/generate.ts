/**
 * Generates the Prisma client and the Pothos types into src/generated.
 *
 * The Prisma command first looks for a native schema engine and downloads it where it is absent. `generate` never runs
 * that engine, so it is pointed at any executable: generation then needs no network.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
const { status } = spawnSync(
  process.execPath,
  [join(dirname(manifest), 'build', 'index.js'), 'generate', '--no-hints'],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
);
process.exitCode = status ?? 1;
