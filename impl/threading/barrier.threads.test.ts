import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Barrier } from './barrier.ts';

const rounds = 60;
const actionError = new Error('thrown by the action');
const brokenError = expect.objectContaining({ name: 'BrokenBarrierError' });

describe('with other threads', () => {
  test('threads and tasks pass together, round after round, each with a number of its own', async () => {
    const barrier = new Barrier(4);
    const rows = new Int32Array(new SharedArrayBuffer(4 * 4 * rounds));
    const reached = new Int32Array(new SharedArrayBuffer(4 * 4));
    const party = `
      const ahead = [];
      for (let round = 0; round < ${rounds}; round++) {
        Atomics.store(reached, place, round + 1);
        Atomics.add(rows, 4 * round + barrier.wait(), 1);
        for (const other of reached) if (other < round + 1) ahead.push(round);
      }
      port.postMessage(ahead);`;
    const workers = [0, 1].map((place) => run(party, { barrier, shared: { rows, reached, place } }));
    const tasks = [2, 3].map(async (place) => {
      for (let round = 0; round < rounds; round++) {
        Atomics.store(reached, place, round + 1);
        Atomics.add(rows, 4 * round + (await barrier.waitAsync()), 1);
        expect(Math.min(...reached)).toBeGreaterThanOrEqual(round + 1);
      }
    });
    expect(await Promise.all(workers.map(answer))).toEqual([[], []]);
    await Promise.all(tasks);
    expect([...rows]).toEqual(Array.from(rows, () => 1));
    expect(barrier).toMatchObject({ nWaiting: 0, broken: false });
  });

  test('the action runs once a round, in one of the threads, before anybody goes on', async () => {
    const acted = new Int32Array(new SharedArrayBuffer(4));
    const action = () => Atomics.add(acted, 0, 1);
    const barrier = new Barrier({ parties: 3, action });
    const party = `
      const wrong = [];
      for (let round = 0; round < ${rounds}; round++) {
        barrier.wait();
        if (Atomics.load(acted, 0) !== round + 1) wrong.push(round);
        quiet.wait();
      }
      port.postMessage(wrong);`;
    const quiet = new Barrier(3);
    const workers = [0, 1].map(() => run(party, { barrier, quiet, acts: true, shared: { acted } }));
    for (let round = 0; round < rounds; round++) {
      await barrier.waitAsync();
      expect(Atomics.load(acted, 0)).toBe(round + 1);
      await quiet.waitAsync();
    }
    expect(await Promise.all(workers.map(answer))).toEqual([[], []]);
  });

  test.each<[string, (barrier: Barrier) => unknown, { parties: number; broken: boolean; shows: unknown }]>([
    ['abort', (barrier) => barrier.abort(), { parties: 3, broken: true, shows: undefined }],
    ['reset', (barrier) => barrier.reset(), { parties: 3, broken: false, shows: undefined }],
    ['a time-out', (barrier) => barrier.wait(0), { parties: 4, broken: true, shows: brokenError }],
    ['an action that throws', (barrier) => barrier.wait(), { parties: 3, broken: true, shows: actionError }],
  ])('%s here sends away threads that wait there', async (_, cause, { parties, broken, shows }) => {
    const action = () => {
      throw actionError;
    };
    const barrier = new Barrier({ parties, action });
    const party = `
      try { port.postMessage(barrier.wait()); } catch ({ name }) { port.postMessage(name); }`;
    const workers = [0, 1].map(() => run(party, { barrier, acts: true }));
    const answers = Promise.all(workers.map(answer));
    await until(() => barrier.nWaiting === 2);
    const shown = await Promise.resolve(barrier)
      .then(cause)
      .catch((thrown: unknown) => thrown);
    expect(shown).toEqual(shows);
    expect(await answers).toEqual(['BrokenBarrierError', 'BrokenBarrierError']);
    expect(barrier.broken).toBe(broken);
  });

  test('a task that was sent away leaves while its thread waits at the barrier itself', async () => {
    const barrier = new Barrier(2);
    const worker = run(
      `const task = barrier.waitAsync();
       barrier.reset();
       port.postMessage('reset');
       const index = barrier.wait();
       task.catch(({ name }) => port.postMessage([index, name]));`,
      { barrier },
    );
    expect(await answer(worker)).toBe('reset');
    await until(() => barrier.nWaiting === 1);
    expect(await barrier.waitAsync()).toBe(1);
    expect(await answer(worker)).toEqual([0, 'BrokenBarrierError']);
  });

  test('tasks and the thread that they belong to pass together', async () => {
    const barrier = new Barrier(3);
    const worker = run(
      `const tasks = [barrier.waitAsync(), barrier.waitAsync()];
       const index = barrier.wait();
       Promise.all(tasks).then((indexes) => port.postMessage([...indexes, index]));`,
      { barrier },
    );
    expect(await answer(worker)).toEqual([0, 1, 2]);
  });
});

/** Looks again whenever other events of this thread have had their turn. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

function answer(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

interface Given {
  readonly barrier: Barrier;
  readonly quiet?: Barrier;
  /** The barrier was made with an action; the thread's own counts in `acted`, if that is shared. */
  readonly acts?: boolean;
  readonly shared?: Readonly<Record<string, unknown>>;
}

/** A worker that runs these statements on the same barriers. */
function run(statements: string, given: Given): Worker {
  const script = `
    const { parentPort: port, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ Barrier }) => {
      const { acts, shared: { rows, reached, place, acted } = {} } = workerData;
      const action = acts ? () => acted && Atomics.add(acted, 0, 1) : undefined;
      const barrier = Barrier.from(workerData.barrier, { action });
      const quiet = workerData.quiet && Barrier.from(workerData.quiet);
      ${statements}
    });`;
  const module = new URL('./barrier.ts', import.meta.url).href;
  const worker = new Worker(script, { eval: true, workerData: { module, ...given } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return worker;
}
