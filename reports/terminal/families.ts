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

/**
 * The verdicts of the rules by family. Columns that would hold nothing but zeros are left out,
 * `kept` and `broken` never are.
 */
export function familyTable(rules: readonly RuleResult[]): string[] {
  const binding = rules.filter(({ level }) => level !== 'may');
  const shown = verdicts.filter(
    ([verdict]) =>
      verdict === 'kept' || verdict === 'broken' || binding.some((rule) => rule.verdict === verdict),
  );
  const families = [...new Set(rules.map(({ family }) => family))];
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
  return table(
    [
      { head: 'family' },
      ...shown.map(([, head]) => ({ head, align: 'right' as const })),
      { head: 'freedoms used', align: 'right' },
      { head: 'evidence', align: 'right' },
      { head: 'interleavings', align: 'right' },
    ],
    [
      ...families.map((family) =>
        row(
          family,
          rules.filter((rule) => rule.family === family),
        ),
      ),
      ...(families.length > 1 ? [row('all', rules)] : []),
    ],
  );
}

function sum(rules: readonly RuleResult[], of: (rule: RuleResult) => number): number {
  return rules.reduce((total, rule) => total + of(rule), 0);
}
