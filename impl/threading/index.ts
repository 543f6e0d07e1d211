/**
 * Python's `threading` primitives for JavaScript: in shared memory, the same in every thread that
 * they are posted to. Durations are seconds.
 *
 * @module
 */

export type { AcquireOptions } from './acquireOptions.ts';
export { AttributeError } from './attributeError.ts';
export { Barrier, type BarrierAction, type BarrierOpenOptions, type BarrierOptions } from './barrier.ts';
export { BoundedSemaphore } from './bsem.ts';
export {
  Condition,
  type ConditionHandle,
  type ConditionOptions,
  type NotifyOptions,
  type WaitForOptions,
} from './cond.ts';
export {
  AssertionError,
  BrokenBarrierError,
  Empty,
  Full,
  KeyboardInterrupt,
  OverflowError,
  RuntimeError,
  RuntimeError as ThreadError,
  ShutDown,
  SystemExit,
  ValueError,
} from './errors.ts';
export { Event } from './event.ts';
export {
  type ExceptHook,
  type ExceptHookArgs,
  getExcepthook,
  getUnraisablehook,
  type HookedError,
  originalExcepthook,
  originalUnraisablehook,
  setExcepthook,
  setUnraisablehook,
  type UnraisableHook,
  type UnraisableHookArgs,
} from './excepthook.ts';
export type { Handle } from './handle.ts';
export { LifoQueue } from './lifo.ts';
export { Local, type LocalHandle, type LocalSubclass } from './local.ts';
export { Lock } from './lock.ts';
export * as _thread from './lowthread.ts';
export type { Disposition, SignalHandler } from './lowthread/dispositions.ts';
export { signal } from './lowthread/interrupts.ts';
export {
  activeCount,
  currentThread,
  enumerate,
  getIdent,
  getprofile,
  gettrace,
  mainThread,
  reuseWorkers,
  setprofile,
  setprofileAllThreads,
  settrace,
  settraceAllThreads,
  stackSize,
} from './mod.ts';
export { PriorityQueue } from './prio.ts';
export { Queue } from './queue.ts';
export type { MaxsizeOptions, QueueOptions, ShutdownOptions } from './queueOptions.ts';
export { RLock } from './rlock.ts';
export {
  Semaphore,
  type SemaphoreAcquireOptions,
  type SemaphoreOptions,
  type SemaphoreReleaseOptions,
} from './sem.ts';
export { SimpleQueue } from './simpleq.ts';
export { type ExportedTarget, type ModuleMeta, threadClass, threadFunction } from './threads/targets.ts';
export type { TraceFunction } from './threads/tracing.ts';
export { type Target, Thread, type ThreadOptions } from './thread.ts';
export { TIMEOUT_MAX } from './timeouts.ts';
export { Timer, type TimerHandle, type TimerOptions } from './timer.ts';
export type { WaitOptions } from './waitPatience.ts';
export { type Acquirable, type AsyncAcquirable, guard, guardAsync, withLock, withLockAsync } from './with.ts';
