import { ValueError } from '../errors.ts';
import { allRunning, currentIdent } from './running.ts';
import { Thread, threadWithoutStart } from './thread.ts';

/** The smallest stack that a thread could be given, in bytes. */
const smallestStack = 32_768;

const main = threadWithoutStart('MainThread', 1);
const dummies = new WeakMap<object, Thread>();
let dummyCount = 0;
let configured = 0;

/** The thread that runs the caller. */
export function currentThread(): Thread {
  return enumerate().at(-1) as Thread;
}

/** The main thread. */
export function mainThread(): Thread {
  return main;
}

/** All threads that are alive, in a new array: main, and those that run within it. */
export function enumerate(): Thread[] {
  return [main, ...allRunning().map((runner) => (runner instanceof Thread ? runner : dummyFor(runner)))];
}

function dummyFor(runner: { readonly ident: number | null }): Thread {
  const known = dummies.get(runner);
  if (known !== undefined) return known;
  const dummy = threadWithoutStart(`Dummy-${++dummyCount}`, runner.ident as number);
  dummies.set(runner, dummy);
  return dummy;
}

/** How many threads {@link enumerate} lists. */
export function activeCount(): number {
  return enumerate().length;
}

/** The number of the thread that runs the caller. */
export function getIdent(): number {
  return currentIdent();
}

/**
 * The size of stacks, which there are none of here.
 * @param size bytes: 0, or 32768 and more.
 * @returns what was given before; 0 at first, and after a call without a size.
 * @throws ValueError for a size that none can be, TypeError for one that is no integer.
 */
export function stackSize(size = 0): number {
  if (!Number.isInteger(size)) throw new TypeError(`a stack size is an integer, not ${String(size)}`);
  if (size !== 0 && size < smallestStack) throw new ValueError(`a stack has at least ${smallestStack} bytes`);
  const before = configured;
  configured = size;
  return before;
}

/** Names a function for other threads, which is not necessary here. @returns the function. */
export function threadFunction<F extends (...args: never[]) => unknown>(_meta: unknown, fn: F): F {
  return fn;
}

/** Names a class for other threads, which is not necessary here. @returns the class. */
export function threadClass<C extends abstract new (...args: never[]) => unknown>(
  _meta: unknown,
  Class: C,
): C {
  return Class;
}

/** Says how many idle workers to keep, of which there are none here. */
export function reuseWorkers(_limit: number): void {
  // Nothing to keep.
}
