import { call, type ExploredExample, object, type OrderedExample } from '../../example.ts';

export const acquire = call('acquire');
/** An acquire without a limit that says so. */
export const waiting = call('acquire', { blocking: true });
/** An acquire that does not wait. */
export const attempt = call('acquire', { blocking: false });
export const release = call('release');
/** In and out. */
export const once = [acquire, release];

/** An acquire that waits for up to so many seconds; null: without limit. */
export function timed(timeout: number | null) {
  return call('acquire', { timeout });
}

/** A release of n units at once. */
export function several(n: number) {
  return call('release', { n });
}

/** An ordered example on a semaphore that begins with this value; undefined: with none given. */
export function ordered(
  title: string,
  value: number | undefined,
  ...steps: OrderedExample['steps']
): OrderedExample {
  return { title, objects: [object('sem', value === undefined ? {} : { value })], steps };
}

/** A program on a semaphore that begins with this value, for many schedules. */
export function explored(
  title: string,
  value: number,
  ...threads: ExploredExample['threads']
): ExploredExample {
  return { title, objects: [object('sem', { value })], threads };
}
