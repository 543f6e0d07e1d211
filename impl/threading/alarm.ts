import { remaining } from './timeouts.ts';

/*
 * An alarm is a word on which tasks sleep, apart from the word on which threads sleep.
 *
 * A thread that is woken goes on. A task that is woken goes on only when its thread lets it, which may be
 * never: the thread may block. So who wakes one of several sleepers must not take a task for it. Threads are
 * woken one by one, each on its way to what it was woken for; the alarm wakes all tasks, on top of that.
 *
 * The word counts how often it rang. A task reads it, then looks whether it has to sleep, then sleeps
 * only if it has not rung since: nothing that rings after the task has looked can be missed.
 */
type Words = Int32Array<SharedArrayBuffer>;

/** Wakes all tasks that sleep on the alarm. */
export function ring(words: Words, alarm: number): void {
  Atomics.add(words, alarm, 1);
  Atomics.notify(words, alarm);
}

/**
 * Sleeps until the alarm rings.
 * @param rung what the alarm's word was before the task looked whether it has to sleep.
 * @param deadline on the monotonic clock, in milliseconds.
 * @returns false if the time was over first.
 */
export async function awaitRing(
  words: Words,
  alarm: number,
  rung: number,
  deadline: number,
): Promise<boolean> {
  return (await Atomics.waitAsync(words, alarm, rung, remaining(deadline)).value) !== 'timed-out';
}
