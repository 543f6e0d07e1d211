import type { Automaton } from './automaton.ts';
import type { ExploredExample } from './example.ts';
import { openSteps } from './judge/closure.ts';
import {
  type CallState,
  type Configuration,
  configurationKey,
  take,
  withCall,
  withCallState,
  withoutCallback,
} from './judge/configuration.ts';
import type { Call, Family } from './program.ts';

/** Whether the call has come to a standstill: that a thread does not begin is none. */
function isStalled(state: CallState | undefined): boolean {
  return state !== undefined && state.call.method !== 'begins';
}

/** Where the specification stands in a program: its configuration, and how many calls each thread has made. */
interface Place {
  readonly configuration: Configuration;
  readonly made: readonly number[];
}

/**
 * Whether a correct implementation can come to a standstill in a program: threads whose calls
 * nobody is left to end. Time-outs end when they may. All interleavings are tried.
 * @param automatonOf the specification of a family.
 * @throws RangeError if an object of the program cannot be made.
 */
export function canStall(
  program: Pick<ExploredExample, 'objects' | 'threads'>,
  automatonOf: (family: Family) => Automaton<unknown>,
): boolean {
  for (const stalled of standstills(program, automatonOf)) if (stalled) return true;
  return false;
}

/**
 * Goes through all interleavings of a program on its specification.
 * @param automatonOf the specification of a family.
 * @returns for every place that the program can come to, whether it is a standstill.
 * @throws RangeError if an object of the program cannot be made.
 */
export function* standstills(
  { objects, threads }: Pick<ExploredExample, 'objects' | 'threads'>,
  automatonOf: (family: Family) => Automaton<unknown>,
): Generator<boolean> {
  const automata = objects.map(({ family }) => automatonOf(family));
  const states = objects.map(({ family, args }) => {
    const creation = automatonOf(family).create(args, objects);
    if ('raises' in creation) throw new RangeError(`The program's ${family} cannot be made.`);
    return creation.state;
  });
  const start: Place = {
    configuration: { objects: states, calls: threads.map(() => undefined) },
    made: threads.map(() => 0),
  };
  const reached = new Map([[keyOf(start), start]]);
  // A Map iterates over what is added meanwhile: this is the queue.
  for (const place of reached.values()) {
    const next = [...moves(place)];
    yield next.length === 0 && place.configuration.calls.some(isStalled);
    for (const one of next) {
      const key = keyOf(one);
      if (!reached.has(key)) reached.set(key, one);
    }
  }

  function timeoutOf(call: Call): number | undefined {
    return automata[call.object]?.timeout(call, objects[call.object]?.args ?? {});
  }

  function* moves({ configuration, made }: Place): Generator<Place> {
    for (const [thread, calls] of threads.entries()) {
      const state = configuration.calls[thread];
      const call = calls[made[thread] ?? 0];
      if (state === undefined && call !== undefined) {
        const progress = made.with(thread, (made[thread] ?? 0) + 1);
        yield { configuration: withCall(configuration, thread, call), made: progress };
      } else if (state?.outcome !== undefined) {
        yield { configuration: withCallState(configuration, thread, undefined), made };
      } else if (state?.runs !== undefined) {
        yield { configuration: withoutCallback(configuration, thread), made };
      } else if (state?.expired === false && timeoutOf(state.call) !== undefined) {
        yield { configuration: withCallState(configuration, thread, { ...state, expired: true }), made };
      }
    }
    for (const [thread, step] of openSteps(automata, configuration)) {
      yield { configuration: take(automata, configuration, thread, step), made };
    }
  }
}

/** What the calls rest on makes no difference here. */
function keyOf({ configuration, made }: Place): string {
  const calls = configuration.calls.map((state) => state && { ...state, rules: [], labels: [], shape: [] });
  return `${made.join()} ${configurationKey({ ...configuration, calls })}`;
}
