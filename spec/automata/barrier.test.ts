import { describe, expect, test } from 'vitest';
import { WaitingStory } from '../../fixtures/histories/waiting.ts';
import { call, giving, object, on } from '../example.ts';
import type { Args } from '../program.ts';

const wait = call('wait');
const timed = (timeout: number) => call('wait', { timeout });
const abort = call('abort');
const reset = call('reset');
const nWaiting = call('nWaiting');
const broken = call('broken');
const error = 'BrokenBarrierError';

const told = (parties = 2, args: Args = {}) => new WaitingStory(object('barrier', { parties, ...args }));
const acting = () => told(2, { action: giving(7) });

/** Two threads have come, the second is through. */
const halfThrough = (story = told()) => story.call(0, wait).blocked(0).does(1, wait, 1);

describe('a history that no barrier shows', () => {
  const cases: readonly [title: string, story: WaitingStory, rule: string][] = [
    ['a party that passes alone', told().does(0, wait, 0), 'barrier.wait.blocks'],
    ['two of three that pass', told(3).call(0, wait).call(1, wait).returns(1, 1), 'barrier.wait.blocks'],
    ['a number twice', halfThrough().returns(0, 1), 'barrier.wait.id-distinct'],
    ['a number too many', halfThrough().returns(0, 2), 'barrier.wait.id-range'],
    ['no number', halfThrough().returns(0), 'barrier.wait.id-range'],
    ['a fast party that is through twice', halfThrough().does(1, wait, 0), 'barrier.generations-separate'],
    ['a third that goes along', halfThrough().call(2, wait).returns(0, 0).returns(2, 0), 'barrier.reusable'],
    [
      'somebody who passes while the parties leave',
      told(3).call(0, wait).call(1, wait).does(2, wait, 2).returns(1, 1).does(3, wait, 0).returns(0, 0),
      'barrier.surplus-threads',
    ],
    [
      'a party that passes before the action',
      acting().call(0, wait).does(1, wait, 1),
      'barrier.action.before-release',
    ],
    ['an action before all have come', acting().call(0, wait).looks(0, 7), 'barrier.action.called-once'],
    [
      'an action for each party',
      acting().call(0, wait).call(1, wait).looks(1, 7).returns(1, 1).looks(0, 7),
      'barrier.action.called-once',
    ],
    [
      'an action that somebody else runs',
      acting().call(0, wait).call(1, wait).call(2, nWaiting).looks(2, 7),
      'barrier.action.by-a-party',
    ],
    ['a time-out too early', told().call(0, timed(1)).after(0.5).raises(0, error), 'barrier.timeout.breaks'],
    [
      'a time-out that leaves the barrier intact',
      told().call(0, timed(1)).after(1).raises(0, error).does(1, broken, false),
      'barrier.timeout.breaks',
    ],
    [
      'one that gives up when another has passed',
      told().call(0, timed(1)).blocked(0).does(1, wait, 1).after(2).raises(0, error),
      'barrier.timeout.last-arrival',
    ],
    [
      "the constructor's time-out in place of its own",
      told(2, { timeout: 1 }).call(0, timed(5)).after(2).raises(0, error),
      'barrier.timeout.argument-wins',
    ],
    [
      'a party that passes when it comes after an abort',
      told().call(0, wait).does(1, abort).does(1, wait, 0),
      'barrier.abort.future-raise',
    ],
    [
      'a party of a passage that a reset sends away',
      halfThrough().does(1, reset).raises(0, error),
      'barrier.reset.after-trip',
    ],
    [
      'a newcomer that gets the error of those who were sent away',
      told().call(0, wait).blocked(0).quiet(1).does(1, reset).call(1, wait).raises(1, error),
      'barrier.reset.leavers',
    ],
    [
      'an arrival that counts after a reset',
      told().call(0, wait).quiet(1).does(1, reset).raises(0, error).does(1, wait, 0),
      'barrier.reset.empty',
    ],
    [
      'a barrier that repairs itself',
      told().does(0, abort).call(1, wait).raises(1, error).does(1, broken, false),
      'barrier.broken.sticky',
    ],
    ['a wrong count', told(3).call(0, wait).quiet(1).does(1, nWaiting, 2), 'barrier.n-waiting'],
    ['a count of all who ever came', halfThrough().returns(0, 0).does(1, nWaiting, 2), 'barrier.n-waiting'],
    [
      'a count of those whom a reset has sent away',
      told().call(0, wait).blocked(0).quiet(1).does(1, reset).does(1, nWaiting, 1),
      'barrier.reset.leavers',
    ],
  ];

  test.each(cases)('%s', (_, story, rule) => {
    const { verdict } = story.judged();
    expect(verdict).toMatchObject({ kind: 'broken' });
    expect(verdict).toHaveProperty('rules', expect.arrayContaining([rule]));
  });
});

describe('nobody is stuck but', () => {
  const cases: readonly [title: string, story: WaitingStory, rule: string][] = [
    ['a party of a full passage', halfThrough().quiet(), 'barrier.wait.releases-all'],
    [
      'one that sleeps on while another comes round',
      halfThrough().call(1, wait).quiet(),
      'barrier.generations-separate',
    ],
    [
      'one that sleeps on while a third waits',
      halfThrough().call(2, wait).quiet(),
      'barrier.surplus-threads',
    ],
    [
      'who waits at a broken barrier',
      told().does(1, abort).call(0, wait).quiet(),
      'barrier.abort.future-raise',
    ],
    [
      'who waited before an abort',
      told().call(0, wait).quiet(9).does(1, abort).quiet(),
      'barrier.abort.waiters-raise',
    ],
    [
      'who waited before a reset',
      told().call(0, wait).quiet(9).does(1, reset).quiet(),
      'barrier.reset.waiters-raise',
    ],
    ['whose time is over', told().call(0, timed(1)).after(1).quiet(), 'barrier.timeout.breaks'],
    ['who has no time', told().call(0, timed(0)).quiet(9), 'barrier.timeout.last-arrival'],
    ['who has an action to run', acting().call(0, wait).call(1, wait).quiet(), 'barrier.action.called-once'],
  ];

  test.each(cases)('%s', (_, story, rule) => {
    const { verdict } = story.judged();
    expect(verdict).toMatchObject({ kind: 'stuck' });
    expect(verdict).toHaveProperty('rules', expect.arrayContaining([rule]));
  });
});

describe('it is left open', () => {
  const cases: readonly [title: string, story: WaitingStory][] = [
    ['who gets which number', told().call(0, wait).blocked(0).does(1, wait, 0).returns(0, 1)],
    ['who leaves first', told().call(0, wait).call(1, wait).returns(0, 0).returns(1, 1)],
    ['who runs the action', acting().call(0, wait).blocked(0).call(1, wait).looks(0, 7).returns(1, 0)],
    ['whether an abort hits who has not left', halfThrough().does(1, abort).raises(0, error)],
    ['or does not', halfThrough().does(1, abort).returns(0, 0)],
    [
      'whether a reset during the action ends the passage',
      acting().call(0, wait).call(1, wait).looks(1, 7).does(2, reset).raises(1, error).raises(0, error),
    ],
    [
      'or does not',
      acting().call(0, wait).call(1, wait).looks(1, 7).does(2, reset).returns(1, 1).returns(0, 0),
    ],
    ['whether those who leave count as waiting', halfThrough().does(1, nWaiting, 1).returns(0, 0)],
    ['or do not', halfThrough().does(1, nWaiting, 0).returns(0, 0)],
    [
      'whether a time-out or the last arrival is faster',
      told().call(0, timed(1)).blocked(0).after(1).call(1, wait).raises(0, error).raises(1, error),
    ],
    [
      'or the other way round',
      told().call(0, timed(1)).blocked(0).after(1).call(1, wait).returns(1, 1).returns(0, 0),
    ],
    [
      'whether one without time meets another',
      told().call(0, timed(0)).call(1, timed(0)).returns(1, 1).returns(0, 0),
    ],
    [
      'when the time of one that comes round begins',
      halfThrough().call(1, timed(1)).blocked(1).after(5).returns(0, 0).quiet(6).after(1).raises(1, error),
    ],
    [
      'whether who came to a broken barrier leaves before it is reset',
      told().does(1, abort).call(0, wait).does(1, reset).raises(0, error).does(1, broken, false),
    ],
  ];

  test.each(cases)('%s', (_, story) => {
    expect(story.judged().verdict.kind).toBe('allowed');
  });
});

describe('situations are seen', () => {
  const cases: readonly [label: string, story: WaitingStory][] = [
    ['a party came round before slower ones had left', halfThrough().call(1, wait).returns(0, 0)],
    ['more came while parties were leaving', halfThrough().call(2, wait).returns(0, 0)],
    ['aborted while parties were leaving', halfThrough().does(1, abort)],
    ['reset while parties were leaving', halfThrough().does(1, reset)],
    ['reset with waiters', told().call(0, wait).blocked(0).does(1, reset)],
    [
      'expired while another slept',
      told(3).call(0, wait).blocked(0).call(1, timed(1)).after(1).raises(1, error),
    ],
    ["the constructor's time-out expired", told(2, { timeout: 1 }).call(0, wait).after(1).raises(0, error)],
  ];

  test.each(cases)('%s', (label, story) => {
    expect(story.shown()).toContain(`barrier: ${label}`);
  });

  test('and not where they may not have been', () => {
    const left = halfThrough().returns(0, 0).does(1, abort).does(1, reset);
    expect(left.shown().filter((name) => name.endsWith('while parties were leaving'))).toEqual([]);
  });

  test('a mixed end of a passage makes use of its freedom', () => {
    expect(halfThrough().does(1, abort).raises(0, error).shown()).toContain('barrier.abort.after-trip-free');
    expect(halfThrough().does(1, abort).returns(0, 0).shown()).not.toContain('barrier.abort.after-trip-free');
  });
});

test('barriers do not disturb each other', () => {
  const two = new WaitingStory(object('barrier', { parties: 2 }), object('barrier', { parties: 2 }));
  const apart = two.call(0, wait).call(1, on(1, wait)).quiet().does(2, on(1, abort)).raises(1, error).quiet();
  expect(apart.judged().verdict.kind).toBe('allowed');
});
