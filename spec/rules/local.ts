import type { NotApplicable, Rule } from '../rule.ts';
import { classesRules } from './local/classes.ts';
import { endsRules } from './local/ends.ts';
import { initialisersRules } from './local/initialisers.ts';
import { valuesRules } from './local/values.ts';

/** The rules of Local. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...valuesRules,
  ...initialisersRules,
  ...classesRules,
  ...endsRules,
];
