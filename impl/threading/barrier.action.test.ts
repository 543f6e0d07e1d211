import { describe, expect, test } from 'vitest';
import { Barrier } from './barrier.ts';

const brokenError = expect.objectContaining({ name: 'BrokenBarrierError' });
const sentAway = { status: 'rejected', reason: brokenError };

/** What three tasks show that wait at a barrier with this action. */
function three(action: (barrier: Barrier) => unknown): {
  barrier: Barrier;
  tasks: Promise<PromiseSettledResult<number>[]>;
} {
  const barrier: Barrier = new Barrier({ parties: 3, action: () => action(barrier) });
  const tasks = Promise.allSettled([1, 2, 3].map(() => barrier.waitAsync()));
  return { barrier, tasks };
}

describe('the action', () => {
  test('is called once for each passage, when all have come and nobody has passed', async () => {
    const seen: unknown[] = [];
    const barrier = new Barrier({ parties: 2, action: () => seen.push([barrier.nWaiting, passed]) });
    let passed = 0;
    for (let round = 0; round < 3; round++) {
      const other = barrier.waitAsync().then(() => passed++);
      expect(barrier.wait()).toBe(1);
      passed++;
      await other;
    }
    expect(seen).toEqual([
      [2, 0],
      [2, 2],
      [2, 4],
    ]);
  });

  test('may give back anything', async () => {
    for (const result of [false, undefined, Promise.resolve(1)]) {
      const { barrier, tasks } = three(() => result);
      expect(await tasks).toMatchObject([{ value: 0 }, { value: 1 }, { value: 2 }]);
      expect(barrier.broken).toBe(false);
    }
  });

  test('breaks the barrier if it throws; its error goes to the party that ran it', async () => {
    const error = new Error('thrown by the action');
    const { barrier, tasks } = three(() => {
      throw error;
    });
    expect(await tasks).toMatchObject([sentAway, sentAway, { status: 'rejected', reason: error }]);
    expect(barrier).toMatchObject({ broken: true, nWaiting: 0 });
    barrier.reset();
    expect(barrier.broken).toBe(false);
    expect(() => barrier.wait(0)).toThrow(brokenError);
  });

  test('may abort or reset its own barrier: nobody passes', async () => {
    for (const call of ['abort', 'reset'] as const) {
      const { barrier, tasks } = three((own) => own[call]());
      expect(await tasks).toMatchObject([sentAway, sentAway, sentAway]);
      expect(barrier).toMatchObject({ broken: call === 'abort', nWaiting: 0 });
    }
  });

  test('keeps its error if it throws after an abort or a reset', async () => {
    const error = new Error('thrown by the action');
    for (const call of ['abort', 'reset'] as const) {
      const { barrier, tasks } = three((own) => {
        own[call]();
        throw error;
      });
      expect(await tasks).toMatchObject([sentAway, sentAway, { status: 'rejected', reason: error }]);
      expect(barrier).toMatchObject({ broken: call === 'abort', nWaiting: 0 });
    }
  });

  test('is not joined by newcomers: they belong to the next generation', async () => {
    const newcomers: Promise<number>[] = [];
    const counts: number[] = [];
    const barrier = new Barrier({
      parties: 2,
      action: () => {
        if (newcomers.length === 0) newcomers.push(barrier.waitAsync(0.001), barrier.waitAsync());
        counts.push(barrier.nWaiting);
      },
    });
    expect(await Promise.all([barrier.waitAsync(), barrier.waitAsync()])).toEqual([0, 1]);
    expect(new Set(await Promise.all(newcomers))).toEqual(new Set([0, 1]));
    expect(counts).toEqual([2, 2]);
  });

  test('has to end before anybody can come again after it was reset', async () => {
    const order: string[] = [];
    let next: Promise<unknown> | undefined;
    const barrier = new Barrier({
      parties: 1,
      action: () => {
        order.push('begins');
        if (next === undefined) {
          barrier.reset();
          next = barrier.waitAsync();
        }
        order.push('ends');
      },
    });
    expect(() => barrier.wait()).toThrow(brokenError);
    expect(await next).toBe(0);
    expect(order).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  test('may wait at another barrier while tasks wait at this one', async () => {
    const other = new Barrier(1);
    const { tasks } = three(() => other.wait());
    expect(await tasks).toMatchObject([{ value: 0 }, { value: 1 }, { value: 2 }]);
  });
});
