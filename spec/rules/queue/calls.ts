import { call, type ExploredExample, object, type OrderedExample } from '../../example.ts';
import type { Args, Argument, Call, Family } from '../../program.ts';

/** Why limits of other types are refused in JavaScript alone, where they would be converted. */
export const comparesAnything = 'Python compares the number of items with whatever it is given';

/** A put that waits for room. */
export function put(item: Argument, how: Args = {}): Call {
  return call('put', { item, ...how });
}

/** A put that does not wait. */
export function tryPut(item: Argument): Call {
  return put(item, { block: false });
}

/** A put that waits for up to so many seconds. */
export function timedPut(item: Argument, timeout: number): Call {
  return put(item, { timeout });
}

/** A get that waits for an item. */
export const get = call('get');
/** A get that does not wait. */
export const tryGet = call('get', { block: false });

/** A get that waits for up to so many seconds. */
export function timedGet(timeout: number): Call {
  return call('get', { timeout });
}

export const qsize = call('qsize');
export const empty = call('empty');
export const full = call('full');
export const taskDone = call('taskDone');
export const join = call('join');
export const shutdown = call('shutdown');
export const shutdownNow = call('shutdown', { immediate: true });

type Ordered = (
  title: string,
  maxsize: number | undefined,
  ...steps: OrderedExample['steps']
) => OrderedExample;
type Explored = (
  title: string,
  maxsize: number | undefined,
  ...threads: ExploredExample['threads']
) => ExploredExample;

/**
 * Examples on a new queue of a family, with calls in one order or for many schedules.
 * `maxsize` undefined: without a limit, as the default is.
 */
export function examplesOf(family: Family): { readonly ordered: Ordered; readonly explored: Explored } {
  const objects = (maxsize: number | undefined) => [object(family, maxsize === undefined ? {} : { maxsize })];
  return {
    ordered: (title, maxsize, ...steps) => ({ title, objects: objects(maxsize), steps }),
    explored: (title, maxsize, ...threads) => ({ title, objects: objects(maxsize), threads }),
  };
}

export const { ordered, explored } = examplesOf('queue');
