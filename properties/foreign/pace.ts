import type { ExampleStep, Expectation, OrderedExample } from '../../spec/example.ts';
import { startsThreads } from '../../spec/program.ts';
import { scaledArgs } from '../realTime.ts';

/** How fast and how patiently an example is gone through on a real clock. */
export interface Pace {
  /** Seconds that one second of the example takes. */
  readonly second: number;
  /** Seconds that what has to happen may take, and that what must not is given. */
  readonly patience: number;
  readonly settling: number;
}

/**
 * At first fast; what does not show what it must is given more time, twice: a busy machine can cost seconds, and
 * accuses nobody.
 */
export const paces: readonly Pace[] = [
  { second: 0.05, patience: 1, settling: 0.02 },
  { second: 0.3, patience: 5, settling: 0.12 },
  { second: 1, patience: 15, settling: 0.4 },
];

/** Seconds of a real clock that a lapse of time in an example may take; what has to stay asleep longer has slept long enough. */
const longestLapse = 3;

/** The same example at another pace; undefined if it takes too long at any. Threads that the program starts keep their own time. */
export function atPace(example: OrderedExample, { second }: Pace): OrderedExample | undefined {
  const scale = startsThreads(example.objects) ? 1 : second;
  const steps: ExampleStep[] = [];
  for (const step of example.steps) {
    const shows = step.shows.map((expectation) => scaledExpectation(expectation, scale));
    if ('elapse' in step) {
      const seconds = step.elapse * scale;
      const ends = step.shows.some((expectation) => !('blocks' in expectation));
      if (seconds > longestLapse && ends) return undefined;
      steps.push({ ...step, shows, elapse: Math.min(seconds, longestLapse * second) });
    } else if ('call' in step) {
      steps.push({ ...step, shows, call: { ...step.call, args: scaledArgs(step.call.args, scale) } });
    } else steps.push({ ...step, shows });
  }
  const objects = example.objects.map((object) => ({ ...object, args: scaledArgs(object.args, scale) }));
  return { ...example, objects, steps };
}

function scaledExpectation(expectation: Expectation, scale: number): Expectation {
  return 'lasts' in expectation ? { ...expectation, lasts: expectation.lasts * scale } : expectation;
}
