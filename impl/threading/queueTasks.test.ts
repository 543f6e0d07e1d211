import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Queue } from './queue.ts';
import { SimpleQueue } from './simpleq.ts';

const named = (name: string) => expect.objectContaining({ name });

describe('tasks', () => {
  test('get every item once, those of one producer in order, and never more at a time than there may be', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (maxsize, producers, consumers) => {
          const queue = new Queue<readonly [number, number]>(maxsize);
          const got: (readonly [number, number])[] = [];
          const produce = async (count: number, producer: number) => {
            for (let item = 0; item < count; item++) {
              await queue.putAsync([producer, item]);
              expect(queue.qsize()).toBeLessThanOrEqual(maxsize > 0 ? maxsize : Infinity);
            }
          };
          const consume = async () => {
            for (;;) {
              got.push(await queue.getAsync());
              queue.taskDone();
            }
          };
          const ended = Array.from({ length: consumers }, consume);
          await Promise.all(producers.map(produce));
          await queue.joinAsync();
          queue.shutdown();
          for (const each of ended) await expect(each).rejects.toThrow(named('ShutDown'));
          producers.forEach((count, producer) => {
            const items = got.filter(([by]) => by === producer).map(([, item]) => item);
            expect(items).toEqual(Array.from({ length: count }, (_, item) => item));
          });
          expect(got).toHaveLength(producers.reduce((sum, count) => sum + count, 0));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('give up when their time is over, not before, and take and store nothing', async () => {
    const queue = new Queue<number>(1);
    const begin = performance.now();
    await expect(queue.getAsync({ timeout: 0.05 })).rejects.toThrow(named('Empty'));
    queue.put(1);
    await expect(queue.putAsync(2, { timeout: 0.05 })).rejects.toThrow(named('Full'));
    expect(performance.now() - begin).toBeGreaterThanOrEqual(98);
    const waiting = queue.putAsync(3);
    expect(queue.get()).toBe(1);
    await waiting;
    expect(await queue.getAsync()).toBe(3);
    queue.taskDone();
    queue.taskDone();
    expect(() => queue.taskDone()).toThrow(named('ValueError'));
  });

  test('that only try do not wait', async () => {
    const queue = new Queue<number>(1);
    for (const how of [false, 0, { block: false }, { timeout: 0 }] as const) {
      await expect(queue.getAsync(how)).rejects.toThrow(named('Empty'));
      await queue.putAsync(1, how);
      await expect(queue.putAsync(2, how)).rejects.toThrow(named('Full'));
      expect(await queue.getAsync(how)).toBe(1);
    }
  });

  test('that wait are all ended by shutdown', async () => {
    const empty = new Queue<number>();
    const full = new Queue<number>(1);
    full.put(1);
    const waiting = [empty.getAsync(), empty.getAsync({ timeout: 3600 }), full.putAsync(2), full.putAsync(3)];
    empty.shutdown();
    full.shutdown();
    for (const each of waiting) await expect(each).rejects.toThrow(named('ShutDown'));
    expect(await full.getAsync()).toBe(1);
    await expect(full.getAsync()).rejects.toThrow(named('ShutDown'));
    full.taskDone();
    await full.joinAsync();
  });

  test('that put have room when the largest size grows', async () => {
    const queue = new Queue<number>(1);
    queue.put(1);
    const waiting = [queue.putAsync(2), queue.putAsync(3)];
    queue.maxsize = 2;
    await Promise.race(waiting);
    expect(queue.qsize()).toBe(2);
    queue.maxsize = 0;
    await Promise.all(waiting);
    expect(queue.qsize()).toBe(3);
  });
});

describe('joinAsync', () => {
  test('passes when the last task is done, and all of them do', async () => {
    const queue = new Queue<number>();
    await queue.joinAsync();
    queue.put(1);
    queue.put(2);
    let passed = 0;
    const joins = [1, 2, 3].map(() => queue.joinAsync().then(() => passed++));
    queue.get();
    queue.get();
    queue.taskDone();
    await expect(queue.getAsync({ timeout: 0.02 })).rejects.toThrow(named('Empty'));
    expect(passed).toBe(0);
    queue.taskDone();
    queue.put(3);
    await Promise.all(joins);
    expect(passed).toBe(3);
  });

  test('is ended by a shutdown that drops what is left, unless items are being worked on', async () => {
    const queue = new Queue<number>();
    for (const item of [1, 2, 3]) queue.put(item);
    queue.get();
    let passed = false;
    const join = queue.joinAsync().then(() => (passed = true));
    queue.shutdown({ immediate: true });
    await expect(queue.getAsync()).rejects.toThrow(named('ShutDown'));
    await expect(new Queue().getAsync({ timeout: 0.02 })).rejects.toThrow(named('Empty'));
    expect(passed).toBe(false);
    queue.taskDone();
    await join;
  });
});

describe('SimpleQueue', () => {
  test('is a list', () => {
    const put = fc.constantFrom(
      (queue: SimpleQueue, item: unknown) => queue.put(item),
      (queue: SimpleQueue, item: unknown) => queue.put(item, { block: false, timeout: -5 }),
      (queue: SimpleQueue, item: unknown) => queue.putNowait(item),
    );
    const get = fc.constantFrom(
      (queue: SimpleQueue) => queue.get(),
      (queue: SimpleQueue) => queue.get({ block: false, timeout: -5 }),
      (queue: SimpleQueue) => queue.getNowait(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(put, fc.anything(), fc.array(get, { maxLength: 2 }))), (rounds) => {
        const queue = new SimpleQueue();
        const items: unknown[] = [];
        for (const [putItem, item, gets] of rounds) {
          putItem(queue, item);
          items.push(structuredClone(item));
          for (const getItem of gets.slice(0, items.length)) {
            expect(getItem(queue)).toStrictEqual(items.shift());
          }
          expect([queue.qsize(), queue.empty()]).toEqual([items.length, items.length === 0]);
        }
        for (const item of items) expect(queue.get()).toStrictEqual(item);
        expect(() => queue.get(false)).toThrow(named('Empty'));
        expect(() => queue.get({ block: false, timeout: -5 })).toThrow(named('Empty'));
        expect(() => queue.getNowait()).toThrow(named('Empty'));
      }),
    );
  });

  test('has nothing that only other queues have', () => {
    const queue = new SimpleQueue();
    for (const name of ['maxsize', 'full', 'taskDone', 'join', 'joinAsync', 'shutdown']) {
      expect(name in queue).toBe(false);
    }
    expect(() => Reflect.construct(SimpleQueue, [1])).toThrow(TypeError);
  });

  test('refuses negative time-outs where it may wait, and expires where it has to', async () => {
    const queue = new SimpleQueue<number>();
    queue.put(1);
    expect(() => queue.get({ timeout: -1 })).toThrow(named('ValueError'));
    expect(queue.get({ timeout: 0 })).toBe(1);
    expect(() => queue.get({ timeout: 0 })).toThrow(named('Empty'));
    await expect(queue.getAsync({ timeout: 0.02 })).rejects.toThrow(named('Empty'));
    const waiting = queue.getAsync();
    queue.put(2);
    expect(await waiting).toBe(2);
  });

  test('can be made of nothing but its like', () => {
    expect(() => SimpleQueue.from(new Queue())).toThrow(TypeError);
    const queue = new SimpleQueue<string>();
    SimpleQueue.from<string>(structuredClone(queue)).put('there');
    expect(queue.get()).toBe('there');
  });
});
