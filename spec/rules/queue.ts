import { type NotApplicable, notApplicable, type Rule } from '../rule.ts';
import { getsRules } from './queue/gets.ts';
import { itemsRules } from './queue/items.ts';
import { putsRules } from './queue/puts.ts';
import { shutdownRules } from './queue/shutdown.ts';
import { sizesRules } from './queue/sizes.ts';
import { tasksRules } from './queue/tasks.ts';

/** The rules of Queue. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...itemsRules,
  ...putsRules,
  ...getsRules,
  ...sizesRules,
  ...tasksRules,
  ...shutdownRules,
  notApplicable(
    'queue.not-reentrant-free',
    'Nothing interrupts a call of its own thread: JavaScript runs no destructor and no signal handler inside one.',
  ),
];
