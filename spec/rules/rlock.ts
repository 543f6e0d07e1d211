import type { NotApplicable, Rule } from '../rule.ts';
import { acquireRules } from './rlock/acquire.ts';
import { contentionRules } from './rlock/contention.ts';
import { releaseRules } from './rlock/release.ts';

/** The rules of RLock. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...acquireRules,
  ...releaseRules,
  ...contentionRules,
];
