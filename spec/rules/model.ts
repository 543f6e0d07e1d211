import type { NotApplicable, Rule } from '../rule.ts';
import { memoryRules } from './model/memory.ts';
import { namesRules } from './model/names.ts';
import { threadsRules } from './model/threads.ts';
import { timeoutsRules } from './model/timeouts.ts';

/** The rules that hold of all primitives. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...memoryRules,
  ...threadsRules,
  ...timeoutsRules,
  ...namesRules,
];
