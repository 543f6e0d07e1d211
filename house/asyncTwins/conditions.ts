import assert from 'node:assert/strict';
import {
  Condition,
  Event,
  Lock,
  OverflowError,
  RLock,
  RuntimeError,
  TIMEOUT_MAX,
} from '../../impl/threading/index.ts';

const moment = { timeout: 0.005 };

/** Checks the asynchronous twins of events and conditions. */
export async function checkConditions(): Promise<void> {
  await wakesAllWaiters(new Event());
  await givesUpAllLevels(new Condition());
  await wakesAsManyAsAreNotified(new Condition(new Lock()));
  await callsNoNewcomer(new Condition(new Lock()));
  await keepsNoPlaceForWhoCannotWait(new Lock());
  takesOneLock(new Lock());
}

async function wakesAllWaiters(event: Event): Promise<void> {
  assert.equal(await event.waitAsync(0), false);
  assert.equal(await event.waitAsync(moment), false);
  const waiting = [event.waitAsync(), event.waitAsync(null), event.waitAsync({ timeout: 3600 })];
  event.set();
  event.clear();
  assert.deepEqual(await Promise.all(waiting), [true, true, true]);
  event.set();
  assert.equal(await event.waitAsync(), true);
  event.clear();
  await assert.rejects(event.waitAsync(TIMEOUT_MAX * 2), OverflowError);
}

async function wakesAsManyAsAreNotified(condition: Condition): Promise<void> {
  await assert.rejects(condition.waitAsync(), RuntimeError);
  await assert.rejects(
    condition.waitForAsync(() => true),
    RuntimeError,
  );
  await condition.acquireAsync();
  await assert.rejects(condition.waitAsync(TIMEOUT_MAX * 2), OverflowError);
  await assert.rejects(condition.waitForAsync({ predicate: 1 as never }), TypeError);
  assert.equal(await condition.waitAsync(0), false);
  assert.equal(await condition.waitAsync(moment), false);
  assert.equal(await condition.waitForAsync(() => 'at once'), 'at once');
  assert.equal(await condition.waitForAsync({ predicate: () => null, ...moment }), null);
  condition.release();
  let passed = 0;
  let open = false;
  const waiting = [1, 2, 3].map(async () => {
    await condition.acquireAsync();
    assert.equal(await condition.waitAsync({ timeout: 3600 }), true);
    passed++;
    condition.notifyAll();
    assert.equal(await condition.waitForAsync({ predicate: async () => open && passed }), 3);
    condition.release();
  });
  while (passed < 3) {
    await condition.acquireAsync();
    condition.notify();
    condition.release();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await condition.acquireAsync();
  open = true;
  condition.notifyAll();
  condition.release();
  await Promise.all(waiting);
  assert.equal(condition.locked(), false);
}

async function givesUpAllLevels(condition: Condition): Promise<void> {
  for (let level = 0; level < 2; level++) await condition.acquireAsync();
  const waiting = condition.waitAsync();
  assert.equal(condition.locked(), false);
  await condition.acquireAsync();
  condition.notify();
  condition.release();
  assert.equal(await waiting, true);
  for (let level = 0; level < 2; level++) condition.release();
  assert.equal(condition.locked(), false);
}

/** One of two is called, and has not noticed yet, when a third comes and goes again. */
async function callsNoNewcomer(condition: Condition): Promise<void> {
  const wait = async () => {
    await condition.acquireAsync();
    const notified = await condition.waitAsync();
    condition.release();
    return notified;
  };
  const waiting = [wait(), wait()];
  await condition.acquireAsync();
  condition.notify();
  assert.equal(await condition.waitAsync(0), false);
  condition.release();
  assert.equal(await Promise.race(waiting), true);
  await condition.acquireAsync();
  condition.notify({ n: 1 });
  condition.release();
  assert.deepEqual(await Promise.all(waiting), [true, true]);
}

/** The lock of a condition can be released by others, at any moment: here, while the time-out is read. */
async function keepsNoPlaceForWhoCannotWait(lock: Lock): Promise<void> {
  const condition = new Condition({ lock });
  await condition.acquireAsync();
  const options = {
    get timeout() {
      lock.release();
      return null;
    },
  };
  await assert.rejects(condition.waitAsync(options), RuntimeError);
  await condition.acquireAsync();
  const waiting = condition.waitAsync();
  await condition.acquireAsync();
  condition.notify();
  condition.release();
  assert.equal(await waiting, true, 'the one call is for the one who waits');
  condition.release();
}

function takesOneLock(lock: Lock): void {
  const posted = structuredClone({ condition: new Condition(lock), lock });
  const own = Lock.from(posted.lock);
  assert.equal(Condition.from(posted.condition, { lock: own }).lock, own);
  assert.throws(() => Condition.from(posted.condition, { lock: new Lock() }), TypeError);
  assert.throws(() => Condition.from(posted.condition, { lock: new RLock() }), TypeError);
  assert.equal(new Condition(structuredClone(new RLock()) as never).lock instanceof RLock, true);
  assert.equal(new Condition({ lock: null }).lock instanceof RLock, true);
  for (const wrong of [1, { rlock: lock }, new Event(), { lock: 'lock' }, { lock: new Event() }]) {
    assert.throws(() => new Condition(wrong as never), TypeError);
  }
}
