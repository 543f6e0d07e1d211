import { describe, expect, test } from 'vitest';
import { checkExample, type ExampleEvent } from './checkExample.ts';
import { call, object, type OrderedExample, raises, step } from './example.ts';
import type { Outcome } from './history.ts';
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
