import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Lock } from './lock.ts';
import { RLock } from './rlock.ts';
import { TIMEOUT_MAX } from './timeouts.ts';

describe('arguments', () => {
  test.each([
    [{ blocking: false, timeout: 1 }, 'ValueError'],
    [{ blocking: false, timeout: 0 }, 'ValueError'],
    [{ timeout: -2 }, 'ValueError'],
    [{ timeout: Number.NaN }, 'ValueError'],
    [{ timeout: Infinity }, 'OverflowError'],
    [{ timeout: TIMEOUT_MAX + 1 }, 'OverflowError'],
    [{ timeout: '1' }, 'TypeError'],
    [{ timeout: null }, 'TypeError'],
  ] as const)('%o raise %s and change nothing, for anybody and for the owner', async (options, name) => {
    const lock = new RLock();
    for (const owned of [false, true]) {
      expect(() => lock.acquire(options as never)).toThrow(expect.objectContaining({ name }));
      await expect(lock.acquireAsync(options as never)).rejects.toThrow(expect.objectContaining({ name }));
      expect(lock.locked()).toBe(owned);
      if (!owned) lock.acquire();
    }
    lock.release();
    expect(lock.locked()).toBe(false);
  });

  test('there are none for the constructor', () => {
    expect(() => Reflect.construct(RLock, [true])).toThrow(TypeError);
  });
});

test('takes as many releases as acquires, whatever their form, and not one more', async () => {
  const forms = [undefined, true, false, { timeout: 0 }, { timeout: 1 }, { blocking: false }] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...forms), fc.boolean()), { minLength: 1, maxLength: 8 }),
      async (acquires) => {
        const lock = new RLock();
        for (const [options, async] of acquires) {
          expect(async ? await lock.acquireAsync(options) : lock.acquire(options)).toBe(true);
        }
        for (const _ of acquires) {
          expect(lock.locked()).toBe(true);
          expect(lock.release()).toBeUndefined();
        }
        expect(lock.locked()).toBe(false);
        expect(() => lock.release()).toThrow(expect.objectContaining({ name: 'RuntimeError' }));
      },
    ),
    { numRuns: 50 },
  );
});

describe('with another thread', () => {
  test('neither tries nor releases what that thread owns', async () => {
    const lock = new RLock();
    const { say, hear } = play(lock);
    say('acquire');
    expect(await hear()).toBe(true);
    expect(lock.locked()).toBe(true);
    expect(lock.acquire(false)).toBe(false);
    expect(await lock.acquireAsync({ timeout: 0.01 })).toBe(false);
    expect(() => lock.release()).toThrow(expect.objectContaining({ name: 'RuntimeError' }));
    say('release');
    await hear();
    expect(lock.acquire(false)).toBe(true);
  });

  test('a task waits until all levels are given back', async () => {
    const lock = new RLock();
    const { say, hear } = play(lock);
    for (const _ of [1, 2]) {
      say('acquire');
      await hear();
    }
    let granted = false;
    const wait = lock.acquireAsync().then((had) => (granted = had));
    say('release');
    await hear();
    expect(granted).toBe(false);
    expect(lock.locked()).toBe(true);
    say('release');
    expect(await wait).toBe(true);
    lock.release();
    expect(lock.locked()).toBe(false);
  });

  test('all waiting tasks of a thread own the lock when one does', async () => {
    const lock = new RLock();
    const { say, hear } = play(lock);
    say('acquire');
    await hear();
    const waits = [lock.acquireAsync(), lock.acquireAsync({ timeout: 60 }), lock.acquireAsync()];
    say('release');
    expect(await Promise.all(waits)).toEqual([true, true, true]);
    for (const _ of waits) {
      expect(lock.locked()).toBe(true);
      lock.release();
    }
    expect(lock.locked()).toBe(false);
  });

  test('a blocking call beside a waiting task of its thread is woken, and then lets the task in', async () => {
    const lock = new RLock();
    const { say, hear } = play(lock);
    lock.acquire();
    say('both');
    expect(await hear()).toBe('waiting');
    lock.release();
    expect(await hear()).toEqual([true, true]);
    expect(await lock.acquireAsync()).toBe(true);
  });

  test('tasks here exclude calls there', async () => {
    const lock = new RLock();
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const rounds = 200;
    const { say, hear } = play(lock, counter);
    say('count', rounds);
    for (let round = 0; round < rounds; round++) {
      await lock.acquireAsync();
      const before = counter[0] as number;
      await Promise.resolve();
      counter[0] = before + 1;
      lock.release();
    }
    await hear();
    expect(counter[0]).toBe(2 * rounds);
  });
});

test('cannot be made of anything else', () => {
  for (const handle of [undefined, null, 'RLock', {}, new Lock(), { primitive: 'RLock' }]) {
    expect(() => RLock.from(handle as never)).toThrow(TypeError);
  }
  expect(RLock.from(structuredClone(new RLock()))).toBeInstanceOf(RLock);
});

/** A worker that makes the calls it is told to on the same lock, and answers with what they return. */
function play(lock: RLock, counter?: Int32Array) {
  const script = `
    const { parentPort: port, workerData } = require('node:worker_threads');
    const ready = import(workerData.module).then(({ RLock }) => RLock.from(workerData.lock));
    port.on('message', async ({ method, rounds }) => {
      const lock = await ready;
      if (method === 'both') {
        const task = lock.acquireAsync();
        port.postMessage('waiting');
        const had = lock.acquire();
        port.postMessage([had, await task]);
        lock.release();
        lock.release();
        return;
      }
      if (method !== 'count') return port.postMessage(lock[method]());
      for (let round = 0; round < rounds; round++) {
        lock.acquire();
        lock.acquire();
        const before = workerData.counter[0];
        lock.release();
        workerData.counter[0] = before + 1;
        lock.release();
      }
      port.postMessage('done');
    });`;
  const module = new URL('./rlock.ts', import.meta.url).href;
  const worker = new Worker(script, { eval: true, workerData: { module, lock, counter } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return {
    say: (method: 'acquire' | 'release' | 'both' | 'count', rounds?: number) =>
      worker.postMessage({ method, rounds }, []),
    hear: () => new Promise<unknown>((resolve) => worker.once('message', resolve)),
  };
}
