import { deadlineAfter, remaining } from './timeouts.ts';

/*
 * A mutex in one Int32 word, after Drepper's "Futexes Are Tricky" (2011), second algorithm.
 *
 *   0  free
 *   1  held, and nobody sleeps
 *   2  held, and somebody may sleep
 *
 * Invariant: whoever sleeps has set the word to 2 before, and an unlock that finds 2 wakes one
 * sleeper. A woken or newly arrived waiter takes the word by exchanging 2 for 0: it cannot
 * know whether others sleep, so it says so. A waiter that gives up leaves the 2 behind, which at
 * worst costs one unnecessary wake.
 */
const free = 0;
const held = 1;
const contended = 2;

type Words = Int32Array<SharedArrayBuffer>;

/** Takes the word if it is free. */
export function tryLockWord(words: Words, index: number): boolean {
  return Atomics.compareExchange(words, index, free, held) === free;
}

/**
 * Takes the word, sleeping while it is held.
 * @param patience milliseconds; Infinity: without limit.
 * @returns false if it could not be had in time.
 */
export function lockWord(words: Words, index: number, patience: number): boolean {
  const deadline = deadlineAfter(patience);
  while (Atomics.exchange(words, index, contended) !== free) {
    if (Atomics.wait(words, index, contended, remaining(deadline)) === 'timed-out') {
      return Atomics.compareExchange(words, index, free, contended) === free;
    }
  }
  return true;
}

/** {@link lockWord} for threads that must not block. */
export async function awaitWord(words: Words, index: number, patience: number): Promise<boolean> {
  const deadline = deadlineAfter(patience);
  while (Atomics.exchange(words, index, contended) !== free) {
    const { value } = Atomics.waitAsync(words, index, contended, remaining(deadline));
    if ((await value) === 'timed-out') {
      return Atomics.compareExchange(words, index, free, contended) === free;
    }
  }
  return true;
}

/** Frees the word and wakes one sleeper; false, and nothing changed, if it was free. */
export function unlockWord(words: Words, index: number): boolean {
  const before = Atomics.exchange(words, index, free);
  if (before === contended) Atomics.notify(words, index, 1);
  return before !== free;
}
