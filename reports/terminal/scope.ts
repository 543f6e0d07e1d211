import type { ScopePart, ScopeRecord } from '../../properties/scope/records.ts';
import { printableData, hang, thousands } from '../text.ts';
import type { Page } from '../style.ts';
import { table } from '../table.ts';
import { counterexampleReport, type RuleText } from './counterexample.ts';

/** What a run on the small scope has shown, for a terminal: each counterexample, a line a family, the verdict. */
export function scopeReport(
  given: readonly ScopeRecord[],
  page: Page,
  path: string,
  ruleText: (id: string) => RuleText | undefined,
): string {
  const records = printableData(given);
  const start = records.find((record) => record.record === 'scope');
  const end = records.find((record) => record.record === 'end');
  if (start === undefined || end === undefined) throw new RangeError('A run has a beginning and an end.');
  const parts = records.filter((record) => record.record === 'part');
  const telling = { page, module: start.module, ruleText };
  const tone = { conforms: 'good', broken: 'bad', inconclusive: 'doubtful', vacuous: 'doubtful' } as const;
  const shard = start.shard.of === 1 ? '' : `, part ${start.shard.index} of ${start.shard.of}`;
  const headline = `${start.implementation}, small scope, at most ${start.preemptions} preemptions${shard}: ${end.reason}.`;
  const onWorkers = [...new Set(parts.flatMap((part) => part.onWorkers ?? []))];
  const sections: (readonly string[])[] = [
    hang('', headline, page.columns).map((line) => page.paint(tone[end.verdict], line)),
    parts.length === 0 ? [] : familyLines(parts, page),
    ...records
      .filter((record) => record.record === 'counterexample')
      .map((counterexample) => counterexampleReport(counterexample, telling)),
    onWorkers.flatMap((reason) => hang('Note: ', `Real workers ran some of it: ${reason}.`, page.columns)),
    [`file  ${path} (${end.seconds.toFixed(1)} s)`],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function familyLines(parts: readonly ScopePart[], { paint }: Page): readonly string[] {
  const families = [...new Set(parts.map(({ family }) => family))];
  const right = (head: string) => ({ head, align: 'right' }) as const;
  const rows = [...families, undefined].map((family) => {
    const own = parts.filter((part) => family === undefined || part.family === family);
    const sum = (field: 'programs' | 'executions' | 'states' | 'refused' | 'left') =>
      thousands(own.reduce((total, part) => total + part[field], 0));
    const rules = new Set(own.flatMap((part) => part.rules)).size;
    return [
      family ?? 'all',
      sum('programs'),
      sum('executions'),
      sum('states'),
      sum('refused'),
      sum('left'),
      thousands(rules),
    ];
  });
  const [head = '', ...lines] = table(
    [
      { head: 'family' },
      right('programs'),
      right('schedules'),
      right('states'),
      right('refused'),
      right('not exhausted'),
      right('rules exercised'),
    ],
    rows,
  );
  return [paint('strong', head), ...lines];
}
