import { counts } from '../../properties/conclude.ts';
import { runVerdicts } from '../../properties/run.ts';
import type { Run } from '../runFile.ts';
import type { Page, Tone } from '../style.ts';
import { count, hang, list, printableData, thousands } from '../text.ts';
import { counterexampleReport, type RuleText } from './counterexample.ts';
import { familyTable } from './families.ts';
import { racesReport } from './race.ts';

/** What a report says beside the run itself. */
export interface ReportOptions {
  readonly page: Page;
  /** Where the run file is, for the footer. */
  readonly path?: string;
  /** What is known of a rule beside what the run says. */
  readonly ruleText?: (id: string) => RuleText | undefined;
}

/** A run for a terminal: what was asked, the families, each counterexample, what is missing, the verdict. */
export function terminalReport(given: Run, options: ReportOptions): string {
  const run = printableData(given);
  const { page } = options;
  const byId = new Map(run.rules.map((rule) => [rule.rule, rule]));
  const { module } = run.start;
  const telling = {
    page,
    module,
    ruleText: (id: string) => options.ruleText?.(id) ?? byId.get(id),
    declared: (id: string) => {
      const rule = byId.get(id);
      return rule?.verdict === 'deviates' ? rule.reason : undefined;
    },
  };
  const sections: (readonly string[])[] = [
    headline(run, page),
    run.rules.length === 0
      ? []
      : familyTable(run.rules).map((line, row) => (row === 0 ? page.paint('strong', line) : line)),
    ...run.counterexamples.map((counterexample) => counterexampleReport(counterexample, telling)),
    ...racesReport(run.races, page, module),
    rulesToLookAt(run, page),
    unreached(run, page),
    run.notices.flatMap(({ text }) => hang('Note: ', text, page.columns)),
    footer(run, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const tones: Readonly<Record<keyof typeof runVerdicts, Tone>> = {
  conforms: 'good',
  broken: 'bad',
  inconclusive: 'doubtful',
  vacuous: 'doubtful',
};

/** The outcome in a sentence, with the rules that matter by name. */
function headline({ start, end, rules }: Run, { columns, paint }: Page): string[] {
  const name = start.implementation;
  const broken = rules.filter(({ verdict }) => verdict === 'broken').map(({ rule }) => rule);
  const words = {
    conforms: `${name} conforms.`,
    broken: `${name} is broken: ${broken.length === 0 ? end.reason : list(broken)}`,
    inconclusive: `${name} is neither shown to conform nor to be broken: ${end.reason}`,
    vacuous: `${name} was not judged as it should have been: ${end.reason}`,
  };
  return hang('', words[end.verdict], columns).map((line) => paint(tones[end.verdict], line));
}

/** Rules whose verdict needs a word and that no counterexample tells of; of those that do not count here, only how many. */
function rulesToLookAt({ rules, start }: Run, { columns }: Page): string[] {
  const telling = rules.filter(
    ({ verdict, counterexample }) =>
      counterexample === undefined && ['unexercised', 'inconclusive', 'deviates', 'broken'].includes(verdict),
  );
  const counting = telling.filter(({ level }) => counts(level, start.level));
  const others = telling.length - counting.length;
  return [
    ...(counting.length === 0 ? [] : ['Rules to look at:']),
    ...counting.flatMap(({ rule, verdict, level, reason }) =>
      hang('  ', `${rule} (${level}): ${verdict}${reason === undefined ? '' : `: ${reason}`}`, columns),
    ),
    ...(others === 0
      ? []
      : hang(
          '',
          `${count(others, 'rule')} below the level ${start.level}: neither kept nor broken.`,
          columns,
        )),
  ];
}

function unreached({ labels }: Run, { columns }: Page): string[] {
  const missing = labels.filter(({ reached }) => reached === 0);
  if (missing.length === 0) return [];
  return [
    'Situations that no execution reached:',
    ...missing.flatMap(({ family, label }) => hang('  ', `${family}: ${label}`, columns)),
  ];
}

function footer({ start, end }: Run, { page, path }: ReportOptions): string[] {
  const rows: (readonly [string, string])[] = [
    ['verdict', `${end.verdict} (exit code ${runVerdicts[end.verdict]})`],
    ['reason', end.reason],
    ['executions', `${thousands(end.executions)} in ${end.seconds.toFixed(1)} s`],
    ['seed', `${start.seed}, budget ${start.budget}, level ${start.level}, Lockproof ${start.lockproof}`],
    ...(path === undefined ? [] : [['run file', path] as const]),
  ];
  return rows.flatMap(([name, text], row) => {
    const lines = name === 'run file' ? [name.padEnd(12) + text] : hang(name.padEnd(12), text, page.columns);
    return row === 0 ? lines.map((line) => page.paint(tones[end.verdict], line)) : lines;
  });
}
