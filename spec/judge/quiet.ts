import { requested } from '../automaton.ts';
import { describeCallback, describeOutcome } from '../history.ts';
import { closure, openSteps } from './closure.ts';
import { type Automata, type Configuration, withCallState } from './configuration.ts';
import type { Explanation } from './endOfCall.ts';
import { evidenceOf } from './evidence.ts';

/**
 * Nothing happens any more (`forever`), or not before time passes. Allowed if the pending
 * calls can be in a configuration in which none of them has to go on.
 */
export function quiet(automata: Automata, before: readonly Configuration[], forever: boolean): Explanation {
  const reached = closure(automata, before, () => false);
  const settled = reached.filter((configuration) => dueCalls(automata, configuration, forever).length === 0);
  if (settled.length > 0) {
    const threads = settled[0]?.calls.map((_, thread) => thread) ?? [];
    return { configurations: settled.map(forgetEvidence), evidence: evidenceOf(settled, threads) };
  }
  const due = mostTelling(reached).flatMap((configuration) => dueCalls(automata, configuration, forever));
  const thread = due[0]?.thread ?? 0;
  const own = due.filter((call) => call.thread === thread);
  return {
    kind: 'stuck',
    thread,
    rules: [...new Set([...own, ...due].flatMap(({ rules }) => rules))],
    expected: [...new Set(own.map(({ expected }) => expected))],
    seen: forever ? 'stays blocked for ever' : 'sleeps on',
  };
}

interface DueCall {
  readonly thread: number;
  readonly rules: readonly string[];
  readonly expected: string;
}

function dueCalls(automata: Automata, configuration: Configuration, forever: boolean): readonly DueCall[] {
  const due: DueCall[] = [];
  for (const [thread, step] of openSteps(automata, configuration)) {
    if (step.due === 'now' || (forever && step.due === 'eventually')) {
      const expected = 'phase' in step.then ? step.name : describeOutcome(step.then);
      due.push({ thread, rules: step.overdue ?? step.rules.slice(0, 1), expected });
    }
  }
  configuration.calls.forEach((state, thread) => {
    if (state === undefined) return;
    const { outcome, runs } = state;
    const expected = runs ? describeCallback(runs) : outcome && describeOutcome(outcome);
    if (expected !== undefined) due.push({ thread, rules: state.rules.slice(0, 1), expected });
  });
  return due;
}

/**
 * The configurations that say most about what the callers were waiting for: in which nothing has
 * happened that would have let a call return, and most calls have got beyond being requested.
 */
function mostTelling(configurations: readonly Configuration[]): readonly Configuration[] {
  return most(most(configurations, undecided), waiting);
}

function most(
  configurations: readonly Configuration[],
  calls: (configuration: Configuration) => number,
): readonly Configuration[] {
  const greatest = Math.max(...configurations.map(calls));
  return configurations.filter((configuration) => calls(configuration) === greatest);
}

function undecided({ calls }: Configuration): number {
  return calls.filter((state) => state !== undefined && state.outcome === undefined).length;
}

function waiting({ calls }: Configuration): number {
  return calls.filter((state) => state !== undefined && state.phase !== requested).length;
}

function forgetEvidence(configuration: Configuration): Configuration {
  return configuration.calls.reduce<Configuration>(
    (rest, state, thread) =>
      state === undefined ? rest : withCallState(rest, thread, { ...state, rules: [], labels: [] }),
    configuration,
  );
}
