import { expect, test } from 'vitest';
import {
  blocks,
  call,
  elapse,
  object,
  type OrderedExample,
  returns,
  step,
  thread,
} from '../../spec/example.ts';
import { body } from '../../spec/lifecycle.ts';
import { atPace, paces, pendingAfter } from './pace.ts';

function timed(...lapses: readonly number[]): OrderedExample {
  const last = lapses.length - 1;
  return {
    title: 'a timed acquire gives up when its time is over',
    objects: [object('lock')],
    steps: [
      step(1, call('acquire'), returns(true)),
      step(2, call('acquire', { timeout: 1 }), blocks),
      ...lapses.map((seconds, position) =>
        elapse(seconds, thread(2, position === last ? returns(false) : blocks)),
      ),
    ],
  };
}

test.each(paces)('at $second s for a second, nobody looks just before a time-out ends', (pace) => {
  for (const lapses of [[1], [0.5, 0.5], [0.9, 0.1], [0.999, 0.001], [0.3, 0.3, 0.3, 0.2]]) {
    const steps = atPace(timed(...lapses), pace)?.steps ?? [];
    const timeout = steps.flatMap((one) => ('call' in one ? (one.call.args['timeout'] ?? []) : []))[0];
    expect(timeout).toBe(pace.second);
    // Before the call that has to stay pending was given time to.
    let passed = pace.settling;
    for (const one of steps.slice(2, -1)) {
      passed += 'elapse' in one ? one.elapse : 0;
      expect(passed).toBeLessThanOrEqual(0.9 * pace.second);
    }
    const last = steps.at(-1);
    passed += last !== undefined && 'elapse' in last ? last.elapse : 0;
    expect(passed).toBeGreaterThanOrEqual(0.999 * pace.second);
  }
});

test.each(paces)('at $second s for a second, what nobody can wait for is not tried', (pace) => {
  expect(atPace(timed(5e6), pace)).toBeUndefined();
  expect(atPace(timed(5e6, 1), pace)).toBeUndefined();
});

test('what a step makes possible for others is given time, if nothing is said of it', () => {
  const example: OrderedExample = {
    title: 'release returns while another thread waits',
    objects: [object('lock')],
    steps: [
      step(1, call('acquire'), returns(true)),
      step(2, call('acquire'), blocks),
      step(1, call('release'), returns(undefined)),
      step(1, call('locked'), returns(true), thread(2, returns(true))),
      step(2, call('release'), returns(undefined)),
    ],
  };
  expect(pendingAfter(example)).toEqual([false, false, true, false, false]);
});

test('threads that the program starts keep their own time', () => {
  const example: OrderedExample = {
    title: 'a timer',
    objects: [object('timer', { interval: 0.2, function: body(2) })],
    steps: [step(1, call('start'), returns(undefined)), elapse(0.1)],
  };
  for (const pace of paces) expect(atPace(example, pace)?.steps.at(-1)).toMatchObject({ elapse: 0.1 });
});
