import { RuntimeError, SystemExit } from '../errors.ts';
import { checkSignum, type Disposition, Dispositions, SIGINT } from '../lowthread/dispositions.ts';
import { checkStartArguments } from '../lowthread/startArguments.ts';
import { TIMEOUT_MAX } from '../timeouts.ts';
import { rawThreadFailed } from './hooks.ts';
import { Lock } from './lock.ts';
import { getIdent, stackSize } from './mod.ts';
import { allRunning, interruptStarter, newIdent, runAs } from './running.ts';
import type { Target } from './thread.ts';

export { getIdent, stackSize, TIMEOUT_MAX };

const dispositions = new Dispositions();

/** What misuse raises. */
export const error: typeof RuntimeError = RuntimeError;

/** A new, unlocked lock. */
export function allocateLock(): Lock {
  return new Lock();
}

/**
 * Runs a function to its end, here. Its error is reported, SystemExit is not.
 * @returns the ident that it had.
 * @throws TypeError for args that are no array and the like; KeyboardInterrupt if it has called {@link interruptMain}.
 */
export function startNewThread(
  fn: Target,
  args: readonly unknown[],
  kwargs?: Readonly<Record<string, unknown>>,
): number {
  checkStartArguments(typeof fn === 'function', args, kwargs);
  const ident = newIdent();
  runAs({ ident }, () => {
    try {
      fn(...args, ...(kwargs === undefined || Object.keys(kwargs).length === 0 ? [] : [kwargs]));
    } catch (thrown) {
      rawThreadFailed(thrown, fn);
    }
  });
  return ident;
}

/** Ends what runs. @throws SystemExit */
export function exit(): never {
  throw new SystemExit();
}

/**
 * Interrupts the starter of what runs, when that has returned; main, at once (`dummy.interrupt-main`): by
 * KeyboardInterrupt, or what {@link signal} has said.
 * @throws ValueError for a number that no signal has.
 */
export function interruptMain(signum: number = SIGINT): void {
  checkSignum(signum);
  interruptStarter(() => dispositions.handle(signum));
}

/**
 * Says what is done for a signal that {@link interruptMain} simulates.
 * @returns what was done until now.
 * @throws ValueError for a number that no signal has, TypeError for what is no handler.
 */
export function signal(signum: number, handler: Disposition): Disposition {
  checkSignum(signum);
  return dispositions.set(signum, handler);
}

/** How many threads run within main. */
function count(): number {
  return allRunning().length;
}

export {
  Lock as LockType,
  count as _count,
  allocateLock as allocate,
  exit as exitThread,
  startNewThread as startNew,
};
