import { describe, expect, test } from 'vitest';
import * as dummy from './dummy.ts';

const { Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore, Thread } = dummy;

const runtimeError = expect.objectContaining({ name: 'RuntimeError' });
const valueError = expect.objectContaining({ name: 'ValueError' });

describe('who would have to wait goes on', () => {
  test('at a lock', () => {
    const lock = new Lock();
    expect(lock.acquire()).toBe(true);
    expect([lock.acquire(false), lock.acquire({ timeout: 0 }), lock.locked()]).toEqual([false, false, true]);
    expect([lock.acquire(), lock.acquire({ timeout: 5 })]).toEqual([true, true]);
    lock.release();
    expect(lock.locked()).toBe(false);
    expect(() => lock.release()).toThrow(runtimeError);
    expect(() => lock.acquire({ timeout: -2 })).toThrow(valueError);
  });

  test('at an RLock', () => {
    const lock = new RLock();
    lock.acquire();
    expect(lock.acquire(false)).toBe(true);
    const seen: unknown[] = [];
    new Thread({ target: () => seen.push(lock.acquire(false), lock.acquire(), lock.release()) }).start();
    expect(seen).toEqual([false, true, undefined]);
    lock.release();
    lock.release();
    expect(lock.locked()).toBe(false);
    expect(() => lock.release()).toThrow(runtimeError);
  });

  test('at a semaphore, which is in the end what it was', () => {
    const semaphore = new BoundedSemaphore(1);
    expect([semaphore.acquire(), semaphore.acquire(false), semaphore.acquire()]).toEqual([true, false, true]);
    semaphore.release();
    expect(semaphore.acquire(false)).toBe(false);
    semaphore.release();
    expect(() => semaphore.release()).toThrow(valueError);
    const unbounded = new Semaphore({ value: 0 });
    unbounded.release(3);
    expect([1, 2, 3, 4].map(() => unbounded.acquire({ timeout: 0 }))).toEqual([true, true, true, false]);
    expect(() => new Semaphore(-1)).toThrow(valueError);
  });

  test('at an event', () => {
    const event = new Event();
    expect([event.wait(), event.wait(5), event.wait(0), event.isSet()]).toEqual([true, true, false, false]);
    event.set();
    expect([event.wait(0), event.isSet()]).toEqual([true, true]);
    event.clear();
    expect(event.isSet()).toBe(false);
  });

  test('at a condition', () => {
    const condition = new Condition();
    expect(() => condition.wait()).toThrow(runtimeError);
    expect(() => condition.notifyAll()).toThrow(runtimeError);
    dummy.withLock(condition, () => {
      expect([condition.wait(), condition.wait(5), condition.wait(0)]).toEqual([true, true, false]);
      let asked = 0;
      expect(condition.waitFor(() => ++asked === 2)).toBe(true);
      expect(condition.waitFor({ predicate: () => 0, timeout: 0 })).toBe(0);
      expect(condition.waitFor(() => null)).toBe(null);
      condition.notify();
      condition.notify({ n: 5 });
      expect(() => condition.notify(0.5)).toThrow(TypeError);
    });
    const lock = new Lock();
    expect([new Condition(lock).lock, new Condition({ lock }).lock]).toEqual([lock, lock]);
    expect(() => new Condition({ lock: {} as never })).toThrow(TypeError);
  });

  test('at a barrier', () => {
    const acted: number[] = [];
    const barrier = new Barrier({ parties: 2, action: () => acted.push(barrier.nWaiting) });
    expect([barrier.wait(), acted.length, barrier.wait(), acted.length, barrier.wait()]).toEqual([
      0, 0, 1, 1, 0,
    ]);
    barrier.reset();
    expect(() => barrier.wait(0)).toThrow(expect.objectContaining({ name: 'BrokenBarrierError' }));
    expect(barrier.broken).toBe(true);
    expect(() => barrier.wait()).toThrow(expect.objectContaining({ name: 'BrokenBarrierError' }));
    barrier.reset();
    expect([barrier.wait(), barrier.wait(0)]).toEqual([0, 1]);
    expect(() => new Barrier(0)).toThrow(valueError);
  });

  test('at a barrier whose action fails, which breaks it', () => {
    const error = new Error('thrown by the action');
    const barrier = new Barrier({ parties: 1, action: () => raise(error) });
    expect(() => barrier.wait()).toThrow(error);
    expect(barrier.broken).toBe(true);
  });

  test('later, where that is asked for', async () => {
    const [lock, event, condition] = [new Lock(), new Event(), new Condition()];
    await dummy.withLockAsync(lock, async () => expect(await lock.acquireAsync(false)).toBe(false));
    expect(await event.waitAsync()).toBe(true);
    await condition.acquireAsync();
    expect(await condition.waitForAsync(() => Promise.resolve(0))).toBe(0);
    expect(await new Barrier(1).waitAsync()).toBe(0);
  });
});

function raise(error: unknown): never {
  throw error;
}
