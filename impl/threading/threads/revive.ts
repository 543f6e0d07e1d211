import { Barrier } from '../barrier.ts';
import { BoundedSemaphore } from '../bsem.ts';
import { Condition, type ConditionHandle } from '../cond.ts';
import { Event } from '../event.ts';
import type { Handle } from '../handle.ts';
import { LifoQueue } from '../lifo.ts';
import { Lock } from '../lock.ts';
import { PriorityQueue } from '../prio.ts';
import { Queue } from '../queue.ts';
import { RLock } from '../rlock.ts';
import { Semaphore } from '../sem.ts';
import { SimpleQueue } from '../simpleq.ts';
import { Thread } from '../thread.ts';

/*
 * What was posted has primitives in it as handles. They are replaced by instances of their classes, in place: so what was
 * one object twice still is, and what leads back to itself does.
 */
const makers = new Map<string, (handle: Handle) => unknown>([
  ['Lock', (handle) => Lock.from(handle)],
  ['RLock', (handle) => RLock.from(handle)],
  ['Condition', (handle) => Condition.from(handle as ConditionHandle)],
  ['Semaphore', (handle) => Semaphore.from(handle)],
  ['BoundedSemaphore', (handle) => BoundedSemaphore.from(handle)],
  ['Event', (handle) => Event.from(handle)],
  ['Barrier', (handle) => Barrier.from(handle)],
  ['Queue', (handle) => Queue.from(handle)],
  ['LifoQueue', (handle) => LifoQueue.from(handle)],
  ['PriorityQueue', (handle) => PriorityQueue.from(handle)],
  ['SimpleQueue', (handle) => SimpleQueue.from(handle)],
  ['Thread', (handle) => Thread.from(handle)],
]);

/** Handles of this primitive are revived by this from now on. */
export function revivesBy(primitive: string, make: (handle: Handle) => unknown): void {
  makers.set(primitive, make);
}

/**
 * What was posted, with its primitives as instances of their classes: deep in arrays, plain objects, Maps and Sets.
 * A barrier that was made with an action stays a handle, for its `from` needs the action.
 */
export function revive<T>(posted: T): T {
  return revived(posted, new Map()) as T;
}

function revived(value: unknown, done: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (done.has(value)) return done.get(value);
  const instance = isHandle(value) ? instanceOf(value) : value;
  done.set(value, instance);
  if (instance === value) reviveWithin(value, done);
  return instance;
}

function isHandle(value: object): value is Handle {
  const { primitive, memory } = value as Partial<Handle>;
  return (
    typeof primitive === 'string' && memory?.buffer instanceof SharedArrayBuffer && makers.has(primitive)
  );
}

function instanceOf(handle: Handle): unknown {
  try {
    return makers.get(handle.primitive)?.(handle);
  } catch {
    return handle;
  }
}

function reviveWithin(value: object, done: Map<object, unknown>): void {
  if (value instanceof Map) reviveMap(value, done);
  else if (value instanceof Set) reviveSet(value, done);
  else if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) {
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      const before = holder[key];
      const after = revived(before, done);
      if (after !== before) holder[key] = after;
    }
  }
}

function reviveMap(map: Map<unknown, unknown>, done: Map<object, unknown>): void {
  const entries = [...map];
  map.clear();
  for (const [key, value] of entries) map.set(revived(key, done), revived(value, done));
}

function reviveSet(set: Set<unknown>, done: Map<object, unknown>): void {
  const values = [...set];
  set.clear();
  for (const value of values) set.add(revived(value, done));
}
