import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite prefers a package's ES modules where Node takes its `main`; graphql in two copies does not know its own types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Zone-less dates and the machine's zone must not mix: tests run where the service does, in UTC.
    env: { TZ: 'UTC' },
  },
});
