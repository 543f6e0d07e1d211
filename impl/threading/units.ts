import { awaitRing, ring } from './alarm.ts';
import { beforeWaiting } from './interruption.ts';
import { deadlineAfter, remaining } from './timeouts.ts';

/*
 * A counter of units that can be taken and given back, in five Int32 words.
 *
 *   count      units that nobody has taken; never negative
 *   sleepers   how many threads wait for a unit; they sleep on `count`
 *   tasks      how many tasks do; they sleep on the alarm
 *   alarm      see alarm.ts
 *   bound      the most units there may be; written once, before any other thread can see it
 *
 * Units. Each is taken by a compareExchange from c to c - 1 with c > 0, and n are given back by one from
 * c to c + n: whatever happens at the same time, no unit is taken twice and none gets lost, and
 * a bound holds at every moment.
 *
 * No lost wake-up. A waiter counts itself before it looks at `count` for the last time, which is when its
 * sleep compares `count` with 0; a giver adds to `count` before it looks at `sleepers`. Either the giver
 * sees the waiter, or the waiter sees the units. The giver wakes as many threads as it gives units: so
 * while threads sleep, there are at most as many units as woken threads on their way to them. A woken
 * thread takes a unit, or sleeps on because there is none: units are not assigned, and a newcomer may take
 * one before it. A waiter whose time is over was not woken, and takes no unit when it says so. Tasks are
 * all woken; they too count themselves first, and read the alarm before they look.
 */
const count = 0;
const sleepers = 1;
const tasks = 2;
const alarm = 3;
const bound = 4;

/** The most units that a counter can have. */
export const maximalUnits = 2 ** 31 - 1;

type Words = Int32Array<SharedArrayBuffer>;

/**
 * A new counter.
 * @param most units there may be, default {@link maximalUnits}.
 */
export function newUnits(units: number, most: number = maximalUnits): Words {
  const words = new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT));
  Atomics.store(words, count, units);
  Atomics.store(words, bound, most);
  return words;
}

/** Takes a unit if there is one. */
export function tryUnit(words: Words): boolean {
  let available = Atomics.load(words, count);
  while (available > 0) {
    const before = Atomics.compareExchange(words, count, available, available - 1);
    if (before === available) return true;
    available = before;
  }
  return false;
}

/**
 * Takes a unit, sleeping while there is none.
 * @param patience milliseconds; Infinity: without limit.
 * @returns false if there was none in time.
 */
export function takeUnit(words: Words, patience: number): boolean {
  beforeWaiting();
  const deadline = deadlineAfter(patience);
  Atomics.add(words, sleepers, 1);
  try {
    while (!tryUnit(words)) {
      if (Atomics.wait(words, count, 0, remaining(deadline)) === 'timed-out') return false;
    }
    return true;
  } finally {
    Atomics.sub(words, sleepers, 1);
  }
}

/** {@link takeUnit} for threads that must not block. */
export async function awaitUnit(words: Words, patience: number): Promise<boolean> {
  beforeWaiting();
  const deadline = deadlineAfter(patience);
  Atomics.add(words, tasks, 1);
  try {
    for (;;) {
      const rung = Atomics.load(words, alarm);
      if (tryUnit(words)) return true;
      if (!(await awaitRing(words, alarm, rung, deadline))) return false;
    }
  } finally {
    Atomics.sub(words, tasks, 1);
  }
}

/**
 * Gives units back, all or none, and wakes as many sleepers.
 * @returns false, and nothing changed, if there would be more than there may be.
 */
export function giveUnits(words: Words, units: number): boolean {
  const most = Atomics.load(words, bound);
  let available = Atomics.load(words, count);
  for (;;) {
    if (units > most - available) return false;
    const before = Atomics.compareExchange(words, count, available, available + units);
    if (before === available) break;
    available = before;
  }
  if (Atomics.load(words, sleepers) > 0) Atomics.notify(words, count, units);
  if (Atomics.load(words, tasks) > 0) ring(words, alarm);
  return true;
}
