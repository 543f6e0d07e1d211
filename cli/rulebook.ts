import { nearest } from '../impl/nearest.ts';
import { UsageError } from '../properties/usageError.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';
import type { Subject } from './implementationModule.ts';
import { suggestion } from './options.ts';
import { catalogueFamilies, matching } from './ruleGlobs.ts';

/** Which families and rules are asked for: names, and globs over ids. */
export interface Choice {
  readonly family?: readonly string[] | undefined;
  readonly rule?: readonly string[] | undefined;
}

/** What an implementation is held to, its own specifications included. It is loaded in a worker for that. */
export async function rulebookAt({ source, where }: Subject): Promise<Rulebook> {
  // Commands that need no implementation begin faster without the engines.
  const { BatonEngine } = await import('../properties/engines/baton/engine.ts');
  const { rulebookOf } = await import('../properties/rulebooks.ts');
  const engine = new BatonEngine(1);
  try {
    const surface = await engine.probe(source, where);
    return await rulebookOf(surface.specifications);
  } finally {
    await engine.close();
  }
}

/**
 * Refuses names of families and globs that fit nothing: what was meant would be left out in silence.
 * @param subject an implementation that may have specifications of its own; looked at if the documentation is not enough.
 * @throws UsageError that says which one, and what may have been meant.
 */
export async function checkChoice(choice: Choice, subject?: Subject): Promise<void> {
  const problem = problemOf(choice, documented);
  if (problem === undefined) return;
  const isReference = subject === undefined || subject.argument === '';
  const after = isReference ? problem : problemOf(choice, await rulebookAt(subject));
  if (after !== undefined) throw new UsageError(after);
}

function problemOf({ family = [], rule = [] }: Choice, rulebook: Rulebook): string | undefined {
  const families = [...catalogueFamilies, ...rulebook.own.map((specification) => specification.family)];
  const unknown = family.find((name) => !families.includes(name));
  if (unknown !== undefined) {
    return `--family '${unknown}' is unknown.${suggestion(nearest(unknown, families))} Families are ${families.join(', ')}.`;
  }
  const rows = rulebook.families.flatMap((name) => rulebook.rulesOf(name));
  const idle = rule.find((glob) => matching([glob], rows).length === 0);
  if (idle === undefined) return undefined;
  const ids = rows.map(({ id }) => id);
  return `--rule '${idle}' matches no rule.${suggestion(nearest(idle, ids))} \`lockproof rules\` lists all ids; * stands for any text.`;
}
