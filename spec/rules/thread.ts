import type { NotApplicable, Rule } from '../rule.ts';
import { startingRules } from './thread/starting.ts';

/** The rules of Thread. */
export const rules: readonly (Rule | NotApplicable)[] = [...startingRules];
