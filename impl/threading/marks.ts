import { ring } from './alarm.ts';

/*
 * What a word that says who holds a lock also says: whether anybody may sleep until it is free.
 *
 *   0                  free
 *   holder             held, and nobody sleeps
 *   holder | sleepers  held, and threads may sleep on this word
 *   holder | tasks     held, and tasks may sleep on the alarm beside it (alarm.ts); or both
 *
 * Invariant: a thread sleeps only on a word with `sleepers`, which the sleep itself compares. Nobody takes
 * a mark off but by freeing the word, and who frees a marked one wakes one thread, or rings for the tasks.
 * The woken thread takes the word, and marks it because others may still sleep, or finds that somebody
 * was faster, and marks that one's word before it sleeps again or gives up. So while threads sleep, the word is
 * marked, or a woken thread is on its way to mark it. Tasks are all woken, and mark again each for itself.
 */
export const free = 0;
/** Threads may sleep on the word. */
export const sleepers = 2 ** 30;
/** Tasks may sleep on the alarm. */
export const tasks = 2 ** 29;
const marks = sleepers | tasks;

type Words = Int32Array<SharedArrayBuffer>;

/** Who holds the word; {@link free} if nobody does. */
export function holderOf(word: number): number {
  return word & ~marks;
}

/**
 * Marks the word of a holder, for when it frees it.
 * @param which {@link sleepers} or {@link tasks}.
 * @returns the marked word; {@link free} if nobody holds it.
 */
export function mark(words: Words, index: number, which: number): number {
  for (;;) {
    const word = Atomics.load(words, index);
    if (word === free || (word & which) !== 0) return word;
    if (Atomics.compareExchange(words, index, word, word | which) === word) return word | which;
  }
}

/**
 * Frees the word, and wakes whom its marks say.
 * @param alarm index of the alarm.
 * @returns the word as it was.
 */
export function freeWord(words: Words, index: number, alarm: number): number {
  const before = Atomics.exchange(words, index, free);
  if ((before & sleepers) !== 0) Atomics.notify(words, index, 1);
  if ((before & tasks) !== 0) ring(words, alarm);
  return before;
}
