import type { NotApplicable, Rule } from '../rule.ts';
import { actionRules } from './barrier/action.ts';
import { controlRules } from './barrier/control.ts';
import { passageRules } from './barrier/passage.ts';
import { timeoutRules } from './barrier/timeout.ts';

/** The rules of Barrier. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...passageRules,
  ...actionRules,
  ...timeoutRules,
  ...controlRules,
];
