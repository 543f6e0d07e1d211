import { invoke, type Running } from '../twins.ts';
import type { Capability } from './capability.ts';

/** What has to be done when a promise is settled. */
export interface Reaction {
  /** The job. */
  settled(isFulfilled: boolean, value: unknown): Running;
}

/** How an asynchronous function goes on. */
export type Continue = (value: unknown) => Running;

/** An asynchronous function that waits. */
export class Continuation implements Reaction {
  readonly #fulfilled: Continue;
  readonly #rejected: Continue;

  constructor(fulfilled: Continue, rejected: Continue) {
    this.#fulfilled = fulfilled;
    this.#rejected = rejected;
  }

  settled(isFulfilled: boolean, value: unknown): Running {
    return isFulfilled ? this.#fulfilled(value) : this.#rejected(value);
  }
}

/** What `then` was given, and the promise that it gave back. */
export class Handlers implements Reaction {
  readonly #fulfilled: unknown;
  readonly #rejected: unknown;
  readonly #next: Capability;

  constructor(fulfilled: unknown, rejected: unknown, next: Capability) {
    this.#fulfilled = fulfilled;
    this.#rejected = rejected;
    this.#next = next;
  }

  *settled(isFulfilled: boolean, value: unknown): Running {
    const handler = isFulfilled ? this.#fulfilled : this.#rejected;
    if (typeof handler !== 'function') {
      if (isFulfilled) this.#next.resolve(value);
      else this.#next.reject(value);
      return undefined;
    }
    let result: unknown;
    try {
      result = yield* invoke(handler, undefined, [value]);
    } catch (error) {
      this.#next.reject(error);
      return undefined;
    }
    this.#next.resolve(result);
    return undefined;
  }
}
