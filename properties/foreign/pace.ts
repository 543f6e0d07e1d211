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
  { second: 0.12, patience: 1, settling: 0.02 },
  { second: 0.6, patience: 4, settling: 0.1 },
  { second: 2.4, patience: 8, settling: 0.4 },
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
  const leftPending = pendingAfter(example);
  for (const [position, step] of example.steps.entries()) {
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
    if (leftPending[position] === true || shows.some((expectation) => 'blocks' in expectation))
      ahead += settling;
    if ('call' in step) {
      steps.push({ ...step, shows, call: { ...step.call, args: scaledArgs(step.call.args, scale) } });
    } else steps.push({ ...step, shows });
  }
  const objects = example.objects.map((object) => ({ ...object, args: scaledArgs(object.args, scale) }));
  return { ...example, objects, steps };
}

/**
 * For each step whether calls of other threads may still be pending after it, of which nothing is said: what it has made
 * possible for them, they are given time to do before the next step.
 */
export function pendingAfter({ objects, steps }: OrderedExample): readonly boolean[] {
  // Where the program starts the threads its steps say what to wait for.
  if (startsThreads(objects)) return [];
  const pending = new Set<number>();
  return steps.map((step) => {
    const own = 'thread' in step ? step.thread : undefined;
    if (own !== undefined) pending.add(own);
    for (const expectation of step.shows) {
      const thread = 'thread' in expectation ? (expectation.thread ?? own) : own;
      const ends = !('blocks' in expectation || 'oneOf' in expectation || 'callbacks' in expectation);
      if (ends && thread !== undefined) pending.delete(thread);
    }
    return [...pending].some((thread) => thread !== own);
  });
}

function scaledExpectation(expectation: Expectation, scale: number): Expectation {
  return 'lasts' in expectation ? { ...expectation, lasts: expectation.lasts * scale } : expectation;
}
