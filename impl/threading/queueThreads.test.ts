import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Handle } from './handle.ts';
import { lines } from './monitor.ts';
import { PriorityQueue } from './prio.ts';
import { Queue } from './queue.ts';
import { SimpleQueue } from './simpleq.ts';

describe('between threads', () => {
  test('tasks here and calls there pass items to and fro', async () => {
    const there = new Queue<number>(2);
    const back = new SimpleQueue<number>();
    const { hear } = run(
      { there, back },
      `let sum = 0;
       for (;;) {
         let item;
         try { item = there.get(); } catch (error) { port.postMessage([error.name, sum]); break; }
         sum += item;
         back.put(-item);
         there.taskDone();
       }`,
    );
    const rounds = 500;
    const got: number[] = [];
    const receive = async () => {
      for (let item = 1; item <= rounds; item++) got.push(await back.getAsync());
    };
    const received = receive();
    for (let item = 1; item <= rounds; item++) await there.putAsync(item);
    await received;
    expect(got).toEqual(Array.from({ length: rounds }, (_, index) => -index - 1));
    await there.joinAsync();
    there.shutdown();
    expect(await hear()).toEqual(['ShutDown', (rounds * (rounds + 1)) / 2]);
  });

  test('an item is not lost to a task whose thread is blocked', async () => {
    const queue = new Queue<string>();
    const { hear } = run(
      { queue },
      `const task = queue.getAsync();
       port.postMessage(queue.get());
       task.then((item) => port.postMessage(item));`,
    );
    await waiting(queue, lines.getters, 1);
    queue.put('for the call');
    expect(await hear()).toBe('for the call');
    queue.put('for the task');
    expect(await hear()).toBe('for the task');
  });

  test('shutdown ends all who are blocked, and what they would have put is not stored', async () => {
    const full = new Queue<number>(1);
    const empty = new Queue<number>();
    full.put(1);
    const attempt = (call: string) =>
      run({ full, empty }, `try { ${call}; } catch (error) { port.postMessage(error.name); }`).hear();
    const ended = [
      'full.put(2)',
      'full.put(3, { timeout: 3600 })',
      'empty.get()',
      'empty.get({ timeout: 3600 })',
    ].map(attempt);
    await waiting(full, lines.putters, 2);
    await waiting(empty, lines.getters, 2);
    full.shutdown();
    empty.shutdown({ immediate: true });
    expect(await Promise.all(ended)).toEqual(Array.from({ length: 4 }, () => 'ShutDown'));
    expect([full.get(), full.qsize()]).toEqual([1, 0]);
  });

  test('all who are blocked in join go on, though there is more to do by then', async () => {
    const queue = new Queue<number>();
    queue.put(1);
    const joins = [1, 2, 3].map(() => run({ queue }, `queue.join(); port.postMessage('passed');`).hear());
    await waiting(queue, lines.joiners, 3);
    queue.taskDone();
    queue.put(2);
    expect(await Promise.all(joins)).toEqual(['passed', 'passed', 'passed']);
  });

  test('a putter whose item is refused when its turn comes lets the next one go on', async () => {
    const queue = new PriorityQueue<number | string>(2);
    queue.put(1);
    queue.put(3);
    const put = (item: string) =>
      run(
        { queue },
        `try { queue.put(${item}); port.postMessage('stored'); } catch (error) { port.postMessage(error.name); }`,
      ).hear();
    const first = put(`'text'`);
    await waiting(queue, lines.putters, 1);
    const second = put('2');
    await waiting(queue, lines.putters, 2);
    // There is room for one of the two now, and the text cannot stand beside a number.
    expect(queue.get()).toBe(1);
    expect(await Promise.all([first, second])).toEqual(['TypeError', 'stored']);
    expect([queue.get(), queue.get()]).toEqual([2, 3]);
  });

  test('a getter whose get raises when its turn comes lets the next one go on', async () => {
    const queue = new Queue<number>();
    const broken = run(
      { queue },
      `queue.remove = () => { throw new RangeError('broken'); };
       try { queue.get(); } catch (error) { port.postMessage(error.name); }`,
    ).hear();
    await waiting(queue, lines.getters, 1);
    const sound = run({ queue }, 'port.postMessage(queue.get());').hear();
    await waiting(queue, lines.getters, 2);
    queue.put(1);
    expect(await sound).toBe(1);
    queue.put(2);
    expect(await broken).toBe('RangeError');
    expect(queue.get()).toBe(2);
  });

  test('a blocked call gives up when its time is over, and takes nothing', async () => {
    const queue = new Queue<number>();
    const { hear } = run(
      { queue },
      `const begin = performance.now();
       try { queue.get({ timeout: 0.05 }); } catch (error) { port.postMessage([error.name, performance.now() - begin]); }`,
    );
    const [name, lasted] = (await hear()) as [string, number];
    expect(name).toBe('Empty');
    expect(lasted).toBeGreaterThanOrEqual(49);
    expect(Atomics.load(queue.memory, lines.getters)).toBe(0);
    queue.put(1);
    expect(queue.get()).toBe(1);
  });
});

test('a thread that may not sleep can use a queue beside others', async () => {
  const queue = new Queue<number>();
  const calls = `
    let empty = 0;
    for (let call = 0; call < 20_000; call++) {
      queue.putNowait(call);
      try { queue.getNowait(); } catch { empty++; }
    }
    port.postMessage(empty);`;
  const threads = [`Atomics.wait = () => { throw new TypeError('may not sleep'); };`, ''].map((first) =>
    run({ queue }, calls, first).hear(),
  );
  expect(await Promise.all(threads)).toEqual([0, 0]);
  expect(queue.empty()).toBe(true);
});

/** Until so many threads wait in the line. Nobody makes an order of it: this only looks. */
async function waiting(queue: Handle, line: number, threads: number): Promise<void> {
  while (Atomics.load(queue.memory, line) < threads) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * A worker that runs statements on the same queues.
 * @param queues by the names that the statements have for them.
 * @param first what it does before it loads the queues.
 */
function run(queues: Readonly<Record<string, Handle>>, statements: string, first = '') {
  const script = `
    const { parentPort: port, workerData } = require('node:worker_threads');
    // A task that waits would not keep the worker from ending.
    port.ref();
    ${first}
    import(workerData.module).then((classes) => {
      const { ${Object.keys(queues).join(', ')} } = Object.fromEntries(
        Object.entries(workerData.queues).map(([name, queue]) => [name, classes[queue.primitive].from(queue)]),
      );
      ${statements}
    });`;
  const module = new URL('./index.ts', import.meta.url).href;
  const worker = new Worker(script, { eval: true, workerData: { module, queues } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return {
    hear: () =>
      new Promise<unknown>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('the worker ended without an answer')));
      }),
  };
}
