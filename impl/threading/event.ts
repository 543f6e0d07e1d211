import { adopt, type Handle, refuseArguments } from './handle.ts';
import { beforeWaiting } from './interruption.ts';
import { deadlineAfter, remaining } from './timeouts.ts';
import { type WaitOptions, waitPatience } from './waitPatience.ts';

/**
 * A flag that threads wait for.
 *
 * Memory: one Int32 word. Its lowest bit is the flag, the bits above count how often the flag was
 * cleared. `set` puts the bit, `clear` adds one to a word whose bit is set, which takes the bit away
 * and counts. So the word goes 0, 1, 2, 3, ...: odd while the event is set.
 *
 * Invariants:
 * - From an even word, the only way on is a `set`. A waiter that saw an even word therefore knows,
 *   as soon as the word is any other, that the event was set since it came, even if it has been
 *   cleared again: a pulse reaches everybody who waits.
 * - A waiter sleeps only if the word is still the one it saw (`Atomics.wait` compares and falls asleep
 *   in one step), and whoever makes the word odd wakes all sleepers afterwards: no wake-up is lost.
 * - A wake-up alone proves nothing: it may come from a `set` that had been undone before the
 *   sleeper came. The word decides, and a sleeper for whom it has not changed sleeps on.
 *
 * The count wraps around after 2^31 pairs of `set` and `clear`. It would be mistaken only if a woken
 * waiter did not get to run for exactly a multiple of so many pairs, minutes at the least; it
 * would then sleep until the next `set`.
 *
 * Post an event to another thread as it is; `Event.from` makes it usable there.
 */
export class Event {
  readonly primitive: string = 'Event';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /** A new event whose flag is false. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('Event', none);
    this.memory = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  }

  /** The same event in this thread. @throws TypeError if this is no event that was posted here. */
  static from(handle: Handle): Event {
    return adopt('Event', Event.prototype, handle);
  }

  /** Whether the flag is true at this moment. */
  isSet(): boolean {
    return isOdd(Atomics.load(this.memory, 0));
  }

  /** Makes the flag true and lets everybody go on who waits for it. */
  set(): void {
    if (!isOdd(Atomics.or(this.memory, 0, 1))) Atomics.notify(this.memory, 0);
  }

  /** Makes the flag false. */
  clear(): void {
    const word = Atomics.load(this.memory, 0);
    // Nothing but another clear changes an odd word: if this exchange fails, that one did it.
    if (isOdd(word)) Atomics.compareExchange(this.memory, 0, word, word + 1);
  }

  /**
   * Waits until the flag is true; a time-out may be given bare.
   * @returns true if the event was set, also if it is cleared again by now; false if the time was over first.
   * @throws TypeError for a time-out that is no number, OverflowError for one above `TIMEOUT_MAX`,
   *   both only if the flag is false (`mod.timeout-max.lazy-check`).
   */
  wait(options?: WaitOptions | number | null): boolean {
    const seen = Atomics.load(this.memory, 0);
    if (isOdd(seen)) return true;
    const patience = waitPatience(options);
    if (patience === 0) return false;
    beforeWaiting();
    const deadline = deadlineAfter(patience);
    do {
      if (Atomics.wait(this.memory, 0, seen, remaining(deadline)) === 'timed-out') {
        return Atomics.load(this.memory, 0) !== seen;
      }
    } while (Atomics.load(this.memory, 0) === seen);
    return true;
  }

  /** {@link wait} for threads that must not block. Alone, it does not keep Node running. */
  async waitAsync(options?: WaitOptions | number | null): Promise<boolean> {
    const seen = Atomics.load(this.memory, 0);
    if (isOdd(seen)) return true;
    const patience = waitPatience(options);
    if (patience === 0) return false;
    beforeWaiting();
    const deadline = deadlineAfter(patience);
    do {
      const { value } = Atomics.waitAsync(this.memory, 0, seen, remaining(deadline));
      if ((await value) === 'timed-out') return Atomics.load(this.memory, 0) !== seen;
    } while (Atomics.load(this.memory, 0) === seen);
    return true;
  }
}

function isOdd(word: number): boolean {
  return (word & 1) !== 0;
}
