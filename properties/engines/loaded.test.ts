import { describe, expect, test } from 'vitest';
import { defineImplementation } from '../../impl/defineImplementation.ts';
import type { Implementation } from '../../impl/implementation.ts';
import { call, giving, object, on, reads, reference, throwing } from '../../spec/example.ts';
import type { Outcome } from '../../spec/history.ts';
import { type Args, type Callback, callbackError, type ObjectSpec } from '../../spec/program.ts';
import { Loaded } from './loaded.ts';

class OwnError extends Error {}

const told: Outcome[] = [];
const stage = { beforeCallback: () => {}, callback: (outcome: Outcome) => void told.push(outcome) };

function loadedOf(implementation: Implementation, ...objects: readonly ObjectSpec[]): Loaded {
  return new Loaded(implementation, objects.length > 0 ? objects : [object('lock')], 'body', stage);
}

const plain = { create: () => 'memory', open: (memory: string) => memory };

describe('create', () => {
  test.each(['lock', 'rlock', 'event'] as const)(
    'of %s refuses arguments where it declares none',
    (family) => {
      const implementation = defineImplementation({ name: 'mine', [family]: plain });
      expect(loadedOf(implementation, object(family)).create()).toEqual(['memory']);
      const refused = loadedOf(implementation, object(family, { value: 1 }));
      expect(() => refused.create()).toThrow(
        expect.objectContaining({ name: 'Refusal', object: 0, thrown: expect.any(TypeError) }),
      );
    },
  );

  test.each(['sem', 'bsem'] as const)('of %s always has its arguments as an object', (family) => {
    const create = ({ value = 1 }: Args = {}) => value;
    const implementation = { name: 'mine', [family]: { create, open: plain.open } } as Implementation;
    expect(loadedOf(implementation, object(family)).create()).toEqual([1]);
    expect(loadedOf(implementation, object(family, { value: 0 })).create()).toEqual([0]);
    const strict = { name: 'mine', [family]: { create: ({ value }: Args) => value, open: plain.open } };
    expect(loadedOf(strict as Implementation, object(family)).create()).toEqual([undefined]);
  });

  test('hands over other objects as they were opened, whatever their place', () => {
    const implementation = {
      name: 'mine',
      lock: { create: () => 'memory', open: (memory: string) => ({ memory }) },
      cond: { create: (args: unknown) => args, open: (made: unknown, args: unknown) => [made, args] },
    } as unknown as Implementation;
    const loaded = loadedOf(implementation, object('cond', { lock: reference(1) }), object('lock'));
    const created = loaded.create();
    expect(created).toEqual([{ lock: { memory: 'memory' } }, 'memory']);
    const [condition, lock] = loaded.open(created) as [[unknown, { lock: unknown }], unknown];
    expect(condition[1].lock).toBe(lock);
  });
});

describe('a call', () => {
  const spy: unknown[] = [];
  const lock = {
    acquire(...args: unknown[]) {
      spy.push(this, ...args);
      return true;
    },
  };

  test('that is not mapped is the method, with its arguments as one object or none', () => {
    const loaded = loadedOf(defineImplementation({ name: 'mine', lock: plain }));
    spy.length = 0;
    expect(loaded.invoke({ object: 0, method: 'acquire', args: {} }, [lock])).toBe(true);
    expect(loaded.invoke({ object: 0, method: 'acquire', args: { timeout: 1 } }, [lock])).toBe(true);
    expect(spy).toEqual([lock, lock, { timeout: 1 }]);
    expect(() => loaded.invoke({ object: 0, method: 'release', args: {} }, [lock])).toThrow(
      "lock has no method 'release'",
    );
  });

  test('that is mapped is given the object and its arguments', () => {
    const loaded = loadedOf(
      defineImplementation({ name: 'mine', lock: { ...plain, acquire: (...given) => given } }),
    );
    expect(loaded.invoke({ object: 0, method: 'acquire', args: {} }, ['object'])).toEqual(['object', {}]);
  });

  test('is given functions that tell what they do', () => {
    const implementation = {
      name: 'mine',
      cond: { ...plain, waitFor: (_: unknown, { predicate }: { predicate: () => unknown }) => predicate() },
    } as unknown as Implementation;
    const loaded = loadedOf(implementation, object('cond'), object('cell'));
    const opened = loaded.open(loaded.create());
    const waitFor = (predicate: Callback) => loaded.invoke(call('waitFor', { predicate }), opened);
    loaded.invoke(on(1, call('write', { value: 3 })), opened);
    told.length = 0;
    expect(waitFor(reads(1))).toBe(3);
    expect(waitFor(giving(undefined))).toBeUndefined();
    expect(() => waitFor(throwing)).toThrow(expect.objectContaining({ name: callbackError }));
    expect(told).toMatchObject([{ returns: 3 }, { returns: undefined }, { raises: callbackError }]);
  });

  test('of an attribute reads the property, and assigns it', () => {
    const barrier = { parties: 2, broken: () => true };
    const loaded = loadedOf({ name: 'mine', barrier: plain } as unknown as Implementation, object('barrier'));
    expect(loaded.invoke(call('parties'), [barrier])).toBe(2);
    expect(loaded.invoke(call('broken'), [barrier])).toBe(true);
    expect(loaded.invoke(call('assign', { parties: 3 }), [barrier])).toBeUndefined();
    expect(barrier.parties).toBe(3);
    expect(() => loaded.invoke(call('assign', { parties: 1 }), [Object.freeze({ parties: 3 })])).toThrow(
      TypeError,
    );
  });

  test('cannot change the program', () => {
    const spoil = (_: unknown, args: Args) => Object.assign(args, { timeout: 5 });
    const implementation = { name: 'mine', lock: { ...plain, acquire: spoil } } as unknown as Implementation;
    const made = call('acquire', { timeout: 1 });
    loadedOf(implementation).invoke(made, ['object']);
    loadedOf(defineImplementation({ name: 'mine', lock: plain })).invoke(made, [
      { acquire: (args: Args) => spoil(undefined, args) },
    ]);
    expect(made.args).toEqual({ timeout: 1 });
  });
});

describe('an error', () => {
  const plainlyNamed = defineImplementation({ name: 'plain', lock: plain });
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

  test('is also what its class extends, by name or by the map', () => {
    class RuntimeError extends Error {
      override readonly name: string = 'RuntimeError';
    }
    class BrokenBarrierError extends RuntimeError {
      override readonly name = 'BrokenBarrierError';
    }
    class OwnBroken extends OwnError {
      override readonly name = 'BrokenBarrierError';
    }
    const broken = { raises: 'BrokenBarrierError', message: 'broken' };
    const plainOutcome = (thrown: unknown) => loadedOf(plainlyNamed).errorOutcome(thrown);
    expect(plainOutcome(new BrokenBarrierError('broken'))).toEqual({ ...broken, also: ['RuntimeError'] });
    expect(plainOutcome(new OwnBroken('broken'))).toEqual(broken);
    expect(plainOutcome(new RuntimeError('broken'))).toEqual({ raises: 'RuntimeError', message: 'broken' });
    const mapped = defineImplementation({
      name: 'mapped',
      lock: plain,
      errors: { RuntimeError: OwnError, BrokenBarrierError: OwnBroken },
    });
    expect(loadedOf(mapped).errorOutcome(new OwnBroken('broken'))).toEqual({
      ...broken,
      also: ['RuntimeError'],
    });
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
