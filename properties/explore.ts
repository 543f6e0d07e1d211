import type { Judge } from '../spec/judge/judge.ts';
import type { Evidence } from '../spec/judge/evidence.ts';
import { allowed, type Refused, type Verdict } from '../spec/judge/verdict.ts';
import type { History } from '../spec/history.ts';
import type { Program } from '../spec/program.ts';
import type { Rule } from '../spec/rule.ts';
import type { Stopped } from './engines/controlled/batch.ts';
import type { ControlledEngine, JudgedExecution } from './engines/controlled/batches.ts';
import { type Execution, historyOf } from './engines/controlled/execution.ts';
import type { Schedule } from './engines/controlled/schedule.ts';
import { withLivelock } from './engines/livelock.ts';
import type { WithForm } from './engines/loaded.ts';
import type { Source } from './engines/source.ts';
import type { Judges } from './judges.ts';

/** What is judged and by whom: everything but the program. */
export interface Subject {
  readonly source: Source;
  readonly form: WithForm;
  readonly engine: ControlledEngine;
  /** Has to show a failure, too, if the engine itself does not run real workers. */
  readonly confirming?: ControlledEngine;
  readonly judges: Judges;
  /** The rule whose example the program is. */
  readonly rule?: Rule;
}

/** One execution with its verdict. */
export interface Judged {
  readonly schedule: Schedule;
  /** Without its history: few are wanted again, and they can be had again. */
  readonly execution: Omit<Execution, 'events'>;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
}

/** An execution that no behaviour the documentation allows looks like. */
export interface Failure {
  readonly program: Program;
  /** `free`: nobody decided. */
  readonly schedule: Schedule | { readonly kind: 'free' };
  /** It may not have ended. */
  readonly execution: Omit<Execution, 'ending'>;
  readonly verdict: Refused;
  readonly evidence: readonly Evidence[];
  readonly stopped?: Stopped;
}

/** Everything that one call of {@link explore} ran, up to the first failure. */
export interface Exploration {
  readonly judged: readonly Judged[];
  readonly failure?: Failure;
  /** The engine could not go on, and what there was to judge is allowed: nothing can be said of the rest. */
  readonly stopped?: Stopped;
}

/** Runs a program under each of the schedules, and judges every execution until one is refused. */
export async function explore(
  subject: Subject,
  program: Program,
  schedules: readonly Schedule[],
  record = false,
): Promise<Exploration> {
  const { source, form, engine } = subject;
  if (!record && subject.rule?.usedIn === undefined) {
    const executions = await engine.judge?.({ source, form, program, schedules }, subject.judges.by);
    if (executions !== undefined) return concluded(subject, program, schedules, executions);
  }
  const judge = subject.judges.for(program);
  const judged: Judged[] = [];
  let refused: Failure | undefined;
  const { stopped } = await engine.each({ source, form, program, schedules, record }, (execution) => {
    const schedule = schedules[judged.length] as Schedule;
    const { verdict: judgedAs, evidence } = judgeHistory(judge, program, historyOf(execution), subject.rule);
    const verdict = withLivelock(judgedAs, execution);
    const { events: _, ...rest } = execution;
    judged.push({ schedule, execution: rest, verdict, evidence });
    if (verdict.kind !== 'allowed') refused = { program, schedule, execution, verdict, evidence };
    return refused === undefined;
  });
  if (refused !== undefined) {
    const last = schedules[judged.length - 1] as Schedule;
    const failure = subject.confirming === undefined ? refused : await confirmed(subject, program, last);
    return { judged, failure };
  }
  if (stopped === undefined) return { judged };
  const failure = judgeStopped(subject, program, schedules[judged.length] as Schedule, stopped);
  return failure === undefined ? { judged, stopped } : { judged, failure };
}

/** What an engine that judges by itself has found. A refused execution is run again, to see what it shows. */
async function concluded(
  subject: Subject,
  program: Program,
  schedules: readonly Schedule[],
  executions: readonly JudgedExecution[],
): Promise<Exploration> {
  const judged = executions.map(({ evidence, ending, interleaving, decisions }, position): Judged => ({
    schedule: schedules[position] as Schedule,
    execution: { ending, interleaving, decisions, records: [] },
    verdict: allowed,
    evidence,
  }));
  const last = executions.at(-1);
  if (last?.refused !== true) return { judged };
  const { schedule, execution } = judged.pop() as Judged;
  const failure = await confirmed(subject, program, schedule);
  const { verdict, evidence } = failure;
  return { judged: [...judged, { schedule, execution, verdict, evidence }], failure };
}

/**
 * A failure as it shows itself on real workers.
 * @throws Error if it does not: then what has shown it is wrong.
 */
export async function confirmed(subject: Subject, program: Program, schedule: Schedule): Promise<Failure> {
  const { confirming, ...own } = subject;
  // Who judges by itself does not tell what it has seen.
  const engine = confirming ?? { each: own.engine.each.bind(own.engine) };
  const { failure } = await explore({ ...own, engine }, program, [schedule], true);
  if (failure !== undefined) return failure;
  throw new Error(
    `an execution that is no fault on real workers was taken for one: ${JSON.stringify({ program, schedule })}`,
  );
}

/**
 * Judges one history, event by event, and keeps the evidence.
 * @param rule whose example the program is: what it says of histories as a whole is looked at, too.
 */
export function judgeHistory(
  judge: Judge,
  program: Program,
  history: History,
  rule?: Rule,
): { readonly verdict: Verdict; readonly evidence: readonly Evidence[] } {
  const trial = judge.begin(program);
  for (const event of history) {
    const verdict = trial.feed(event);
    if (verdict.kind === 'allowed') continue;
    const rules = rule?.general === true ? [rule.id, ...verdict.rules] : verdict.rules;
    return { verdict: { ...verdict, rules }, evidence: trial.evidence };
  }
  const used = rule?.usedIn?.(history, program) === true ? [{ rules: [rule.id], labels: [] }] : [];
  return { verdict: allowed, evidence: [...trial.evidence, ...used] };
}

/**
 * A thread that never came back from its call. If it had to come back whatever the others do, that is
 * what is wrong; the others' calls cannot be blamed, for they were not let on.
 */
function judgeStopped(
  { judges, rule }: Subject,
  program: Program,
  schedule: Schedule,
  stopped: Stopped,
): Failure | undefined {
  if (stopped.kind === 'unusable') return undefined;
  const history = historyOf(stopped.execution);
  const { verdict, evidence } = judgeHistory(
    judges.for(program),
    program,
    [...history, { type: 'quiet', at: history.at(-1)?.at ?? 0, until: Infinity }],
    rule,
  );
  if (verdict.kind !== 'stuck' || verdict.thread !== stopped.thread) return undefined;
  const seen = stopped.kind === 'hung' ? 'never comes back' : stopped.reason;
  return {
    schedule,
    execution: stopped.execution,
    verdict: { ...verdict, seen },
    evidence,
    stopped,
    program,
  };
}
