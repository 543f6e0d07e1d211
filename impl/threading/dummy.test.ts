import { describe, expect, test, vi } from 'vitest';
import * as dummy from './dummy.ts';

const { Local, Thread, Timer, _thread } = dummy;

const runtimeError = expect.objectContaining({ name: 'RuntimeError' });
const valueError = expect.objectContaining({ name: 'ValueError' });

describe('threads', () => {
  test('run to their end before start returns, each as the current one', () => {
    const seen: unknown[] = [];
    const thread = new Thread({
      target: (...given: unknown[]) => {
        seen.push(
          given,
          dummy.currentThread() === thread,
          thread.isAlive(),
          dummy.activeCount(),
          dummy.getIdent(),
        );
      },
      args: [1, 2],
      kwargs: { three: 3 },
    });
    expect([thread.isAlive(), thread.ident]).toEqual([false, null]);
    thread.start();
    expect(seen).toEqual([[1, 2, { three: 3 }], true, true, 2, thread.ident]);
    expect([thread.isAlive(), dummy.activeCount()]).toEqual([false, 1]);
    expect(dummy.currentThread()).toBe(dummy.mainThread());
    expect(dummy.enumerate()).toEqual([dummy.mainThread()]);
    expect(thread.join()).toBe(undefined);
    expect(() => thread.start()).toThrow(runtimeError);
  });

  test('run within each other', () => {
    const order: unknown[] = [];
    const inner = new Thread({
      target: () => order.push(dummy.enumerate().map(({ name }) => name)),
      name: 'inner',
    });
    const outer = new Thread({
      target: () => {
        inner.start();
        order.push(dummy.currentThread().name, inner.isAlive());
        expect(() => outer.join()).toThrow(runtimeError);
        expect(dummy.mainThread().join()).toBe(undefined);
      },
      name: 'outer',
      daemon: true,
    });
    outer.start();
    expect(order).toEqual([['MainThread', 'outer', 'inner'], 'outer', false]);
    expect([outer.daemon, inner.daemon]).toEqual([true, false]);
  });

  test('inherit whether they are daemons from the one that makes them', () => {
    const daemons: boolean[] = [];
    new Thread({ target: () => daemons.push(new Thread().daemon), daemon: true }).start();
    new Thread({ target: () => daemons.push(new Thread().daemon) }).start();
    expect(daemons).toEqual([true, false]);
  });

  test('can be a subclass that overrides run', () => {
    class Mine extends Thread {
      ran = 0;
      override run(): void {
        this.ran++;
      }
    }
    const thread = new Mine();
    thread.start();
    expect(thread.ran).toBe(1);
  });

  test('are numbered and named as they are elsewhere', () => {
    const [one, other] = [new Thread(), new Thread({ target: function named() {} })];
    const number = Number(/^Thread-(\d+)$/.exec(one.name)?.[1]);
    expect(other.name).toBe(`Thread-${number + 1} (named)`);
    one.name = 'renamed';
    expect(one.getName()).toBe('renamed');
    expect(String(one)).toBe('<Thread(renamed, initial)>');
  });

  test.each<[string, readonly unknown[], string]>([
    ['a group', [{ group: {} }], 'AssertionError'],
    ['a sixth argument', [null, null, null, null, null, true], 'TypeError'],
    ['args that are no array', [{ args: 'text' }], 'TypeError'],
    ['kwargs that are no object', [{ kwargs: [] }], 'TypeError'],
    ['an option that there is none of', [{ deamon: true }], 'TypeError'],
  ])('refuse %s', (_, given, name) => {
    expect(() => Reflect.construct(Thread, given) as unknown).toThrow(expect.objectContaining({ name }));
  });

  test('cannot be joined before they are started, or made daemons after', () => {
    const thread = new Thread();
    expect(() => thread.join()).toThrow(runtimeError);
    thread.daemon = true;
    thread.start();
    expect(() => (thread.daemon = false)).toThrow(runtimeError);
  });
});

describe('errors', () => {
  test('of threads are printed, but for SystemExit', () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const error = new Error('thrown by the target');
    new Thread({ target: () => raise(error), name: 'failing' }).start();
    expect(printed).toHaveBeenCalledExactlyOnceWith(`Exception in thread failing:\n${error.stack}`);
    printed.mockClear();
    new Thread({ target: () => raise(new dummy.SystemExit(3)) }).start();
    new Thread({ target: () => _thread.exit() }).start();
    _thread.startNewThread(() => _thread.exit(), []);
    expect(printed).not.toHaveBeenCalled();
    _thread.startNewThread(function started() {
      raise(error);
    }, []);
    expect(printed).toHaveBeenCalledExactlyOnceWith(
      `Exception ignored in thread started by: started\n${error.stack}`,
    );
    printed.mockRestore();
  });

  test('of an asynchronous target are printed later', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const error = new Error('thrown later');
    new Thread({ target: async () => Promise.reject(error), name: 'later' }).start();
    await new Promise((resolve) => setImmediate(resolve));
    expect(printed).toHaveBeenCalledExactlyOnceWith(`Exception in thread later:\n${error.stack}`);
    printed.mockRestore();
  });

  test('go to the hooks', () => {
    const error = new RangeError('thrown');
    const hooked: unknown[] = [];
    dummy.setExcepthook((args) => hooked.push(args));
    dummy.setUnraisablehook((args) => hooked.push(args));
    const fn = (): never => raise(error);
    const thread = new Thread({ target: fn });
    thread.start();
    _thread.startNewThread(fn, []);
    const about = { excType: RangeError, excValue: error, excTraceback: error.stack };
    expect(hooked).toEqual([
      { ...about, thread },
      { ...about, errMsg: 'Exception ignored in thread started by', object: fn },
    ]);
    dummy.setExcepthook(null);
    dummy.setUnraisablehook(null);
    expect(dummy.getExcepthook()).toBe(dummy.originalExcepthook);
    expect(() => dummy.setExcepthook(5 as never)).toThrow(TypeError);
  });
});

test('trace and profile functions are called when a thread begins, not for raw ones', () => {
  const events: unknown[] = [];
  dummy.settrace((event) => events.push(event, dummy.currentThread().name));
  dummy.setprofile((event) => events.push(`profile ${event}`));
  const thread = new Thread({ target: () => events.push('run'), name: 'traced' });
  thread.start();
  _thread.startNewThread(() => undefined, []);
  expect(events).toEqual(['thread-start', 'traced', 'profile thread-start', 'run']);
  dummy.settrace(null);
  dummy.setprofile(null);
  new Thread().start();
  expect([events.length, dummy.gettrace(), dummy.getprofile()]).toEqual([4, null, null]);
});

describe('a timer', () => {
  test('calls its function when it is started', () => {
    const given: unknown[] = [];
    const timer = new Timer(
      3600,
      (...args: unknown[]) => given.push(args, dummy.currentThread() === timer),
      [1],
      { two: 2 },
    );
    timer.start();
    timer.cancel();
    expect(given).toEqual([[1, { two: 2 }], true]);
    expect(() => timer.start()).toThrow(runtimeError);
  });

  test('calls nothing if it was cancelled before', () => {
    let called = false;
    const timer = new Timer({ interval: 0, function: () => (called = true) });
    expect(timer.cancel()).toBe(undefined);
    timer.start();
    expect([called, timer.isAlive(), timer instanceof Thread]).toEqual([false, false, true]);
  });

  test('needs an interval and a function', () => {
    expect(() => new Timer('1' as never, () => undefined)).toThrow(TypeError);
    expect(() => new Timer(1, null as never)).toThrow(TypeError);
  });
});

describe('a Local', () => {
  class Counted extends Local {
    static readonly slots = ['total'];
    declare calls?: unknown[][];
    init(...given: unknown[]): void {
      this.calls = [given];
    }
  }

  test("has each thread's own attributes", () => {
    const local = new Counted('given');
    local.x = 1;
    local.total = 1;
    const seen: unknown[] = [];
    const target = (): void => {
      seen.push('x' in local, local.calls, local.total);
      local.x = 2;
      local.total = 2;
      delete local.calls;
    };
    new Thread({ target }).start();
    new Thread({ target }).start();
    expect(seen).toEqual([false, [['given']], 1, false, [['given']], 2]);
    expect([local.x, local.calls, local.total]).toEqual([1, [['given']], 2]);
    expect(() => local.y).toThrow(expect.objectContaining({ name: 'AttributeError' }));
    expect(Counted.from(local)).toBe(local);
    expect(() => new Local(1)).toThrow(TypeError);
  });
});

test('stack sizes are checked, and forgotten when they are asked for', () => {
  expect([dummy.stackSize(), dummy.stackSize(65_536), dummy.stackSize(), dummy.stackSize()]).toEqual([
    0, 0, 65_536, 0,
  ]);
  expect(() => dummy.stackSize(1)).toThrow(valueError);
  expect(() => dummy.stackSize(65_536.5)).toThrow(TypeError);
});

function raise(error: unknown): never {
  throw error;
}
