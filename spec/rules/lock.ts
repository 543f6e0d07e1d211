import type { NotApplicable, Rule } from '../rule.ts';
import { acquireRules } from './lock/acquire.ts';
import { contentionRules } from './lock/contention.ts';
import { releaseRules } from './lock/release.ts';

/** The rules of Lock. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...acquireRules,
  ...releaseRules,
  ...contentionRules,
];
