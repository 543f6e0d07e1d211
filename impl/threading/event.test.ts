import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Event } from './event.ts';
import { Lock } from './lock.ts';
import { TIMEOUT_MAX } from './timeouts.ts';

describe('Event', () => {
  test('is a flag, whatever is called in whatever order', () => {
    const names = fc.constantFrom<keyof typeof calls>(
      'set',
      'clear',
      'isSet',
      'poll',
      'pollBare',
      'pollNegative',
    );
    const calls = {
      set: (event: Event) => event.set(),
      clear: (event: Event) => event.clear(),
      isSet: (event: Event) => event.isSet(),
      poll: (event: Event) => event.wait({ timeout: 0 }),
      pollBare: (event: Event) => event.wait(0),
      pollNegative: (event: Event) => event.wait({ timeout: -0.5 }),
    };
    fc.assert(
      fc.property(fc.array(names), (made) => {
        const event = new Event();
        let flag = false;
        const expected = made.map((name) => {
          if (name !== 'set' && name !== 'clear') return flag;
          flag = name === 'set';
          return undefined;
        });
        expect(made.map((name) => calls[name](event))).toEqual(expected);
      }),
    );
  });

  test('goes on being a flag when the count of clears wraps around', () => {
    const event = new Event();
    Atomics.store(event.memory, 0, -4);
    for (let pair = 0; pair < 4; pair++) {
      event.set();
      expect(event.isSet()).toBe(true);
      event.clear();
      expect(event.isSet()).toBe(false);
    }
    Atomics.store(event.memory, 0, 2 ** 31 - 1);
    event.clear();
    expect(event.isSet()).toBe(false);
  });

  test('takes no arguments', () => {
    expect(() => Reflect.construct(Event, [{ set: true }])).toThrow(TypeError);
  });
});

describe('bad time-outs', () => {
  const bad = [
    [{ timeout: '1' }, 'TypeError'],
    [{ timeout: true }, 'TypeError'],
    ['1', 'TypeError'],
    [{ timeout: Infinity }, 'OverflowError'],
    [TIMEOUT_MAX + 1, 'OverflowError'],
  ] as const;

  test.each(bad)('%j on a clear event raises %s and changes nothing', async (timeout, name) => {
    const event = new Event();
    expect(() => event.wait(timeout as never)).toThrow(expect.objectContaining({ name }));
    await expect(event.waitAsync(timeout as never)).rejects.toThrow(expect.objectContaining({ name }));
    expect(event.isSet()).toBe(false);
    event.set();
    expect(event.isSet()).toBe(true);
  });

  test.each(bad)('%j on a set event is not looked at', async (timeout) => {
    const event = new Event();
    event.set();
    expect(event.wait(timeout as never)).toBe(true);
    expect(await event.waitAsync(timeout as never)).toBe(true);
  });

  test('a time-out that is not more than nothing, NaN too, returns the flag at once', async () => {
    const event = new Event();
    for (const timeout of [0, -0, -1, -Infinity, Number.NaN]) {
      expect(event.wait({ timeout })).toBe(false);
      expect(await event.waitAsync({ timeout })).toBe(false);
    }
    event.set();
    expect(event.wait({ timeout: Number.NaN })).toBe(true);
  });
});

describe('waitAsync', () => {
  test('lets every task go on that waits when the event is set, also if it is cleared at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(undefined, null, 60, { timeout: 60 }), { minLength: 1, maxLength: 20 }),
        async (timeouts) => {
          const event = new Event();
          const waits = timeouts.map((timeout) => event.waitAsync(timeout));
          event.set();
          event.clear();
          expect(await Promise.all(waits)).toEqual(timeouts.map(() => true));
          expect(event.isSet()).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('does not take a pulse for its own that was over when it came', async () => {
    const event = new Event();
    event.set();
    event.clear();
    expect(await event.waitAsync(0.02)).toBe(false);
  });

  test('sleeps on after a wake-up without a set', async () => {
    const event = new Event();
    let passed = false;
    const wait = event.waitAsync().then((result) => {
      passed = true;
      return result;
    });
    Atomics.notify(event.memory, 0);
    expect(await new Event().waitAsync(0.02)).toBe(false);
    expect(passed).toBe(false);
    event.set();
    expect(await wait).toBe(true);
  });

  test('gives up when its time is over, not before, and leaves the others waiting', async () => {
    const event = new Event();
    const other = event.waitAsync();
    const begin = performance.now();
    expect(await event.waitAsync({ timeout: 0.05 })).toBe(false);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(49);
    expect(event.isSet()).toBe(false);
    event.set();
    expect(await other).toBe(true);
  });
});

describe('an event that was posted', () => {
  test('is the same event in another thread', async () => {
    const event = new Event();
    const begun = new Event();
    const worker = run('begun.set(); port.postMessage([event.wait(), event.isSet()]);');
    const answer = new Promise((resolve) => worker.once('message', resolve));
    worker.postMessage({ module: moduleUrl, event, begun }, []);
    expect(await begun.waitAsync()).toBe(true);
    event.set();
    expect(await answer).toEqual([true, true]);
  });

  test('lets tasks here go on when it is set there', async () => {
    const event = new Event();
    const worker = run('event.set(); begun.wait(); port.postMessage(event.isSet());');
    const answer = new Promise((resolve) => worker.once('message', resolve));
    const begun = new Event();
    const waits = [event.waitAsync(), event.waitAsync(60)];
    worker.postMessage({ module: moduleUrl, event, begun }, []);
    expect(await Promise.all(waits)).toEqual([true, true]);
    event.clear();
    begun.set();
    expect(await answer).toBe(false);
  });

  test('reaches a waiting thread as a pulse', async () => {
    const event = new Event();
    const begun = new Event();
    const worker = run('begun.set(); port.postMessage(event.wait());');
    const answer = new Promise((resolve) => worker.once('message', resolve));
    worker.postMessage({ module: moduleUrl, event, begun }, []);
    await begun.waitAsync();
    // Whether the thread waits already nobody can see; a pulse that it misses is followed by another.
    const pulse = setInterval(() => {
      event.set();
      event.clear();
    });
    onTestFinished(() => clearInterval(pulse));
    expect(await answer).toBe(true);
  });

  test('cannot be made of anything else', () => {
    const wrong = [
      undefined,
      null,
      1,
      {},
      new Lock(),
      { primitive: 'Event' },
      { primitive: 'Event', memory: [0] },
    ];
    for (const handle of wrong) expect(() => Event.from(handle as never)).toThrow(TypeError);
    expect(Event.from(structuredClone(new Event()))).toBeInstanceOf(Event);
  });
});

const moduleUrl = new URL('./event.ts', import.meta.url).href;

/** A worker that runs these statements on the events that are posted to it. */
function run(statements: string): Worker {
  const script = `
    const { parentPort: port } = require('node:worker_threads');
    port.once('message', async (posted) => {
      const { Event } = await import(posted.module);
      const event = Event.from(posted.event);
      const begun = Event.from(posted.begun);
      ${statements}
    });`;
  const worker = new Worker(script, { eval: true });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return worker;
}
