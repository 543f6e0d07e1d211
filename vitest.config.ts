import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'reports/out/**', 'house/package/**', 'fixtures/suite/**'],
    passWithNoTests: false,
    // Most files wait for workers and processes of their own half of the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only ends what hangs: no test is judged by how long it takes.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
