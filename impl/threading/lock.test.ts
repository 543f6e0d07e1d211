import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Event } from './event.ts';
import { Lock } from './lock.ts';
import { TIMEOUT_MAX } from './timeouts.ts';

describe('arguments', () => {
  const bad = [
    [{ blocking: false, timeout: 1 }, 'ValueError'],
    [{ blocking: false, timeout: 0 }, 'ValueError'],
    [{ blocking: 0, timeout: 1 }, 'ValueError'],
    [{ timeout: -2 }, 'ValueError'],
    [{ timeout: -0.5 }, 'ValueError'],
    [{ timeout: Number.NaN }, 'ValueError'],
    [{ timeout: Infinity }, 'OverflowError'],
    [{ timeout: TIMEOUT_MAX + 1 }, 'OverflowError'],
    [{ timeout: '1' }, 'TypeError'],
    [{ timeout: null }, 'TypeError'],
    [{ timeout: 1n }, 'TypeError'],
    [{ waitflag: 0 }, 'TypeError'],
  ] as const;

  test.each(bad)(
    '%o raise %s and change nothing, on a free lock and on a held one',
    async (options, name) => {
      const lock = new Lock();
      for (const held of [false, true]) {
        expect(() => lock.acquire(options as never)).toThrow(expect.objectContaining({ name }));
        await expect(lock.acquireAsync(options as never)).rejects.toThrow(expect.objectContaining({ name }));
        expect(lock.locked()).toBe(held);
        lock.acquire(false);
      }
      expect(lock.release()).toBeUndefined();
      expect(lock.locked()).toBe(false);
    },
  );

  test.each([[false], [0], [{ blocking: false }], [{ blocking: 0, timeout: -1 }], [{ timeout: 0 }]])(
    '%o only try',
    async (options) => {
      const lock = new Lock();
      expect(lock.acquire(options)).toBe(true);
      expect(lock.acquire(options)).toBe(false);
      expect(await lock.acquireAsync(options)).toBe(false);
      lock.release();
      expect(await lock.acquireAsync(options)).toBe(true);
    },
  );

  test.each([
    [undefined],
    [true],
    [1],
    [{}],
    [{ blocking: 2 }],
    [{ timeout: -1 }],
    [{ timeout: TIMEOUT_MAX }],
  ])('%o take a free lock', (options) => {
    const lock = new Lock();
    expect(lock.acquire(options)).toBe(true);
    expect(lock.locked()).toBe(true);
  });

  test('there are none for the constructor', () => {
    expect(() => Reflect.construct(Lock, [true])).toThrow(TypeError);
    expect(() => Reflect.construct(Lock, [undefined])).toThrow(TypeError);
  });

  test('releasing a free lock raises RuntimeError and leaves it free', () => {
    const lock = new Lock();
    for (let time = 0; time < 2; time++) {
      expect(() => lock.release()).toThrow(expect.objectContaining({ name: 'RuntimeError' }));
    }
    expect(lock.locked()).toBe(false);
    expect(lock.acquire(false)).toBe(true);
    expect(lock.acquire(false)).toBe(false);
  });
});

describe('acquireAsync', () => {
  test('lets one task in at a time, and in the end everybody', async () => {
    const rounds = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rounds, fc.integer({ min: 1, max: 3 }), async (turns, times) => {
        const lock = new Lock();
        let inside = 0;
        let entered = 0;
        const task = async (pauses: number): Promise<void> => {
          for (let time = 0; time < times; time++) {
            expect(await lock.acquireAsync()).toBe(true);
            entered++;
            expect(++inside).toBe(1);
            for (let pause = 0; pause < pauses; pause++) await Promise.resolve();
            inside--;
            lock.release();
          }
        };
        await Promise.all(turns.map(task));
        expect(entered).toBe(turns.length * times);
        expect(lock.locked()).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test('gives up when its time is over, not before, and leaves the lock usable', async () => {
    const lock = new Lock();
    lock.acquire();
    const other = lock.acquireAsync();
    const begin = performance.now();
    expect(await lock.acquireAsync({ timeout: 0.05 })).toBe(false);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(49);
    lock.release();
    expect(await other).toBe(true);
    lock.release();
    expect(lock.locked()).toBe(false);
    expect(await lock.acquireAsync({ timeout: 60 })).toBe(true);
  });

  test('is granted within its time', async () => {
    const lock = new Lock();
    lock.acquire();
    const waits = [lock.acquireAsync({ timeout: 60 }), lock.acquireAsync({ timeout: 60 })];
    lock.release();
    expect(await Promise.race(waits)).toBe(true);
    lock.release();
    expect(await Promise.all(waits)).toEqual([true, true]);
  });
});

describe('a lock that was posted', () => {
  test('is the same lock in another thread, and tasks here exclude calls there', async () => {
    const lock = new Lock();
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const rounds = 200;
    const worker = run(`
      for (let round = 0; round < ${rounds}; round++) {
        lock.acquire();
        const before = counter[0];
        Atomics.load(counter, 0);
        counter[0] = before + 1;
        lock.release();
      }
      port.postMessage('done');`);
    const done = new Promise((resolve) => worker.once('message', resolve));
    worker.postMessage({ module: moduleUrl, lock, counter }, []);
    for (let round = 0; round < rounds; round++) {
      await lock.acquireAsync();
      const before = counter[0] as number;
      await Promise.resolve();
      counter[0] = before + 1;
      lock.release();
    }
    expect(await done).toBe('done');
    expect(counter[0]).toBe(2 * rounds);
  });

  test('may be released by the other thread', async () => {
    const lock = new Lock();
    lock.acquire();
    const wait = lock.acquireAsync();
    const worker = run('lock.release();');
    worker.postMessage({ module: moduleUrl, lock, counter: undefined }, []);
    expect(await wait).toBe(true);
    expect(lock.locked()).toBe(true);
  });

  test('cannot be made of anything else', () => {
    const wrong = [
      undefined,
      null,
      'Lock',
      {},
      new Event(),
      { primitive: 'Lock' },
      { primitive: 'Lock', memory: [0] },
    ];
    for (const handle of wrong) expect(() => Lock.from(handle as never)).toThrow(TypeError);
    expect(Lock.from(structuredClone(new Lock()))).toBeInstanceOf(Lock);
  });
});

const moduleUrl = new URL('./lock.ts', import.meta.url).href;

/** A worker that runs these statements on the lock and the counter that are posted to it. */
function run(statements: string): Worker {
  const script = `
    const { parentPort: port } = require('node:worker_threads');
    port.once('message', async ({ module, lock: handle, counter }) => {
      const { Lock } = await import(module);
      const lock = Lock.from(handle);
      ${statements}
    });`;
  const worker = new Worker(script, { eval: true });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return worker;
}
