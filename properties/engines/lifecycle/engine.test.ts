import { afterAll, describe, expect, test } from 'vitest';
import {
  blocks,
  call,
  elapse,
  type ExampleStep,
  object,
  on,
  type OrderedExample,
  raises,
  returns,
  step,
  thread,
} from '../../../spec/example.ts';
import { checkExample, type ExampleResult } from '../../../spec/checkExample.ts';
import {
  begins,
  beginsWith,
  body,
  exits,
  finishes,
  labelled,
  lasts,
  leaves,
  listOf,
  matching,
  notBegun,
  returnsWhat,
  runsOn,
  same,
  threadOf,
  unlike,
} from '../../../spec/lifecycle.ts';
import type { Program } from '../../../spec/program.ts';
import { LifecycleEngine } from './engine.ts';

const engine = new LifecycleEngine();
afterAll(() => engine.close());

const source = { module: new URL('../../../impl/reference.ts', import.meta.url).href };
const start = call('start');
const join = call('join');
const worker = object('thread', { target: body(2) });

async function check(example: Partial<OrderedExample>): Promise<ExampleResult> {
  const whole: OrderedExample = { title: 'an example', objects: [worker], steps: [], ...example };
  const { events } = await engine.run(source, whole);
  return checkExample(whole, events, { kind: 'allowed' });
}

const timedJoin = (timeout: number) => call('join', { timeout });

describe('an example is shown', () => {
  const cases: readonly [string, Partial<OrderedExample>][] = [
    [
      'of a thread that begins in a worker of its own, and ends',
      {
        steps: [
          step(1, call('isAlive'), returns(false), notBegun(2)),
          step(1, start, returns(undefined), begins(2, { in: 'a new thread' })),
          step(2, call('isAlive'), returns(true)),
          step(1, join, blocks),
          finishes(2, thread(1, returns(undefined))),
        ],
      },
    ],
    [
      'of a target that is called by the caller',
      {
        steps: [
          step(1, call('run'), begins(2, { in: threadOf(1) })),
          finishes(2, thread(1, returns(undefined))),
        ],
      },
    ],
    [
      'of what a thread is given',
      {
        objects: [object('thread', { target: body(2), args: listOf(1, 'x'), kwargs: { json: '{"a":[2]}' } })],
        steps: [step(1, start, beginsWith(2, 1, 'x', { json: '{"a":[2]}' })), finishes(2)],
      },
    ],
    [
      'of a time-out, by the real clock',
      {
        steps: [
          step(1, start, begins(2)),
          step(1, timedJoin(0.05), returns(undefined), lasts(0.05)),
          elapse(0.01),
          finishes(2),
        ],
      },
    ],
    [
      'of values that are compared with each other',
      {
        objects: [worker, object('thread', { target: body(3) })],
        steps: [
          labelled('first', step(1, call('name'), matching('^Thread-[0-9]+ '))),
          step(1, on(1, call('name')), unlike('first')),
          step(1, call('name'), same('first')),
          step(1, start, begins(2)),
          step(2, call('ident'), returnsWhat({ integerFrom: 1 })),
          finishes(2),
        ],
      },
    ],
    [
      'of objects that threads share',
      {
        objects: [worker, object('lock'), object('cell')],
        steps: [
          step(1, on(1, call('acquire'))),
          step(1, start, begins(2)),
          step(2, on(1, call('acquire')), blocks),
          step(1, on(2, call('write', { value: 3 }))),
          step(1, on(1, call('release')), thread(2, returns(true))),
          step(2, on(2, call('read')), returns(3)),
          finishes(2),
        ],
      },
    ],
    [
      'of a process that ends when its threads have',
      {
        ownProcess: true,
        steps: [step(1, start, begins(2)), finishes(1, runsOn), finishes(2, exits(0))],
        stderr: [],
      },
    ],
    [
      'of an error that ends the main thread',
      {
        ownProcess: true,
        steps: [step(1, start, begins(2)), leaves(1, { raises: 'Error' }, runsOn), finishes(2, exits(1))],
        stderr: ['thrown by the program'],
      },
    ],
    [
      'of a constructor that raises',
      {
        objects: [object('thread', { group: 1 })],
        creation: { raises: 'AssertionError' },
      },
    ],
  ];
  test.each(cases)('%s', async (_, example) => {
    expect(await check(example)).toEqual({ kind: 'shown' });
  });
});

describe('an example is refuted', () => {
  const cases: readonly [string, readonly ExampleStep[], string][] = [
    ['by another value', [step(1, call('isAlive'), returns(true))], 'returns false'],
    ['by a call that returns', [step(1, call('isAlive'), blocks)], 'returns false'],
    [
      'by a thread that begins',
      [step(1, start, begins(2)), step(1, call('name'), begins(2)), finishes(2)],
      'thread 2 does not begin',
    ],
    ['by what it is given', [step(1, start, beginsWith(2, 1)), finishes(2)], 'it is given []'],
    [
      'by where it begins',
      [step(1, start, begins(2, { in: threadOf(1) })), finishes(2)],
      'it begins in another thread',
    ],
    ['by when it begins', [step(1, start, begins(2, { after: 60 })), finishes(2)], 'it begins after'],
    ['by a text', [step(1, call('name'), matching('^x'))], "returns 'Thread-"],
    [
      'by a call that is too quick',
      [step(1, start), step(1, timedJoin(0), lasts(60)), finishes(2)],
      'returns after',
    ],
    ['by an error', [step(1, join, returns(undefined))], 'raises RuntimeError'],
  ];
  test.each(cases)('%s', async (_, steps, seen) => {
    const result = await check({ steps });
    expect(result).toMatchObject({ kind: 'refuted' });
    expect((result as { seen: string }).seen).toContain(seen);
  });

  test('by a process that goes on, and by what it writes', async () => {
    const steps = [step(1, start, begins(2)), finishes(1, exits(0))];
    expect(await check({ ownProcess: true, steps })).toMatchObject({ seen: 'the process goes on' });
    const ending = [finishes(1, exits(0))];
    expect(await check({ ownProcess: true, steps: ending, stderr: ['a word'] })).toMatchObject({
      kind: 'refuted',
      seen: 'nothing is written to stderr',
    });
  });
});

test('an example whose thread never begins says nothing of its rule', async () => {
  const steps = [step(2, call('isAlive'), raises('Error'))];
  expect(await check({ steps })).toEqual({
    kind: 'masked',
    by: undefined,
    reason: 'it came no further than step 0',
  });
});

test('programs run freely as often as they are asked to, each with threads of its own', async () => {
  const program: Program = {
    objects: [worker],
    threads: [
      [start, join, call('isAlive')],
      [call('begins'), call('leaves')],
    ],
  };
  const { histories, stopped } = await engine.runFreely(source, program, 6);
  expect(stopped).toBeUndefined();
  expect(histories).toHaveLength(6);
  for (const history of histories) {
    const ends = history.filter((event) => event.type === 'end');
    expect(ends.filter((event) => event.thread === 0).map(({ outcome }) => outcome)).toEqual([
      { returns: undefined },
      { returns: undefined },
      { returns: false },
    ]);
    expect(ends.filter((event) => event.thread === 1)).toHaveLength(2);
  }
});

test('a program that comes to a standstill is shown as far as it came', async () => {
  const program: Program = {
    objects: [object('event'), object('thread', { target: body(2) })],
    threads: [
      [on(1, start), call('wait')],
      [on(1, call('begins')), on(1, call('leaves'))],
    ],
  };
  const { histories, stopped } = await engine.runFreely(source, program, 2);
  expect(histories).toEqual([]);
  expect(stopped?.reason).toContain('nothing happened');
  expect(stopped?.history.some((event) => event.type === 'call' && event.call === 1)).toBe(true);
});

test('a process that is gone has not shown what was still to come', async () => {
  const exits = {
    module: new URL('../../../fixtures/implementations/exitsInThreads.ts', import.meta.url).href,
  };
  const program: Program = {
    objects: [worker],
    threads: [
      [start, join],
      [call('begins'), call('leaves')],
    ],
  };
  const { histories, stopped } = await engine.runFreely(exits, program, 3);
  expect(histories).toEqual([]);
  expect(stopped?.reason).toBe('the process ended in the middle of it');
});

test('a closed engine leaves none of its processes behind', async () => {
  const other = new LifecycleEngine();
  const steps = [step(1, start, begins(2)), step(1, join, returns(undefined))];
  const example: OrderedExample = { title: 'never ends', objects: [worker], ownProcess: true, steps };
  const running = other.run(source, example);
  await other.close();
  expect((await running).events.filter(({ type }) => type === 'step')).toEqual([]);
});
