import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WaitingStory } from '../../fixtures/histories/waiting.ts';
import { call, object, on, reads, reference } from '../example.ts';

const wait = call('wait');
const timed = (timeout: number) => call('wait', { timeout });
const notify = call('notify');
const notifyAll = call('notifyAll');
const waitFor = call('waitFor', { predicate: reads(1) });
const waitForWithin = (timeout: number) => call('waitFor', { predicate: reads(1), timeout });

const told = () => new WaitingStory();
const withCell = () => new WaitingStory(object('cond'), object('cell'));
const sharing = () =>
  new WaitingStory(
    object('cond', { lock: reference(2) }),
    object('cond', { lock: reference(2) }),
    object('rlock'),
  );

describe('a history that no condition shows', () => {
  const asleep = () => told().sleepsIn(0, wait);
  const cases: readonly [title: string, story: WaitingStory, rule: string][] = [
    ['a wait that returns unasked', asleep().returns(0, true), 'cond.wait.blocks-until-notified'],
    [
      'a wait that returns when the lock is released',
      asleep().holding(1).returns(0, true),
      'cond.wait.blocks-until-notified',
    ],
    [
      'a wait that returns while the notifier has the lock',
      asleep().acquires(1).does(1, notify).returns(0, true),
      'cond.notify.keeps-lock',
    ],
    [
      'a wait that returns while a third thread has the lock',
      asleep().holding(1, notify).acquires(2).returns(0, true),
      'cond.wait.reacquires',
    ],
    [
      'a wait that gives up while another thread has the lock',
      told().sleepsIn(0, timed(1)).acquires(1).after(2).returns(0, false),
      'cond.wait.timeout-reacquires',
    ],
    [
      'a wait that gives up before its time',
      told().sleepsIn(0, timed(1)).after(0.5).returns(0, false),
      'cond.wait.returns-false',
    ],
    [
      'a wait that was notified in time and says it was not',
      told().sleepsIn(0, timed(1)).holding(1, notify).after(2).returns(0, false),
      'cond.wait.returns-true',
    ],
    [
      'two waits that one notification ends',
      asleep().sleepsIn(1, wait).holding(2, notify).returns(0, true).releases(0).returns(1, true),
      'cond.notify.at-most-n',
    ],
    [
      'a wait that a notification from before ends',
      told().holding(1, notify).sleepsIn(0, wait).returns(0, true),
      'cond.notify.not-remembered',
    ],
    [
      'a wait that a notifyAll from before ends',
      told().holding(1, notifyAll).sleepsIn(0, wait).returns(0, true),
      'cond.notify-all.only-present',
    ],
    [
      'a wait that a notification of nobody ends',
      asleep()
        .holding(1, call('notify', { n: 0 }))
        .returns(0, true),
      'cond.notify.nonpositive-n',
    ],
    [
      'a wait on another condition of the lock that is notified',
      sharing().sleepsIn(0, wait).acquires(1).does(1, on(1, notify)).releases(1).returns(0, true),
      'cond.notify.own-waiters-only',
    ],
    [
      'a predicate that is asked while the notifier has the lock',
      withCell().acquires(0).call(0, waitFor).looks(0, 0).blocked(0).acquires(1).does(1, notify).looks(0, 0),
      'cond.wait-for.predicate-under-lock',
    ],
    [
      'a waitFor that gives up without asking once more',
      withCell().acquires(0).call(0, waitForWithin(1)).looks(0, 0).blocked(0).after(2).returns(0, false),
      'cond.wait-for.recheck-at-expiry',
    ],
    [
      'a waitFor that returns while the predicate is false',
      withCell()
        .acquires(0)
        .call(0, waitFor)
        .looks(0, 0)
        .blocked(0)
        .holding(1, notify)
        .looks(0, 0)
        .returns(0, 0),
      'cond.wait-for.loops',
    ],
    [
      'an owner that has a level less after its wait',
      told().sleepsIn(0, wait, 2).holding(1, notify).returns(0, true).releases(0).acquires(1),
      'cond.wait.rlock-depth-restored',
    ],
    [
      'a notification by a thread that has not got the lock',
      told().acquires(0).does(1, notify),
      'cond.notify.unowned-raises',
    ],
  ];

  test.each(cases)('%s', (_, story, rule) => {
    expect(story.judged().verdict).toMatchObject({
      kind: 'broken',
      rules: expect.arrayContaining([rule]) as string[],
    });
  });
});

describe('a call that had to go on and did not', () => {
  const cases: readonly [title: string, story: WaitingStory, rule: string][] = [
    ['the only waiter', told().sleepsIn(0, wait).holding(1, notify).quiet(), 'cond.notify.wakes-one'],
    [
      'one that was not asleep yet when it was notified',
      told().acquires(0).call(0, wait).holding(1, notify).blocked(0).quiet(),
      'cond.wait.no-gap',
    ],
    [
      'one of two that were meant',
      told()
        .sleepsIn(0, wait)
        .sleepsIn(1, wait)
        .holding(2, call('notify', { n: 2 }))
        .returns(0, true)
        .releases(0)
        .quiet(),
      'cond.notify.exactly-n',
    ],
    [
      'the last of all',
      told().sleepsIn(0, wait).sleepsIn(1, wait).holding(2, notifyAll).returns(1, true).releases(1).quiet(),
      'cond.notify-all.wakes-all',
    ],
    [
      'one that could have gone on long before its time is over',
      told().sleepsIn(0, timed(9)).holding(1, notify).quiet(9),
      'cond.notify.wakes-one',
    ],
    [
      'a waiter after another that had given up',
      told()
        .sleepsIn(0, timed(1))
        .sleepsIn(1, wait)
        .after(2)
        .returns(0, false)
        .releases(0)
        .holding(2, notify)
        .quiet(),
      'cond.notify.expired-not-counted',
    ],
    [
      'a waiter after another that could not wait',
      told()
        .acquires(0)
        .call(0, timed(1e12))
        .raises(0, 'OverflowError')
        .releases(0)
        .sleepsIn(1, wait)
        .holding(2, notify)
        .quiet(),
      'cond.wait.error-state',
    ],
    [
      'a thread that wants the lock of one that waits',
      told().sleepsIn(0, wait).call(1, call('acquire')).blocked(1).quiet(),
      'cond.wait.releases-lock',
    ],
    [
      'a thread that wants the lock of one that had it twice and waits',
      told().sleepsIn(0, wait, 2).call(1, call('acquire')).blocked(1).quiet(),
      'cond.wait.rlock-full-release',
    ],
    ['a wait whose time is over', told().sleepsIn(0, timed(1)).after(5).quiet(), 'cond.wait.returns-false'],
    [
      'an owner that acquires again',
      told().acquires(0).call(0, call('acquire')).quiet(),
      'cond.new.default-rlock',
    ],
  ];

  test.each(cases)('%s', (_, story, rule) => {
    expect(story.judged().verdict).toMatchObject({
      kind: 'stuck',
      rules: expect.arrayContaining([rule]) as string[],
    });
  });

  test('a waiter that nobody notified may sleep for ever', () => {
    expect(told().sleepsIn(0, wait).holding(1).quiet().judged().verdict.kind).toBe('allowed');
  });
});

describe('any number of waiters and notifications', () => {
  /** Waiters that fall asleep in order, and a notification of so many: who returns, in which order. */
  const returned = (waiters: number, n: number, order: readonly number[], value: boolean) => {
    const story = told();
    for (let thread = 0; thread < waiters; thread++) story.sleepsIn(thread, wait);
    story.holding(waiters, n === Infinity ? notifyAll : call('notify', { n }));
    for (const thread of order) story.returns(thread, value).releases(thread);
    return story.quiet();
  };

  test('as many return as were meant and were there, any of them in any order', () => {
    const counts = fc.record({
      waiters: fc.integer({ min: 0, max: 4 }),
      n: fc.constantFrom(-1, 0, 1, 2, 3, 5, Infinity),
      woken: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(counts, fc.gen(), ({ waiters, n, woken }, gen) => {
        fc.pre(woken <= waiters);
        const threads = Array.from({ length: waiters }, (_, thread) => thread);
        const order = gen(fc.shuffledSubarray, threads, { minLength: woken, maxLength: woken });
        const { verdict } = returned(waiters, n, order, true).judged();
        const meant = Math.min(waiters, Math.max(0, n));
        expect(verdict.kind === 'allowed').toBe(woken === meant);
        const unnotified = returned(waiters, n, order, false).judged().verdict.kind;
        expect(unnotified === 'allowed').toBe(woken === 0 && meant === 0);
      }),
      { numRuns: 150 },
    );
  });
});
