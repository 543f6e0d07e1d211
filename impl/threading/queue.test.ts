import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Empty, Full, ShutDown, ValueError } from './errors.ts';
import { Event } from './event.ts';
import { LifoQueue } from './lifo.ts';
import { PriorityQueue } from './prio.ts';
import { Queue } from './queue.ts';
import { SimpleQueue } from './simpleq.ts';
import { TIMEOUT_MAX } from './timeouts.ts';

const classes = { Queue, LifoQueue, PriorityQueue } as const;

/** What a queue has to do when nobody else uses it. */
class Model {
  readonly #name: string;
  #maxsize: number;
  #items: number[] = [];
  #unfinished = 0;
  #closed = false;

  constructor(name: string, maxsize: number) {
    this.#name = name;
    this.#maxsize = maxsize;
  }

  put(item: number): void {
    if (this.#closed) throw new ShutDown();
    if (this.isFull) throw new Full();
    this.#items.push(item);
    this.#unfinished++;
  }

  get(): number {
    if (this.#items.length === 0) throw this.#closed ? new ShutDown() : new Empty();
    const least = this.#items.indexOf(Math.min(...this.#items));
    const next = { Queue: 0, LifoQueue: this.#items.length - 1 }[this.#name] ?? least;
    return this.#items.splice(next, 1)[0] as number;
  }

  taskDone(): void {
    if (this.#unfinished === 0) throw new ValueError();
    this.#unfinished--;
  }

  join(): void {}

  resize(maxsize: number): void {
    this.#maxsize = maxsize;
  }

  shutdown(): void {
    this.#closed = true;
  }

  drop(): void {
    this.#closed = true;
    this.#unfinished = Math.max(0, this.#unfinished - this.#items.length);
    this.#items = [];
  }

  get isFull(): boolean {
    return this.#maxsize > 0 && this.#items.length >= this.#maxsize;
  }

  /** Whether a join would block. */
  get isBusy(): boolean {
    return this.#unfinished > 0;
  }

  sizes(): readonly unknown[] {
    return [this.#items.length, this.#items.length === 0, this.isFull, this.#maxsize];
  }
}

type Method = 'put' | 'get' | 'taskDone' | 'join' | 'resize' | 'shutdown' | 'drop';

/** Ways to only try; each item picks one. */
const tries = [false, 0, { block: false }, { timeout: 0 }, { block: false, timeout: -1 }] as const;
const waysTo = (item: number) => tries[Math.abs(item) % tries.length];

const perform: Readonly<Record<Method, (queue: Queue<number>, item: number, model: Model) => unknown>> = {
  put: (queue, item) => (item % 3 === 0 ? queue.putNowait(item) : queue.put(item, waysTo(item))),
  get: (queue, item) => (item % 3 === 0 ? queue.getNowait() : queue.get(waysTo(item))),
  taskDone: (queue) => queue.taskDone(),
  join: (queue, _, { isBusy }) => (isBusy ? undefined : queue.join()),
  resize: (queue, item) => {
    queue.maxsize = item;
  },
  shutdown: (queue) => queue.shutdown(),
  drop: (queue, item) => queue.shutdown(item % 2 === 0 ? true : { immediate: true }),
};

const calls = fc.record({
  method: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom<Method>('put', 'put', 'get') },
    { weight: 10, arbitrary: fc.constantFrom<Method>('taskDone', 'join', 'resize') },
    fc.constantFrom<Method>('shutdown', 'drop'),
  ),
  item: fc.integer({ min: -1, max: 12 }),
});

function raises(action: () => unknown, name: string): void {
  expect(action).toThrow(expect.objectContaining({ name }));
}

describe.each(Object.entries(classes))('%s', (name, Class) => {
  test.each([
    [undefined, 0],
    [{}, 0],
    [{ maxsize: undefined }, 0],
    [3, 3],
    [{ maxsize: -2 }, -2],
    [{ maxsize: 2 ** 40 }, 2 ** 40],
  ])('of %o has the largest size %i', (options, maxsize) => {
    expect(new Class(options).maxsize).toBe(maxsize);
  });

  test.each([[1.5], [Number.NaN], [Infinity], [{ maxsize: '2' }], [{ maxsize: null }], [{ maxsize: true }]])(
    'cannot have the largest size %o',
    (options) => {
      raises(() => new Class(options as never), 'TypeError');
      const queue = new Class(4);
      const { maxsize } = typeof options === 'object' ? options : { maxsize: options };
      raises(() => {
        queue.maxsize = maxsize as never;
      }, 'TypeError');
      expect(queue.maxsize).toBe(4);
    },
  );

  test('does what its documentation says, whatever is called in whatever order', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 4 }), fc.array(calls, { maxLength: 60 }), (maxsize, made) => {
        const queue = new Class<number>({ maxsize });
        const model = new Model(name, maxsize);
        for (const { method, item } of made) {
          expect(outcomeOf(() => perform[method](queue, item, model))).toEqual(
            outcomeOf(() => model[method](item)),
          );
          expect([queue.qsize(), queue.empty(), queue.full(), queue.maxsize]).toEqual(model.sizes());
        }
      }),
      { numRuns: 200 },
    );
  });

  test('bad time-outs are refused only where they matter, and change nothing', async () => {
    const bad = [
      [-1, 'ValueError'],
      [-Infinity, 'ValueError'],
      [Number.NaN, 'ValueError'],
      ['1', 'TypeError'],
      [true, 'TypeError'],
    ] as const;
    const tooLong = [Infinity, TIMEOUT_MAX + 1];
    const queue = new Class<number>({ maxsize: 2 });
    queue.put(1, { timeout: Infinity });
    for (const [timeout, error] of bad) {
      raises(() => queue.put(2, { timeout: timeout as never }), error);
      raises(() => queue.get({ timeout: timeout as never }), error);
      await expect(queue.putAsync(2, { timeout: timeout as never })).rejects.toThrow(
        expect.objectContaining({ name: error }),
      );
      await expect(queue.getAsync({ timeout: timeout as never })).rejects.toThrow(
        expect.objectContaining({ name: error }),
      );
    }
    queue.put(2, { block: false, timeout: -1 });
    for (const timeout of tooLong) {
      raises(() => queue.put(3, { timeout }), 'OverflowError');
      await expect(queue.putAsync(3, { timeout })).rejects.toThrow(
        expect.objectContaining({ name: 'OverflowError' }),
      );
    }
    raises(() => queue.put(3, { block: 0, timeout: '1' as never }), 'Full');
    expect(queue.qsize()).toBe(2);
    queue.get({ timeout: Infinity });
    queue.get({ block: false, timeout: -1 });
    for (const timeout of tooLong) {
      raises(() => queue.get({ timeout }), 'OverflowError');
      await expect(queue.getAsync({ timeout })).rejects.toThrow(
        expect.objectContaining({ name: 'OverflowError' }),
      );
    }
    raises(() => queue.get({ timeout: -1 }), 'ValueError');
    raises(() => queue.get({ block: false, timeout: -1 }), 'Empty');
    queue.maxsize = 0;
    queue.put(1, { timeout: -1 });
    queue.shutdown(true);
    raises(() => queue.put(1, { timeout: -1 }), 'ShutDown');
    raises(() => queue.get({ timeout: -1 }), 'ShutDown');
  });

  test('an item that cannot be stored changes nothing', () => {
    const queue = new Class<unknown>({ maxsize: 1 });
    for (const put of [
      () => queue.put(() => 1),
      () => queue.putNowait(new Event()),
      () => queue.put(Symbol('s'), 0),
    ]) {
      raises(put, 'TypeError');
    }
    expect(queue.empty()).toBe(true);
    raises(() => queue.taskDone(), 'ValueError');
    queue.put('fine');
    expect(queue.get()).toBe('fine');
  });

  test('can be made of nothing but its like', () => {
    for (const handle of [undefined, null, {}, new Event(), new SimpleQueue(), { primitive: name }]) {
      expect(() => Class.from(handle as never)).toThrow(TypeError);
    }
    const queue = new Class<unknown>({ maxsize: 3 });
    const same = Class.from(structuredClone(queue));
    expect(same).toBeInstanceOf(Class);
    queue.put('x'.repeat(2000));
    expect(same.get()).toBe('x'.repeat(2000));
  });
});

test('a queue of one kind is no queue of another', () => {
  for (const [name, Class] of Object.entries(classes)) {
    for (const Other of Object.values(classes)) {
      expect(outcomeOf(() => Other.from(new Class()).primitive)).toEqual(
        Other === Class ? { returns: name } : { raises: 'TypeError' },
      );
    }
  }
});

test('the errors are classes of their own', () => {
  for (const Class of [Empty, Full, ShutDown]) {
    expect(Object.getPrototypeOf(Class)).toBe(Error);
    expect(new Class().name).toBe(Class.name);
  }
});

/** What a call shows. */
function outcomeOf(call: () => unknown): { readonly returns: unknown } | { readonly raises: string } {
  try {
    return { returns: call() };
  } catch (error) {
    return { raises: (error as Error).name };
  }
}
