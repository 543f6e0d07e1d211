/**
 * The low-level functions of threads, Python's `_thread`.
 *
 * @module
 */

import { RuntimeError, SystemExit } from './errors.ts';
import { Lock } from './lock.ts';
import { checkStartArguments } from './lowthread/startArguments.ts';
import { countThreads as _count } from './mod.ts';
import { startRaw } from './threads/raw.ts';
import { nameFor } from './threads/targets.ts';
import type { Target } from './thread.ts';

export { interruptMain } from './lowthread/interrupts.ts';
export { getIdent, stackSize } from './mod.ts';
export { TIMEOUT_MAX } from './timeouts.ts';

/** What misuse raises. */
export const error: typeof RuntimeError = RuntimeError;

/**
 * Starts a thread that has no Thread object, and does not wait for it. The process does not wait for it either: it ends
 * with the main thread (`lowthread.start.exit-not-awaited`). What the function returns is discarded; its error
 * goes to the unraisablehook, SystemExit ends the thread silently.
 * @param fn a function named by `threadFunction`, or an export of a module. It may be asynchronous.
 * @param args its arguments, an array; cloned, primitives among them are the same ones.
 * @param kwargs one more argument, the last, if there is anything in it: a plain object.
 * @returns the ident that `getIdent` gives in the new thread.
 * @throws TypeError if one of them is something else or cannot be handed to another thread; RuntimeError if there
 *   cannot be another thread. Then nothing is started.
 */
export function startNewThread(
  fn: Target,
  args: readonly unknown[],
  kwargs?: Readonly<Record<string, unknown>>,
): number {
  checkStartArguments(typeof fn === 'function' || nameFor(fn) !== undefined, args, kwargs);
  return startRaw(fn, args, kwargs);
}

/** Ends the calling thread, unless it is caught; in the main thread, the process. @throws SystemExit */
export function exit(): never {
  throw new SystemExit();
}

/** A new, unlocked lock. */
export function allocateLock(): Lock {
  return new Lock();
}

export { Lock as LockType, _count, allocateLock as allocate, exit as exitThread, startNewThread as startNew };
