import { describe, expect, test } from 'vitest';
import type { ExampleEvent } from './exampleEvents.ts';
import { checkExample } from './checkExample.ts';
import {
  call,
  callsBack,
  type Expectation,
  giving,
  object,
  type OrderedExample,
  raises,
  reference,
  returns,
  step,
} from './example.ts';
import type { Outcome } from './history.ts';
import { exits, finishes, mayExit, runsOn } from './lifecycle.ts';
import { allowed } from './judge/verdict.ts';

describe('an error that has to be of another kind, too', () => {
  const example: OrderedExample = {
    title: 'a wait that fails',
    objects: [object('barrier', { parties: 2 })],
    steps: [step(1, call('wait', { timeout: 0 }), raises('BrokenBarrierError', 'RuntimeError'))],
  };
  const shown = (outcome: Outcome): readonly ExampleEvent[] => [
    { type: 'created', object: 0, outcome: { returns: undefined }, at: 0 },
    { type: 'step', step: 0, at: 0 },
    { type: 'call', thread: 0, call: 0, at: 0 },
    { type: 'end', thread: 0, outcome, at: 0 },
  ];
  const result = (outcome: Outcome) => checkExample(example, shown(outcome), allowed);

  test('is shown by one that is', () => {
    expect(result({ raises: 'BrokenBarrierError', also: ['RuntimeError'] })).toEqual({ kind: 'shown' });
    expect(result({ raises: 'BrokenBarrierError', also: ['ValueError', 'RuntimeError'] }).kind).toBe('shown');
  });

  test.each<Outcome>([
    { raises: 'BrokenBarrierError' },
    { raises: 'BrokenBarrierError', also: ['ValueError'] },
    { raises: 'RuntimeError', also: ['RuntimeError'] },
  ])('is not shown by one that is not: %j', (outcome) => {
    expect(result(outcome)).toMatchObject({
      kind: 'refuted',
      step: 0,
      thread: 0,
      expected: 'raises BrokenBarrierError, which is a RuntimeError',
    });
  });
});

describe('the constructor that an example is about', () => {
  const example: OrderedExample = {
    title: 'a condition refuses what it is given',
    objects: [object('cond', { lock: reference(1) }), object('lock')],
    steps: [],
    creation: { raises: 'TypeError' },
  };
  const made = (position: number): ExampleEvent => {
    return { type: 'created', object: position, outcome: { returns: undefined }, at: 0 };
  };
  const refused = (position: number, kind = 'TypeError'): ExampleEvent => {
    return { type: 'created', object: position, outcome: { raises: kind }, at: 0 };
  };

  test('is that of the first object, though another one is made before', () => {
    expect(checkExample(example, [made(1), refused(0)], allowed)).toEqual({ kind: 'shown' });
    expect(checkExample(example, [made(1), made(0)], allowed)).toMatchObject({
      kind: 'refuted',
      step: -1,
      expected: 'raises TypeError',
      seen: 'an object',
    });
    const sound: OrderedExample = { ...example, creation: 'an object' };
    expect(checkExample(sound, [made(1), made(0)], allowed)).toEqual({ kind: 'shown' });
    expect(checkExample(sound, [made(1), refused(0)], allowed).kind).toBe('refuted');
  });

  test('says nothing where it was never called', () => {
    const masked = { kind: 'masked', reason: 'its object cannot be made' };
    expect(checkExample(example, [refused(1)], allowed)).toMatchObject(masked);
    expect(checkExample(example, [], allowed)).toMatchObject(masked);
  });

  test('is only a preparation where steps follow: any object that cannot be made hides them', () => {
    const preparing: OrderedExample = {
      title: 'a condition is acquired',
      objects: example.objects,
      steps: [step(1, call('acquire'), returns(true))],
    };
    const masked = { kind: 'masked', reason: 'its object cannot be made' };
    expect(checkExample(preparing, [made(1), refused(0, 'RangeError')], allowed)).toMatchObject(masked);
    expect(checkExample(preparing, [refused(1)], allowed)).toMatchObject(masked);
  });
});

describe('calls of a function that was handed over', () => {
  const example = (times: number): OrderedExample => ({
    title: 'a predicate that is asked',
    objects: [object('cond')],
    steps: [
      step(1, call('waitFor', { predicate: giving(false) })),
      step(2, call('notify'), callsBack(times)),
    ],
  });
  const events: readonly ExampleEvent[] = [
    { type: 'created', object: 0, outcome: { returns: undefined }, at: 0 },
    { type: 'step', step: 0, at: 0 },
    { type: 'call', thread: 0, call: 0, at: 0 },
    { type: 'step', step: 1, at: 0 },
    { type: 'call', thread: 1, call: 0, at: 0 },
    { type: 'end', thread: 1, outcome: { returns: undefined }, at: 0 },
    { type: 'callback', thread: 0, outcome: { returns: false }, at: 0 },
  ];

  test('are as many as they have to be', () => {
    expect(checkExample(example(1), events, allowed)).toEqual({ kind: 'shown' });
  });

  test('are blamed on whose call makes one too many, not on the caller of the step', () => {
    expect(checkExample(example(0), events, allowed)).toMatchObject({
      kind: 'refuted',
      step: 1,
      thread: 0,
      expected: 'calls nothing that it was given',
      seen: 'calls what it was given once',
    });
  });

  test('are missed at the caller of the step', () => {
    expect(checkExample(example(2), events, allowed)).toMatchObject({
      kind: 'refuted',
      thread: 1,
      expected: 'calls what it was given 2 times',
    });
  });
});

describe('what becomes of the process', () => {
  const goesOn: readonly ExampleEvent[] = [{ type: 'step', step: 0, at: 0 }];
  const ends: readonly ExampleEvent[] = [...goesOn, { type: 'exit', code: 0, at: 0 }];
  const kinds = (shows: Expectation) =>
    [goesOn, ends].map((events) => {
      const example = { title: 'main ends', objects: [], steps: [finishes(1, shows)] };
      return checkExample(example, events, allowed).kind;
    });

  test('is one thing, the other, or left open', () => {
    expect(kinds(runsOn)).toEqual(['shown', 'refuted']);
    expect(kinds(exits(0))).toEqual(['refuted', 'shown']);
    expect(kinds(mayExit)).toEqual(['shown', 'shown']);
  });
});
