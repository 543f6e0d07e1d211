import type { NotApplicable, Rule } from '../rule.ts';
import { cancellingRules } from './timer/cancelling.ts';
import { firingRules } from './timer/firing.ts';
import { threadsRules } from './timer/threads.ts';

/** The rules of Timer. */
export const rules: readonly (Rule | NotApplicable)[] = [...firingRules, ...cancellingRules, ...threadsRules];
