import type { Words } from './blocks.ts';
import { adopt, type Handle, refuseArguments } from './handle.ts';
import { ItemQueue, state } from './itemQueue.ts';
import { append, shift } from './list.ts';

/**
 * A queue without a largest size and without tasks: the first in is the first out. A put never waits.
 *
 * Items and memory are those of a `Queue`. Post it to another thread as it is; `SimpleQueue.from` makes it usable
 * there.
 */
export class SimpleQueue<Item = unknown> extends ItemQueue<Item> {
  override readonly primitive: string = 'SimpleQueue';

  /** A new, empty queue. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('SimpleQueue', none);
    super();
  }

  /** The same queue in this thread. @throws TypeError if this is no SimpleQueue that was posted here. */
  static from<Item = unknown>(handle: Handle): SimpleQueue<Item> {
    return adopt('SimpleQueue', SimpleQueue.prototype as SimpleQueue<Item>, handle);
  }

  /**
   * Puts an item in.
   * @param _options may be given as to any queue's `put`, and change nothing.
   * @throws TypeError if the item cannot be cloned, OverflowError if there is no memory for it.
   */
  put(item: Item, _options?: unknown): void {
    const encoded = this.encode(item);
    this.exclusively(() => this.add(encoded));
  }

  /** {@link put}, by the name it has where puts may wait. */
  putNowait(item: Item): void {
    this.put(item);
  }

  protected override insert(words: Words, item: number): void {
    append(words, state.first, state.last, item);
  }

  protected override remove(words: Words): number {
    return shift(words, state.first);
  }
}
