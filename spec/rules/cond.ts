import type { NotApplicable, Rule } from '../rule.ts';
import { lockRules } from './cond/lock.ts';
import { notifyRules } from './cond/notify.ts';
import { timeoutRules } from './cond/timeouts.ts';
import { waiterRules } from './cond/waiters.ts';
import { waitRules } from './cond/wait.ts';
import { waitForRules } from './cond/waitFor.ts';

/** The rules of Condition. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...lockRules,
  ...waitRules,
  ...timeoutRules,
  ...waitForRules,
  ...notifyRules,
  ...waiterRules,
];
