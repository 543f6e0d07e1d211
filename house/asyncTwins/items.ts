import assert from 'node:assert/strict';
import { Lock, OverflowError, PriorityQueue, Queue } from '../../impl/threading/index.ts';

const mebibyte = 2 ** 20;

/** Checks that what goes through a queue comes out as it was, or is refused. */
export async function checkItems(): Promise<void> {
  await comesBackAsItWas(new Queue());
  await staysInOrder();
  await refusesWhatCannotBeCloned(new Queue());
  await growsToItsLimit(new Queue());
}

async function comesBackAsItWas(queue: Queue): Promise<void> {
  const loop: { self?: unknown } = {};
  loop.self = loop;
  const numbers = [0, -0, 0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 31)];
  const texts = ['', 'a', 'äöü\u{1F512}', '\ud800', 'long '.repeat(200), 'x'.repeat(257)];
  const bigints = [0n, -1n, 2n ** 32n, -(2n ** 64n) + 1n, 10n ** 100n];
  const others = [undefined, null, true, false, [], [1, ['two', 3n]], { a: { b: [null] } }, loop];
  const objects = [
    new Map([[1, new Set(['a'])]]),
    new Date(0),
    /a/g,
    Uint8Array.of(1, 2, 3),
    new RangeError('x'),
  ];
  const items = [...numbers, ...texts, ...bigints, ...others, ...objects];
  const got = (async () => {
    const all: unknown[] = [];
    while (all.length < items.length) all.push(await queue.getAsync());
    return all;
  })();
  for (const item of items) await queue.putAsync(item);
  assert.deepStrictEqual(await got, items);
}

async function staysInOrder(): Promise<void> {
  const queue = new PriorityQueue();
  const sorted = [
    [0, 'b'],
    [0, 'b', { has: 'no order' }],
    [1n, null, 'a'],
    [1, null, 'b'],
    [1, null, 'b', 0],
    [true, null, 'c'],
    [1.5, undefined, [1, 2]],
    [1.5, undefined, [2]],
    [2n ** 64n],
    [2n ** 65n],
  ];
  for (const item of sorted.toReversed()) await queue.putAsync(item);
  for (const item of sorted) assert.deepStrictEqual(await queue.getAsync(), item);
  for (const [there, wrong] of [
    [1, 'text'],
    [1, Number.NaN],
    [
      [1, {}],
      [1, {}],
    ],
    ['text', [1]],
    [null, 1],
  ]) {
    await queue.putAsync(there);
    await assert.rejects(queue.putAsync(wrong), TypeError);
    assert.deepStrictEqual(await queue.getAsync(), there);
  }
}

async function refusesWhatCannotBeCloned(queue: Queue): Promise<void> {
  const raising = {
    get item() {
      throw new RangeError('thrown by the getter');
    },
  };
  for (const item of [() => 1, Symbol('a'), Promise.resolve(), new WeakMap(), { deep: [() => 1] }]) {
    await assert.rejects(queue.putAsync(item), TypeError);
  }
  const memory = new SharedArrayBuffer(4);
  for (const item of [memory, new Int32Array(memory), new Lock(), [queue]]) {
    await assert.rejects(queue.putAsync(item), TypeError, 'shared memory does not go through shared memory');
  }
  await assert.rejects(queue.putAsync(raising), RangeError);
  assert.deepEqual([queue.qsize(), queue.empty()], [0, true]);
  await queue.joinAsync();
}

/** Its memory doubles again and again, and what others hold of it sees that. */
async function growsToItsLimit(queue: Queue): Promise<void> {
  const posted = Queue.from(structuredClone(queue));
  for (let item = 0; item < 1000; item++) await queue.putAsync(item);
  for (let item = 0; item < 1000; item++) assert.equal(await posted.getAsync(), item);
  // Each word of data takes eight sevenths of its size.
  await assert.rejects(queue.putAsync(new Uint8Array(60 * mebibyte)), OverflowError, 'not even alone');
  const half = new Uint8Array(30 * mebibyte).fill(7);
  await queue.putAsync(half);
  await assert.rejects(posted.putAsync(half), OverflowError);
  assert.equal(queue.qsize(), 1);
  assert.deepEqual(Buffer.from((await posted.getAsync()) as Uint8Array).equals(half), true);
  await posted.putAsync('there is room again');
  assert.equal(await queue.getAsync(), 'there is room again');
}
