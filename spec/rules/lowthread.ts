import type { NotApplicable, Rule } from '../rule.ts';
import { endingRules } from './lowthread/ending.ts';
import { interruptsRules } from './lowthread/interrupts.ts';
import { locksRules } from './lowthread/locks.ts';
import { startingRules } from './lowthread/starting.ts';

/** The rules of the low-level functions, `_thread`. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...startingRules,
  ...endingRules,
  ...interruptsRules,
  ...locksRules,
];
