import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BoundedSemaphore } from './bsem.ts';
import { Lock } from './lock.ts';
import { Semaphore } from './sem.ts';
import { TIMEOUT_MAX } from './timeouts.ts';
import { maximalUnits } from './units.ts';

/** How many units there are; they are all taken. */
function drain(semaphore: Semaphore): number {
  let units = 0;
  while (semaphore.acquire(false)) units++;
  return units;
}

describe('the value', () => {
  test.each([
    [undefined, 1],
    [{}, 1],
    [{ value: undefined }, 1],
    [0, 0],
    [{ value: 0 }, 0],
    [3, 3],
    [{ value: 3 }, 3],
  ])('%o makes %i units', (options, units) => {
    expect(drain(new Semaphore(options))).toBe(units);
  });

  test.each([
    [-1, 'ValueError'],
    [{ value: -3 }, 'ValueError'],
    [1.5, 'TypeError'],
    [Number.NaN, 'TypeError'],
    [Infinity, 'TypeError'],
    [{ value: null }, 'TypeError'],
    [{ value: '2' }, 'TypeError'],
    [{ value: true }, 'TypeError'],
    [maximalUnits + 1, 'OverflowError'],
  ])('%o raises %s', (options, name) => {
    expect(() => new Semaphore(options as never)).toThrow(expect.objectContaining({ name }));
    expect(() => new BoundedSemaphore(options as never)).toThrow(expect.objectContaining({ name }));
  });
});

describe('acquire', () => {
  test.each([
    [{ blocking: false, timeout: 1 }, 'ValueError'],
    [{ blocking: false, timeout: 0 }, 'ValueError'],
    [{ blocking: false, timeout: -1 }, 'ValueError'],
    [{ blocking: 0, timeout: 1 }, 'ValueError'],
    [{ timeout: Number.NaN }, 'ValueError'],
    [{ timeout: TIMEOUT_MAX * 2 }, 'OverflowError'],
    [{ timeout: '1' }, 'TypeError'],
  ] as const)('of %o raises %s and takes no unit', async (options, name) => {
    for (const units of [0, 2]) {
      const semaphore = new Semaphore(units);
      expect(() => semaphore.acquire(options as never)).toThrow(expect.objectContaining({ name }));
      await expect(semaphore.acquireAsync(options as never)).rejects.toThrow(
        expect.objectContaining({ name }),
      );
      expect(drain(semaphore)).toBe(units);
    }
  });

  test.each([
    [false],
    [0],
    [{ blocking: false }],
    [{ blocking: false, timeout: null }],
    [{ timeout: 0 }],
    [{ timeout: -1 }],
    [{ timeout: -Infinity }],
  ])('of %o only tries', async (options) => {
    const semaphore = new Semaphore(2);
    expect(semaphore.acquire(options)).toBe(true);
    expect(await semaphore.acquireAsync(options)).toBe(true);
    expect(semaphore.acquire(options)).toBe(false);
    expect(await semaphore.acquireAsync(options)).toBe(false);
  });
});

describe('release', () => {
  test.each([
    [0, 'ValueError'],
    [{ n: -1 }, 'ValueError'],
    [1.5, 'TypeError'],
    [{ n: Number.NaN }, 'TypeError'],
    [{ n: null }, 'TypeError'],
    [maximalUnits, 'OverflowError'],
  ])('of %o raises %s and adds no unit', (options, name) => {
    const semaphore = new Semaphore(2);
    expect(() => semaphore.release(options as never)).toThrow(expect.objectContaining({ name }));
    expect(drain(semaphore)).toBe(2);
  });

  test('adds as many as it says', () => {
    const operations = fc.array(fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 5 })), { maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(5), operations, fc.boolean(), (value, changes, bare) => {
        const semaphore = new Semaphore({ value });
        let units = value;
        for (const change of changes) {
          const shown =
            change > 0 ? semaphore.release(bare ? change : { n: change }) : semaphore.acquire(false);
          expect(shown).toBe(change > 0 ? undefined : units > 0);
          units = Math.max(0, units + change);
        }
        expect(drain(semaphore)).toBe(units);
      }),
    );
  });
});

describe('acquireAsync', () => {
  test('lets as many tasks in as there are units, and in the end everybody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.nat(3), { minLength: 2, maxLength: 8 }),
        async (units, turns) => {
          const semaphore = new Semaphore(units);
          let inside = 0;
          const task = async (pauses: number): Promise<void> => {
            for (let time = 0; time < 3; time++) {
              expect(await semaphore.acquireAsync()).toBe(true);
              expect(++inside).toBeLessThanOrEqual(units);
              for (let pause = 0; pause < pauses; pause++) await Promise.resolve();
              inside--;
              semaphore.release();
            }
          };
          await Promise.all(turns.map(task));
          expect(drain(semaphore)).toBe(units);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('gives up when its time is over, not before, and takes no unit', async () => {
    const semaphore = new Semaphore(0);
    const other = semaphore.acquireAsync();
    const begin = performance.now();
    expect(await semaphore.acquireAsync({ timeout: 0.05 })).toBe(false);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(49);
    semaphore.release(2);
    expect(await other).toBe(true);
    expect(drain(semaphore)).toBe(1);
  });

  test('is served once for each unit', async () => {
    const semaphore = new Semaphore(0);
    let served = 0;
    const waits = [1, 2, 3].map(() => semaphore.acquireAsync().then(() => served++));
    semaphore.release({ n: 2 });
    await Promise.race(waits);
    expect(await semaphore.acquireAsync({ timeout: 0.02 })).toBe(false);
    expect(served).toBe(2);
    semaphore.release();
    await Promise.all(waits);
    expect(served).toBe(3);
  });
});

describe('with other threads', () => {
  test('tasks here and calls there share the units', async () => {
    const semaphore = new Semaphore(0);
    const tally = new Int32Array(new SharedArrayBuffer(4));
    const rounds = 100;
    const worker = run(
      semaphore,
      `for (let round = 0; round < ${rounds}; round++) {
         semaphore.acquire();
         Atomics.add(tally, 0, 1);
         semaphore.release();
       }
       port.postMessage('done');`,
      tally,
    );
    const done = new Promise((resolve) => worker.once('message', resolve));
    const tasks = Array.from({ length: rounds }, () =>
      semaphore.acquireAsync().then(() => Atomics.add(tally, 0, 1)),
    );
    // One for each task to keep, and one that the other thread takes and gives back.
    for (let unit = 0; unit < rounds + 1; unit++) semaphore.release();
    await Promise.all([done, ...tasks]);
    expect(tally[0]).toBe(2 * rounds);
    expect(drain(semaphore)).toBe(1);
  });

  test('a unit is not lost to a task whose thread is blocked', async () => {
    const semaphore = new Semaphore(0);
    const worker = run(
      semaphore,
      `const task = semaphore.acquireAsync();
       port.postMessage('waiting');
       const had = semaphore.acquire();
       semaphore.release();
       task.then((served) => port.postMessage([had, served]));`,
    );
    const hear = () => new Promise((resolve) => worker.once('message', resolve));
    expect(await hear()).toBe('waiting');
    semaphore.release();
    expect(await hear()).toEqual([true, true]);
    expect(drain(semaphore)).toBe(0);
  });
});

test('cannot be made of anything else', () => {
  for (const handle of [
    undefined,
    null,
    {},
    new Lock(),
    new BoundedSemaphore(),
    { primitive: 'Semaphore' },
  ]) {
    expect(() => Semaphore.from(handle as never)).toThrow(TypeError);
  }
  expect(drain(Semaphore.from(structuredClone(new Semaphore(4)) as never))).toBe(4);
});

/** A worker that runs these statements on the same semaphore. */
function run(semaphore: Semaphore, statements: string, tally?: Int32Array): Worker {
  const script = `
    const { parentPort: port, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ Semaphore }) => {
      const semaphore = Semaphore.from(workerData.semaphore);
      const { tally } = workerData;
      ${statements}
    });`;
  const module = new URL('./sem.ts', import.meta.url).href;
  const worker = new Worker(script, { eval: true, workerData: { module, semaphore, tally } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return worker;
}
