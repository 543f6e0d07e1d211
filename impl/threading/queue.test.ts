import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Empty, Full, ShutDown } from './errors.ts';
import { Event } from './event.ts';
import { LifoQueue } from './lifo.ts';
import { PriorityQueue } from './prio.ts';
import { Queue } from './queue.ts';
import { SimpleQueue } from './simpleq.ts';
import { TIMEOUT_MAX } from './timeouts.ts';

const classes = { Queue, LifoQueue, PriorityQueue } as const;

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
    const numbers = fc.integer({ min: -1, max: 4 });
    const call = fc.oneof(
      fc.record({
        method: fc.constant('put'),
        item: fc.integer(),
        how: fc.constantFrom(false, 0, { timeout: 0 }),
      }),
      fc.record({
        method: fc.constant('get'),
        item: fc.constant(0),
        how: fc.constantFrom(false, 0, { timeout: 0 }),
      }),
      fc.record({
        method: fc.constantFrom('putNowait', 'getNowait', 'taskDone', 'sizes', 'join', 'maxsize'),
        item: numbers,
      }),
      {
        weight: 1,
        arbitrary: fc.record({ method: fc.constantFrom('shutdown', 'drop'), item: fc.constant(0) }),
      },
    );
    let shut = 0;
    fc.assert(
      fc.property(numbers, fc.array(call, { maxLength: 60 }), (first, calls) => {
        const queue = new Class<number>({ maxsize: first });
        let maxsize = first;
        let unfinished = 0;
        let closed = false;
        let items: number[] = [];
        const isFull = () => maxsize > 0 && items.length >= maxsize;
        for (const { method, item, ...rest } of calls) {
          const how = 'how' in rest ? rest.how : false;
          switch (method) {
            case 'put':
            case 'putNowait': {
              const put = () => (method === 'put' ? queue.put(item, how) : queue.putNowait(item));
              if (closed) raises(put, 'ShutDown');
              else if (isFull()) raises(put, 'Full');
              else {
                expect(put()).toBeUndefined();
                items.push(item);
                unfinished++;
              }
              break;
            }
            case 'get':
            case 'getNowait': {
              const get = () => (method === 'get' ? queue.get(how) : queue.getNowait());
              if (items.length === 0) raises(get, closed ? 'ShutDown' : 'Empty');
              else {
                const next = nextOf(name, items);
                expect(get()).toBe(items[next]);
                items.splice(next, 1);
              }
              break;
            }
            case 'taskDone':
              if (unfinished === 0) raises(() => queue.taskDone(), 'ValueError');
              else {
                expect(queue.taskDone()).toBeUndefined();
                unfinished--;
              }
              break;
            case 'join':
              if (unfinished === 0) expect(queue.join()).toBeUndefined();
              break;
            case 'maxsize':
              queue.maxsize = item;
              maxsize = item;
              break;
            case 'shutdown':
              expect(queue.shutdown()).toBeUndefined();
              closed = true;
              shut++;
              break;
            case 'drop':
              queue.shutdown({ immediate: true });
              closed = true;
              unfinished = Math.max(0, unfinished - items.length);
              items = [];
              break;
          }
          expect([queue.qsize(), queue.empty(), queue.full(), queue.maxsize]).toEqual([
            items.length,
            items.length === 0,
            isFull(),
            maxsize,
          ]);
        }
      }),
      { numRuns: 200 },
    );
    expect(shut).toBeGreaterThan(0);
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
      if (Other !== Class) expect(() => Other.from(new Class()), name).toThrow(TypeError);
    }
  }
});

test('the errors are classes of their own', () => {
  for (const Class of [Empty, Full, ShutDown]) {
    expect(Object.getPrototypeOf(Class)).toBe(Error);
    expect(new Class().name).toBe(Class.name);
  }
});

/** Which item comes next, by position. */
function nextOf(name: string, items: readonly number[]): number {
  if (name === 'Queue') return 0;
  return name === 'LifoQueue' ? items.length - 1 : items.indexOf(Math.min(...items));
}
