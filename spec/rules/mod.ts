import type { NotApplicable, Rule } from '../rule.ts';
import { currentRules } from './mod/current.ts';
import { dummyRules } from './mod/dummies.ts';
import { enumeratingRules } from './mod/enumerating.ts';
import { excepthookRules } from './mod/excepthook.ts';
import { hookRules } from './mod/hooks.ts';
import { identRules } from './mod/idents.ts';
import { stackSizeRules } from './mod/stackSize.ts';
import { timeoutRules } from './mod/timeouts.ts';

/** The rules of the module's functions. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...enumeratingRules,
  ...currentRules,
  ...dummyRules,
  ...identRules,
  ...hookRules,
  ...stackSizeRules,
  ...timeoutRules,
  ...excepthookRules,
];
