import { describe, expect, test } from 'vitest';
import { defineImplementation } from '../../impl/defineImplementation.ts';
import type { Implementation } from '../../impl/implementation.ts';
import type { Args, Family } from '../../spec/program.ts';
import { Loaded } from './loaded.ts';

class OwnError extends Error {}

function loadedOf(implementation: Implementation, family: Family = 'lock'): Loaded {
  return new Loaded(implementation, [family], 'body');
}

const plain = { create: () => 'memory', open: (memory: string) => memory };

describe('create', () => {
  test.each(['lock', 'rlock', 'event'] as const)(
    'of %s refuses arguments where it declares none',
    (family) => {
      const implementation = defineImplementation({ name: 'mine', [family]: plain });
      const loaded = loadedOf(implementation, family);
      expect(loaded.create({ family, args: {} })).toBe('memory');
      expect(() => loaded.create({ family, args: { value: 1 } })).toThrow(TypeError);
    },
  );

  test.each(['sem', 'bsem'] as const)('of %s always has its arguments as an object', (family) => {
    const create = ({ value = 1 }: Args = {}) => value;
    const implementation = { name: 'mine', [family]: { create, open: plain.open } } as Implementation;
    const loaded = loadedOf(implementation, family);
    expect(loaded.create({ family, args: {} })).toBe(1);
    expect(loaded.create({ family, args: { value: 0 } })).toBe(0);
    const strict = { name: 'mine', [family]: { create: ({ value }: Args) => value, open: plain.open } };
    expect(loadedOf(strict as Implementation, family).create({ family, args: {} })).toBeUndefined();
  });
});

describe('a call', () => {
  const spy: unknown[] = [];
  const object = {
    acquire(...args: unknown[]) {
      spy.push(this, ...args);
      return true;
    },
  };

  test('that is not mapped is the method, with its arguments as one object or none', () => {
    const loaded = loadedOf(defineImplementation({ name: 'mine', lock: plain }));
    spy.length = 0;
    expect(loaded.invoke({ object: 0, method: 'acquire', args: {} }, object)).toBe(true);
    expect(loaded.invoke({ object: 0, method: 'acquire', args: { timeout: 1 } }, object)).toBe(true);
    expect(spy).toEqual([object, object, { timeout: 1 }]);
    expect(() => loaded.invoke({ object: 0, method: 'release', args: {} }, object)).toThrow(
      "lock has no method 'release'",
    );
  });

  test('that is mapped is given the object and its arguments', () => {
    const loaded = loadedOf(
      defineImplementation({ name: 'mine', lock: { ...plain, acquire: (...given) => given } }),
    );
    expect(loaded.invoke({ object: 0, method: 'acquire', args: {} }, 'object')).toEqual(['object', {}]);
  });

  test('cannot change the program', () => {
    const spoil = (_: unknown, args: Args) => Object.assign(args, { timeout: 5 });
    const implementation = { name: 'mine', lock: { ...plain, acquire: spoil } } as unknown as Implementation;
    const call = { object: 0, method: 'acquire', args: { timeout: 1 } };
    loadedOf(implementation).invoke(call, 'object');
    loadedOf(defineImplementation({ name: 'mine', lock: plain })).invoke(call, {
      acquire: (args: Args) => spoil(undefined, args),
    });
    expect(call.args).toEqual({ timeout: 1 });
  });
});

describe('an error', () => {
  const own = defineImplementation({
    name: 'mine',
    lock: plain,
    errors: { RuntimeError: OwnError, ValueError: 'RangeError' },
  });

  test.each<[unknown, string]>([
    [new OwnError('own'), 'RuntimeError'],
    [new RangeError('far'), 'ValueError'],
    [Object.assign(new Error('other'), { name: 'OverflowError' }), 'OverflowError'],
    [new TypeError('type'), 'TypeError'],
    ['RuntimeError', 'a thrown string'],
    [null, 'a thrown null'],
  ])('%s is %s', (thrown, kind) => {
    expect(loadedOf(own).errorOutcome(thrown)).toHaveProperty('raises', kind);
  });

  test('that cannot be looked at is a thrown object, whatever the map says', () => {
    const refuse = () => {
      throw new Error('refused');
    };
    const unreadable = new Proxy({}, { get: refuse, getPrototypeOf: refuse });
    expect(loadedOf(own).errorOutcome(unreadable)).toEqual({
      raises: 'a thrown object',
      message: 'a value that cannot be shown',
    });
  });
});

test('an object that cannot be looked at offers nothing', () => {
  const loaded = loadedOf(defineImplementation({ name: 'mine', lock: { ...plain, release: () => null } }));
  const unreadable = new Proxy(
    {},
    {
      get: () => {
        throw new Error('refused');
      },
    },
  );
  expect(loaded.offers('lock', 'acquire', unreadable)).toBe(false);
  expect(loaded.offers('lock', 'acquire', undefined)).toBe(false);
  expect(loaded.offers('lock', 'acquire', { acquire: () => true })).toBe(true);
  expect(loaded.offers('lock', 'release', unreadable)).toBe(true);
});
