import type { NotApplicable, Rule } from '../rule.ts';
import { globalsRules } from './prog/globals.ts';
import { locksRules } from './prog/locks.ts';
import { primitivesRules } from './prog/primitives.ts';
import { threadsRules } from './prog/threads.ts';

/** Whole programs, as the documentation and its readers write them. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...primitivesRules,
  ...globalsRules,
  ...threadsRules,
  ...locksRules,
];
