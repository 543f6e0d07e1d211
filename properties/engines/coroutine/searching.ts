import type { Program } from '../../../spec/program.ts';
import type { Searched, SearchLimits } from '../controlled/batches.ts';
import { readChoices } from '../controlled/execution.ts';
import { directionsTo, Frontier } from '../controlled/frontier.ts';
import { type Control, cells, endings } from '../controlled/layout.ts';
import { directionCode, scheduleKinds, type Direction } from '../controlled/schedule.ts';
import type { Cast } from './cast.ts';
import { Player } from './player.ts';
import type { Tracing } from './tracing.ts';

/**
 * Runs a program under all schedules with no preemption, then all with one, and so on, and goes on from each state once:
 * a schedule that leads to a state that is known leads on to what is known.
 *
 * @param judging has to see all that the cast does.
 * @returns undefined if the implementation cannot be played.
 */
export function searchIn(
  program: Program,
  control: Control,
  cast: Cast,
  judging: Tracing,
  { bound, budget, fault, general, outcomes: wantsOutcomes }: SearchLimits,
): Searched | undefined {
  const player = new Player(program, control, cast);
  const frontier = new Frontier(bound, budget);
  const rules = new Set<string>();
  const outcomes = new Set<string>();
  let executions = 0;
  let failure: Searched['failure'];
  while (executions < budget && failure === undefined) {
    const [branch] = frontier.take(1);
    if (branch === undefined) break;
    executions++;
    direct(control, directionsTo(branch));
    judging.begin();
    if (!player.play()) return undefined;
    const { refused } = judging;
    if (refused !== undefined && (fault === undefined || [general, ...refused.rules].includes(fault))) {
      failure = { directions: directionsTo(branch), preemptions: branch.preemptions };
    }
    for (const evidence of judging.evidence) for (const rule of evidence.rules) rules.add(rule);
    const ending = control.get(cells.ending);
    if (wantsOutcomes === true && ending !== endings.known) {
      outcomes.add(`${judging.outcomes} ${ending} ${refused?.rules.join() ?? ''}`);
    }
    const choices = readChoices(control);
    if (choices.length === control.size.records) frontier.cut(branch);
    frontier.grow(branch, choices);
  }
  return {
    executions,
    states: judging.states,
    exhausted: Math.min(frontier.exhausted, failure === undefined ? bound : failure.preemptions - 1),
    rules: [...rules],
    ...(failure && { failure }),
    ...(wantsOutcomes === true && { outcomes: [...outcomes].sort() }),
  };
}

/** What comes of a program whose objects cannot be made: nothing is run. */
export function unmade(judging: Tracing, { bound, fault, general }: SearchLimits): Searched {
  const { refused } = judging;
  const fails = refused !== undefined && (fault === undefined || [general, ...refused.rules].includes(fault));
  return {
    executions: 1,
    states: 0,
    exhausted: bound,
    rules: judging.evidence.flatMap(({ rules }) => rules),
    ...(fails && { failure: { directions: [], preemptions: 0 } }),
  };
}

/** Makes these the directions of the next execution. */
function direct(control: Control, directions: readonly Direction[]): void {
  control.set(cells.execution, 0);
  control.set(cells.records, 0);
  const head = 4;
  control.schedules.set([scheduleKinds.directed, 0, head, directions.length]);
  for (const [position, direction] of directions.entries()) {
    control.schedules[head + 2 * position] = direction.decision;
    control.schedules[head + 2 * position + 1] = directionCode(direction);
  }
}
