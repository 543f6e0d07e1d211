/**
 * The names of `lockproof/threading` for places where there is no shared memory, or only one thread: `start` runs a
 * thread to its end before it returns, and nobody ever waits (`dummy.same-interface`, `dummy.synchronous`,
 * `dummy.never-blocks`). Not for programs in which a thread has to wait for one that is started later.
 *
 * @module
 */

export { AttributeError } from './attributeError.ts';
export type { AcquireOptions } from './acquireOptions.ts';
export { Barrier } from './dummy/barrier.ts';
export { Condition } from './dummy/cond.ts';
export { Event } from './dummy/event.ts';
export {
  type DummyExceptHookArgs,
  getExcepthook,
  getprofile,
  gettrace,
  getUnraisablehook,
  originalExcepthook,
  originalUnraisablehook,
  setExcepthook,
  setprofile,
  setprofile as setprofileAllThreads,
  settrace,
  settrace as settraceAllThreads,
  setUnraisablehook,
} from './dummy/hooks.ts';
export { Local } from './dummy/local.ts';
export { Lock } from './dummy/lock.ts';
export * as _thread from './dummy/lowthread.ts';
export { signal } from './dummy/lowthread.ts';
export {
  activeCount,
  currentThread,
  enumerate,
  getIdent,
  mainThread,
  reuseWorkers,
  stackSize,
  threadClass,
  threadFunction,
} from './dummy/mod.ts';
export { RLock } from './dummy/rlock.ts';
export { BoundedSemaphore, Semaphore } from './dummy/sem.ts';
export { type DummyThreadOptions, type Target, Thread } from './dummy/thread.ts';
export { type DummyTimerOptions, Timer } from './dummy/timer.ts';
export {
  AssertionError,
  BrokenBarrierError,
  KeyboardInterrupt,
  OverflowError,
  RuntimeError,
  RuntimeError as ThreadError,
  SystemExit,
  ValueError,
} from './errors.ts';
export { TIMEOUT_MAX } from './timeouts.ts';
export type { WaitOptions } from './waitPatience.ts';
export { guard, guardAsync, withLock, withLockAsync } from './with.ts';
