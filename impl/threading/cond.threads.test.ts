import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Condition } from './cond.ts';
import { Lock } from './lock.ts';
import { RLock } from './rlock.ts';

describe('a condition that was posted', () => {
  test.each([new Lock(), new RLock()])('is the same in another thread, and so is its lock', async (lock) => {
    const condition = new Condition(lock);
    const { say, hear } = play({ condition, lock });
    await lock.acquireAsync();
    say(`
      say('begins');
      condition.acquire();
      say(condition.lock === lock);
      const notified = condition.wait();
      condition.release();
      return notified;
    `);
    expect(await hear()).toBe('begins');
    const notified = condition.waitAsync();
    expect(await hear()).toBe(true);
    await lock.acquireAsync();
    condition.notifyAll();
    lock.release();
    expect(await Promise.all([hear(), taken(condition, notified)])).toEqual([true, true]);
    expect(lock.locked()).toBe(false);
  });

  test('can bring its lock along, or find it there', () => {
    const lock = new Lock();
    const posted = structuredClone({ condition: new Condition(lock), lock });
    expect(Condition.from(posted.condition).lock).toBeInstanceOf(Lock);
    expect(Condition.from(structuredClone(new Condition())).lock).toBeInstanceOf(RLock);
    const own = Lock.from(posted.lock);
    expect(Condition.from(posted.condition, { lock: own }).lock).toBe(own);
    expect(Condition.from(posted.condition, { lock: null }).lock).not.toBe(own);
    for (const wrong of [new Lock(), new RLock()]) {
      expect(() => Condition.from(posted.condition, { lock: wrong })).toThrow(TypeError);
    }
  });

  test('cannot be made of anything else', () => {
    const { memory } = new Condition();
    for (const wrong of [
      undefined,
      null,
      {},
      new Lock(),
      { primitive: 'Condition' },
      { primitive: 'Condition', memory },
      { primitive: 'Condition', memory, lock: { primitive: 'Event', memory } },
    ]) {
      expect(() => Condition.from(wrong as never)).toThrow(TypeError);
    }
  });
});

describe('threads and tasks that wait together', () => {
  test('go on, as many as are notified', async () => {
    const condition = new Condition(new Lock());
    const threads = [play({ condition }), play({ condition })];
    for (const { say, hear } of threads) {
      await condition.acquireAsync();
      say(
        'say("begins"); condition.acquire(); say("waits"); condition.wait(); condition.release(); return "went on"',
      );
      expect(await hear()).toBe('begins');
      condition.release();
      expect(await hear()).toBe('waits');
    }
    let wentOn = 0;
    const goesOn = () => {
      wentOn++;
    };
    const waits = threads.map(({ hear }) => hear().then(goesOn));
    for (let task = 0; task < 2; task++) {
      await condition.acquireAsync();
      waits.push(taken(condition, condition.waitAsync()).then(goesOn));
    }
    for (const n of [1, 2]) {
      const before = wentOn;
      await condition.acquireAsync();
      condition.notify(n);
      condition.release();
      await vi.waitUntil(() => wentOn >= before + n);
      expect(wentOn).toBe(before + n);
    }
    await condition.acquireAsync();
    condition.notify(4);
    condition.release();
    await Promise.all(waits);
    expect(wentOn).toBe(4);
  });

  test('go on though a task that waits longer cannot, because its thread waits too', async () => {
    const condition = new Condition(new Lock());
    const { say, hear } = play({ condition });
    await condition.acquireAsync();
    say(`
      say('begins');
      condition.acquire();
      const task = condition.waitAsync();
      condition.acquire();
      say('waits');
      condition.wait();
      condition.release();
      say('thread went on');
      await task;
      condition.release();
      return 'task went on';
    `);
    await hear();
    condition.release();
    await hear();
    for (const goesOn of ['thread went on', 'task went on']) {
      await condition.acquireAsync();
      condition.notify();
      condition.release();
      expect(await hear()).toBe(goesOn);
    }
  });

  test('pass every item on, once, through a buffer that is often full or empty', async () => {
    const lock = new RLock();
    const [filled, emptied] = [new Condition(lock), new Condition(lock)];
    const buffer = new Int32Array(new SharedArrayBuffer(8));
    const items = 300;
    const { say, hear } = play({ filled, emptied, lock, buffer });
    say(`
      for (let item = 1; item <= ${items}; item++) {
        lock.acquire();
        lock.acquire();
        emptied.waitFor(() => buffer[0] === 0);
        buffer[0] = item;
        filled.notify();
        lock.release();
        lock.release();
      }
      return 'done';
    `);
    const got: number[] = [];
    const consume = async (count: number) => {
      for (let item = 0; item < count; item++) {
        await filled.acquireAsync();
        await filled.waitForAsync(() => buffer[0] !== 0);
        got.push(buffer[0] as number);
        buffer[0] = 0;
        emptied.notify();
        filled.release();
      }
    };
    await consume(items);
    expect(await hear()).toBe('done');
    expect(got).toEqual(Array.from({ length: items }, (_, item) => item + 1));
  });
});

test('a thread gets back all levels of an RLock that it gave up', async () => {
  const condition = new Condition();
  const { say, hear } = play({ condition });
  say(`
    for (let level = 0; level < 3; level++) condition.acquire();
    say('waits');
    condition.wait();
    for (let level = 0; level < 3; level++) condition.release();
    return condition.locked();
  `);
  await hear();
  await condition.acquireAsync();
  condition.notify();
  expect(condition.locked()).toBe(true);
  condition.release();
  expect(await hear()).toBe(false);
});

describe('in a thread that must not block', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.resetModules();
  });

  test('a wait is refused at the door, and tasks wait', async () => {
    vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      throw new TypeError('Atomics.wait cannot be called in this context');
    });
    vi.resetModules();
    const { Condition: Unblocking } = await import('./cond.ts');
    const condition = new Unblocking();
    condition.acquire();
    expect(() => condition.wait()).toThrow(TypeError);
    expect(() => condition.waitFor(() => false)).toThrow(TypeError);
    expect(condition.locked()).toBe(true);
    const wait = condition.waitAsync();
    condition.acquire();
    condition.notify();
    condition.release();
    expect(await wait).toBe(true);
  });
});

/** The task's result, when it has gone on; the lock is free then. */
async function taken(condition: Condition, wait: Promise<boolean>): Promise<boolean> {
  const result = await wait;
  condition.release();
  return result;
}

/** A worker that runs the statements it is told with what was posted, and answers with what they return. */
function play(posted: object) {
  const script = `
    const { parentPort: port, workerData } = require('node:worker_threads');
    const AsyncFunction = (async () => undefined).constructor;
    const ready = import(workerData.module).then((threading) => {
      const entries = Object.entries(workerData.posted);
      const opened = {};
      const conditionsLast = ([, one], [, other]) => (one.lock ? 1 : 0) - (other.lock ? 1 : 0);
      for (const [name, value] of entries.toSorted(conditionsLast)) {
        const made = threading[value.primitive];
        opened[name] = made?.from(value, value.lock && { lock: opened.lock }) ?? value;
      }
      return opened;
    });
    // A port stays silent while its thread cannot run, but what it was told before is on its way.
    const say = (answer) => port.postMessage(answer);
    port.on('message', async (statements) => {
      const opened = await ready;
      const names = ['say', ...Object.keys(opened)];
      say(await new AsyncFunction(...names, statements)(say, ...Object.values(opened)));
    });
    const awake = setInterval(() => undefined, 60_000);`;
  const module = new URL('./index.ts', import.meta.url).href;
  const worker = new Worker(script, { eval: true, workerData: { module, posted } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const said: unknown[] = [];
  const listeners: ((answer: unknown) => void)[] = [];
  worker.on('message', (answer) => {
    const listener = listeners.shift();
    if (listener) listener(answer);
    else said.push(answer);
  });
  return {
    say: (statements: string) => worker.postMessage(statements, []),
    hear: () =>
      said.length > 0
        ? Promise.resolve(said.shift())
        : new Promise<unknown>((resolve) => listeners.push(resolve)),
  };
}
