import { describeOutcome, type Outcome, sameOutcome } from '../history.ts';
import { closure } from './closure.ts';
import { type Automata, type Configuration, stepsOf, withCallState } from './configuration.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import type { Refused } from './verdict.ts';

/** What an event leaves: the configurations that explain it and what it is evidence for, or why none does. */
export type Explanation =
  | { readonly configurations: readonly Configuration[]; readonly evidence: Evidence }
  | Omit<Refused, 'event'>;

/** A thread's pending call ended with this outcome. */
export function endOfCall(
  automata: Automata,
  before: readonly Configuration[],
  thread: number,
  outcome: Outcome,
): Explanation {
  const reached = closure(automata, before, (configuration) => decided(configuration, thread) !== undefined);
  const explaining = reached.filter((configuration) => {
    const decision = decided(configuration, thread);
    return decision !== undefined && sameOutcome(decision, outcome);
  });
  if (explaining.length === 0) return refuse(automata, reached, thread, outcome);
  return {
    configurations: explaining.map((configuration) => withCallState(configuration, thread, undefined)),
    evidence: evidenceOf(explaining, [thread]),
  };
}

function decided(configuration: Configuration, thread: number): Outcome | undefined {
  return configuration.calls[thread]?.outcome;
}

function refuse(
  automata: Automata,
  reached: readonly Configuration[],
  thread: number,
  outcome: Outcome,
): Omit<Refused, 'event'> {
  const expected = new Set<string>();
  const forbidden = new Set<string>();
  const shape = new Set<string>();
  const resting = new Set<string>();
  for (const configuration of reached) {
    const state = configuration.calls[thread];
    if (state?.outcome !== undefined) {
      expected.add(describeOutcome(state.outcome));
      for (const rule of state.shape) shape.add(rule);
      for (const rule of state.rules.slice(0, 1)) resting.add(rule);
      continue;
    }
    const steps = stepsOf(automata, configuration, thread);
    if (!steps.some((step) => step.open && step.due === 'now')) expected.add('stays blocked');
    for (const step of steps) {
      if (step.open || 'phase' in step.then || !sameOutcome(step.then, outcome)) continue;
      for (const rule of step.forbidden ?? step.rules) forbidden.add(rule);
    }
  }
  const rules = [forbidden, shape, resting].find((cited) => cited.size > 0) ?? [];
  return {
    kind: 'broken',
    thread,
    rules: [...rules],
    expected: [...expected],
    seen: describeOutcome(outcome),
  };
}
