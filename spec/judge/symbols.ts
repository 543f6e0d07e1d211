import type { Call } from '../program.ts';
import { callKey } from './configuration.ts';

/** A call that a thread makes, as the judge looks it up. */
export interface CallSymbol {
  readonly symbol: number;
  /** Seconds after which the call may give up. */
  readonly timeout: number | undefined;
}

/** Small numbers for everything that can happen to a thread: what they lead to stands in an array. */
export class Symbols {
  readonly #timeoutOf: (call: Call) => number | undefined;
  readonly #texts: Map<string, number>[] = [];
  readonly #calls: WeakMap<Call, CallSymbol>[] = [];
  #count = 0;

  /** @param timeoutOf seconds after which a call may give up. */
  constructor(timeoutOf: (call: Call) => number | undefined) {
    this.#timeoutOf = timeoutOf;
  }

  /** The number of this event; `text` says all of it but the thread. */
  of(thread: number, text: string): number {
    const own = (this.#texts[thread] ??= new Map<string, number>());
    let number = own.get(text);
    if (number === undefined) {
      number = this.#count++;
      own.set(text, number);
    }
    return number;
  }

  /** The number of a thread's making a call. */
  ofCall(thread: number, call: Call): CallSymbol {
    const own = (this.#calls[thread] ??= new WeakMap<Call, CallSymbol>());
    let made = own.get(call);
    if (made === undefined) {
      made = { symbol: this.of(thread, callKey(call)), timeout: this.#timeoutOf(call) };
      own.set(call, made);
    }
    return made;
  }
}
