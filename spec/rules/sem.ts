import type { NotApplicable, Rule } from '../rule.ts';
import { acquireRules } from './sem/acquire.ts';
import { contentionRules } from './sem/contention.ts';
import { releaseRules } from './sem/release.ts';

/** The rules of Semaphore. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...acquireRules,
  ...releaseRules,
  ...contentionRules,
];
