import type { History } from '../spec/history.ts';
import type { Program } from '../spec/program.ts';
import type { Rule } from '../spec/rule.ts';
import type { FreeRuns } from './engines/freeRuns.ts';
import { type Failure, judgeHistory } from './explore.ts';
import type { Context, UnitResult } from './runUnit.ts';
import type { Tally } from './tally.ts';

/**
 * Judges the histories of threads that ran freely until one is refused. What their steps rest on differs from run to
 * run: only the rule whose example the program is gets evidence, once for each history that counts.
 * @param tally counts them.
 * @param counts whether a history is evidence for the rule; without one, none is.
 */
export function judgeFreely(
  { judges }: Pick<Context, 'judges'>,
  program: Program,
  { histories, stopped }: FreeRuns,
  tally: Tally,
  rule?: Rule,
  counts: (history: History) => boolean = () => true,
): Pick<UnitResult, 'failure' | 'inconclusive'> {
  const judge = judges.onRealClock(program);
  const last: readonly History[] =
    stopped === undefined ? [] : [[...stopped.history, { type: 'quiet', at: 0, until: Infinity }]];
  for (const history of [...histories, ...last]) {
    const { verdict, evidence } = judgeHistory(judge, program, history, rule);
    tally.add([], false, true);
    if (verdict.kind === 'allowed') {
      if (rule !== undefined && counts(history)) tally.note(rule.id, false, true);
      continue;
    }
    const execution = { interleaving: 0, decisions: 0, events: history, records: [] };
    const failure: Failure = { program, schedule: { kind: 'free' }, execution, verdict, evidence };
    return { failure };
  }
  return stopped === undefined ? {} : { inconclusive: { reason: stopped.reason, blamed: [] } };
}
