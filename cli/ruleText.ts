import type { RuleText } from '../reports/terminal/counterexample.ts';
import { ruleById } from '../spec/families.ts';

/** What this version knows of a rule; undefined if there is no such rule. */
export function ruleText(id: string): RuleText | undefined {
  const rule = ruleById(id);
  return rule === undefined || !('lookAt' in rule) ? undefined : rule;
}
