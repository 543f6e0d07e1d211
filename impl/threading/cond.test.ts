import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Condition } from './cond.ts';
import { Event } from './event.ts';
import { Lock } from './lock.ts';
import { RLock } from './rlock.ts';
import { Semaphore } from './sem.ts';
import { TIMEOUT_MAX } from './timeouts.ts';

const refused = expect.objectContaining({ name: 'RuntimeError' }) as Error;

/** The kinds of lock a condition can have. */
const made = [
  ['an RLock of its own', () => new Condition()],
  ['a given Lock', () => new Condition({ lock: new Lock() })],
  ['a given RLock', () => new Condition(new RLock())],
] as const;

describe('its lock', () => {
  test('is an RLock that nobody else has, unless one is given', () => {
    for (const none of [undefined, null, {}, { lock: undefined }, { lock: null }]) {
      const condition = new Condition(none);
      expect(condition.lock).toBeInstanceOf(RLock);
      expect([condition.acquire(), condition.acquire(), condition.locked()]).toEqual([true, true, true]);
    }
    expect(new Condition().lock.memory).not.toBe(new Condition().lock.memory);
  });

  test.each([new Lock(), new RLock()])('is the very one that is given', (lock) => {
    for (const condition of [new Condition(lock), new Condition({ lock })]) {
      expect(condition.lock).toBe(lock);
      expect(condition.acquire({ blocking: false })).toBe(true);
      expect(lock.locked()).toBe(true);
      condition.release();
      expect(lock.locked()).toBe(false);
    }
  });

  test('can be given as it was posted', () => {
    const condition = new Condition({ lock: structuredClone(new Lock()) });
    expect(condition.lock).toBeInstanceOf(Lock);
    expect(new Condition(structuredClone(new RLock())).lock).toBeInstanceOf(RLock);
  });

  test.each([
    1,
    'Lock',
    true,
    () => undefined,
    { timeout: 1 },
    { lock: 1 },
    { lock: {} },
    { acquire: () => true, release: () => undefined },
    new Event(),
    { lock: new Semaphore() },
    { lock: { primitive: 'Lock' } },
  ])('cannot be %o', (wrong) => {
    expect(() => new Condition(wrong as never)).toThrow(TypeError);
  });

  test('says itself whether it can be had', async () => {
    const lock = new Lock();
    const condition = new Condition(lock);
    expect(() => condition.release()).toThrow(refused);
    expect(() => condition.acquire({ timeout: -2 })).toThrow(expect.objectContaining({ name: 'ValueError' }));
    lock.acquire();
    expect(condition.acquire(false)).toBe(false);
    expect(await condition.acquireAsync({ timeout: 0.01 })).toBe(false);
    condition.release();
    expect(await condition.acquireAsync()).toBe(true);
    expect(lock.locked()).toBe(true);
  });
});

describe.each(made)('with %s', (_, create) => {
  test('refuses who does not hold it, and changes nothing', async () => {
    const condition = create();
    for (const call of [
      () => condition.wait(),
      () => condition.wait({ timeout: '1' as never }),
      () => condition.waitFor(() => true),
      () => condition.notify(),
      () => condition.notify(0),
      () => condition.notify('1' as never),
      () => condition.notifyAll(),
    ]) {
      expect(call).toThrow(refused);
    }
    await expect(condition.waitAsync()).rejects.toThrow(refused);
    await expect(condition.waitForAsync(() => true)).rejects.toThrow(refused);
    expect(condition.locked()).toBe(false);
    expect([...condition.memory]).toEqual([...create().memory]);
  });

  test.each([
    [{ timeout: '1' }, 'TypeError'],
    [{ timeout: true }, 'TypeError'],
    ['1', 'TypeError'],
    [{ timeout: Infinity }, 'OverflowError'],
    [TIMEOUT_MAX + 1, 'OverflowError'],
  ] as const)('refuses to wait for %j with %s, and changes nothing', async (timeout, name) => {
    const condition = create();
    const error = expect.objectContaining({ name }) as Error;
    const options = typeof timeout === 'object' ? timeout : { timeout };
    condition.acquire();
    expect(() => condition.wait(timeout as never)).toThrow(error);
    await expect(condition.waitAsync(timeout as never)).rejects.toThrow(error);
    const predicate = () => false;
    expect(() => condition.waitFor({ predicate, ...options } as never)).toThrow(error);
    await expect(condition.waitForAsync({ predicate, ...options } as never)).rejects.toThrow(error);
    expect(condition.locked()).toBe(true);
    expect([...condition.memory]).toEqual([...create().memory]);
    expect(condition.waitFor({ predicate: () => 'is not looked at', ...options } as never)).toBe(
      'is not looked at',
    );
  });

  test('refuses to notify what is no number of waiters', () => {
    const condition = create();
    condition.acquire();
    for (const n of ['1', 1.5, Number.NaN, Infinity, null, 2n]) {
      expect(() => condition.notify({ n } as never)).toThrow(TypeError);
    }
    for (const n of [undefined, -1, 0, 1, 2 ** 40]) expect(condition.notify({ n })).toBeUndefined();
    expect(condition.notifyAll()).toBeUndefined();
  });

  test('waits in vain without giving anything back', async () => {
    const condition = create();
    condition.acquire();
    for (const timeout of [0, -1, -Infinity, Number.NaN, 0.001]) {
      condition.notify();
      expect(condition.wait(timeout)).toBe(false);
      expect(await condition.waitAsync({ timeout })).toBe(false);
    }
    expect(condition.locked()).toBe(true);
    condition.release();
    expect(condition.locked()).toBe(false);
  });

  test('lets as many tasks go on as are notified, and none that comes later', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant('wait' as const), fc.integer({ min: 0, max: 3 })), {
          maxLength: 20,
          size: 'max',
        }),
        async (steps) => {
          const condition = create();
          const notified = new Event();
          const waits: Promise<boolean>[] = [];
          let expected = 0;
          let woken = 0;
          for (const step of steps) {
            await condition.acquireAsync();
            if (step === 'wait') {
              const wait = condition.waitAsync().then((result) => {
                if (++woken === expected) notified.set();
                condition.release();
                return result;
              });
              waits.push(wait);
              continue;
            }
            const more = Math.min(step, waits.length - expected);
            expected += more;
            notified.clear();
            if (more === 0) notified.set();
            condition.notify(step);
            condition.release();
            await notified.waitAsync();
            expect(woken).toBe(expected);
          }
          await condition.acquireAsync();
          expect(woken).toBe(expected);
          expected = waits.length;
          condition.notifyAll();
          condition.release();
          expect(await Promise.all(waits)).toEqual(waits.map(() => true));
          expect(condition.locked()).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('loses no notification to a task whose time is over', async () => {
    const condition = create();
    condition.acquire();
    const hasty = condition.waitAsync(0.001);
    condition.acquire();
    const patient = condition.waitAsync();
    const begin = performance.now();
    while (performance.now() < begin + 2);
    condition.acquire();
    condition.notify();
    condition.release();
    const inTime = await hasty;
    condition.notifyAll();
    condition.release();
    const other = patient.then(() => condition.release());
    expect(inTime || (await patient)).toBe(true);
    await other;
  });
});

test('gives up all levels of an RLock and takes them back, beside those of other tasks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 3 }),
      async (levels, others) => {
        const condition = new Condition();
        for (let level = 0; level < levels; level++) condition.acquire();
        const wait = condition.waitAsync();
        expect(condition.locked()).toBe(false);
        condition.acquire();
        condition.notify();
        for (let level = 0; level < others; level++) condition.acquire();
        expect(await wait).toBe(true);
        for (let level = 0; level < levels + 1 + others; level++) {
          expect(condition.locked()).toBe(true);
          condition.release();
        }
        expect(condition.locked()).toBe(false);
        expect(() => condition.release()).toThrow(refused);
      },
    ),
    { numRuns: 20 },
  );
});

test('is none of the waiters of another condition with the same lock', async () => {
  const lock = new RLock();
  const [one, other] = [new Condition(lock), new Condition(lock)];
  lock.acquire();
  const waits = [one.waitAsync(), (lock.acquire(), other.waitAsync(0.02))];
  lock.acquire();
  one.notify(2);
  lock.release();
  expect(await Promise.all(waits)).toEqual([true, false]);
});
