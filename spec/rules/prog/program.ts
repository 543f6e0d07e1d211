import { exits, type OutputCheck, silent } from '../../output/checks.ts';
import type { ProgramExample } from '../../output.ts';
import { type Rule, rule } from '../../rule.ts';

/** A program that ends well, complains of nothing, and shows this. */
export function program(title: string, name: string, ...shows: readonly OutputCheck[]): ProgramExample {
  return { title, program: name, shows: [...shows, silent, exits(0)] };
}

/** The rule that such programs show. */
export function progRule(
  id: string,
  lookAt: string,
  ...examples: readonly [ProgramExample, ...ProgramExample[]]
): Rule {
  return rule(id, lookAt, ...(examples as unknown as Parameters<typeof rule>[2][] as [never]));
}
