import type { Level } from '../../spec/catalogue.ts';
import type { Page } from '../style.ts';
import { table } from '../table.ts';
import { count, thousands } from '../text.ts';

/** What a list of rules says of each. */
export interface ListedRule {
  readonly id: string;
  readonly level: Level;
  readonly encoded: 'examples' | 'not applicable';
  /** Titles. */
  readonly examples?: readonly string[];
}

/** A list of rules for a terminal, with a sum at its end. */
export function rulesReport(rules: readonly ListedRule[], { paint }: Page): string {
  const [head = '', ...lines] = table(
    [{ head: 'rule' }, { head: 'level' }, { head: 'encoded' }],
    rules.map((rule) => [rule.id, rule.level, encoding(rule)]),
  );
  const having = (encoded: ListedRule['encoded']) =>
    thousands(rules.filter((rule) => rule.encoded === encoded).length);
  return [
    paint('strong', head),
    ...lines,
    '',
    `${count(rules.length, 'rule')}: ${having('examples')} with examples, ${having('not applicable')} not applicable`,
    '`lockproof explain <rule>` says what a rule asks for.',
  ].join('\n');
}

function encoding({ encoded, examples = [] }: ListedRule): string {
  return encoded === 'examples' ? count(examples.length, 'example') : encoded;
}
