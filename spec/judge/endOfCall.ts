import type { Step } from '../automaton.ts';
import { describeCallback, describeOutcome, type Outcome, sameOutcome } from '../history.ts';
import { closure } from './closure.ts';
import {
  type Automata,
  type CallState,
  type Configuration,
  stepsOf,
  withCallState,
  withoutCallback,
} from './configuration.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import type { Refused } from './verdict.ts';

/** What an event leaves: the configurations that explain it and what it is evidence for, or why none does. */
export type Explanation =
  | { readonly configurations: readonly Configuration[]; readonly evidence: Evidence }
  | Omit<Refused, 'event'>;

/** What of a call is seen: that it ended, or that it called what it was given. */
type Sight = 'outcome' | 'runs';

/** A thread's pending call ended with this outcome. */
export function endOfCall(
  automata: Automata,
  before: readonly Configuration[],
  thread: number,
  outcome: Outcome,
): Explanation {
  return seen(automata, before, thread, 'outcome', outcome);
}

/** A thread called what its pending call was given, which ended so. */
export function endOfCallback(
  automata: Automata,
  before: readonly Configuration[],
  thread: number,
  outcome: Outcome,
): Explanation {
  return seen(automata, before, thread, 'runs', outcome);
}

function seen(
  automata: Automata,
  before: readonly Configuration[],
  thread: number,
  sight: Sight,
  outcome: Outcome,
): Explanation {
  const reached = closure(automata, before, ({ calls }) => isDecided(calls[thread]), thread);
  const explaining = reached.filter(({ calls }) => {
    const decision = calls[thread]?.[sight];
    return decision !== undefined && sameOutcome(decision, outcome);
  });
  if (explaining.length === 0) return refuse(automata, reached, thread, sight, outcome);
  return {
    configurations: explaining.map((configuration) =>
      sight === 'outcome'
        ? withCallState(configuration, thread, undefined)
        : withoutCallback(configuration, thread),
    ),
    evidence: evidenceOf(explaining, [thread]),
  };
}

/** Nothing more can be asked of the call before something is seen of it. */
function isDecided(state: CallState | undefined): boolean {
  return state?.outcome !== undefined || state?.runs !== undefined;
}

function refuse(
  automata: Automata,
  reached: readonly Configuration[],
  thread: number,
  sight: Sight,
  outcome: Outcome,
): Omit<Refused, 'event'> {
  const expected = new Set<string>();
  const forbidden = new Set<string>();
  const shape = new Set<string>();
  const resting = new Set<string>();
  for (const configuration of reached) {
    const state = configuration.calls[thread];
    if (state !== undefined && isDecided(state)) {
      expected.add(describeSight(state));
      for (const rule of state.shape) shape.add(rule);
      for (const rule of state.rules.slice(0, 1)) resting.add(rule);
      continue;
    }
    const steps = stepsOf(automata, configuration, thread);
    if (!steps.some((step) => step.open && step.due === 'now')) expected.add('stays blocked');
    for (const step of steps) {
      const shown = shownBy(step, sight);
      if (step.open || shown === undefined || !sameOutcome(shown, outcome)) continue;
      for (const rule of step.forbidden ?? step.rules) forbidden.add(rule);
    }
  }
  const rules = [forbidden, shape, resting].find((cited) => cited.size > 0) ?? [];
  return {
    kind: 'broken',
    thread,
    rules: [...rules],
    expected: [...expected],
    seen: sight === 'runs' ? describeCallback(outcome) : describeOutcome(outcome),
  };
}

function shownBy({ then }: Step<unknown>, sight: Sight): Outcome | undefined {
  if ('phase' in then) return sight === 'runs' ? then.runs : undefined;
  return sight === 'outcome' ? then : undefined;
}

function describeSight({ outcome, runs }: CallState): string {
  if (runs !== undefined) return describeCallback(runs);
  return outcome === undefined ? 'stays blocked' : describeOutcome(outcome);
}
