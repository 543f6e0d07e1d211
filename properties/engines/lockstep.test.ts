import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, test } from 'vitest';
import {
  blocks,
  call,
  elapse,
  ends,
  enters,
  type ExampleStep,
  object,
  oneOf,
  type OrderedExample,
  raises,
  returns,
  step,
  thread,
} from '../../spec/example.ts';
import { programOf } from '../../spec/checkExample.ts';
import { Judges } from '../judges.ts';
import { BatonEngine } from './baton/engine.ts';
import { type ExampleRun, runInLockstep } from './lockstep.ts';
import type { Source } from './source.ts';

const engine = new BatonEngine(4, { execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const moduleAt = (path: string) => new URL(`../../${path}`, import.meta.url).href;
const reference: Source = { module: moduleAt('impl/reference.ts') };
const mutant = (member: string): Source => ({
  module: moduleAt('fixtures/mutants/lock.ts'),
  export: 'mutants',
  member,
});

const judges = new Judges({ pollingInterval: 0, profile: 'strict' });

function run(steps: readonly ExampleStep[], source = reference, by = engine): Promise<ExampleRun> {
  const example: OrderedExample = { title: 'an example', objects: [object('lock')], steps };
  return runInLockstep(by, judges.for(programOf(example)), source, 'body', example);
}

const acquire = call('acquire');
const release = call('release');
const within = (timeout: number) => call('acquire', { timeout });

describe('an example is shown', () => {
  test.each<[string, readonly ExampleStep[]]>([
    ['that says nothing', []],
    [
      'of calls that return and raise',
      [step(1, release, raises('RuntimeError')), step(2, acquire, returns(true))],
    ],
    [
      'of a thread that is blocked until another lets it go on',
      [
        step(1, acquire, returns(true)),
        step(2, acquire, blocks),
        step(1, call('locked'), returns(true), thread(2, blocks)),
        step(1, release, returns(undefined), thread(2, returns(true))),
      ],
    ],
    [
      'of one of two threads that goes on',
      [
        step(1, acquire),
        step(2, acquire, blocks),
        step(3, acquire, blocks),
        step(1, release, oneOf([2, 3], true)),
      ],
    ],
    [
      'of time that passes, and ends a sleep when it is over',
      [
        step(1, acquire),
        step(2, within(1), blocks),
        elapse(0.5, thread(2, blocks)),
        elapse(0.4, thread(2, blocks)),
        elapse(0.2, thread(2, returns(false))),
      ],
    ],
    [
      'of sleeps that end one after the other in one lapse of time',
      [
        step(1, acquire),
        step(2, within(2)),
        step(3, within(1)),
        elapse(3, thread(2, returns(false)), thread(3, returns(false))),
      ],
    ],
    [
      'of a thread that ends and leaves the lock locked',
      [step(1, acquire), ends(1), step(2, within(1), blocks), step(3, release, thread(2, returns(true)))],
    ],
    ['of a with-statement that is not left', [step(1, call('with'), enters(true)), step(2, acquire, blocks)]],
  ])('%s', async (_title, steps) => {
    const { result, verdict, stopped } = await run(steps);
    expect(stopped).toBeUndefined();
    expect(verdict).toEqual({ kind: 'allowed' });
    expect(result).toEqual({ kind: 'shown' });
  });

  test('in as many steps as it has, each after all is quiet', async () => {
    const { execution } = await run([step(1, acquire), step(2, within(1)), elapse(0.5), step(1, release)]);
    const types = execution.events.map((event) =>
      event.type === 'step' ? `step ${event.step}` : event.type,
    );
    expect(types.slice(1)).toEqual([
      'quiet',
      'step 0',
      'call',
      'end',
      'quiet',
      'step 1',
      'call',
      'blocked',
      'quiet',
      'step 2',
      'quiet',
      'step 3',
      'call',
      'end',
      'end',
    ]);
    expect(execution.events.at(-1)).toMatchObject({ type: 'end', at: 0.5 });
  });
});

describe('an example is refuted', () => {
  test.each<[string, readonly ExampleStep[], object]>([
    [
      'by another value',
      [step(1, acquire, returns(false))],
      { step: 0, thread: 0, expected: 'returns false', seen: 'returns true' },
    ],
    [
      'by an error',
      [step(1, release, returns(undefined))],
      { step: 0, expected: 'returns undefined', seen: 'raises RuntimeError' },
    ],
    [
      'by none',
      [step(1, acquire, raises('ValueError'))],
      { expected: 'raises ValueError', seen: 'returns true' },
    ],
    [
      'by a thread that returns',
      [step(1, acquire, blocks)],
      { expected: 'stays blocked', seen: 'returns true' },
    ],
    [
      'by one that does not',
      [step(1, acquire), step(2, acquire, returns(true))],
      { step: 1, thread: 1, expected: 'returns true', seen: 'stays blocked' },
    ],
    [
      'by time that is not over',
      [step(1, acquire), step(2, within(1)), elapse(0.9, thread(2, returns(false)))],
      { step: 2, thread: 1, seen: 'stays blocked' },
    ],
    [
      'by none of two that goes on',
      [step(1, acquire), step(2, acquire), step(3, acquire), step(1, call('locked'), oneOf([2, 3], true))],
      { step: 3, expected: 'exactly one of T2, T3 returns true', seen: 'T2 stays blocked, T3 stays blocked' },
    ],
  ])('%s', async (_title, steps, expected) => {
    const { result } = await run(steps);
    expect(result).toMatchObject({ kind: 'refuted', ...expected });
  });

  test('by a mutant that shows something else, with the verdict on it', async () => {
    const { result, verdict } = await run([step(1, acquire, returns(true))], mutant('returns-nothing'));
    expect(result).toMatchObject({ kind: 'refuted', expected: 'returns true', seen: 'returns undefined' });
    expect(verdict.kind).not.toBe('allowed');
  });
});

describe('an example is masked', () => {
  test('by another rule that is broken before it has its say', async () => {
    const { result } = await run(
      [step(1, acquire), step(1, release, returns(undefined))],
      mutant('returns-nothing'),
    );
    expect(result).toMatchObject({ kind: 'masked', reason: 'lock.acquire.returns-true' });
  });

  test('by a wake-up that is lost', async () => {
    const { result } = await run(
      [step(1, acquire), step(2, acquire), step(1, release, thread(2, returns(true)))],
      mutant('wakes-nobody'),
    );
    expect(result).toMatchObject({ kind: 'masked', reason: 'lock.no-lost-wakeup' });
  });

  test('by a thread that is still blocked when its next call is due', async () => {
    const { result } = await run([
      step(1, acquire),
      step(1, acquire),
      step(1, release),
      step(2, call('locked'), returns(true)),
    ]);
    expect(result).toEqual({ kind: 'masked', by: undefined, reason: 'it came no further than step 3' });
  });
});

test('the worker of a thread that ends is gone, the others stay', async () => {
  const workers: Worker[] = [];
  const note = (worker: Worker) => void workers.push(worker);
  process.on('worker', note);
  const own = new BatonEngine(2, { execution: 60_000, loading: 60_000 });
  try {
    const both = [step(1, acquire, returns(true)), step(2, call('locked'), returns(true))];
    expect((await run(both, reference, own)).result).toEqual({ kind: 'shown' });
    expect(workers).toHaveLength(2);
    const exits = workers.map(async (worker) => {
      await once(worker, 'exit');
      return worker;
    });
    const without = [step(1, acquire), ends(1), step(2, call('locked'), returns(true))];
    expect((await run(without, reference, own)).result).toEqual({ kind: 'shown' });
    const gone = await Promise.race(exits);
    expect(workers.slice(0, 2).filter(({ threadId }) => threadId === -1)).toEqual([gone]);
    expect((await run(both, reference, own)).result).toEqual({ kind: 'shown' });
  } finally {
    process.off('worker', note);
    await own.close();
  }
});
