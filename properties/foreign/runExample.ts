import { checkExample, type ExampleResult, programOf } from '../../spec/checkExample.ts';
import { historyIn } from '../../spec/exampleEvents.ts';
import type { OrderedExample } from '../../spec/example.ts';
import type { Verdict } from '../../spec/judge/verdict.ts';
import { startsThreads } from '../../spec/program.ts';
import type { ExampleRun } from '../engines/lockstep.ts';
import { stepsOf } from '../engines/lifecycle/task.ts';
import type { Unit } from '../plan.ts';
import type { UnitResult } from '../runUnit.ts';
import { Tally } from '../tally.ts';
import type { ForeignEngine } from './engine.ts';
import { HarnessError } from './harnessError.ts';
import { atPace, type Pace, paces, pendingAfter } from './pace.ts';
import type { ForeignContext } from './runFreely.ts';

/** What an example came to, or why it cannot be run. */
export type ForeignResult = UnitResult | { readonly unit: Unit; readonly inexpressible: string };

/** An example whose steps have an order. */
type OrderedUnit = Extract<Unit, { kind: 'ordered' | 'lifecycle' }>;

/**
 * Runs an ordered example on a real clock. What it does not show at once it may show at a slower pace.
 */
export async function runExample(
  context: ForeignContext,
  engine: ForeignEngine,
  unit: OrderedUnit,
): Promise<ForeignResult> {
  const tally = new Tally();
  const { javaScript } = unit.example;
  if (javaScript !== undefined) return { unit, inexpressible: `it is for JavaScript alone: ${javaScript}` };
  let last: UnitResult | undefined;
  let possible: Pace | undefined;
  for (const pace of paces) {
    if (context.signal.aborted) break;
    // What takes too long at a slow pace is looked at again at the last one that it does not.
    if (atPace(unit.example, pace) !== undefined) possible = pace;
    const example = possible && atPace(unit.example, possible);
    if (possible === undefined || example === undefined) {
      return { unit, inexpressible: 'it takes longer than anybody waits' };
    }
    try {
      const run = await runAt(context, engine, example, possible);
      const { result } = run;
      if (result.kind === 'shown') {
        const { id, level, usedIn } = unit.rule;
        const used = usedIn?.(historyIn(run.execution.events), programOf(example)) === true;
        tally.add([...run.evidence, { rules: level !== 'may' || used ? [id] : [], labels: [] }], true, false);
        return { unit, tally };
      }
      last = told({ ...unit, example }, run, result);
      // What is declared to be so needs no second look.
      if (context.surface.deviations.some(({ rule }) => rule === unit.rule.id)) break;
    } catch (error) {
      if (!(error instanceof HarnessError) || error.reason === undefined) throw error;
      return { unit, inexpressible: error.reason };
    }
  }
  return last ?? { unit, tally };
}

async function runAt(
  { judges }: ForeignContext,
  engine: ForeignEngine,
  example: OrderedExample,
  { patience, settling }: Pace,
): Promise<ExampleRun> {
  const program = programOf(example);
  const leftPending = pendingAfter(example);
  // A lapse of time is itself the time that what must not happen is given.
  const steps = stepsOf(example).map((step, position) =>
    'elapse' in step.does
      ? { ...step, blocks: [] }
      : { ...step, settles: step.settles || leftPending[position] === true },
  );
  const ownProcess = example.ownProcess === true;
  const { events, standstill } = await engine.follow({ program, steps, ownProcess, patience, settling });
  const trial = startsThreads(example.objects) ? undefined : judges.onRealClock(program).begin(program);
  let verdict: Verdict = { kind: 'allowed' };
  for (const event of trial === undefined ? [] : historyIn(events)) {
    verdict = trial?.feed(event) ?? verdict;
    if (verdict.kind !== 'allowed') break;
  }
  const result = checkExample(example, events, verdict, (id) => judges.rulebook.rule(id));
  const execution = { interleaving: 0, decisions: 0, events, records: [] };
  const run: ExampleRun = { result, execution, verdict, evidence: trial?.evidence ?? [] };
  if (!standstill) return run;
  return { ...run, stopped: { kind: 'unusable', reason: `nothing happened for ${patience} s` } };
}

/** What a part of the run came to whose example, at the pace at which it was run last, was not shown. */
function told(
  unit: OrderedUnit,
  run: ExampleRun,
  result: Exclude<ExampleResult, { kind: 'shown' }>,
): UnitResult {
  const tally = new Tally();
  tally.add([], true, false);
  if (result.kind === 'refuted') {
    // That something did not happen is what the refutation says.
    const { stopped: _, ...rest } = run;
    return { unit, tally, refutation: { run: rest, result } };
  }
  const { by, reason } = result;
  const masked: UnitResult = { unit, tally, inconclusive: { reason, blamed: by?.rules ?? [] } };
  if (by === undefined) return masked;
  const { execution, evidence } = run;
  const program = programOf(unit.example);
  return { ...masked, failure: { program, schedule: { kind: 'free' }, execution, verdict: by, evidence } };
}
