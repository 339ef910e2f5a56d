import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Zone-less dates and the machine's zone must not mix: tests run where the service does, in UTC.
    env: { TZ: 'UTC' },
  },
});
