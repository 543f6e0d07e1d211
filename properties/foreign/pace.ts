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
  { second: 0.08, patience: 1, settling: 0.02 },
  { second: 0.4, patience: 4, settling: 0.1 },
  { second: 1.6, patience: 8, settling: 0.4 },
];

/** Seconds of a real clock that a lapse of time in an example may take; what has to stay asleep longer has slept long enough. */
const longestLapse = 3;

/** The part of a lapse of time in which nothing must happen that passes before that is looked at. */
const beforeTheEnd = 0.6;

/** The same example at another pace; undefined if it takes too long at any. Threads that the program starts keep their own time. */
export function atPace(example: OrderedExample, { second, settling }: Pace): OrderedExample | undefined {
  const scale = startsThreads(example.objects) ? 1 : second;
  const steps: ExampleStep[] = [];
  // Seconds by which the real clock is ahead of the example's: what must not happen was given them.
  let ahead = 0;
  let isCut = false;
  for (const step of example.steps) {
    const shows = step.shows.map((expectation) => scaledExpectation(expectation, scale));
    if ('elapse' in step) {
      const seconds = step.elapse * scale;
      const ends = shows.some((expectation) => !('blocks' in expectation));
      const blocks = !ends && shows.length > 0;
      // Who slept so long sleeps for good, and what would end it later cannot be waited for.
      if (ends && (isCut || seconds > longestLapse)) return undefined;
      isCut ||= seconds > longestLapse;
      // Just before the end of a time-out nobody can look on a real clock: what is left passes with the next lapse.
      const wanted = blocks ? Math.min(seconds, longestLapse * second) * beforeTheEnd : seconds;
      const elapse = Math.max(0, wanted - ahead);
      ahead += elapse - seconds;
      if (isCut) ahead = 0;
      steps.push({ ...step, shows, elapse });
      continue;
    }
    if (shows.some((expectation) => 'blocks' in expectation)) ahead += settling;
    if ('call' in step) {
      steps.push({ ...step, shows, call: { ...step.call, args: scaledArgs(step.call.args, scale) } });
    } else steps.push({ ...step, shows });
  }
  const objects = example.objects.map((object) => ({ ...object, args: scaledArgs(object.args, scale) }));
  return { ...example, objects, steps };
}

function scaledExpectation(expectation: Expectation, scale: number): Expectation {
  return 'lasts' in expectation ? { ...expectation, lasts: expectation.lasts * scale } : expectation;
}
