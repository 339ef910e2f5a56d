import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite prefers a package's ES modules where Node takes its `main`; graphql in two copies does not know its own types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres.ts'],
    // Many files wait for processes and databases most of the time, and none leaves anything behind: more workers than
    // processors, and the modules of one file serve the next.
    maxWorkers: 3,
    isolate: false,
    // For machines that others use too: nothing here takes so long on its own.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Zone-less dates and the machine's zone must not mix: tests run where the service does, in UTC.
    env: { TZ: 'UTC' },
  },
});
