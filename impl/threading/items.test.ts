import fc from 'fast-check';
import * as v8 from 'node:v8';
import { describe, expect, test } from 'vitest';
import { cloned, cloneOf, clonerOf } from './clones.ts';
import { Event } from './event.ts';
import { decode, encode } from './items.ts';
import { encodeOrdered } from './keys.ts';
import { Lock } from './lock.ts';
import { Queue } from './queue.ts';

const texts = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 600 })
  .map((units) => String.fromCharCode(...units));
const simple = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
  fc.boolean(),
  fc.constantFrom(null, undefined, 0, -0, '', 0n, -(2n ** 32n), 2n ** 64n - 1n, Number.NaN),
  texts,
);
const clonable = fc.anything({
  values: [simple],
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

describe('an item', () => {
  test.each([
    ['encode', encode],
    ['encodeOrdered', encodeOrdered],
  ])('comes back as it was after %s', (_, encoder) => {
    fc.assert(
      fc.property(fc.oneof(simple, clonable, fc.array(simple)), (item) => {
        const encoded = encoder(item);
        expect(decode({ ...encoded, words: Int32Array.from(encoded.words) })).toStrictEqual(
          structuredClone(item),
        );
      }),
    );
  });

  test('may refer to itself', () => {
    const item: { self?: unknown; list: unknown[] } = { list: [] };
    item.self = item;
    item.list.push(item.list);
    const clone = decode(encode(item)) as typeof item;
    expect(clone.self).toBe(clone);
    expect(clone.list[0]).toBe(clone.list);
    const list = decode(encodeOrdered(item.list)) as unknown[];
    expect(list[0]).toBe(list);
  });

  test.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a function within', { list: [new Map([['f', () => 1]])] }],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
    ['a port', new MessageChannel().port1],
    ['shared memory', new SharedArrayBuffer(8)],
    ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8))],
    ['shared memory within', [{ memory: new SharedArrayBuffer(8) }]],
    ['a lock', new Lock()],
    ['an event within', { job: { done: new Event() } }],
    ['a queue', new Queue()],
  ])('is refused if it is %s', (_, item) => {
    expect(() => encode(item)).toThrow(TypeError);
    expect(() => encodeOrdered([item])).toThrow(TypeError);
  });

  test('passes on what its getters raise', () => {
    const item = {
      get value() {
        throw new RangeError('not now');
      },
    };
    expect(() => encode(item)).toThrow(RangeError);
  });
});

describe("without Node's v8", () => {
  const { write, read } = clonerOf(undefined);

  test('items that JSON can say come back as they were', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (item) => {
        // JSON knows no negative zero.
        fc.pre(
          !JSON.stringify(item, (_, value: unknown) => (Object.is(value, -0) ? '-0' : value)).includes(
            '"-0"',
          ),
        );
        expect(read(write(item))).toEqual(item);
      }),
    );
  });

  test.each([
    [undefined],
    [{ value: undefined }],
    [[1n]],
    [[Number.NaN]],
    [[-0]],
    [[Infinity]],
    [new Date(0)],
    [{ when: new Date(0) }],
    [new Map()],
    [{ toJSON: () => 1 }],
    [() => 1],
    [new Lock()],
  ])('%o is refused', (item) => {
    expect(() => write(item)).toThrow(TypeError);
  });
});

test('clones are those of node:v8', () => {
  const item = { since: new Date(7) };
  expect(cloned(v8.serialize(item))).toStrictEqual(item);
  expect(v8.deserialize(cloneOf(item))).toStrictEqual(item);
});
