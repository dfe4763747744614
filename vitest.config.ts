import { defineConfig } from 'vitest/config';

const inTime = { testTimeout: 60_000, hookTimeout: 120_000 };
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
          testTimeout: 60_000, // a busy machine must not fail a law that holds
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
