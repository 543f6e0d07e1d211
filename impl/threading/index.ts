/**
 * Python's `threading` primitives for JavaScript: in shared memory, the same in every thread that
 * they are posted to. Durations are seconds.
 *
 * @module
 */

export type { AcquireOptions } from './acquireOptions.ts';
export { Barrier, type BarrierAction, type BarrierOpenOptions, type BarrierOptions } from './barrier.ts';
export { BoundedSemaphore } from './bsem.ts';
export {
  Condition,
  type ConditionHandle,
  type ConditionOptions,
  type NotifyOptions,
  type WaitForOptions,
} from './cond.ts';
export { BrokenBarrierError, OverflowError, RuntimeError, ValueError } from './errors.ts';
export { Event, type WaitOptions } from './event.ts';
export type { Handle } from './handle.ts';
export { Lock } from './lock.ts';
export { RLock } from './rlock.ts';
export {
  Semaphore,
  type SemaphoreAcquireOptions,
  type SemaphoreOptions,
  type SemaphoreReleaseOptions,
} from './sem.ts';
export { TIMEOUT_MAX } from './timeouts.ts';
export { type Acquirable, type AsyncAcquirable, guard, guardAsync, withLock, withLockAsync } from './with.ts';
