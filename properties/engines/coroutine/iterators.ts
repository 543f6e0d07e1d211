import { invoke, type Running, type Twin, twinOf, tie } from './twins.ts';
import { drive } from './drive.ts';
import { Given, give } from './given.ts';

type Inner = Generator<unknown, unknown>;
type Answer = IteratorResult<unknown, unknown>;

/** A generator whose steps have twins: other threads can go on in the middle of them. */
class Stepwise extends Iterator<unknown, unknown> {
  readonly inner: Inner;

  constructor(inner: Inner) {
    super();
    this.inner = inner;
  }

  override next(value?: unknown): Answer {
    return drive(answer(this.inner, () => this.inner.next(value))) as Answer;
  }

  override return(value?: unknown): Answer {
    return drive(answer(this.inner, () => this.inner.return(value))) as Answer;
  }

  override throw(error?: unknown): Answer {
    return drive(answer(this.inner, () => this.inner.throw(error))) as Answer;
  }
}

for (const way of ['next', 'return', 'throw'] as const) {
  tie(Stepwise.prototype[way], function* (this: unknown, value) {
    const { inner } = this as Stepwise;
    return yield* answer(inner, () => inner[way](value));
  } as Twin);
}

/** Goes on until the generator gives something or ends; stops where it stops. */
function* answer(inner: Inner, begin: () => Answer): Running {
  let step = begin();
  while (step.done !== true && !(step.value instanceof Given)) {
    try {
      yield;
    } catch (thrown) {
      // The execution is over: the generator throws its way out, too.
      step = inner.throw(thrown);
      continue;
    }
    step = inner.next();
  }
  return step.value instanceof Given ? { value: step.value.value, done: false } : step;
}

/** What a call of a generator function gives back. */
export function generator(inner: Inner): object {
  return new Stepwise(inner);
}

/** Gives all that an iterable has: `yield*` of a generator. */
export function* delegate(iterable: unknown): Inner {
  const walk = (yield* open(iterable)) as Walk;
  try {
    for (;;) {
      const step = (yield* walk.step()) as Answer;
      if (step.done === true) return step.value;
      walk.sent = yield give(step.value);
    }
  } finally {
    yield* walk.close();
  }
}

/** A walk through an iterable, in the middle of whose steps others can go on. */
class Walk {
  sent: unknown;
  #isOver = false;
  #hasFailed = false;
  readonly #iterator: Readonly<Record<'next' | 'return', unknown>>;
  readonly #next: unknown;

  constructor(iterator: Readonly<Record<'next' | 'return', unknown>>) {
    this.#iterator = iterator;
    this.#next = iterator.next;
  }

  *step(): Running {
    // A step that throws is the last.
    this.#isOver = true;
    const step = (yield* invoke(this.#next, this.#iterator, [this.sent])) as Answer;
    this.#isOver = step.done === true;
    return step;
  }

  /** Whoever leaves has thrown something: that is what comes of it, whatever the iterator says. */
  fail(): void {
    this.#hasFailed = true;
  }

  /** Whoever leaves early says so. */
  *close(): Running {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      const { return: leave } = this.#iterator;
      if (leave === undefined || leave === null) return;
      const left = yield* invoke(leave, this.#iterator, []);
      if (typeof left !== 'object' || left === null) throw new TypeError(`${String(left)} is not an object`);
    } catch (error) {
      if (!this.#hasFailed) throw error;
    }
  }
}

/** Begins a walk through an iterable. */
export function* open(iterable: unknown): Running {
  const find = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
  const iterator =
    twinOf(find) === undefined
      ? Reflect.apply(find as () => unknown, iterable, [])
      : yield* invoke(find, iterable, []);
  return new Walk(iterator as Record<'next' | 'return', unknown>);
}
