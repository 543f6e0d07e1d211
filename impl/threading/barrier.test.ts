import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Barrier } from './barrier.ts';
import { BrokenBarrierError, RuntimeError } from './errors.ts';
import { Event } from './event.ts';
import { maximalParties } from './generations.ts';
import { TIMEOUT_MAX } from './timeouts.ts';

const named = (name: string) => expect.objectContaining({ name });
const brokenError = named('BrokenBarrierError');

/** A barrier of three at which two tasks wait. */
function attended(): { barrier: Barrier; tasks: Promise<PromiseSettledResult<number>[]> } {
  const barrier = new Barrier(3);
  return { barrier, tasks: Promise.allSettled([barrier.waitAsync(), barrier.waitAsync()]) };
}

const sentAway = { status: 'rejected', reason: brokenError };

describe('a new barrier', () => {
  test.each([[2], [{ parties: 2 }], [{ parties: 2, action: null, timeout: null }]])(
    '%j has two parties, is not broken, and nobody waits',
    (options) => {
      const barrier = new Barrier(options);
      expect(barrier).toMatchObject({ parties: 2, nWaiting: 0, broken: false });
    },
  );

  test.each([
    [0, 'ValueError'],
    [-2, 'ValueError'],
    [1.5, 'TypeError'],
    [Number.NaN, 'TypeError'],
    [Infinity, 'TypeError'],
    [{}, 'TypeError'],
    [{ parties: '2' }, 'TypeError'],
    [{ parties: null }, 'TypeError'],
    [maximalParties + 1, 'OverflowError'],
    [{ parties: 1, action: 'act' }, 'TypeError'],
    [{ parties: 1, timeout: '1' }, 'TypeError'],
    [{ parties: 1, timeout: Number.NaN }, 'ValueError'],
    [{ parties: 1, timeout: TIMEOUT_MAX + 1 }, 'OverflowError'],
  ])('of %j raises %s', (options, name) => {
    expect(() => new Barrier(options as never)).toThrow(named(name));
  });

  test('can have as many parties as are allowed', () => {
    const barrier = new Barrier(maximalParties);
    expect(barrier.parties).toBe(maximalParties);
    expect(() => barrier.wait(0)).toThrow(brokenError);
  });

  test('has attributes that cannot be assigned', () => {
    const barrier = new Barrier(2);
    for (const name of ['parties', 'nWaiting', 'broken']) {
      expect(() => Object.assign(barrier, { [name]: 1 })).toThrow(TypeError);
    }
    expect(barrier).toMatchObject({ parties: 2, nWaiting: 0, broken: false });
  });
});

test('a barrier does what its documentation says, whatever is called in whatever order', async () => {
  const calls = fc.array(fc.constantFrom('wait', 'wait', 'wait', 'poll', 'abort', 'reset'), {
    maxLength: 25,
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), calls, async (parties, made) => {
      const barrier = new Barrier(parties);
      const waits: Promise<number>[] = [];
      const expected: (number | undefined)[] = [];
      let here: number[] = [];
      let broken = false;
      const sendAway = () => {
        for (const task of here) expected[task] = undefined;
        here = [];
      };
      for (const call of made) {
        const arrives = (call === 'wait' || call === 'poll') && !broken;
        if (call === 'wait') waits.push(barrier.waitAsync());
        if (call === 'poll') waits.push(settled(() => barrier.wait(0)));
        if (call === 'abort') barrier.abort();
        if (call === 'reset') barrier.reset();
        if (arrives && (call === 'wait' || here.length === parties - 1)) here.push(waits.length - 1);
        else if (call !== 'reset') broken = true;
        if (here.length === parties) {
          for (const [index, task] of here.entries()) expected[task] = index;
          here = [];
        }
        if (broken || call === 'reset') sendAway();
        if (call === 'reset') {
          broken = false;
          await Promise.allSettled(waits);
        }
        expect(barrier).toMatchObject({ parties, broken, nWaiting: here.length });
      }
      sendAway();
      barrier.abort();
      const shown = await Promise.allSettled(waits);
      expect(shown).toMatchObject(
        waits.map((_, task) => (expected[task] === undefined ? sentAway : { value: expected[task] })),
      );
    }),
  );
});

/** What a call ends with, as a promise. */
async function settled(call: () => number): Promise<number> {
  return call();
}

describe('time-outs', () => {
  test.each([[0], [-1], [-Infinity], [{ timeout: 0 }]])(
    'of %j break the barrier at once, and whoever waits gets the error',
    async (timeout) => {
      const { barrier, tasks } = attended();
      const late = new Barrier(2);
      expect(() => late.wait(timeout)).toThrow(brokenError);
      expect(late.broken).toBe(true);
      expect(barrier.wait(timeout)).toBe(2);
      expect(await tasks).toMatchObject([{ value: 0 }, { value: 1 }]);
      const waits = Promise.allSettled([barrier.waitAsync(), barrier.waitAsync(timeout)]);
      expect(await waits).toMatchObject([sentAway, sentAway]);
      expect(barrier.broken).toBe(true);
    },
  );

  test('break the barrier when they are over, not before', async () => {
    const barrier = new Barrier(3);
    const other = barrier.waitAsync();
    const begin = performance.now();
    await expect(barrier.waitAsync({ timeout: 0.05 })).rejects.toThrow(brokenError);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(49);
    await expect(other).rejects.toThrow(brokenError);
    expect(barrier).toMatchObject({ broken: true, nWaiting: 0 });
  });

  test("are the constructor's where a wait has none of its own", async () => {
    for (const timeout of [undefined, null]) {
      const barrier = new Barrier({ parties: 2, timeout: 0.0625 });
      const begin = performance.now();
      expect(() => barrier.wait({ timeout })).toThrow(brokenError);
      expect(performance.now() - begin).toBeGreaterThanOrEqual(61);
    }
    const barrier = new Barrier({ parties: 2, timeout: 0 });
    const patient = barrier.waitAsync(60);
    expect(barrier.wait()).toBe(1);
    expect(await patient).toBe(0);
    const hasty = new Barrier({ parties: 2, timeout: TIMEOUT_MAX });
    expect(() => hasty.wait(0)).toThrow(brokenError);
  });

  test.each([
    ['1', 'TypeError'],
    [{ timeout: true }, 'TypeError'],
    [Number.NaN, 'ValueError'],
    [Infinity, 'OverflowError'],
    [{ timeout: TIMEOUT_MAX + 1 }, 'OverflowError'],
  ])('of %j raise %s, and the caller does not count', async (timeout, name) => {
    const barrier = new Barrier(2);
    expect(() => barrier.wait(timeout as never)).toThrow(named(name));
    await expect(barrier.waitAsync(timeout as never)).rejects.toThrow(named(name));
    expect(barrier).toMatchObject({ broken: false, nWaiting: 0 });
  });
});

describe('abort and reset', () => {
  test('send away whoever waits', async () => {
    for (const call of ['abort', 'reset'] as const) {
      const { barrier, tasks } = attended();
      barrier[call]();
      expect(barrier).toMatchObject({ nWaiting: 0, broken: call === 'abort' });
      expect(await tasks).toMatchObject([sentAway, sentAway]);
    }
  });

  test('do not disturb tasks that have passed and not gone on yet', async () => {
    for (const call of ['abort', 'reset'] as const) {
      const { barrier, tasks } = attended();
      expect(barrier.wait()).toBe(2);
      barrier[call]();
      expect(await tasks).toMatchObject([{ value: 0 }, { value: 1 }]);
    }
  });

  test('newcomers after a reset wait for those who leave, and are sent away by an abort meanwhile', async () => {
    const { barrier, tasks } = attended();
    barrier.reset();
    const newcomers = [1, 2, 3].map(() => barrier.waitAsync());
    expect(barrier.nWaiting).toBe(0);
    expect(await tasks).toMatchObject([sentAway, sentAway]);
    expect(new Set(await Promise.all(newcomers))).toEqual(new Set([0, 1, 2]));

    const waiting = Promise.allSettled([barrier.waitAsync()]);
    barrier.reset();
    const early = Promise.allSettled([barrier.waitAsync(), barrier.waitAsync()]);
    barrier.abort();
    expect(barrier.broken).toBe(true);
    expect(await waiting).toMatchObject([sentAway]);
    expect(await early).toMatchObject([sentAway, sentAway]);
    barrier.reset();
    expect(barrier.broken).toBe(false);
  });
});

test('generations can be counted on when their number wraps around', async () => {
  const barrier = new Barrier(2);
  const rounds = Math.floor(2 ** 29 / 3);
  Atomics.store(barrier.memory, 0, (rounds - 2) * 3 * 4);
  for (let round = 0; round < 4; round++) {
    const other = barrier.waitAsync();
    expect(barrier.nWaiting).toBe(1);
    expect(barrier.wait()).toBe(1);
    expect(await other).toBe(0);
    expect(barrier).toMatchObject({ nWaiting: 0, broken: false });
  }
  expect(Atomics.load(barrier.memory, 0)).toBe(2 * 3 * 4);
});

test('the error is a RuntimeError', () => {
  expect(new BrokenBarrierError()).toBeInstanceOf(RuntimeError);
});

describe('a barrier that was posted', () => {
  test('is opened with an action if it was made with one, and only then', () => {
    const action = () => {};
    const plain = structuredClone(new Barrier(2));
    const acting = structuredClone(new Barrier({ parties: 2, action }));
    expect(Barrier.from(plain)).toBeInstanceOf(Barrier);
    expect(Barrier.from(plain, { action: null }).parties).toBe(2);
    expect(Barrier.from(acting, { action }).parties).toBe(2);
    expect(() => Barrier.from(acting)).toThrow(TypeError);
    expect(() => Barrier.from(plain, { action })).toThrow(TypeError);
    expect(() => Barrier.from(acting, { action: 'act' as never })).toThrow(TypeError);
  });

  test('cannot be made of anything else', () => {
    for (const handle of [undefined, null, 1, {}, new Event(), { primitive: 'Barrier' }]) {
      expect(() => Barrier.from(handle as never)).toThrow(TypeError);
    }
  });
});
