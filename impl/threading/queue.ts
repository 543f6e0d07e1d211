import { checkSize, type Encoded, type Words } from './blocks.ts';
import { double, fromDouble } from './doubles.ts';
import { Full, ShutDown, ValueError } from './errors.ts';
import { adopt, type Handle } from './handle.ts';
import { commonWords, ItemQueue, state } from './itemQueue.ts';
import { append, shift } from './list.ts';
import { callAll, callOne, lines, whenPossible, whenPossibleAsync } from './monitor.ts';
import {
  checkedMaxsize,
  type MaxsizeOptions,
  patient,
  type QueueOptions,
  type ShutdownOptions,
  Wish,
} from './queueOptions.ts';

/*
 * Two numbers beside what itemQueue.ts explains, as doubles, for neither has an end at 2^31:
 *
 *   maxsize      the most items there may be, if above 0
 *   unfinished   how many items were put for which no task was done
 *
 * A joiner is called when `unfinished` becomes zero, and passes then whatever has become of the number by the
 * time it goes on: it was zero during the call. All others look again.
 */
const maxsize = commonWords;
const unfinished = commonWords + 2;

/**
 * A queue of items, the first in being the first out, for any number of threads.
 *
 * Items are cloned, as `postMessage` clones them, but for what is shared: see clones.ts. All items of a queue
 * together may take 64 MiB of memory, 32 bytes being the least that each takes.
 *
 * Post a queue to another thread as it is; `Queue.from` makes it usable there.
 */
export class Queue<Item = unknown> extends ItemQueue<Item> {
  override readonly primitive: string = 'Queue';

  /**
   * @param options the largest size, bare or as an option.
   * @throws TypeError if it is not an integer.
   */
  constructor(options: number | MaxsizeOptions = {}) {
    const { maxsize: size = 0 } = typeof options === 'number' ? { maxsize: options } : options;
    const checked = checkedMaxsize(size);
    super();
    setNumber(this.memory, maxsize, checked);
  }

  /** The same queue in this thread. @throws TypeError if this is no Queue that was posted here. */
  static from<Item = unknown>(handle: Handle): Queue<Item> {
    return adopt('Queue', Queue.prototype as Queue<Item>, handle);
  }

  /**
   * The most items there may be; 0 and below: any number. It can be changed, for puts to come and for those
   * that wait.
   * @throws TypeError if it is set to what is not an integer.
   */
  get maxsize(): number {
    return this.exclusively((words) => numberAt(words, maxsize));
  }

  set maxsize(size: number) {
    const checked = checkedMaxsize(size);
    this.exclusively((words) => {
      setNumber(words, maxsize, checked);
      callAll(words, lines.putters);
    });
  }

  /** Whether there is no room at this moment; nothing follows from it for a put or get to come. */
  full(): boolean {
    return this.exclusively(isFull);
  }

  /**
   * Puts an item in, waiting for room if need be, and counts an unfinished task; `block` may be given bare.
   * @throws ShutDown if the queue was shut down; Full if there is no room (in time).
   * @throws TypeError if the item cannot be cloned, OverflowError if there is no memory for it.
   * @throws ValueError for a negative time-out, TypeError for one that is no number, both only if the queue has a
   *   largest size and the call may wait; OverflowError for one above `TIMEOUT_MAX`, only if it has to.
   *   Nothing is then stored or counted.
   */
  put(item: Item, options?: QueueOptions | boolean | number): void {
    const wish = options === undefined ? patient : new Wish(options);
    const encoded = this.encode(item);
    const attempt = (expired: boolean) => this.tryPut(encoded, wish, expired);
    whenPossible(this.memory, lines.putters, attempt, () => wish.patience());
  }

  /** {@link put} for threads that must not block. Alone, it does not keep Node running. */
  async putAsync(item: Item, options?: QueueOptions | boolean | number): Promise<void> {
    const wish = options === undefined ? patient : new Wish(options);
    const encoded = this.encode(item);
    const attempt = (expired: boolean) => this.tryPut(encoded, wish, expired);
    await whenPossibleAsync(this.memory, lines.putters, attempt, () => wish.patience());
  }

  /** Puts an item in if there is room. @throws Full, ShutDown, TypeError, OverflowError as {@link put} does. */
  putNowait(item: Item): void {
    this.put(item, false);
  }

  /**
   * Says that what was to be done with one item is done.
   * @throws ValueError if that was said as often as items were put.
   */
  taskDone(): void {
    this.exclusively((words) => {
      const left = numberAt(words, unfinished) - 1;
      if (left < 0) throw new ValueError('taskDone was called more often than there were items put');
      finish(words, left);
    });
  }

  /** Waits until {@link taskDone} was called for every item that was put. */
  join(): void {
    whenPossible(this.memory, lines.joiners, this.joining(), () => Infinity);
  }

  /** {@link join} for threads that must not block. Alone, it does not keep Node running. */
  async joinAsync(): Promise<void> {
    await whenPossibleAsync(this.memory, lines.joiners, this.joining(), () => Infinity);
  }

  /**
   * Shuts the queue down, for good: puts raise ShutDown from now on, those that wait too, and gets do as soon
   * as the queue is empty. May be repeated.
   * @param options `immediate`, bare or as an option: drops the items that are left, and their tasks with them.
   */
  shutdown(options: boolean | ShutdownOptions = {}): void {
    const { immediate = false } = typeof options === 'boolean' ? { immediate: options } : options;
    this.exclusively((words) => {
      words[state.closed] = 1;
      if (immediate) {
        const left = Math.max(0, numberAt(words, unfinished) - (words[state.count] as number));
        this.clear(words);
        finish(words, left);
      }
      callAll(words, lines.getters);
      callAll(words, lines.putters);
    });
  }

  protected override insert(words: Words, item: number): void {
    append(words, state.first, state.last, item);
  }

  protected override remove(words: Words): number {
    return shift(words, state.first);
  }

  /** Under the monitor: stores an item and counts its task; undefined if there is no room yet. */
  protected tryPut(encoded: Encoded, wish: Wish, expired: boolean): true | undefined {
    const { words } = this;
    if (words[state.closed] === 1) throw new ShutDown('the queue was shut down');
    if (numberAt(words, maxsize) > 0) wish.check();
    checkSize(encoded);
    if (isFull(words)) {
      if (expired || wish.once) throw new Full('the queue has no room');
      return undefined;
    }
    try {
      this.add(encoded);
    } catch (error) {
      callOne(words, lines.putters);
      throw error;
    }
    setNumber(words, unfinished, numberAt(words, unfinished) + 1);
    return true;
  }

  /** Under the monitor, again and again: whether a joiner passes. */
  protected joining(): () => true | undefined {
    let waited = false;
    return () => {
      if (waited || numberAt(this.words, unfinished) === 0) return true;
      waited = true;
      return undefined;
    };
  }
}

function isFull(words: Words): boolean {
  const most = numberAt(words, maxsize);
  return most > 0 && (words[state.count] as number) >= most;
}

/** So many tasks are left. */
function finish(words: Words, left: number): void {
  setNumber(words, unfinished, left);
  if (left === 0) callAll(words, lines.joiners);
}

function numberAt(words: Words, index: number): number {
  return fromDouble(words[index] as number, words[index + 1] as number);
}

function setNumber(words: Words, index: number, value: number): void {
  const [one, other] = double(value);
  words[index] = one;
  words[index + 1] = other;
}
