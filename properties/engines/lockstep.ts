import { checkExample, type ExampleResult, programOf, type RuleOf } from '../../spec/checkExample.ts';
import type { OrderedExample } from '../../spec/example.ts';
import type { Judge } from '../../spec/judge/judge.ts';
import type { Evidence } from '../../spec/judge/evidence.ts';
import type { Verdict } from '../../spec/judge/verdict.ts';
import type { Stopped } from './controlled/batch.ts';
import type { BatonEngine } from './baton/engine.ts';
import { type Execution, historyOf } from './controlled/execution.ts';
import type { ScriptEntry } from './controlled/schedule.ts';
import { withLivelock } from './livelock.ts';
import type { WithForm } from './loaded.ts';
import type { Source } from './source.ts';

/** What running an ordered example came to. */
export interface ExampleRun {
  readonly result: ExampleResult;
  readonly execution: Omit<Execution, 'ending'>;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly stopped?: Stopped;
}

/**
 * Runs an ordered example one call at a time: each call has returned or is known to be asleep before the
 * next is made. Time is virtual, so nothing is waited for.
 * @param ruleOf what is known of a rule; default what the catalogue has.
 */
export async function runInLockstep(
  engine: Pick<BatonEngine, 'run'>,
  judge: Judge,
  source: Source,
  form: WithForm,
  example: OrderedExample,
  ruleOf?: RuleOf,
): Promise<ExampleRun> {
  const program = programOf(example);
  const settle = judge.pollingInterval > 0 ? [{ settle: judge.pollingInterval }] : [];
  const script = example.steps.flatMap((step): readonly ScriptEntry[] => {
    if ('elapse' in step) return [{ elapse: step.elapse }];
    return 'ends' in step ? [{ ends: step.ends }] : [{ thread: step.thread }, ...settle];
  });
  const { executions, stopped } = await engine.run({
    source,
    form,
    program,
    schedules: [{ kind: 'script', script }],
    record: true,
  });
  const execution =
    executions[0] ?? (stopped !== undefined && 'execution' in stopped ? stopped.execution : nothing);
  const trial = judge.begin(program);
  let verdict: Verdict = { kind: 'allowed' };
  for (const event of historyOf(execution)) {
    verdict = trial.feed(event);
    if (verdict.kind !== 'allowed') break;
  }
  const checked = checkExample(example, execution.events, verdict, ruleOf);
  const told = withLivelock(verdict, execution);
  const result = checked.kind === 'masked' && told.kind !== 'allowed' ? { ...checked, by: told } : checked;
  return { result, execution, verdict: told, evidence: trial.evidence, ...(stopped && { stopped }) };
}

const nothing: Omit<Execution, 'ending'> = { interleaving: 0, decisions: 0, events: [], records: [] };
