import type { RuleResult, RuleVerdict } from '../../properties/run.ts';
import { table } from '../table.ts';
import { thousands } from '../text.ts';

const verdicts: readonly (readonly [RuleVerdict, string])[] = [
  ['kept', 'kept'],
  ['broken', 'broken'],
  ['unexercised', 'unexercised'],
  ['not provided', 'not provided'],
  ['not applicable', 'n/a'],
  ['deviates', 'deviates'],
  ['inconclusive', 'inconclusive'],
];

const lacking: ReadonlySet<RuleVerdict> = new Set(['not provided', 'not applicable']);

/**
 * The verdicts of the rules by family. Columns that would hold nothing but zeros are left out,
 * `kept` and `broken` never are. Families of which nothing is provided are told in a line.
 */
export function familyTable(rules: readonly RuleResult[]): string[] {
  const binding = rules.filter(({ level }) => level !== 'may');
  const shown = verdicts.filter(
    ([verdict]) =>
      verdict === 'kept' || verdict === 'broken' || binding.some((rule) => rule.verdict === verdict),
  );
  const families = [...new Set(rules.map(({ family }) => family))];
  const absent = families.filter((family) =>
    rules.every((rule) => rule.family !== family || lacking.has(rule.verdict)),
  );
  const present = families.filter((family) => !absent.includes(family));
  const inapplicable = absent.filter((family) =>
    rules.every((rule) => rule.family !== family || rule.verdict === 'not applicable'),
  );
  const lacked = absent.filter((family) => !inapplicable.includes(family));
  const notes = [
    ...(lacked.length === 0 ? [] : [`Not provided at all: ${lacked.join(', ')}.`]),
    ...(inapplicable.length === 0 ? [] : [`Not applicable at all: ${inapplicable.join(', ')}.`]),
  ];
  const note = notes.length === 0 ? [] : ['', ...notes];
  if (present.length === 0) return note.slice(1);
  const row = (name: string, of: readonly RuleResult[]): string[] => {
    const freedoms = of.filter(({ level, verdict }) => level === 'may' && verdict !== 'not applicable');
    const used = freedoms.filter(({ verdict }) => verdict === 'used').length;
    return [
      name,
      ...shown.map(([verdict]) =>
        thousands(of.filter((rule) => rule.level !== 'may' && rule.verdict === verdict).length),
      ),
      freedoms.length === 0 ? '-' : `${used} of ${freedoms.length}`,
      thousands(sum(of, ({ exercised }) => exercised)),
      thousands(sum(of, ({ interleavings }) => interleavings)),
    ];
  };
  const lines = table(
    [
      { head: 'family' },
      ...shown.map(([, head]) => ({ head, align: 'right' as const })),
      { head: 'freedoms used', align: 'right' },
      { head: 'evidence', align: 'right' },
      { head: 'interleavings', align: 'right' },
    ],
    [
      ...present.map((family) =>
        row(
          family,
          rules.filter((rule) => rule.family === family),
        ),
      ),
      ...(present.length > 1 ? [row('all', rules)] : []),
    ],
  );
  return [...lines, ...note];
}

function sum(rules: readonly RuleResult[], of: (rule: RuleResult) => number): number {
  return rules.reduce((total, rule) => total + of(rule), 0);
}
