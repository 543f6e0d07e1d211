import type { NotApplicable, Rule } from '../rule.ts';
import { interfaceRules } from './dummy/interface.ts';
import { runningRules } from './dummy/running.ts';

/** The rules of dummy_threading. */
export const rules: readonly (Rule | NotApplicable)[] = [...interfaceRules, ...runningRules];
