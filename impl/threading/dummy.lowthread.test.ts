import { describe, expect, test, vi } from 'vitest';
import { _count as count } from './dummy/lowthread.ts';
import * as dummy from './dummy.ts';

const { Thread, _thread } = dummy;

const valueError = expect.objectContaining({ name: 'ValueError' });

describe('_thread', () => {
  test('starts functions, and says which ident they had', () => {
    const seen: unknown[] = [];
    const ident = _thread.startNewThread(
      (...given: unknown[]) => seen.push(given, dummy.getIdent(), count(), dummy.currentThread().name),
      [1],
      { two: 2 },
    );
    expect(seen).toEqual([[1, { two: 2 }], ident, 1, expect.stringMatching(/^Dummy-\d+$/)]);
    expect([dummy.getIdent(), count()]).toEqual([1, 0]);
  });

  test('refuses what it cannot start', () => {
    const fn = vi.fn<() => void>();
    expect(() => _thread.startNewThread(fn, 'text' as never)).toThrow(TypeError);
    expect(() => _thread.startNewThread(fn, [], [] as never)).toThrow(TypeError);
    expect(() => _thread.startNewThread(5 as never, [])).toThrow(TypeError);
    expect(fn).not.toHaveBeenCalled();
  });

  test('interrupts the starter when the function has returned', () => {
    const interrupt = expect.objectContaining({ name: 'KeyboardInterrupt' });
    const seen: unknown[] = [];
    const inner = new Thread({ target: () => seen.push(_thread.interruptMain(), 'still here') });
    const outer = new Thread({
      target: () => {
        expect(() => inner.start()).toThrow(interrupt);
        seen.push('caught', inner.isAlive());
      },
    });
    outer.start();
    expect(seen).toEqual([undefined, 'still here', 'caught', false]);
    expect(() => _thread.interruptMain()).toThrow(interrupt);
    expect(() => _thread.startNewThread(() => _thread.interruptMain(), [])).toThrow(interrupt);
  });

  test('simulates the signal that it is told to', () => {
    const handled: number[] = [];
    expect(dummy.signal(15, (signum) => handled.push(signum))).toBe('default');
    _thread.interruptMain(15);
    expect(handled).toEqual([15]);
    const before = dummy.signal(2, 'ignore');
    expect(_thread.interruptMain()).toBe(undefined);
    dummy.signal(2, before);
    dummy.signal(15, 'default');
    expect(_thread.interruptMain(15)).toBe(undefined);
    for (const signum of [0, -1, 65]) expect(() => _thread.interruptMain(signum)).toThrow(valueError);
  });

  test('has locks with old names', () => {
    const lock = _thread.allocate();
    expect(lock).toBeInstanceOf(_thread.LockType);
    expect([lock.acquireLock(), lock.acquireLock(false), lock.lockedLock()]).toEqual([true, false, true]);
    lock.releaseLock();
    expect(lock.locked()).toBe(false);
    expect(_thread.error).toBe(dummy.RuntimeError);
  });
});
