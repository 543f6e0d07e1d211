import type { NotApplicable, Rule } from '../rule.ts';

/** The rules of this family, in the order of the catalogue. */
export const rules: readonly (Rule | NotApplicable)[] = [];
