import { describe, expect, test } from 'vitest';
import { Condition } from './cond.ts';
import { Lock } from './lock.ts';

describe('waitFor', () => {
  test('does not wait if the predicate is true, and returns what it returned', async () => {
    const lock = new Lock();
    const condition = new Condition(lock);
    lock.acquire();
    const given = { value: 1 };
    let held = true;
    const predicate = () => {
      held &&= lock.locked();
      return given;
    };
    expect(condition.waitFor(predicate)).toBe(given);
    expect(condition.waitFor({ predicate, timeout: 0 })).toBe(given);
    expect(await condition.waitForAsync(predicate)).toBe(given);
    expect(await condition.waitForAsync({ predicate: async () => predicate() })).toBe(given);
    expect(held).toBe(true);
  });

  test('asks once more when the time is over', async () => {
    const condition = new Condition();
    condition.acquire();
    for (const last of ['at last', 0]) {
      const answers = ['', last];
      expect(condition.waitFor({ predicate: () => answers.shift(), timeout: 0 })).toBe(last);
      const again = [null, last];
      expect(await condition.waitForAsync({ predicate: () => again.shift(), timeout: 0.005 })).toBe(last);
      expect([answers, again]).toEqual([[], []]);
    }
    expect(condition.locked()).toBe(true);
  });

  test('waits again while the predicate is false, but not longer in all', async () => {
    const condition = new Condition(new Lock());
    let asked = 0;
    condition.acquire();
    const begin = performance.now();
    const wait = condition.waitForAsync({ predicate: () => (asked++, false), timeout: 0.05 });
    const ticks = setInterval(() => {
      if (!condition.acquire(false)) return;
      condition.notifyAll();
      condition.release();
    });
    expect(await wait).toBe(false);
    clearInterval(ticks);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(49);
    expect(asked).toBeGreaterThan(1);
    expect(condition.locked()).toBe(true);
  });

  test('lets what the predicate throws pass, with the lock held', async () => {
    const error = new Error('thrown by the predicate');
    const throws = (): boolean => {
      throw error;
    };
    for (const first of [throws, () => false]) {
      const condition = new Condition();
      condition.acquire();
      const asks = [first, throws];
      const predicate = () => asks.shift()?.();
      expect(() => condition.waitFor({ predicate, timeout: 0 })).toThrow(error);
      asks.splice(0, asks.length, first, throws);
      await expect(condition.waitForAsync({ predicate, timeout: 0 })).rejects.toBe(error);
      expect(condition.locked()).toBe(true);
      condition.release();
      expect(condition.locked()).toBe(false);
    }
  });

  test.each([undefined, null, 1, {}, { predicate: true }, { timeout: 1 }])(
    'refuses %o, which is no predicate',
    async (wrong) => {
      const condition = new Condition();
      condition.acquire();
      expect(() => condition.waitFor(wrong as never)).toThrow(TypeError);
      await expect(condition.waitForAsync(wrong as never)).rejects.toThrow(TypeError);
    },
  );
});
