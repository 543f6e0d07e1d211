/*
 * A word that lets threads touch the words beside it one at a time, for a few steps.
 *
 *   0  nobody is at it
 *   1  somebody is
 *   2  somebody is, and others may sleep until that one is done
 *
 * The second mutex of Drepper's "Futexes Are Tricky" (2011): who sleeps has written 2 before, who is done
 * and finds 2 wakes one, and who has had to wait writes 2, because others may still sleep. Tasks take
 * turns as threads do: nobody waits for anything while it is their turn, so it is never long.
 */
const free = 0;
const taken = 1;
const awaited = 2;

type Words = Int32Array<SharedArrayBuffer>;

/** Whether this thread may sleep: a page's main thread must not. */
export const mayBlock: boolean = sleeps();

function sleeps(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 1);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a section while no other thread runs one under the same word.
 * @param index of the word.
 * @returns what the section returns.
 */
export function inTurn<T>(words: Words, index: number, section: () => T): T {
  if (Atomics.compareExchange(words, index, free, taken) !== free) awaitTurn(words, index);
  try {
    return section();
  } finally {
    if (Atomics.exchange(words, index, free) === awaited) Atomics.notify(words, index, 1);
  }
}

function awaitTurn(words: Words, index: number): void {
  while (Atomics.exchange(words, index, awaited) !== free) {
    if (mayBlock) Atomics.wait(words, index, awaited);
  }
}
