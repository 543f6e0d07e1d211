import { drive } from '../drive.ts';
import { Given, give } from '../given.ts';
import { type Running, tie } from '../twins.ts';
import { awaiting, type Body, stop } from './activation.ts';
import { openAsync } from './asyncWalk.ts';
import { Awaiting } from './awaiting.ts';
import type { Capability } from './capability.ts';
import { pending, whenSettled } from './promise.ts';

type Way = 'next' | 'return' | 'throw';
type Step = IteratorResult<unknown>;

/** What an asynchronous generator was asked for, one after the other. */
interface Request {
  readonly way: Way;
  readonly value: unknown;
  readonly answer: Capability;
}

/** An asynchronous generator, as the standard has it; other threads can go on in the middle of its steps. */
class AsyncStepwise {
  static {
    Object.setPrototypeOf(this.prototype, asyncIteratorPrototype());
  }

  #state: 'begins' | 'suspended' | 'runs' | 'leaves' | 'over' = 'begins';
  readonly #body: Body;
  readonly #requests: Request[] = [];
  /** What it gave last. */
  #given: Given | undefined;

  constructor(body: Body) {
    this.#body = body;
  }

  /** What `next`, `return` and `throw` do. */
  static *ask(self: AsyncStepwise, way: Way, value: unknown): Running {
    const answer = pending();
    if (way === 'throw' && self.#state === 'begins') self.#state = 'over';
    if (self.#state === 'over' && way !== 'return') {
      if (way === 'next') answer.resolve({ value: undefined, done: true });
      else answer.reject(value);
      return answer.promise;
    }
    self.#requests.push({ way, value, answer });
    if (way === 'return' && (self.#state === 'begins' || self.#state === 'over')) yield* self.#leave();
    else if (self.#state === 'begins' || self.#state === 'suspended') yield* self.#resume();
    return answer.promise;
  }

  /** Goes on as the first request says. */
  *#resume(): Running {
    const body = this.#body;
    const { way, value } = this.#requests[0] as Request;
    this.#state = 'runs';
    if (way !== 'return') return yield* this.#advance(() => body[way](value));
    try {
      whenSettled(
        value,
        (awaited) =>
          this.#advance(() => {
            if (this.#given !== undefined) this.#given.returned = awaited;
            return body.return(awaited);
          }),
        (reason) => this.#advance(() => body.throw(reason)),
      );
    } catch (error) {
      yield* this.#advance(() => body.throw(error));
    }
    return undefined;
  }

  *#advance(begins: () => Step): Running {
    let step: Step;
    try {
      step = begins();
      while (step.done !== true && !(step.value instanceof Awaiting) && !(step.value instanceof Given)) {
        step = yield* stop(this.#body);
      }
    } catch (error) {
      this.#answer((answer) => answer.reject(error));
      return yield* this.#drain();
    }
    if (step.done === true) {
      const { value } = step;
      this.#answer((answer) => answer.resolve({ value, done: true }));
      return yield* this.#drain();
    }
    if (step.value instanceof Awaiting) {
      return yield* awaiting(step.value, (begin) => this.#advance(begin), this.#body);
    }
    const given = step.value as Given;
    this.#given = given;
    this.#answer((answer) => answer.resolve({ value: given.value, done: false }));
    if (this.#requests.length > 0) return yield* this.#resume();
    this.#state = 'suspended';
    return undefined;
  }

  #answer(settle: (answer: Capability) => void): void {
    const request = this.#requests.shift();
    if (request !== undefined) settle(request.answer);
  }

  /** Is asked to leave where nothing is to be left any more: only the value is waited for. */
  *#leave(): Running {
    this.#state = 'leaves';
    const goOn = (settle: (answer: Capability) => void): Running => {
      this.#answer(settle);
      return this.#drain();
    };
    try {
      whenSettled(
        this.#requests[0]?.value,
        (value) => goOn((answer) => answer.resolve({ value, done: true })),
        (reason) => goOn((answer) => answer.reject(reason)),
      );
    } catch (error) {
      yield* goOn((answer) => answer.reject(error));
    }
    return undefined;
  }

  /** It is over: answers what it was asked meanwhile. */
  *#drain(): Running {
    for (;;) {
      const request = this.#requests[0];
      if (request === undefined) break;
      if (request.way === 'return') return yield* this.#leave();
      this.#answer((answer) => {
        if (request.way === 'next') answer.resolve({ value: undefined, done: true });
        else answer.reject(request.value);
      });
    }
    this.#state = 'over';
    return undefined;
  }
}

for (const way of ['next', 'return', 'throw'] as const) {
  const own = function* (this: unknown, value: unknown): Running {
    return yield* AsyncStepwise.ask(this as AsyncStepwise, way, value);
  };
  const atOnce = function (this: unknown, value: unknown): unknown {
    return drive(own.call(this, value));
  };
  Object.defineProperty(AsyncStepwise.prototype, way, {
    value: tie(atOnce, own as never),
    writable: true,
    configurable: true,
  });
}

/** What all asynchronous iterators inherit. */
function asyncIteratorPrototype(): object | null {
  const generator = Object.getPrototypeOf(async function* () {}) as { readonly prototype: object };
  return Object.getPrototypeOf(generator.prototype) as object | null;
}

/** What a call of an asynchronous generator function gives back. */
export function asyncGenerator(body: Body): object {
  return new AsyncStepwise(body);
}

/** Gives all that an iterable has: `yield*` of an asynchronous generator. */
export function* delegateAsync(iterable: unknown): Body {
  const walk = yield* openAsync(iterable);
  let given: Given | undefined;
  let sent: unknown;
  try {
    for (;;) {
      const step = yield* walk.step(sent);
      if (step.done === true) return step.value;
      given = give(step.value);
      sent = yield given;
    }
  } catch (error) {
    walk.fail();
    throw error;
  } finally {
    yield* walk.close(given?.returned);
  }
}
