import type { Step } from '../automaton.ts';
import { type Automata, type Configuration, configurationKey, stepsOf, take } from './configuration.ts';

/**
 * Every configuration that the given ones can reach by steps of pending calls, themselves
 * included. Where `final` holds, no further steps are looked for: whatever is still to
 * happen can as well happen later.
 * @param ending the thread whose call is seen to end, if it is one: others' steps at their return wait.
 */
export function closure(
  automata: Automata,
  from: readonly Configuration[],
  final: (configuration: Configuration) => boolean,
  ending?: number,
): readonly Configuration[] {
  const reached = new Map<string, Configuration>();
  for (const configuration of from) reached.set(configurationKey(configuration), configuration);
  // A Map iterates over what is added meanwhile: this is the breadth-first queue.
  for (const configuration of reached.values()) {
    if (final(configuration)) continue;
    for (const [thread, step] of openSteps(automata, configuration)) {
      if (step.atReturn === true && ending !== undefined && thread !== ending) continue;
      const next = take(automata, configuration, thread, step);
      const key = configurationKey(next);
      if (!reached.has(key)) reached.set(key, next);
    }
  }
  return [...reached.values()];
}

/** The steps that are open to any pending call. */
export function* openSteps(
  automata: Automata,
  configuration: Configuration,
): Generator<readonly [thread: number, step: Step<unknown>]> {
  for (let thread = 0; thread < configuration.calls.length; thread++) {
    for (const step of stepsOf(automata, configuration, thread)) {
      if (step.open) yield [thread, step];
    }
  }
}
