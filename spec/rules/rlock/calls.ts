import { call, type ExploredExample, object } from '../../example.ts';

export const objects = [object('rlock')];
export const acquire = call('acquire');
/** An acquire without a limit that says so. */
export const waiting = call('acquire', { blocking: true });
/** An acquire that does not wait. */
export const attempt = call('acquire', { blocking: false });
export const release = call('release');
export const locked = call('locked');

/** In and out. */
export const once = [acquire, release];
/** In to level two, and out. */
export const twice = [acquire, acquire, release, release];

/** A program on one RLock, for many schedules. */
export function contention(title: string, ...threads: ExploredExample['threads']): ExploredExample {
  return { title, objects, threads };
}
