import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callWaiters, join, newWaiters, type Place, sleepAsync, withdraw } from './waiters.ts';

const now = -Infinity;

/** What happens to the waiters, in order; `expires` names one of those who have come, by remainder. */
const happenings = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant('joins' as const) },
    { weight: 3, arbitrary: fc.record({ calls: fc.integer({ min: -1, max: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ looks: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ expires: fc.nat() }) },
    { weight: 1, arbitrary: fc.constant('all are called' as const) },
  ),
  { maxLength: 40, size: 'max' },
);

interface Waiter {
  readonly place: Place;
  readonly joined: number;
  answer?: boolean;
}

/** A waiter that looks whether it is called, and would sleep on for no time if not. */
async function look(words: ReturnType<typeof newWaiters>, waiter: Waiter): Promise<void> {
  if (waiter.answer !== undefined) return;
  waiter.answer = await sleepAsync(words, waiter.place, now);
}

describe('those who wait', () => {
  test('are called as many as asked for, none that came later, and no call is lost', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (happened) => {
        const words = newWaiters();
        const waiters: Waiter[] = [];
        const calls: { at: number; made: number }[] = [];
        let uncalled = 0;
        let left = 0;
        for (const [at, what] of happened.entries()) {
          if (what === 'joins') {
            waiters.push({ place: join(words, 'task'), joined: at });
            uncalled++;
          } else if (what === 'all are called' || 'calls' in what) {
            const count = what === 'all are called' ? Infinity : what.calls;
            callWaiters(words, count);
            const made = Math.max(0, Math.min(count, uncalled));
            uncalled -= made;
            calls.push({ at, made });
          } else {
            const some = waiters.filter(({ answer }) => answer === undefined);
            const waiter = some[('looks' in what ? what.looks : what.expires) % some.length];
            if (waiter === undefined) continue;
            await look(words, waiter);
            if (waiter.answer === false) {
              uncalled--;
              left++;
            }
          }
        }
        for (const waiter of waiters) await look(words, waiter);
        const called = waiters.filter(({ answer }) => answer === true);
        expect(called).toHaveLength(calls.reduce((sum, { made }) => sum + made, 0));
        expect(waiters.filter(({ answer }) => answer === false)).toHaveLength(left + uncalled);
        for (const { joined } of called) {
          const since = (at: number) => at > joined;
          const callable = calls.filter(({ at }) => since(at)).reduce((sum, { made }) => sum + made, 0);
          const latecomers = called.filter((other) => other.joined >= joined);
          expect(latecomers.length).toBeLessThanOrEqual(callable);
        }
        expect([...words.subarray(2, 5), words[7]]).toEqual([0, 0, 0, 0]);
      }),
      { numRuns: 300 },
    );
  });

  test('are not called before others that have waited for a round longer', async () => {
    const words = newWaiters();
    const comes = (): Waiter => ({ place: join(words, 'task'), joined: 0 });
    const [first, second] = [comes(), comes()];
    callWaiters(words, 1);
    const third = comes();
    await look(words, first);
    comes();
    callWaiters(words, 2);
    for (const waiter of [third, second]) await look(words, waiter);
    expect([first.answer, second.answer, third.answer]).toEqual([true, true, true]);
  });

  test('pass a call on if they cannot wait after all', async () => {
    const words = newWaiters();
    const first = join(words, 'task');
    const second = { place: join(words, 'task'), joined: 0 };
    callWaiters(words, 1);
    withdraw(words, first);
    await look(words, second);
    expect(second).toMatchObject({ answer: true });
  });

  test('keep no call of one that was alone and could not wait', async () => {
    const words = newWaiters();
    const alone = join(words, 'task');
    callWaiters(words, 1);
    withdraw(words, alone);
    const later = { place: join(words, 'task'), joined: 1 };
    await look(words, later);
    expect(later).toMatchObject({ answer: false });
  });

  test('are told apart when the count of rounds wraps around', async () => {
    const words = newWaiters();
    words[1] = 2 ** 31 - 1;
    for (let round = 0; round < 3; round++) {
      const waiters = [1, 2, 3].map(() => ({ place: join(words, 'task'), joined: round }));
      callWaiters(words, 1);
      const newcomer: Waiter = { place: join(words, 'task'), joined: round };
      await look(words, newcomer);
      expect(newcomer.answer).toBe(false);
      callWaiters(words, 2);
      for (const waiter of waiters) {
        await look(words, waiter);
        expect(waiter).toMatchObject({ answer: true });
      }
    }
  });
});
