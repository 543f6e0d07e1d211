import { describeCheck } from '../../spec/output.ts';
import { startsThreads } from '../../spec/program.ts';
import { type Example, isExplored, isOrdered, type OrderedExample } from '../../spec/example.ts';
import type { CatalogueRow } from '../../spec/catalogue.ts';
import { describeCall, describeObjects, describeProgram } from '../calls.ts';
import { drawLanes } from '../lanes/draw.ts';
import { exampleLanes } from '../lanes/example.ts';
import { addresses } from '../sources.ts';
import type { Page } from '../style.ts';
import { table } from '../table.ts';
import { hang, wrap } from '../text.ts';

/** Everything that is known of a rule. */
export interface ExplainedRule extends CatalogueRow {
  readonly lookAt?: string;
  readonly examples?: readonly Example[];
  /** Why it is not asked of anybody. */
  readonly reason?: string;
  readonly variants: readonly Variant[];
}

/** An implementation that shows what the rule is worth. */
export interface Variant {
  readonly name: string;
  /** A mutant has to be killed by the rule, a freedom has to survive. */
  readonly kind: 'mutant' | 'freedom';
  readonly difference: string;
}

function titleOf(example: Example): string {
  const reason = isOrdered(example) ? example.javaScript : undefined;
  return reason === undefined ? example.title : `${example.title} (for JavaScript alone: ${reason})`;
}

/** What a rule asks for, where it comes from, and its examples as lanes. */
export function explainReport(rule: ExplainedRule, page: Page): string {
  const { columns, paint } = page;
  const facts: (readonly [string, string])[] = [
    ['of', rule.title],
    ['level', levels[rule.level]],
    // A rule of somebody's own is of no version, and may be written nowhere else.
    ...(rule.since === '' ? [] : [['since', sinceIn(rule.since)] as const]),
    ...(rule.source === '' ? [] : [['source', rule.source] as const]),
    ...(rule.lookAt === undefined ? [] : [['look at', rule.lookAt] as const]),
    ...(rule.reason === undefined ? [] : [['not asked', rule.reason] as const]),
  ];
  const lines = [
    paint('strong', rule.id),
    ...wrap(rule.statement, columns),
    '',
    ...facts.flatMap(([name, text]) => hang(name.padEnd(11), text, columns)),
    // An address that is broken in two cannot be followed.
    ...addresses(rule.source).map((address) => `${'read'.padEnd(11)}${address}`),
  ];
  for (const [position, example] of (rule.examples ?? []).entries()) {
    lines.push(
      '',
      ...hang(`Example ${position + 1}: `, titleOf(example), columns),
      ...drawExample(example, page),
    );
  }
  for (const kind of ['mutant', 'freedom'] as const) {
    const variants = rule.variants.filter((variant) => variant.kind === kind);
    if (variants.length === 0) continue;
    lines.push('', kind === 'mutant' ? 'Mutants that it has to kill' : 'Freedoms that have to survive');
    for (const { name, difference } of variants) lines.push(...hang(`  ${name}: `, difference, columns));
  }
  return lines.join('\n');
}

function sinceIn(version: string): string {
  return version === 'base' ? 'Python 3.6 or earlier' : `Python ${version}`;
}

const levels = {
  must: 'must: documented',
  should: 'should: advised, or optional by platform',
  may: 'may: left open; reported as used or unused, never failed',
  observed: 'observed: only seen in CPython',
} as const;

function errorOutput({ stderr }: OrderedExample, { paint }: Page): readonly string[] {
  if (stderr === undefined) return [];
  const wanted = stderr.length === 0 ? 'nothing' : stderr.map((text) => `/${text}/`).join(', then ');
  return [paint('faint', `     ·· written to standard error: ${wanted} ··`)];
}

const everyOrder = 'in every order of the atomic steps';
const freely = 'the threads run as they will, again and again';

function drawExample(example: Example, page: Page): readonly string[] {
  if (!isOrdered(example) && !isExplored(example)) {
    const { program, shows } = example;
    return [
      page.paint('faint', `   ${describeProgram(program)}`),
      ...shows.flatMap((check) => hang('   · ', describeCheck(check), page.columns)),
    ];
  }
  const made = page.paint('faint', `   ${describeObjects(example.objects)}`);
  if (isOrdered(example)) {
    if (example.steps.length > 0) {
      return [made, ...drawLanes(exampleLanes(example), page), ...errorOutput(example, page)];
    }
    const must = example.creation ?? 'an object';
    return [
      made,
      `   ${must === 'an object' ? 'makes an object' : 'raises' in must ? `raises ${must.raises}` : 'makes an object'}`,
    ];
  }
  const { objects, threads } = example;
  const longest = Math.max(...threads.map((calls) => calls.length));
  const rows = Array.from({ length: longest }, (_, row) =>
    threads.map((calls) => {
      const call = calls[row];
      return call === undefined ? '' : describeCall(objects, call);
    }),
  );
  const lines = table(
    threads.map((_, thread) => ({ head: `thread ${thread + 1}` })),
    rows,
  );
  return [
    made,
    ...lines.map((line, row) => (row === 0 ? page.paint('strong', `     ${line}`) : `     ${line}`)),
    page.paint(
      'faint',
      `     ·· ${startsThreads(objects) ? freely : everyOrder}, what is seen must be allowed ··`,
    ),
  ];
}
