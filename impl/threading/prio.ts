import type { Encoded, Words } from './blocks.ts';
import { adopt, type Handle } from './handle.ts';
import { state } from './itemQueue.ts';
import { compareItems, encodeOrdered } from './keys.ts';
import { Queue } from './queue.ts';
import { insert, removeFirst } from './tree.ts';

/**
 * A {@link Queue} of which the least item is the first out; of equal ones, the first in.
 *
 * Numbers, bigints, booleans and strings are compared as `<` does it, arrays as Python compares tuples: `[2, job]`
 * is a job of priority 2, and `[2, 17, job]` the 17th of them, for jobs without an order. Between all others there
 * is none, nor between a number and a string, nor with NaN: {@link put} raises TypeError for an item that has no order
 * with one that is in the queue, stores nothing and counts no task. keys.ts has the details, tree.ts says why it
 * finds all of those.
 */
export class PriorityQueue<Item = unknown> extends Queue<Item> {
  override readonly primitive: string = 'PriorityQueue';

  /** The same queue in this thread. @throws TypeError if this is no PriorityQueue that was posted here. */
  static override from<Item = unknown>(handle: Handle): PriorityQueue<Item> {
    return adopt('PriorityQueue', PriorityQueue.prototype as PriorityQueue<Item>, handle);
  }

  protected override encode(item: Item): Encoded {
    return encodeOrdered(item);
  }

  protected override insert(words: Words, item: number): void {
    const compare = (one: number, other: number) => compareItems(words, one, other);
    if (insert(words, state.first, item, compare)) return;
    throw new TypeError('the item has no order with another that is in the queue');
  }

  protected override remove(words: Words): number {
    return removeFirst(words, state.first);
  }
}
