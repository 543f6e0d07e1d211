import { firstWaiter, notifyWaiter, sinceOf } from './asyncWaiters.ts';
import { type Control, cells, threadCells } from './layout.ts';
import { isAsleep, setAsleep, setNotified } from './states.ts';

/*
 * The waiter lists of Atomics.wait and Atomics.notify as the standard has them: one a cell, first in,
 * first out. A sleeper's place in its list is the number of sleepers before it in the execution.
 */

/**
 * Puts a thread to sleep on a cell.
 * @param timeout milliseconds; Infinity: without limit.
 */
export function fallAsleep(
  control: Control,
  thread: number,
  memory: number,
  index: number,
  timeout: number,
): void {
  const since = control.get(cells.sleepers) + 1;
  control.set(cells.sleepers, since);
  control.put(thread, threadCells.idle, 0);
  setAsleep(control, thread);
  control.put(thread, threadCells.memory, memory);
  control.put(thread, threadCells.index, index);
  control.put(thread, threadCells.since, since);
  control.put(thread, threadCells.timedOut, 0);
  control.times[2 + thread] = timeout === Infinity ? Infinity : control.clock + Math.max(0, timeout);
}

/**
 * Wakes up to `count` of those who wait on a cell, sleepers and waiters of `Atomics.waitAsync`, those who came first first.
 * @param posted is told whose waiters were notified.
 * @returns how many.
 */
export function wakeSleepers(
  control: Control,
  threads: number,
  memory: number,
  index: number,
  count: number,
  posted?: (thread: number) => void,
): number {
  let woken = 0;
  while (woken < count) {
    const first = firstSleeper(control, threads, memory, index);
    const waiter = control.get(cells.waiters) === 0 ? -1 : firstWaiter(control, memory, index);
    if (waiter >= 0 && (first < 0 || sinceOf(control, waiter) < control.of(first, threadCells.since))) {
      const thread = notifyWaiter(control, waiter);
      posted?.(thread);
      woken++;
      continue;
    }
    if (first < 0) break;
    setNotified(control, first);
    woken++;
  }
  return woken;
}

function firstSleeper(control: Control, threads: number, memory: number, index: number): number {
  let first = -1;
  for (let thread = 0; thread < threads; thread++) {
    if (
      isAsleep(control, thread) &&
      control.of(thread, threadCells.memory) === memory &&
      control.of(thread, threadCells.index) === index &&
      (first < 0 || control.of(thread, threadCells.since) < control.of(first, threadCells.since))
    ) {
      first = thread;
    }
  }
  return first;
}
