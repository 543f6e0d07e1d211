import type { RuleText } from '../reports/terminal/counterexample.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';

/** What this version, or a rulebook, knows of a rule; undefined if there is no such rule. */
export function ruleText(id: string, rulebook: Rulebook = documented): RuleText | undefined {
  const rule = rulebook.rule(id);
  return rule === undefined || !('lookAt' in rule) ? undefined : rule;
}
