import { defineConfig } from 'vitest/config';

// A busy machine must not fail what is right: whoever waits for something to become true waits as long as the slowest.
const patient = { expect: { poll: { timeout: 30_000 } } };
const inTime = { ...patient, testTimeout: 60_000, hookTimeout: 120_000 };
const withDatabase = {
  globalSetup: ['server/test/tmp.ts', 'server/test/cluster.ts'],
  pool: 'forks' as const,
  ...inTime,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup: ['server/test/tmp.ts'],
          ...patient,
          testTimeout: 60_000,
          include: ['{server,contract,words,web,bench,bin}/**/*.{test,prop.test}.{ts,tsx}'],
          exclude: [
            '**/node_modules/**',
            '**/*.db.test.ts',
            'server/test/journeys/**',
            'server/test/browser/**',
            'server/test/crash/**',
          ],
        },
      },
      { test: { name: 'db', include: ['{server,bench}/**/*.db.test.ts'], ...withDatabase } },
      { test: { name: 'journeys', include: ['server/test/journeys/**/*.test.ts'], ...withDatabase } },
      {
        test: { name: 'browser', include: ['server/test/browser/**/*.test.ts'], ...withDatabase, testTimeout: 180_000 },
      },
      { test: { name: 'crash', include: ['server/test/crash/**/*.test.ts'], pool: 'forks', testTimeout: 3_600_000 } },
    ],
  },
});
