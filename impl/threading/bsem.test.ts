import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { BoundedSemaphore } from './bsem.ts';
import { ValueError } from './errors.ts';
import { Semaphore } from './sem.ts';

const tooMany = expect.objectContaining({ name: 'ValueError' });

test('releases as many units as are out, all of them or none', () => {
  const operations = fc.array(fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 4 })), { maxLength: 30 });
  fc.assert(
    fc.property(fc.nat(5), operations, (value, changes) => {
      const semaphore = new BoundedSemaphore({ value });
      let units = value;
      for (const n of changes) {
        const fits = units + n <= value;
        expect(n < 0 ? semaphore.acquire(false) : succeeds(() => semaphore.release(n))).toBe(
          n < 0 ? units > 0 : fits,
        );
        units = fits ? Math.max(0, units + n) : units;
      }
      for (; units > 0; units--) expect(semaphore.acquire(false)).toBe(true);
      expect(semaphore.acquire(false)).toBe(false);
    }),
  );
});

test('is a semaphore', async () => {
  const semaphore = new BoundedSemaphore();
  expect(semaphore).toBeInstanceOf(Semaphore);
  expect(await semaphore.acquireAsync()).toBe(true);
  const [late, served] = [semaphore.acquireAsync({ timeout: 0.02 }), semaphore.acquireAsync({ timeout: 60 })];
  expect(await late).toBe(false);
  semaphore.release();
  expect(await served).toBe(true);
});

test('keeps its bound in another thread, where just as many releases succeed as units are out', async () => {
  const semaphore = new BoundedSemaphore(50);
  for (let unit = 0; unit < 30; unit++) semaphore.acquire();
  const counts = await Promise.all([releaseAll(semaphore), releaseAll(semaphore)]);
  expect(counts[0] + counts[1]).toBe(30);
  expect(() => semaphore.release()).toThrow(tooMany);
});

test('cannot be made of anything else', () => {
  for (const handle of [undefined, null, {}, new Semaphore(), { primitive: 'BoundedSemaphore' }]) {
    expect(() => BoundedSemaphore.from(handle as never)).toThrow(TypeError);
  }
  expect(BoundedSemaphore.from(structuredClone(new BoundedSemaphore()) as never)).toBeInstanceOf(
    BoundedSemaphore,
  );
});

/** False if it is refused for the bound. */
function succeeds(release: () => void): boolean {
  try {
    release();
    return true;
  } catch (error) {
    if (error instanceof ValueError) return false;
    throw error;
  }
}

/** How many releases of a worker succeed, until it is refused. */
function releaseAll(semaphore: BoundedSemaphore): Promise<number> {
  const script = `
    const { parentPort: port, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ BoundedSemaphore }) => {
      const semaphore = BoundedSemaphore.from(workerData.semaphore);
      let released = 0;
      try {
        for (;;) { semaphore.release(); released++; }
      } catch (error) {
        port.postMessage(error.name === 'ValueError' ? released : NaN);
      }
    });`;
  const module = new URL('./bsem.ts', import.meta.url).href;
  const worker = new Worker(script, { eval: true, workerData: { module, semaphore } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return new Promise((resolve) => worker.once('message', resolve));
}
