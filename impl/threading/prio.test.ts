import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PriorityQueue } from './prio.ts';

/** The order that is promised, on values: undefined where there is none. */
function orderOf(one: unknown, other: unknown): number | undefined {
  if (isNumeric(one) && isNumeric(other)) return signOf(one, other);
  if (typeof one === 'string' && typeof other === 'string') return signOf(one, other);
  if (!Array.isArray(one) || !Array.isArray(other)) return undefined;
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const [left, right] = [one[index] as unknown, other[index] as unknown];
    if ((left === null || left === undefined) && left === right) continue;
    const order = orderOf(left, right);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

function isNumeric(value: unknown): value is number | bigint {
  return ['number', 'bigint', 'boolean'].includes(typeof value);
}

function signOf<T extends number | bigint | string>(one: T, other: T): number | undefined {
  if (one < other) return -1;
  if (one > other) return 1;
  return one >= other ? 0 : undefined;
}

const few = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 3 }) },
  fc.constantFrom<unknown>(true, false, 1n, 2n ** 70n, -(2n ** 70n), 2 ** 70, 0.5, -0, Infinity, Number.NaN),
  fc.constantFrom<unknown>('', 'a', 'ab', 'abc', 'abcd', 'ab\0', 'b', '\ud800', '\uffff', null, undefined),
  fc.constantFrom<unknown>({ a: 1 }, new Date(0)),
);
const { item } = fc.letrec<{ item: unknown }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small' },
    { weight: 2, arbitrary: few },
    { weight: 3, arbitrary: fc.array(tie('item'), { maxLength: 3 }) },
  ),
}));

function insert(value: unknown, sorted: unknown[]): void {
  const behind = sorted.findIndex((present) => (orderOf(value, present) as number) < 0);
  sorted.splice(behind === -1 ? sorted.length : behind, 0, value);
}

function outcomeOf(call: () => unknown): { readonly returns: unknown } | { readonly raises: string } {
  try {
    return { returns: call() };
  } catch (error) {
    return { raises: (error as Error).name };
  }
}

describe('PriorityQueue', () => {
  test('gives the least item, of equal ones the first, and refuses what has no order with an item in it', () => {
    let refused = 0;
    let given = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(item, fc.boolean()), { maxLength: 40 }), (puts) => {
        const queue = new PriorityQueue();
        const model: unknown[] = [];
        for (const [value, thenGet] of puts) {
          const hasOrder = model.every((present) => orderOf(value, present) !== undefined);
          expect(outcomeOf(() => queue.put(value))).toEqual(
            hasOrder ? { returns: undefined } : { raises: 'TypeError' },
          );
          if (hasOrder) insert(value, model);
          refused += hasOrder ? 0 : 1;
          const least = thenGet ? model.splice(0, 1) : [];
          expect(least.map(() => queue.getNowait())).toStrictEqual(least);
          given += least.length;
          expect(queue.qsize()).toBe(model.length);
        }
        expect(model.map(() => queue.get())).toStrictEqual(model);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(100);
    expect(given).toBeGreaterThan(100);
  });

  test.each<readonly [string, (position: number) => number]>([
    ['falling', (position) => -position],
    ['rising', (position) => position],
    ['equal', () => 7],
    ['scattered', (position) => (position * 7919) % 3001],
  ])('sorts many %s items', (_, priorityOf) => {
    const queue = new PriorityQueue<readonly [number, number]>();
    const items = Array.from({ length: 3000 }, (__, position) => [priorityOf(position), position] as const);
    for (const each of items) queue.put(each);
    const sorted = items.toSorted(([one, first], [other, second]) => one - other || first - second);
    expect(sorted.map(() => queue.get())).toEqual(sorted);
  });

  test('an item that is refused is neither stored nor a task', () => {
    const queue = new PriorityQueue({ maxsize: 2 });
    queue.put([1, 'one']);
    for (const bad of [1, '1', [1, 2], [Number.NaN], null, {}, [{}], [1, 'one', () => 1]]) {
      expect(() => queue.put(bad)).toThrow(TypeError);
    }
    expect(queue.qsize()).toBe(1);
    expect(queue.get()).toEqual([1, 'one']);
    queue.taskDone();
    expect(() => queue.taskDone()).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });

  test('any item can be in it alone', () => {
    const queue = new PriorityQueue();
    for (const alone of [null, undefined, Number.NaN, { a: 1 }, [{ a: 1 }], [[[]]], new Set([1])]) {
      queue.put(alone);
      expect(queue.get()).toStrictEqual(alone);
    }
  });

  test('arrays within themselves have no order where that would matter, and much is not too much', () => {
    const self: unknown[] = [1];
    self.push(self);
    const queue = new PriorityQueue();
    queue.put(self);
    expect(() => queue.put(self)).toThrow(TypeError);
    queue.put([0, self]);
    let deep: unknown = 1;
    for (let depth = 0; depth < 1000; depth++) deep = [2, deep];
    queue.put(deep);
    expect(() => queue.put(deep)).toThrow(TypeError);
    for (const list of [(queue.get() as unknown[])[1], queue.get()])
      expect((list as unknown[])[1]).toBe(list);
    expect(JSON.stringify(queue.get())).toBe(JSON.stringify(deep));
  });

  test('arrays that are few and yet would be endless to compare are refused', () => {
    let twice: unknown = 1;
    for (let depth = 0; depth < 60; depth++) twice = [twice, twice];
    const queue = new PriorityQueue();
    expect(() => queue.put(twice)).toThrow(expect.objectContaining({ name: 'OverflowError' }));
    expect(queue.empty()).toBe(true);
  });
});
