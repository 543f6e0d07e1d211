import { awaitRing, ring } from './alarm.ts';
import { beforeWaiting } from './interruption.ts';
import { deadlineAfter, remaining } from './timeouts.ts';

/*
 * A monitor, as Mesa has it: a mutex under which shared state is touched, and lines of those who wait for that
 * state to change. Int32 words, at the head of a memory:
 *
 *   mutex     0: free; 1: held; 2: held, and threads may sleep on it (Drepper, "Futexes Are Tricky", 2011)
 *   due       who is to be woken when the mutex is released, three bits a line
 *
 * and for each line
 *
 *   threads   how many threads wait in it
 *   calls     how often it was called; its threads sleep on this word
 *   tasks     how many tasks wait in it
 *   alarm     where they sleep, see alarm.ts
 *
 * The mutex is held for a few operations at a time, never while anybody waits; a thread that is terminated in
 * between leaves it held for good. All words but the mutex and the alarms change under it alone, and so are
 * read and written plainly: the mutex orders them. Only `calls` is written by Atomics, for whoever falls asleep on it
 * looks at it without the mutex.
 *
 * No lost wake-up. Who has to wait counts itself and reads `calls` under the mutex, so it does between two
 * states, and who makes the state better for it finds it counted. That one raises `calls` under the mutex and
 * notifies after it has released it. So the waiter finds `calls` changed and does not sleep, or was
 * asleep before the notification, which then wakes it or a thread that sleeps in the same line. Whoever is
 * woken tries again, also if its time is over by then: it takes what it was woken for, or finds that somebody was
 * faster. One call for each change of the state is therefore enough, as long as who is called and does not
 * take it calls the next. A sleeper whose time ends has absorbed no notification. Tasks are all woken,
 * for the reason that alarm.ts gives; they too count themselves and read the alarm under the mutex.
 */
const mutex = 0;
const due = 1;

/** A line of those who wait, by the position of its words. */
export const lines = { getters: 2, putters: 6, joiners: 10 } as const;

/** One of the {@link lines}. */
export type Line = (typeof lines)[keyof typeof lines];

/** Words that a monitor takes. */
export const monitorWords = 14;

const threads = 0;
const calls = 1;
const tasks = 2;
const alarm = 3;

const free = 0;
const held = 1;
const contended = 2;

const one = 1;
const all = 2;
const everyTask = 4;

type Words = Int32Array<SharedArrayBuffer>;

/** False in a page's main thread, which may not sleep: there, {@link enter} looks again and again. */
const maySleep = sleepIsAllowed();

function sleepIsAllowed(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}

/** Takes the mutex. Whoever has it leaves it after a few operations. */
export function enter(words: Words): void {
  if (Atomics.compareExchange(words, mutex, free, held) === free) return;
  while (Atomics.exchange(words, mutex, contended) !== free) {
    if (maySleep) Atomics.wait(words, mutex, contended);
  }
}

/** Releases the mutex, and then wakes those who were called meanwhile. */
export function leave(words: Words): void {
  const called = words[due] as number;
  if (called !== 0) words[due] = 0;
  if (Atomics.exchange(words, mutex, free) === contended) Atomics.notify(words, mutex, 1);
  if (called === 0) return;
  wake(words, lines.getters, called);
  wake(words, lines.putters, called);
  wake(words, lines.joiners, called);
}

function wake(words: Words, line: Line, called: number): void {
  const whom = called >> shiftOf(line);
  if ((whom & all) !== 0) Atomics.notify(words, line + calls);
  else if ((whom & one) !== 0) Atomics.notify(words, line + calls, 1);
  if ((whom & everyTask) !== 0) ring(words, line + alarm);
}

/** Bits of `due` below those of the line. */
function shiftOf(line: Line): number {
  return line - lines.getters;
}

/** Under the mutex: one thread that waits in the line is to try again, and all tasks are. */
export function callOne(words: Words, line: Line): void {
  call(words, line, one);
}

/** Under the mutex: all who wait in the line are to try again. */
export function callAll(words: Words, line: Line): void {
  call(words, line, all);
}

function call(words: Words, line: Line, how: number): void {
  let whom = 0;
  if (at(words, line + threads) > 0) {
    Atomics.add(words, line + calls, 1);
    whom = how;
  }
  if (at(words, line + tasks) > 0) whom |= everyTask;
  if (whom !== 0) words[due] = at(words, due) | (whom << shiftOf(line));
}

/**
 * Tries under the mutex; where it is too early, waits in the line to be called, and tries again.
 * @param attempt is told whether the time is over; returns undefined if it is too early, which it must not
 *   if the time is over. What it raises ends the wait.
 * @param patience for how many milliseconds to wait; Infinity: without limit. Asked only if there is need to wait,
 *   and may raise.
 * @returns what the attempt returns.
 */
export function whenPossible<T>(
  words: Words,
  line: Line,
  attempt: (expired: boolean) => T | undefined,
  patience: () => number,
): T {
  beforeWaiting();
  let deadline = Infinity;
  let waited = false;
  let expired = false;
  for (;;) {
    let seen: number;
    let duration = 0;
    enter(words);
    try {
      if (waited) words[line + threads] = at(words, line + threads) - 1;
      const done = attempt(expired);
      if (done !== undefined) return done;
      if (!waited) duration = patience();
      words[line + threads] = at(words, line + threads) + 1;
      seen = at(words, line + calls);
    } finally {
      leave(words);
    }
    if (!waited) deadline = deadlineAfter(duration);
    waited = true;
    expired = Atomics.wait(words, line + calls, seen, remaining(deadline)) === 'timed-out';
  }
}

/** {@link whenPossible} for threads that must not block. */
export async function whenPossibleAsync<T>(
  words: Words,
  line: Line,
  attempt: (expired: boolean) => T | undefined,
  patience: () => number,
): Promise<T> {
  beforeWaiting();
  let deadline = Infinity;
  let waited = false;
  let expired = false;
  for (;;) {
    let rung: number;
    let duration = 0;
    enter(words);
    try {
      if (waited) words[line + tasks] = at(words, line + tasks) - 1;
      const done = attempt(expired);
      if (done !== undefined) return done;
      if (!waited) duration = patience();
      words[line + tasks] = at(words, line + tasks) + 1;
      rung = Atomics.load(words, line + alarm);
    } finally {
      leave(words);
    }
    if (!waited) deadline = deadlineAfter(duration);
    waited = true;
    expired = !(await awaitRing(words, line + alarm, rung, deadline));
  }
}

function at(words: Words, index: number): number {
  return words[index] as number;
}
