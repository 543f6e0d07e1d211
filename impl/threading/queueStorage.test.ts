import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maximalBytes, type Words } from './blocks.ts';
import { LifoQueue } from './lifo.ts';
import { PriorityQueue } from './prio.ts';
import { Queue } from './queue.ts';
import { SimpleQueue } from './simpleq.ts';

const classes = { Queue, LifoQueue, PriorityQueue, SimpleQueue } as const;
const overflow = expect.objectContaining({ name: 'OverflowError' });

describe.each(Object.entries(classes))('the memory of %s', (_, Class) => {
  test('is small at first, grows as need be, and is used again', () => {
    const queue = new Class<string>();
    const bytes = () => queue.memory.buffer.byteLength;
    expect(bytes()).toBeLessThanOrEqual(1024);
    const items = Array.from({ length: 1000 }, (__, position) =>
      `${position}`.padStart(1 + (position % 300)),
    );
    const fill = () => {
      for (const item of items) queue.put(item);
      const got = items.map(() => queue.get());
      expect(got.toSorted()).toEqual(items.toSorted());
    };
    fill();
    const grown = bytes();
    expect(grown).toBeGreaterThan(1024);
    for (let round = 0; round < 5; round++) fill();
    expect(bytes()).toBe(grown);
  });

  test('has a limit, at which a put raises and changes nothing', () => {
    const queue = new Class<readonly [number, Buffer]>();
    const large = Buffer.alloc(2 ** 22, 7);
    let stored = 0;
    expect(() => {
      for (; stored < 100; stored++) queue.put([stored, large]);
    }).toThrow(overflow);
    expect(stored).toBeGreaterThan(10);
    expect(queue.qsize()).toBe(stored);
    expect(queue.memory.buffer.byteLength).toBeLessThanOrEqual(maximalBytes);
    expect(() => queue.put([stored, large])).toThrow(overflow);
    const [, data] = queue.get();
    expect(data.equals(large)).toBe(true);
    queue.put([stored, large]);
    const tasks = queue instanceof Queue ? queue : undefined;
    for (let task = 0; task <= stored; task++) tasks?.taskDone();
    tasks?.join();
  });

  test('may be refused by the system, which then changes nothing', () => {
    const queue = new Class<string>();
    const { buffer } = queue.memory;
    Object.defineProperty(buffer, 'grow', {
      configurable: true,
      value() {
        throw new RangeError('out of memory');
      },
    });
    queue.put('here');
    expect(() => queue.put('x'.repeat(10_000))).toThrow(overflow);
    expect(queue.qsize()).toBe(1);
    Reflect.deleteProperty(buffer, 'grow');
    queue.put('x'.repeat(10_000));
    expect([queue.get(), queue.get()].toSorted()).toEqual(['here', 'x'.repeat(10_000)]);
  });

  test('is seen to grow by all who have the queue', () => {
    const queue = new Class<string>();
    const others = [Class.from<string>(structuredClone(queue)), Class.from<string>(queue)];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(4000)), { maxLength: 10 }), (puts) => {
        const all = [queue, ...others];
        for (const [by, length] of puts) all[by]?.put('y'.repeat(length));
        const got = puts.map((__, position) => all[position % 3]?.getNowait() ?? '');
        expect(got.toSorted()).toEqual(puts.map(([, length]) => 'y'.repeat(length)).toSorted());
      }),
      { numRuns: 50 },
    );
  });
});

test('an item that can never be stored is refused at once, room or not', () => {
  const queue = new Queue(1);
  queue.put(1);
  expect(() => queue.put(Buffer.alloc(maximalBytes))).toThrow(overflow);
  expect(queue.qsize()).toBe(1);
});

test('what shutdown drops is free again', () => {
  const queue = new Queue<number>();
  for (let item = 0; item < 5000; item++) queue.put(item);
  queue.shutdown({ immediate: true });
  expect(queue.qsize()).toBe(0);
  queue.join();
});

describe('a hook that raises', () => {
  class Failing extends Queue<number> {
    failing: 'insert' | 'remove' | undefined;

    protected override insert(words: Words, item: number): void {
      if (this.failing === 'insert') throw new RangeError('insert');
      super.insert(words, item);
    }

    protected override remove(words: Words): number {
      if (this.failing === 'remove') throw new RangeError('remove');
      return super.remove(words);
    }
  }

  test('leaves the queue as it was, and usable', async () => {
    const queue = new Failing({ maxsize: 2 });
    queue.put(1);
    queue.failing = 'insert';
    expect(() => queue.put(2)).toThrow(RangeError);
    expect(() => queue.putNowait(2)).toThrow(RangeError);
    await expect(queue.putAsync(2)).rejects.toThrow(RangeError);
    const bytes = queue.memory.buffer.byteLength;
    for (let time = 0; time < 1000; time++) expect(() => queue.put(2)).toThrow(RangeError);
    expect(queue.memory.buffer.byteLength).toBe(bytes);
    queue.failing = 'remove';
    expect(() => queue.get()).toThrow(RangeError);
    await expect(queue.getAsync()).rejects.toThrow(RangeError);
    queue.failing = undefined;
    expect(queue.qsize()).toBe(1);
    queue.put(2);
    expect(queue.full()).toBe(true);
    expect([queue.get(), queue.get()]).toEqual([1, 2]);
    queue.taskDone();
    queue.taskDone();
    queue.join();
  });
});
