import { describe, expect, expectTypeOf, test } from 'vitest';
import { defineImplementation } from './defineImplementation.ts';
import type { Implementation } from './implementation.ts';

class Mutex {
  readonly memory: SharedArrayBuffer;
  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
  }
  lock(seconds?: number | null): boolean {
    return seconds !== 0;
  }
}

class Counter {
  readonly words: Int32Array<SharedArrayBuffer>;
  constructor(words: Int32Array<SharedArrayBuffer>) {
    this.words = words;
  }
}

const open = (memory: number) => memory;

describe('defineImplementation', () => {
  test('returns what it is given', () => {
    const definition = { name: 'mine', lock: { create: () => 1, open: (memory: number) => memory } };
    expect(defineImplementation(definition)).toBe(definition);
  });

  test('infers memory, object and arguments of every family', () => {
    const implementation = defineImplementation({
      name: 'mine',
      lock: {
        create: () => new SharedArrayBuffer(4),
        open: (memory) => {
          expectTypeOf(memory).toEqualTypeOf<SharedArrayBuffer>();
          return new Mutex(memory);
        },
        acquire: (mutex, { blocking, timeout }) => {
          expectTypeOf(mutex).toEqualTypeOf<Mutex>();
          expectTypeOf(blocking).toEqualTypeOf<boolean | number | undefined>();
          expectTypeOf(timeout).toEqualTypeOf<number | undefined>();
          return mutex.lock(timeout);
        },
        release: (mutex, args) => {
          expectTypeOf(mutex).toEqualTypeOf<Mutex>();
          expectTypeOf(args).toEqualTypeOf<Readonly<Record<string, never>>>();
        },
      },
      rlock: {
        create: () => new SharedArrayBuffer(8),
        open: (memory) => ({ inner: new Mutex(memory) }),
        acquire: (rlock, { timeout }) => {
          expectTypeOf(rlock).toEqualTypeOf<{ inner: Mutex }>();
          expectTypeOf(timeout).toEqualTypeOf<number | undefined>();
        },
      },
      sem: {
        create: ({ value }) => {
          expectTypeOf(value).toEqualTypeOf<number | undefined>();
          return new Int32Array(new SharedArrayBuffer(4));
        },
        open: (words) => new Counter(words),
        acquire: (counter, { timeout }) => {
          expectTypeOf(counter).toEqualTypeOf<Counter>();
          expectTypeOf(timeout).toEqualTypeOf<number | null | undefined>();
        },
        release: (counter, { n }) => {
          expectTypeOf(counter).toEqualTypeOf<Counter>();
          expectTypeOf(n).toEqualTypeOf<number | undefined>();
        },
      },
      bsem: { create: ({ value = 1 }) => ({ value }), open: ({ value }) => value },
      event: {
        create: () => 'memory',
        open: (memory) => memory.length,
        wait: (event, { timeout }) => {
          expectTypeOf(event).toEqualTypeOf<number>();
          expectTypeOf(timeout).toEqualTypeOf<number | null | undefined>();
        },
      },
      with: {
        body: (object, body) => {
          expectTypeOf(object).toEqualTypeOf<Mutex | { inner: Mutex } | Counter | number>();
          return body(true);
        },
      },
    });
    expectTypeOf(implementation).toEqualTypeOf<Implementation>();
  });

  test('refuses at compile time what does not fit', () => {
    const definitions = [
      // @ts-expect-error no such family
      defineImplementation({ name: 'mine', semaphore: { create: () => 1, open } }),
      // @ts-expect-error no such method
      defineImplementation({ name: 'mine', lock: { create: () => 1, open, realease: () => undefined } }),
      // @ts-expect-error open is missing
      defineImplementation({ name: 'mine', lock: { create: () => 1 } }),
      // @ts-expect-error open takes what create does not return
      defineImplementation({ name: 'mine', lock: { create: () => 'text', open } }),
      // @ts-expect-error name is missing
      defineImplementation({ lock: { create: () => 1, open } }),
    ];
    // Only the types are strict: the checks at run time are checkImplementation's.
    expect(definitions).toHaveLength(5);
  });
});
