/**
 * Python's `threading` primitives for JavaScript: in shared memory, the same in every thread that
 * they are posted to. Durations are seconds.
 */
export type { AcquireOptions } from './acquireOptions.ts';
export { OverflowError, RuntimeError, ValueError } from './errors.ts';
export type { Handle } from './handle.ts';
export { Lock } from './lock.ts';
export { TIMEOUT_MAX } from './timeouts.ts';
