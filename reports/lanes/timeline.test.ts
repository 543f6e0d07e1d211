import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { counterexamples } from '../arbitraryRuns.ts';
import { timeline } from './timeline.ts';

const step = (thread: number, operation: string) => ({ thread, operation, memory: 1, index: 0 });

test('events keep their order, steps theirs', () => {
  fc.assert(
    fc.property(counterexamples(), ({ history, trace }) => {
      const happenings = timeline(history, trace);
      const events = happenings.flatMap((happening) => ('event' in happening ? [happening.event] : []));
      const steps = happenings.flatMap((happening) => ('step' in happening ? [happening.step] : []));
      expect(events).toEqual(history);
      expect(steps).toEqual(trace.slice(0, steps.length));
    }),
  );
});

test.each(['wait', 'waitAsync'])(
  'a call follows the step that makes it, and ends after the last of its steps, such as %s',
  (sleep) => {
    const returns = { returns: true };
    const happenings = timeline(
      [
        { type: 'call', thread: 0, call: 0, at: 0 },
        { type: 'call', thread: 1, call: 0, at: 0 },
        { type: 'blocked', thread: 1, at: 0 },
        { type: 'end', thread: 0, outcome: returns, at: 0 },
        { type: 'call', thread: 0, call: 1, at: 0 },
        { type: 'quiet', at: 0, until: 0.5 },
        { type: 'end', thread: 1, outcome: returns, at: 0.5 },
      ],
      [
        step(0, 'begin'),
        step(1, 'begin'),
        step(1, sleep),
        step(0, 'store'),
        step(0, 'call'),
        step(0, 'load'),
        step(1, 'wake'),
        step(1, 'exchange'),
      ],
    );
    const told = happenings.map((happening) =>
      'event' in happening
        ? happening.event.type
        : `${happening.step.thread}${happening.step.operation}${happening.preempted === undefined ? '' : ` instead of ${happening.preempted}`}`,
    );
    expect(told).toEqual([
      '0begin',
      'call',
      '1begin instead of 0',
      'call',
      `1${sleep}`,
      'blocked',
      '0store',
      'end',
      '0call',
      'call',
      '0load',
      'quiet',
      '1wake',
      '1exchange',
      'end',
    ]);
  },
);

test('that a thread spins is told before what is known to come next, and not as late as can be', () => {
  const happenings = timeline(
    [
      { type: 'call', thread: 0, call: 0, at: 0 },
      { type: 'blocked', thread: 0, at: 0 },
      { type: 'call', thread: 1, call: 0, at: 0 },
      { type: 'end', thread: 1, outcome: { returns: true }, at: 0 },
      { type: 'quiet', at: 0, until: Infinity },
    ],
    [
      step(0, 'begin'),
      step(0, 'load'),
      step(0, 'load'),
      step(1, 'begin'),
      step(1, 'store'),
      step(0, 'load'),
      step(0, 'load'),
    ],
  );
  const told = happenings.map((happening) =>
    'event' in happening ? happening.event.type : `${happening.step.thread}${happening.step.operation}`,
  );
  expect(told).toEqual([
    '0begin',
    'call',
    '0load',
    '0load',
    'blocked',
    '1begin',
    'call',
    '1store',
    'end',
    '0load',
    '0load',
    'quiet',
  ]);
});

test('a call of a function that was handed over follows its own step', () => {
  const returns = { returns: 0 };
  const happenings = timeline(
    [
      { type: 'call', thread: 0, call: 0, at: 0 },
      { type: 'callback', thread: 0, outcome: returns, at: 0 },
      { type: 'blocked', thread: 0, at: 0 },
      { type: 'callback', thread: 0, outcome: returns, at: 0 },
      { type: 'end', thread: 0, outcome: returns, at: 0 },
    ],
    [
      step(0, 'begin'),
      step(0, 'callback'),
      step(0, 'wait'),
      step(0, 'wake'),
      step(0, 'callback'),
      step(0, 'store'),
    ],
  );
  const told = happenings.map((happening) =>
    'event' in happening ? happening.event.type : `0${happening.step.operation}`,
  );
  expect(told).toEqual([
    '0begin',
    'call',
    '0callback',
    'callback',
    '0wait',
    'blocked',
    '0wake',
    '0callback',
    'callback',
    '0store',
    'end',
  ]);
});
