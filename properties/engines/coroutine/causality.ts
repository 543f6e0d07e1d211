import type { Control } from '../controlled/layout.ts';
import { mixHigh, mixLow } from './hashing.ts';

const kinds = { reads: 1, writes: 2, sees: 3 } as const;

/** Where something was read and written: hashes of the last write, and of the reads since, in whichever order. */
interface Place {
  writtenLow: number;
  writtenHigh: number;
  readLow: number;
  readHigh: number;
}

/**
 * What each thread can have learned in an execution so far, as a hash: of what it did, after what of others'. Executions in
 * which the threads' hashes are the same differ only in the order of steps that do not affect each other, and have led
 * to the same state (Mazurkiewicz 1977; Musuvathi and Qadeer 2007 keep states apart in this way).
 *
 * Holds where all accesses of shared memory are atomic, or ordered by some that are.
 */
export class Causality {
  /** Memories of the program's cells, which are read and written plainly, in one step each. */
  readonly cells = new Set<number>();
  readonly #control: Control;
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  readonly #memories: Int32Array;
  readonly #indices: Float64Array;
  readonly #clocks: boolean[];
  readonly #places = new Map<number, Place>();

  constructor(threads: number, control: Control) {
    this.#control = control;
    this.#low = new Int32Array(threads);
    this.#high = new Int32Array(threads);
    this.#memories = new Int32Array(threads);
    this.#indices = new Float64Array(threads);
    this.#clocks = Array<boolean>(threads).fill(false);
  }

  /** An execution begins. */
  begin(): void {
    this.#low.fill(0);
    this.#high.fill(0);
    this.#places.clear();
  }

  low(thread: number): number {
    return this.#low[thread] as number;
  }

  high(thread: number): number {
    return this.#high[thread] as number;
  }

  /** A thread makes its next call. @param plain it touches a cell. */
  calls(thread: number, plain: boolean): void {
    this.#sees(thread, this.#control.clock);
    if (plain) this.touchesCells(thread);
  }

  /** A thread touches the program's cells. */
  touchesCells(thread: number): void {
    this.#touch(thread, cellsPlace, true);
  }

  /** A thread is about to do something to an element of a memory; 0: of its own. */
  announces(thread: number, memory: number, index: number): void {
    this.#memories[thread] = memory;
    this.#indices[thread] = index;
    this.#clocks[thread] = false;
  }

  /** A thread is about to look at the clock. */
  looks(thread: number): void {
    this.#clocks[thread] = true;
  }

  /**
   * A thread has done what it announced.
   * @param changed the element is another now.
   * @param seen what it was: where others write plainly, that says more than what is known to be written.
   */
  acts(thread: number, changed: boolean, seen: number): void {
    if (this.#clocks[thread] === true) {
      this.#sees(thread, this.#control.clock);
      return;
    }
    const memory = this.#memories[thread] as number;
    const index = this.#indices[thread] as number;
    this.#mix(thread, Number(seen));
    this.#touch(thread, placeOf(memory, index, false), changed);
    if (this.cells.has(memory)) this.touchesCells(thread);
  }

  /** A thread has waited for what it announced, and sleeps. */
  sleeps(thread: number): void {
    const memory = this.#memories[thread] as number;
    const index = this.#indices[thread] as number;
    this.#touch(thread, placeOf(memory, index, false), false);
    this.#touch(thread, placeOf(memory, index, true), true);
  }

  /** A thread goes on after its sleep. @param timedOut by itself: others that sleep there move up. */
  awakes(thread: number, timedOut: boolean): void {
    this.#sees(thread, timedOut ? 1 : 0);
    if (!timedOut) return;
    this.#touch(
      thread,
      placeOf(this.#memories[thread] as number, this.#indices[thread] as number, true),
      true,
    );
  }

  /** A thread has woken so many of those who sleep where it announced. */
  wakes(thread: number, count: number): void {
    const place = placeOf(this.#memories[thread] as number, this.#indices[thread] as number, true);
    this.#touch(thread, place, count > 0);
  }

  /** A thread has something to do that another, or itself, has brought about. */
  posts(by: number, to: number): void {
    this.#touch(by, tasksPlace - to, true);
  }

  /** A thread begins what it was posted. */
  takes(thread: number): void {
    this.#touch(thread, tasksPlace - thread, true);
  }

  #sees(thread: number, value: number): void {
    this.#mix(thread, kinds.sees);
    this.#mix(thread, value * 1000);
  }

  #touch(thread: number, at: number, writes: boolean): void {
    let place = this.#places.get(at);
    if (place === undefined) {
      place = { writtenLow: at | 0, writtenHigh: at | 0, readLow: 0, readHigh: 0 };
      this.#places.set(at, place);
    }
    this.#mix(thread, writes ? kinds.writes : kinds.reads);
    this.#low[thread] = mixLow(this.low(thread), place.writtenLow);
    this.#high[thread] = mixHigh(this.high(thread), place.writtenHigh);
    if (!writes) {
      place.readLow = (place.readLow + this.low(thread)) | 0;
      place.readHigh = (place.readHigh + this.high(thread)) | 0;
      return;
    }
    this.#low[thread] = mixLow(this.low(thread), place.readLow);
    this.#high[thread] = mixHigh(this.high(thread), place.readHigh);
    place.writtenLow = this.low(thread);
    place.writtenHigh = this.high(thread);
    place.readLow = 0;
    place.readHigh = 0;
  }

  #mix(thread: number, value: number): void {
    this.#low[thread] = mixLow(this.low(thread), value);
    this.#high[thread] = mixHigh(this.high(thread), value);
  }
}

const cellsPlace = -1;
/** Less the number of a thread: what it was posted. */
const tasksPlace = -2;

function placeOf(memory: number, index: number, isList: boolean): number {
  return (memory * 2 ** 32 + index) * 2 + (isList ? 1 : 0);
}
