import {
  clearPool,
  discard,
  type Encoded,
  makeRoom,
  newPool,
  none,
  read,
  seesAll,
  store,
  wholeOf,
  type Words,
} from './blocks.ts';
import { Empty, ShutDown } from './errors.ts';
import { decode, encode } from './items.ts';
import { callOne, enter, leave, lines, monitorWords, whenPossible, whenPossibleAsync } from './monitor.ts';
import { patient, type QueueOptions, Wish } from './queueOptions.ts';

/*
 * What all queues have in common. Their memory: the words of a monitor, monitor.ts, under which all else is touched;
 *
 *   count      how many items there are
 *   closed     1 once the queue was shut down
 *   first      the first item of a list, or the root of a tree
 *   last       the last of a list
 *
 * then what a kind of queue has of its own, and a pool of blocks in which the items are stored, blocks.ts.
 *
 * Invariants, whenever the monitor is free:
 * - `count` items hang together from `first`, each in its own chain of blocks; all other blocks are free.
 * - An item is stored before it is counted, and taken out of its order before it is given away: each goes to
 *   exactly one get, and what raises on the way leaves everything as it was.
 * - Who waits to get finds no items, so each item calls one; who waits to put finds no room, so each item that is
 *   taken calls one. Who is called and raises calls the next.
 *
 * Items are encoded before the monitor is entered and decoded after it was left: of a user's code, only the
 * `insert` and `remove` of a class of its own run under it.
 */
/** Positions of these words. */
export const state = {
  count: monitorWords,
  closed: monitorWords + 1,
  first: monitorWords + 2,
  last: monitorWords + 3,
} as const;

/** Words before those that a kind of queue has of its own. */
export const commonWords = monitorWords + 4;

const view = Symbol('view');

/** What queues have in common. */
export abstract class ItemQueue<Item> {
  abstract readonly primitive: string;
  readonly memory: Words;
  /** All of the memory as this thread last saw it; a symbol, so that it is not posted. */
  [view]?: Words;

  protected constructor() {
    this.memory = newPool();
  }

  /** Under the monitor: all of the memory that is used, or more. */
  protected get words(): Words {
    const words = this[view];
    return words !== undefined && seesAll(words) ? words : (this[view] = wholeOf(this.memory));
  }

  /**
   * Puts a stored item in its place in the order. What it raises, the put raises, and nothing is changed.
   * @param item its first block.
   */
  protected abstract insert(words: Words, item: number): void;

  /** Takes the next item out of the order, in which there is one. What it raises, the get raises. */
  protected abstract remove(words: Words): number;

  /** An item as it is stored. @throws TypeError if it cannot be. */
  protected encode(item: Item): Encoded {
    return encode(item);
  }

  /** How many items there are at this moment. Nothing follows from it for a put or get to come. */
  qsize(): number {
    return this.exclusively((words) => words[state.count] as number);
  }

  /** Whether there is no item at this moment; see {@link qsize}. */
  empty(): boolean {
    return this.qsize() === 0;
  }

  /**
   * Takes the next item, waiting for one if need be; `block` may be given bare.
   * @throws Empty if there is none (in time); ShutDown if there is none and none will come.
   * @throws ValueError for a negative time-out, TypeError for one that is no number, both only if it may wait;
   *   OverflowError for one above `TIMEOUT_MAX`, only if it has to. Nothing is then taken.
   */
  get(options?: QueueOptions | boolean | number): Item {
    const wish = options === undefined ? patient : new Wish(options);
    const attempt = (expired: boolean) => this.tryGet(wish, expired);
    return decode(whenPossible(this.memory, lines.getters, attempt, () => wish.patience())) as Item;
  }

  /** {@link get} for threads that must not block. Alone, it does not keep Node running. */
  async getAsync(options?: QueueOptions | boolean | number): Promise<Item> {
    const wish = options === undefined ? patient : new Wish(options);
    const attempt = (expired: boolean) => this.tryGet(wish, expired);
    return decode(
      await whenPossibleAsync(this.memory, lines.getters, attempt, () => wish.patience()),
    ) as Item;
  }

  /** Takes the next item if there is one. @throws Empty, ShutDown as {@link get} does. */
  getNowait(): Item {
    return this.get(false);
  }

  /** Does something under the monitor. */
  protected exclusively<T>(action: (words: Words) => T): T {
    enter(this.memory);
    try {
      return action(this.words);
    } finally {
      leave(this.memory);
    }
  }

  /** Under the monitor: takes an item; undefined if there is none yet. */
  protected tryGet(wish: Wish, expired: boolean): Encoded | undefined {
    const { words } = this;
    const isEmpty = words[state.count] === 0;
    if (isEmpty && words[state.closed] === 1) throw new ShutDown('the queue was shut down and is empty');
    wish.check();
    if (!isEmpty) return this.take(words);
    if (expired || wish.once) throw new Empty('there is nothing in the queue');
    return undefined;
  }

  /** Under the monitor: takes the next item. */
  protected take(words: Words): Encoded {
    let item: number;
    try {
      item = this.remove(words);
    } catch (error) {
      callOne(words, lines.getters);
      throw error;
    }
    words[state.count] = (words[state.count] as number) - 1;
    callOne(words, lines.putters);
    try {
      return read(words, item);
    } finally {
      discard(words, item);
    }
  }

  /** Under the monitor: stores an item. @throws OverflowError if there is no memory for it; what `insert` raises. */
  protected add(encoded: Encoded): void {
    const words = (this[view] = makeRoom(this.words, encoded));
    const item = store(words, encoded);
    try {
      this.insert(words, item);
    } catch (error) {
      discard(words, item);
      throw error;
    }
    words[state.count] = (words[state.count] as number) + 1;
    callOne(words, lines.getters);
  }

  /** Under the monitor: drops all items. */
  protected clear(words: Words): void {
    words[state.count] = 0;
    words[state.first] = none;
    clearPool(words);
  }
}
