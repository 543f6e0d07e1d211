import { defineConfig } from 'vitest/config';

/** The packed package, installed: too slow for every run, so it has a run of its own. */
export default defineConfig({
  test: {
    include: ['house/package/**/*.test.ts'],
    passWithNoTests: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
