import { describeOutcome } from '../history.ts';
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
  // The configurations in which most calls have got beyond being requested say most about
  // what the caller was waiting for.
  const furthest = Math.max(...before.map(progress));
  const due = before
    .filter((configuration) => progress(configuration) === furthest)
    .flatMap((configuration) => dueCalls(automata, configuration, forever));
  const first = due[0] ?? reached.flatMap((configuration) => dueCalls(automata, configuration, forever))[0];
  return {
    kind: 'stuck',
    thread: first?.thread ?? 0,
    rules: [...new Set((due.length > 0 ? due : first ? [first] : []).flatMap(({ rules }) => rules))],
    expected: [
      ...new Set(due.filter(({ thread }) => thread === first?.thread).map(({ expected }) => expected)),
    ],
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
      due.push({ thread, rules: step.rules, expected });
    }
  }
  configuration.calls.forEach((state, thread) => {
    if (state?.outcome === undefined) return;
    due.push({ thread, rules: state.rules, expected: describeOutcome(state.outcome) });
  });
  return due;
}

function progress(configuration: Configuration): number {
  return configuration.calls.filter((state) => state !== undefined && state.phase !== 'requested').length;
}

function forgetEvidence(configuration: Configuration): Configuration {
  return configuration.calls.reduce<Configuration>(
    (rest, state, thread) =>
      state === undefined ? rest : withCallState(rest, thread, { ...state, rules: [], labels: [] }),
    configuration,
  );
}
