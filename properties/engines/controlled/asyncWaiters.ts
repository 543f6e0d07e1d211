import { type Control, cells, threadCells, waiterCells } from './layout.ts';
import { isAsleep, setNotified } from './states.ts';

/*
 * The waiters of Atomics.waitAsync. They stand in the same lists as threads that sleep, first in, first out; a thread that
 * rests wakes when one of its own is notified.
 */

const states = { free: 0, waiting: 1, notified: 2 } as const;
const fields = { state: 0, thread: 1, memory: 2, index: 3, since: 4, order: 5 } as const;

/** Where a thread sleeps that rests: on no cell of any memory. */
export const resting = 0;

function of(control: Control, waiter: number, field: number): number {
  return control.waiters[waiter * waiterCells + field] as number;
}

function put(control: Control, waiter: number, field: number, value: number): void {
  control.waiters[waiter * waiterCells + field] = value;
}

/**
 * A thread begins to wait on a cell, and goes on.
 * @param timeout milliseconds; Infinity: without limit.
 * @returns the waiter's number until it is taken.
 * @throws RangeError if there are too many.
 */
export function addWaiter(
  control: Control,
  thread: number,
  memory: number,
  index: number,
  timeout: number,
): number {
  const count = control.get(cells.waiters);
  let waiter = 0;
  while (waiter < count && of(control, waiter, fields.state) !== states.free) waiter++;
  if (waiter === count) {
    if (count >= control.waiterDeadlines.length) throw new RangeError('too many pending Atomics.waitAsync');
    control.set(cells.waiters, count + 1);
  }
  const since = control.get(cells.sleepers) + 1;
  control.set(cells.sleepers, since);
  put(control, waiter, fields.state, states.waiting);
  put(control, waiter, fields.thread, thread);
  put(control, waiter, fields.memory, memory);
  put(control, waiter, fields.index, index);
  put(control, waiter, fields.since, since);
  control.waiterDeadlines[waiter] = timeout === Infinity ? Infinity : control.clock + timeout;
  return waiter;
}

/** The waiter of a cell that has waited longest; -1: there is none. */
export function firstWaiter(control: Control, memory: number, index: number): number {
  let first = -1;
  for (let waiter = 0; waiter < control.get(cells.waiters); waiter++) {
    if (
      of(control, waiter, fields.state) === states.waiting &&
      of(control, waiter, fields.memory) === memory &&
      of(control, waiter, fields.index) === index &&
      (first < 0 || sinceOf(control, waiter) < sinceOf(control, first))
    ) {
      first = waiter;
    }
  }
  return first;
}

/** The place of a waiter among all that ever waited. */
export function sinceOf(control: Control, waiter: number): number {
  return of(control, waiter, fields.since);
}

/** Notifies a waiter: its thread has something to do, and goes on if it rests. @returns the thread. */
export function notifyWaiter(control: Control, waiter: number): number {
  const thread = of(control, waiter, fields.thread);
  const order = control.get(cells.sleepers) + 1;
  control.set(cells.sleepers, order);
  put(control, waiter, fields.state, states.notified);
  put(control, waiter, fields.order, order);
  const rests = isAsleep(control, thread) && control.of(thread, threadCells.memory) === resting;
  if (rests) {
    setNotified(control, thread);
  }
  return thread;
}

/** The waiter of a thread that was notified first, which is taken out of its list; -1: none was. */
export function takeNotified(control: Control, thread: number): number {
  let first = -1;
  for (let waiter = 0; waiter < control.get(cells.waiters); waiter++) {
    if (
      of(control, waiter, fields.state) === states.notified &&
      of(control, waiter, fields.thread) === thread &&
      (first < 0 || of(control, waiter, fields.order) < of(control, first, fields.order))
    ) {
      first = waiter;
    }
  }
  if (first >= 0) put(control, first, fields.state, states.free);
  return first;
}

/** The waiter of a thread whose time ends first; -1: it has none whose time does. */
export function nextToExpire(control: Control, thread: number): number {
  let first = -1;
  for (let waiter = 0; waiter < control.get(cells.waiters); waiter++) {
    const deadline = control.waiterDeadlines[waiter] as number;
    if (
      of(control, waiter, fields.state) === states.waiting &&
      of(control, waiter, fields.thread) === thread &&
      deadline !== Infinity &&
      (first < 0 || deadline < (control.waiterDeadlines[first] as number))
    ) {
      first = waiter;
    }
  }
  return first;
}

/** A waiter's time is over: it leaves its list. */
export function takeExpired(control: Control, waiter: number): void {
  put(control, waiter, fields.state, states.free);
}
