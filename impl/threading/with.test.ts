import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Event } from './event.ts';
import { Lock } from './lock.ts';
import { RLock } from './rlock.ts';
import { BoundedSemaphore } from './bsem.ts';
import { Condition } from './cond.ts';
import { Semaphore } from './sem.ts';
import { guard, guardAsync, withLock, withLockAsync } from './with.ts';

class BodyError extends Error {
  override readonly name = 'BodyError';
}

/** A lock that notes what is done to it. */
class NotedLock extends Lock {
  readonly calls: string[] = [];
  /** What acquiring raises, if anything. */
  refusal: Error | undefined;

  override acquire(): boolean {
    this.calls.push('acquire');
    if (this.refusal !== undefined) throw this.refusal;
    return super.acquire();
  }

  override async acquireAsync(): Promise<boolean> {
    this.calls.push('acquire');
    if (this.refusal !== undefined) throw this.refusal;
    return super.acquireAsync();
  }

  override release(): void {
    this.calls.push('release');
    super.release();
  }
}

const whole = ['acquire', 'release'];

const lockable = [
  ['Lock', () => new Lock()],
  ['RLock', () => new RLock()],
  ['Semaphore', () => new Semaphore()],
  ['BoundedSemaphore', () => new BoundedSemaphore()],
  ['Condition', () => new Condition()],
] as const;

describe('withLock', () => {
  test('gives the body the result of acquire, holds the lock in it, returns what it returns', () => {
    const lock = new NotedLock();
    const value = withLock(lock, (acquired) => {
      expect(acquired).toBe(true);
      expect(lock.locked()).toBe(true);
      return 'value';
    });
    expect(value).toBe('value');
    expect(lock.locked()).toBe(false);
    expect(lock.calls).toEqual(whole);
  });

  test('releases once when the body throws, and passes the very error on', () => {
    const lock = new NotedLock();
    const error = new BodyError('thrown');
    expect(() =>
      withLock(lock, () => {
        throw error;
      }),
    ).toThrow(error);
    expect(lock.calls).toEqual(whole);
  });

  test('neither runs the body nor releases if the acquire raises', () => {
    const lock = new NotedLock();
    lock.refusal = new BodyError('refused');
    let ran = false;
    expect(() =>
      withLock(lock, () => {
        ran = true;
      }),
    ).toThrow(lock.refusal);
    expect(ran).toBe(false);
    expect(lock.calls).toEqual(['acquire']);
  });

  test('raises what the release raises, also over what the body threw', () => {
    const released = expect.objectContaining({ name: 'RuntimeError' });
    const lock = new Lock();
    expect(() => withLock(lock, () => lock.release())).toThrow(released);
    expect(() =>
      withLock(lock, () => {
        lock.release();
        throw new BodyError('thrown');
      }),
    ).toThrow(released);
    expect(lock.locked()).toBe(false);
  });

  test.each(lockable)('works on %s', (_, create) => {
    const object = create();
    expect(withLock(object, () => withLock(create(), () => 1))).toBe(1);
    expect(object.acquire(false)).toBe(true);
  });

  test('nests on one RLock, and only the outer statement frees it', () => {
    const lock = new RLock();
    withLock(lock, () => {
      withLock(lock, () => undefined);
      expect(lock.locked()).toBe(true);
    });
    expect(lock.locked()).toBe(false);
  });
});

describe('withLockAsync', () => {
  test('holds the lock until the body has settled', async () => {
    const lock = new NotedLock();
    const held: boolean[] = [];
    const value = await withLockAsync(lock, async (acquired) => {
      await Promise.resolve();
      held.push(acquired, lock.locked());
      return 'value';
    });
    expect([value, held, lock.locked()]).toEqual(['value', [true, true], false]);
    expect(lock.calls).toEqual(whole);
  });

  test('lets tasks in one after the other', async () => {
    const lock = new Lock();
    let inside = 0;
    const visits = Array.from({ length: 10 }, async (_, visitor) =>
      withLockAsync(lock, async () => {
        expect(++inside).toBe(1);
        await Promise.resolve();
        inside--;
        return visitor;
      }),
    );
    expect(await Promise.all(visits)).toEqual(visits.map((_, visitor) => visitor));
    expect(lock.locked()).toBe(false);
  });

  test('releases once when the body throws or rejects, and passes the error on', async () => {
    const error = new BodyError('thrown');
    const bodies = [
      () => {
        throw error;
      },
      async () => {
        await Promise.resolve();
        throw error;
      },
    ];
    for (const body of bodies) {
      const lock = new NotedLock();
      await expect(withLockAsync(lock, body)).rejects.toBe(error);
      expect(lock.calls).toEqual(whole);
      expect(lock.locked()).toBe(false);
    }
  });

  test('neither runs the body nor releases if the acquire rejects', async () => {
    const lock = new NotedLock();
    lock.refusal = new BodyError('refused');
    let ran = false;
    const statement = withLockAsync(lock, () => {
      ran = true;
    });
    await expect(statement).rejects.toBe(lock.refusal);
    expect([ran, lock.calls]).toEqual([false, ['acquire']]);
  });
});

describe('guard', () => {
  test.each(['end', 'return', 'break', 'continue'] as const)('releases on the way out by %s', (by) => {
    const lock = new Lock();
    leave(lock, by);
    expect(lock.locked()).toBe(false);
  });

  test('releases on the way out by throw, and lets the error pass', () => {
    const lock = new Lock();
    expect(() => leave(lock, 'throw')).toThrow(BodyError);
    expect(lock.locked()).toBe(false);
  });

  test('releases once, however often it is disposed of', () => {
    const lock = new NotedLock();
    const held = guard(lock);
    held[Symbol.dispose]();
    lock.acquire();
    held[Symbol.dispose]();
    expect(lock.locked()).toBe(true);
    expect(lock.calls).toEqual([...whole, 'acquire']);
  });

  test('makes nothing to dispose of if the acquire raises', async () => {
    const lock = new NotedLock();
    lock.refusal = new BodyError('refused');
    expect(() => guard(lock)).toThrow(lock.refusal);
    await expect(guardAsync(lock)).rejects.toBe(lock.refusal);
    expect(lock.calls).toEqual(['acquire', 'acquire']);
  });

  test('raises what the release raises', () => {
    const lock = new Lock();
    const held = guard(lock);
    lock.release();
    expect(() => held[Symbol.dispose]()).toThrow(expect.objectContaining({ name: 'RuntimeError' }));
  });

  test('waits its turn where it must not block', async () => {
    const lock = new Lock();
    const first = await guardAsync(lock);
    const second = guardAsync(lock);
    expect(lock.locked()).toBe(true);
    first[Symbol.dispose]();
    (await second)[Symbol.dispose]();
    expect(lock.locked()).toBe(false);
  });
});

describe('what cannot be acquired and released', () => {
  const wrong = [undefined, null, 1, {}, new Event(), { acquire: () => true }, { release: () => undefined }];

  test.each(wrong.map((object) => [object]))(
    '%o is refused with a TypeError, and no body runs',
    async (object) => {
      let ran = false;
      const body = () => {
        ran = true;
      };
      expect(() => withLock(object as never, body)).toThrow(TypeError);
      expect(() => guard(object as never)).toThrow(TypeError);
      await expect(withLockAsync(object as never, body)).rejects.toThrow(TypeError);
      await expect(guardAsync(object as never)).rejects.toThrow(TypeError);
      expect(ran).toBe(false);
    },
  );
});

test('a statement in another thread excludes one here', async () => {
  const lock = new Lock();
  const begun = new Event();
  const worker = new Worker(
    `
    const { parentPort: port } = require('node:worker_threads');
    port.once('message', async (posted) => {
      const { Event, Lock, withLock } = await import(posted.module);
      const lock = Lock.from(posted.lock);
      const value = withLock(lock, () => {
        Event.from(posted.begun).set();
        Event.from(posted.end).wait();
        return lock.locked();
      });
      port.postMessage(value);
    });`,
    { eval: true },
  );
  onTestFinished(async () => {
    await worker.terminate();
  });
  const answer = new Promise((resolve) => worker.once('message', resolve));
  const end = new Event();
  worker.postMessage({ module: new URL('./index.ts', import.meta.url).href, lock, begun, end }, []);
  await begun.waitAsync();
  expect(lock.acquire(false)).toBe(false);
  const here = withLockAsync(lock, () => 'here');
  end.set();
  expect(await answer).toBe(true);
  expect(await here).toBe('here');
});

/** Leaves a guarded block in this way. */
function leave(lock: Lock, by: 'end' | 'return' | 'break' | 'continue' | 'throw'): void {
  for (const turn of [1, 2]) {
    if (turn === 2) return;
    const held = guard(lock);
    try {
      if (by === 'return') return;
      if (by === 'break') break;
      if (by === 'continue') continue;
      if (by === 'throw') throw new BodyError('thrown');
    } finally {
      held[Symbol.dispose]();
    }
  }
}
