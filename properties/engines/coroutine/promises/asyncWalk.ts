import { invoke, type Running, twin } from '../twins.ts';
import type { Body } from './activation.ts';
import { awaits } from './awaiting.ts';
import { EmulatedPromise, promiseResolve } from './promise.ts';

type Members = Readonly<Record<'next' | 'return', unknown>>;

/** A walk through an asynchronous iterable: what `for await` does, of which each step may wait. */
export class AsyncWalk {
  readonly iterator: Members;
  readonly #next: unknown;
  #isOver = false;
  #hasFailed = false;

  constructor(iterator: Members) {
    this.iterator = iterator;
    this.#next = iterator.next;
  }

  *step(sent?: unknown): Generator<unknown, IteratorResult<unknown>> {
    // A step that throws is the last.
    this.#isOver = true;
    const step = yield awaits(yield* invoke(this.#next, this.iterator, [sent]));
    this.#isOver = isObject(step) && (step as IteratorResult<unknown>).done === true;
    if (!isObject(step)) throw notAnObject(step);
    return step as IteratorResult<unknown>;
  }

  /** Whoever leaves has thrown something: that is what comes of it, whatever the iterator says. */
  fail(): void {
    this.#hasFailed = true;
  }

  /** Whoever leaves early says so, and waits. */
  *close(value?: unknown): Body {
    if (this.#isOver) return undefined;
    this.#isOver = true;
    try {
      const { return: leave } = this.iterator;
      if (leave === undefined || leave === null) return undefined;
      const left = yield awaits(yield* invoke(leave, this.iterator, value === undefined ? [] : [value]));
      if (!isObject(left)) throw notAnObject(left);
    } catch (error) {
      if (!this.#hasFailed) throw error;
    }
    return undefined;
  }
}

/** Begins a walk through an iterable, asynchronous or not. */
export function* openAsync(iterable: unknown): Generator<undefined, AsyncWalk> {
  const find = (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator] as unknown;
  if (find === undefined || find === null) {
    const plain = (yield* invoke((iterable as Iterable<unknown>)[Symbol.iterator], iterable, [])) as Members;
    return new AsyncWalk(new Plain(plain));
  }
  return new AsyncWalk((yield* invoke(find, iterable, [])) as Members);
}

/** An iterator that is not asynchronous, for those who wait for each of its values. */
class Plain implements Members {
  readonly next: unknown;
  readonly return: unknown;

  constructor(iterator: Members) {
    const { next } = iterator;
    this.next = waiting(() => invoke(next, iterator, [undefined]));
    if (iterator.return !== undefined) this.return = waiting(() => invoke(iterator.return, iterator, []));
  }
}

/** A function of twins only, which is all that a walk calls. */
function waiting(step: () => Running): unknown {
  return {
    [twin]: function* (): Running {
      const { done, value } = (yield* step()) as IteratorResult<unknown>;
      return (promiseResolve(EmulatedPromise, value) as EmulatedPromise).then((given: unknown) => ({
        value: given,
        done,
      }));
    },
  };
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function notAnObject(value: unknown): TypeError {
  return new TypeError(`Iterator result ${String(value)} is not an object`);
}
