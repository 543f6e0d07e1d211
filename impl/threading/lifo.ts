import type { Words } from './blocks.ts';
import { adopt, type Handle } from './handle.ts';
import { state } from './itemQueue.ts';
import { prepend } from './list.ts';
import { Queue } from './queue.ts';

/** A {@link Queue} of which the item last put is the first out: a stack. */
export class LifoQueue<Item = unknown> extends Queue<Item> {
  override readonly primitive: string = 'LifoQueue';

  /** The same queue in this thread. @throws TypeError if this is no LifoQueue that was posted here. */
  static override from<Item = unknown>(handle: Handle): LifoQueue<Item> {
    return adopt('LifoQueue', LifoQueue.prototype as LifoQueue<Item>, handle);
  }

  protected override insert(words: Words, item: number): void {
    prepend(words, state.first, item);
  }
}
