import type { Counterexample } from '../../properties/run.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { describeOutcome } from '../../spec/history.ts';
import { describeCall, describeObjects, faultyEvent, pendingCall } from '../calls.ts';
import { counterexampleLanes } from '../lanes/counterexample.ts';
import { drawLanes } from '../lanes/draw.ts';
import { addresses } from '../sources.ts';
import type { Page } from '../style.ts';
import { count, hang, list, printableData, thousands } from '../text.ts';

/** What a reader may want to know of a rule beside its id. */
export interface RuleText {
  readonly level: string;
  readonly statement: string;
  readonly source?: string;
  readonly lookAt?: string;
}

/** What a counterexample is told with. */
export interface Telling {
  readonly page: Page;
  /** What to type behind `lockproof replay <token>`; empty for the reference implementation. */
  readonly module: string;
  readonly ruleText: (id: string) => RuleText | undefined;
  /** Why the implementation says that it breaks this rule; undefined if it does not say so. */
  readonly declared?: (id: string) => string | undefined;
}

/** The fact in one sentence: `lock.mutual-exclusion is broken: ...`. */
function fact(counterexample: Counterexample, isDeclared: boolean): string {
  const { rules, program, history, thread, expected, seen, kind } = counterexample;
  const [rule = 'A rule', ...others] = rules;
  const call = pendingCall(program, history, faultyEvent(counterexample), thread);
  const who =
    call === undefined ? seen : `thread ${thread + 1}'s ${describeCall(program.objects, call)} ${seen}`;
  const instead = expected.length === 0 ? '' : `; allowed: ${list(expected, 'or')}`;
  const also = others.length === 0 ? '' : ` (with it ${list(others)})`;
  const what = isDeclared ? 'is broken, as is declared' : 'is broken';
  return `${rule} ${what}${also}: ${kind !== 'broken' && expected.length === 0 ? `${who}, though it has to go on` : who}${instead}.`;
}

/** The line to type that shows the counterexample again; undefined if its engine cannot repeat it. */
function replayLine({ token }: Counterexample, module: string): string | undefined {
  return token === undefined ? undefined : `lockproof replay ${token}${module === '' ? '' : ` ${module}`}`;
}

/** A counterexample: the fact, how to see it again, its drawing, the rule, and what to do about it. */
export function counterexampleReport(given: Counterexample, telling: Telling): string[] {
  const counterexample = printableData(given);
  const { page, module } = telling;
  const { columns, paint } = page;
  const replay = replayLine(counterexample, module);
  const drawing = counterexampleLanes(counterexample);
  const declared = telling.declared?.(counterexample.rules[0] ?? '');
  const heading = hang(`${counterexample.number}. `, fact(counterexample, declared !== undefined), columns);
  return [
    ...heading.map((line) => paint(declared === undefined ? 'bad' : 'doubtful', line)),
    ...(declared === undefined ? [] : hang('   ', declared, columns)),
    replay === undefined
      ? `   (the ${counterexample.engine} engine cannot repeat it: there is no replay)`
      : `   ${replay}`,
    '',
    paint('faint', `   ${describeObjects(counterexample.program.objects)}`),
    ...drawLanes(drawing, page),
    ...drawing.legend.flatMap((line) => hang('     ', line, columns)).map((line) => paint('faint', line)),
    '',
    ...particulars(counterexample, telling),
    '',
    ...hints(counterexample, telling),
  ];
}

function particulars(counterexample: Counterexample, { page, ruleText }: Telling): string[] {
  const { rules, expected, seen, engine, foundAfter, token } = counterexample;
  const rows: (readonly [string, string])[] = [];
  for (const id of rules) {
    const text = ruleText(id);
    rows.push(['rule', text === undefined ? id : `${id} (${text.level})`]);
    if (text !== undefined) rows.push(['', text.statement]);
  }
  rows.push(['expected', expected.length === 0 ? 'that it goes on' : list(expected, 'or')]);
  rows.push(['seen', seenAs(counterexample) ?? seen]);
  rows.push(['found', `by the ${engine} engine after ${count(foundAfter, 'execution')}`]);
  const lines = rows.flatMap(([name, text]) => hang(`   ${name.padEnd(10)}`, text, page.columns));
  // What is cut in two can be neither followed nor copied.
  const whole: (readonly [string, string])[] = [
    ...rules
      .flatMap((id) => addresses(ruleText(id)?.source ?? ''))
      .map((address) => ['read', address] as const),
    ...(token === undefined ? [] : [['token', token] as const]),
  ];
  return [...lines, ...whole.map(([name, text]) => `   ${name.padEnd(10)}${text}`)];
}

/** The outcome with the error's message, which no rule looks at but a reader does. */
function seenAs(counterexample: Counterexample): string | undefined {
  const last = counterexample.history[faultyEvent(counterexample)];
  if (last?.type !== 'end' || !('raises' in last.outcome) || last.outcome.message === undefined)
    return undefined;
  return `${describeOutcome(last.outcome)}: ${last.outcome.message}`;
}

/** What to type to read about a rule: those that are not the documentation's are known to the implementation. */
function explainLine(rule: string, module: string): string {
  const isOwn = module !== '' && catalogue.every(({ id }) => id !== rule);
  return `lockproof explain ${rule}${isOwn ? ` ${module}` : ''}`;
}

function hints(counterexample: Counterexample, { page, module, ruleText }: Telling): string[] {
  const { rules, preemptions, trace, minimality, program } = counterexample;
  const first = rules[0];
  const lookAt = first === undefined ? undefined : ruleText(first)?.lookAt;
  const calls = program.threads.reduce((sum, thread) => sum + thread.length, 0);
  // Of a whole program only the output is known.
  const isWhole = program.objects.some(({ family }) => family === 'prog');
  const size = `${count(calls, 'call')} in ${count(program.threads.length, 'thread')}; `;
  const switches =
    preemptions === 0
      ? 'No thread is preempted: the order of the calls alone does it.'
      : `${thousands(preemptions)} ${preemptions === 1 ? 'preemption does' : 'preemptions do'} it${trace.length > 0 ? ': look at what stands around `(preempted)`' : ''}.`;
  return [
    ...(lookAt === undefined ? [] : [lookAt]),
    ...(isWhole ? [] : [switches]),
    `${isWhole ? 'It is ' : size}${sentence(minimality)}`,
    ...(first === undefined ? [] : [`\`${explainLine(first, module)}\` shows the rule with its examples.`]),
  ].flatMap((hint, position) => hang(`   ${position + 1}. `, hint, page.columns));
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
