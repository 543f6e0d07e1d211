import assert from 'node:assert/strict';
import {
  Barrier,
  BrokenBarrierError,
  Lock,
  OverflowError,
  TIMEOUT_MAX,
  ValueError,
} from '../../impl/threading/index.ts';
import { inThread } from './inThread.ts';

const moment = { timeout: 0.005 };

/** Checks the asynchronous twin of barriers. */
export async function checkBarriers(): Promise<void> {
  await letsAllPassTogether(new Barrier(3));
  await breaksWhenTimeIsOver(new Barrier(3));
  await sendsAwayWhoeverWaits('abort');
  await sendsAwayWhoeverWaits('reset');
  await actsBeforeAnyPasses();
  await breaksWhenTheActionThrows();
  await leavesWhileItsThreadWaits(new Barrier(2));
  await waitsElsewhereInAnAction(new Barrier(2));
  await refusesBadOptions(new Barrier(2));
  bringsItsActionAlong();
}

/** What became of the tasks: numbers, or names of errors. */
async function ends(tasks: readonly Promise<number>[]): Promise<readonly unknown[]> {
  return (await Promise.allSettled(tasks)).map((end) =>
    end.status === 'fulfilled' ? end.value : (end.reason as Error).name,
  );
}

async function letsAllPassTogether(barrier: Barrier): Promise<void> {
  let passed = 0;
  const pass = async (timeout?: number) => {
    const index = await barrier.waitAsync(timeout);
    passed++;
    return index;
  };
  for (let round = 1; round <= 3; round++) {
    const tasks = [pass(), pass(3600)];
    assert.deepEqual([barrier.nWaiting, passed], [2, 3 * (round - 1)]);
    tasks.push(pass());
    assert.deepEqual(new Set(await ends(tasks)), new Set([0, 1, 2]));
    assert.deepEqual([barrier.nWaiting, barrier.broken, passed], [0, false, 3 * round]);
  }
}

async function breaksWhenTimeIsOver(barrier: Barrier): Promise<void> {
  const broken = ['BrokenBarrierError', 'BrokenBarrierError'];
  assert.deepEqual(await ends([barrier.waitAsync(), barrier.waitAsync(moment)]), broken);
  assert.equal(barrier.broken, true);
  await assert.rejects(barrier.waitAsync(), BrokenBarrierError);
  barrier.reset();
  assert.equal(barrier.broken, false);
  assert.deepEqual(await ends([barrier.waitAsync(), barrier.waitAsync(0)]), broken);
  const impatient = new Barrier({ parties: 2, ...moment });
  await assert.rejects(impatient.waitAsync(), BrokenBarrierError);
  impatient.reset();
  assert.deepEqual(await ends([impatient.waitAsync(3600), impatient.waitAsync()]), [0, 1]);
}

async function sendsAwayWhoeverWaits(how: 'abort' | 'reset'): Promise<void> {
  const barrier = new Barrier(3);
  const tasks = ends([barrier.waitAsync(), barrier.waitAsync(3600)]);
  barrier[how]();
  assert.equal(barrier.broken, how === 'abort');
  // After a reset they begin anew, when those that were sent away have left.
  const newcomers = ends([barrier.waitAsync(), barrier.waitAsync(), barrier.waitAsync()]);
  assert.deepEqual(await tasks, ['BrokenBarrierError', 'BrokenBarrierError']);
  assert.deepEqual(
    new Set(await newcomers),
    new Set<unknown>(how === 'abort' ? ['BrokenBarrierError'] : [0, 1, 2]),
  );
  assert.equal(barrier.nWaiting, 0);
}

async function actsBeforeAnyPasses(): Promise<void> {
  const order: string[] = [];
  const barrier: Barrier = new Barrier({
    parties: 2,
    action: () => order.push(`acts while ${barrier.nWaiting} wait`),
  });
  const pass = async () => {
    const index = await barrier.waitAsync();
    order.push('passes');
    return index;
  };
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(new Set(await ends([pass(), pass()])), new Set([0, 1]));
    assert.deepEqual(order.splice(0), ['acts while 2 wait', 'passes', 'passes']);
  }
}

async function breaksWhenTheActionThrows(): Promise<void> {
  const thrown = new RangeError('thrown by the action');
  for (const before of [undefined, 'abort', 'reset'] as const) {
    const barrier: Barrier = new Barrier({
      parties: 2,
      action: () => {
        if (before !== undefined) barrier[before]();
        throw thrown;
      },
    });
    assert.deepEqual(await ends([barrier.waitAsync(), barrier.waitAsync()]), [
      'BrokenBarrierError',
      'RangeError',
    ]);
    assert.deepEqual([barrier.broken, barrier.nWaiting], [before !== 'reset', 0]);
  }
}

/** Nobody could pass if the task that was sent away had to wait for its thread, which waits for the next generation. */
async function leavesWhileItsThreadWaits(barrier: Barrier): Promise<void> {
  const away = assert.rejects(barrier.waitAsync(), BrokenBarrierError);
  barrier.reset();
  const ended = inThread('pass', { barrier });
  assert.equal([0, 1].includes(barrier.wait()), true);
  await away;
  assert.equal(await ended, 0);
}

async function waitsElsewhereInAnAction(other: Barrier): Promise<void> {
  const barrier = new Barrier({ parties: 3, action: () => other.wait() });
  const ended = inThread('pass', { barrier: other });
  const tasks = [barrier.waitAsync(), barrier.waitAsync(), barrier.waitAsync()];
  assert.deepEqual(await ends(tasks), [0, 1, 2]);
  assert.equal(await ended, 0);
}

async function refusesBadOptions(barrier: Barrier): Promise<void> {
  await assert.rejects(barrier.waitAsync({ timeout: '1' as never }), TypeError);
  await assert.rejects(barrier.waitAsync(Number.NaN), ValueError);
  await assert.rejects(barrier.waitAsync(TIMEOUT_MAX * 2), OverflowError);
  assert.deepEqual([barrier.nWaiting, barrier.broken, barrier.parties], [0, false, 2]);
  assert.equal(await new Barrier(1).waitAsync(Number.NaN), 0, 'who need not wait has no use for it');
  assert.throws(() => new Barrier('2' as never), TypeError);
  assert.throws(() => new Barrier(1.5), TypeError);
  assert.throws(() => new Barrier(0), ValueError);
  assert.throws(() => new Barrier(2 ** 20 + 1), OverflowError);
  assert.throws(() => new Barrier({ parties: 1, action: 1 as never }), TypeError);
}

function bringsItsActionAlong(): void {
  let acted = 0;
  const action = () => acted++;
  const acting = structuredClone(new Barrier({ parties: 1, action }));
  assert.equal(Barrier.from(acting, { action }).wait(), 0);
  assert.equal(acted, 1);
  assert.throws(() => Barrier.from(acting), TypeError);
  assert.throws(() => Barrier.from(structuredClone(new Barrier(1)), { action }), TypeError);
  for (const wrong of [undefined, {}, new Lock(), { primitive: 'Barrier' }]) {
    assert.throws(() => Barrier.from(wrong as never), TypeError);
  }
}
