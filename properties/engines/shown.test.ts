import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asValue, messageOf, nameOf } from './shown.ts';

function refuse(): never {
  throw new TypeError('refused');
}

const cycle: unknown[] = [];
cycle.push(cycle);

const unreadable = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });

describe('asValue', () => {
  test.each([
    [undefined],
    [null],
    [true],
    [false],
    [0],
    [-0],
    [Number.NaN],
    [Infinity],
    [''],
    ['body value'],
  ])('keeps %s', (value) => {
    expect(Object.is(asValue(value), value)).toBe(true);
  });

  test.each<[json: string, value: () => unknown]>([
    ['{"a":[1,"b"]}', () => ({ a: [1, 'b'] })],
    ['[]', () => []],
    ['10n', () => 10n],
    ['Symbol(held)', () => Symbol('held')],
    ['a function', () => refuse],
    ['[object Array]', () => cycle],
    ['[object Object]', () => ({ held: 1n })],
    ['[object Guard]', () => ({ toJSON: refuse, [Symbol.toStringTag]: 'Guard' })],
    ['[object Object]', () => ({ toJSON: () => undefined })],
    ['a value that cannot be shown', () => unreadable],
  ])('shows %s', (json, value) => {
    expect(asValue(value())).toEqual({ json });
  });

  test('cuts long texts, and shows the cut', () => {
    expect(asValue('x'.repeat(1e6))).toBe(`${'x'.repeat(200)}…`);
    expect(asValue(['x'.repeat(1e6)])).toEqual({ json: `["${'x'.repeat(198)}…` });
  });
});

describe('what is thrown', () => {
  test.each<[name: string, message: string, thrown: () => unknown]>([
    ['RangeError', 'too far', () => new RangeError('too far')],
    ['RuntimeError', '[object Object]', () => ({ name: 'RuntimeError', message: 'free' })],
    ['a thrown string', 'held', () => 'held'],
    ['a thrown undefined', 'undefined', () => undefined],
    ['a thrown null', 'null', () => null],
    ['a thrown bigint', '10', () => 10n],
    ['a thrown symbol', 'Symbol(held)', () => Symbol('held')],
    ['a thrown function', String(refuse), () => refuse],
    ['a thrown object', 'a value that cannot be shown', () => Object.create(null) as unknown],
    ['a thrown object', 'a value that cannot be shown', () => unreadable],
    [
      'a thrown object',
      '{"no":"text"}',
      () => Object.assign(new Error('x'), { name: 7, message: { no: 'text' } }),
    ],
  ])('is named %s and says %s', (name, message, thrown) => {
    expect(nameOf(thrown())).toBe(name);
    expect(messageOf(thrown())).toBe(message);
  });

  test('is cut if it is long', () => {
    const long = Object.assign(new Error('m'.repeat(1e6)), { name: 'n'.repeat(1e6) });
    expect(nameOf(long)).toHaveLength(201);
    expect(messageOf(long)).toHaveLength(201);
  });
});

test('whatever there is can be shown', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (anything) => {
      expect(asValue(anything)).not.toBeTypeOf('function');
      expect(nameOf(anything)).toBeTypeOf('string');
      expect(messageOf(anything)).toBeTypeOf('string');
    }),
  );
});
