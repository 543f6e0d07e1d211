import { millisecondsOf, isShared, traceNumber, byteIndex, type Words } from '../../controlled/numbers.ts';
import { natives } from '../../controlled/natives.ts';
import { replace } from '../../controlled/replace.ts';
import type { Waited } from '../../controlled/tasks.ts';
import { instrumentTimers } from '../../controlled/timers.ts';
import { invoke } from '../twins.ts';
import { type Job, jobs } from './loop.ts';
import { pending } from './promise.ts';
import type { Stepper } from '../stepper.ts';

type Callback = (...given: readonly unknown[]) => unknown;

/** Replaces what puts off what a thread does. Done once in a worker, before any implementation is loaded. */
export function instrumentTurns(): void {
  instrumentTimers(() => jobs().tasks, pending);
  putsOff(globalThis, 'queueMicrotask', (job) => jobs().enqueue(job));
  putsOff(process, 'nextTick', (job) => jobs().tick(job));
}

/** @param owner of the function. */
function putsOff(owner: object, name: string, put: (job: Job) => void): void {
  const native = (owner as Record<string, Callback>)[name] as Callback;
  replace(owner, name, (action: unknown, ...given: readonly unknown[]) => {
    // What is no function is refused as always.
    if (jobs().tasks === undefined || typeof action !== 'function') {
      return native.call(owner, action, ...given);
    }
    return put(() => invoke(action, undefined, given));
  });
}

/** What `Atomics.waitAsync` does when its turn has come. @param settled is told when its promise is about to be. */
export function waitAsync(
  stepper: Stepper | undefined,
  array: Words,
  index: number,
  value: number,
  timeout?: number,
  settled: () => void = () => {},
): unknown {
  const { tasks } = jobs();
  if (stepper === undefined || tasks === undefined || !isShared(array)) {
    return natives.waitAsync(array, index, value, timeout);
  }
  // A wait of no time checks the arguments and the value, as the standard has it.
  const now = natives.waitAsync(array, index, value, 0);
  const milliseconds = millisecondsOf(timeout);
  if (now.value === 'not-equal' || milliseconds <= 0) {
    stepper.effect(false, natives.load(array, index));
    return now;
  }
  const { promise, resolve, reject } = pending();
  const waiter = stepper.wait(array, index, milliseconds);
  const settling = {
    resolve: (waited: Waited) => {
      settled();
      resolve(waited);
    },
    reject,
  };
  tasks.wait(waiter, settling, traceNumber(array), byteIndex(array, index));
  return { async: true, value: promise };
}
