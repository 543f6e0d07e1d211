import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WaitingStory } from '../../fixtures/histories/waiting.ts';
import { call, giving, object, on, reads, reference } from '../example.ts';

const wait = call('wait');
const timed = (timeout: number) => call('wait', { timeout });
const notify = call('notify');
const notifyAll = call('notifyAll');
const waitFor = call('waitFor', { predicate: reads(1) });
const waitForWithin = (timeout: number) => call('waitFor', { predicate: reads(1), timeout });
const write = (value: number) => on(1, call('write', { value }));

const told = () => new WaitingStory();
const withCell = () => new WaitingStory(object('cond'), object('cell'));
const ofLock = () => new WaitingStory(object('cond', { lock: reference(1) }), object('lock'));
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

describe('what the documentation leaves open', () => {
  /** Its time is over while the notifier has the lock, and another still waits. */
  const late = () =>
    told().sleepsIn(0, timed(1)).sleepsIn(1, wait).acquires(2).after(2).does(2, notify).releases(2);

  test('an expired waiter uses up a notification, or does not', () => {
    const absorbed = late().returns(0, false).releases(0).quiet();
    expect(absorbed.shown()).toContain('cond.notify.absorbed-by-expiring-free');
    expect(late().returns(0, true).releases(0).quiet().judged().verdict.kind).toBe('allowed');
    const passedOn = late().returns(0, false).releases(0).returns(1, true).releases(1).quiet();
    expect(passedOn.shown()).not.toContain('cond.notify.absorbed-by-expiring-free');
    expect(passedOn.shown()).toContain('cond: notified when time was over');
  });

  test('an expired waiter does not use up two notifications', () => {
    const twice = told()
      .sleepsIn(0, timed(1))
      .sleepsIn(1, wait)
      .acquires(2)
      .after(2)
      .does(2, notify)
      .does(2, notify)
      .releases(2)
      .returns(0, false)
      .releases(0)
      .quiet();
    expect(twice.judged().verdict).toMatchObject({ kind: 'stuck', thread: 1 });
  });

  test('waiters are woken in another order than they fell asleep', () => {
    const two = () => told().sleepsIn(0, wait).sleepsIn(1, wait).holding(2, notify);
    expect(two().returns(1, true).shown()).toContain('cond.notify.choice-free');
    expect(two().returns(0, true).shown()).not.toContain('cond.notify.choice-free');
  });

  test('a holder delays the return of a waiter whose time is over', () => {
    const story = told().sleepsIn(0, timed(1)).acquires(1).after(2).releases(1).returns(0, false);
    expect(story.shown()).toContain('cond.wait.late-return-free');
    expect(story.shown()).toContain('cond: expired while another had the lock');
  });

  test('of a Lock, anybody may notify and wait while it is held', () => {
    const held = () => ofLock().acquires(0);
    expect(held().does(1, notify).shown()).toContain('cond.notify.plain-lock-owner-free');
    expect(held().call(1, notify).raises(1, 'RuntimeError').shown()).toContain(
      'cond.notify.plain-lock-owner-free',
    );
    const thief = held().call(1, wait).blocked(1);
    expect(thief.acquires(2).judged().verdict.kind).toBe('allowed');
    expect(ofLock().does(1, notify).judged().verdict).toMatchObject({
      kind: 'broken',
      rules: ['cond.notify.unowned-raises'],
    });
  });

  test('a predicate that is true is told even to who has not got the lock', () => {
    const looked = told()
      .call(0, call('waitFor', { predicate: giving(3) }))
      .looks(0, 3);
    expect(looked.returns(0, 3).judged().verdict.kind).toBe('allowed');
    const vain = told()
      .call(0, call('waitFor', { predicate: giving(0) }))
      .looks(0, 0);
    expect(vain.raises(0, 'RuntimeError').judged().verdict.kind).toBe('allowed');
    const early = told()
      .call(0, call('waitFor', { predicate: giving(3) }))
      .raises(0, 'RuntimeError');
    expect(early.judged().verdict.kind).toBe('allowed');
  });

  test('a time-out that cannot be is refused at once, or after the lock was given up', () => {
    const refused = () => told().acquires(0).call(0, timed(1e12));
    expect(refused().raises(0, 'OverflowError').releases(0).judged().verdict.kind).toBe('allowed');
    const between = refused().holding(1).raises(0, 'OverflowError').releases(0);
    expect(between.judged().verdict.kind).toBe('allowed');
    expect(refused().acquires(1).raises(0, 'OverflowError').judged().verdict.kind).toBe('broken');
  });
});

describe('the lax profile', () => {
  const kinds = (story: () => WaitingStory) =>
    (['strict', 'lax'] as const).map((profile) => story().judged(profile).verdict.kind);

  test('lets a wait return unasked, but not without the lock', () => {
    const unasked = () => told().sleepsIn(0, wait).returns(0, true).releases(0);
    expect(kinds(unasked)).toEqual(['broken', 'allowed']);
    expect(unasked().shown('lax')).toContain('cond.wait.spurious-free');
    const unowned = () => told().sleepsIn(0, wait).acquires(1).returns(0, true);
    expect(kinds(unowned)).toEqual(['broken', 'broken']);
  });

  test('lets a notification wake more than were meant, whoever comes first', () => {
    for (const [first, second] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const both = () =>
        told()
          .sleepsIn(0, wait)
          .sleepsIn(1, wait)
          .holding(2, notify)
          .returns(first, true)
          .releases(first)
          .returns(second, true);
      expect(kinds(both)).toEqual(['broken', 'allowed']);
      expect(both().shown('lax')).toContain('cond.notify.more-than-n-free');
    }
  });

  test('does not let it wake fewer', () => {
    const nobody = () => told().sleepsIn(0, wait).sleepsIn(1, wait).holding(2, notify).quiet();
    expect(kinds(nobody)).toEqual(['stuck', 'stuck']);
    const one = () =>
      told().sleepsIn(0, wait).sleepsIn(1, wait).holding(2, notify).returns(1, true).releases(1).quiet();
    expect(kinds(one)).toEqual(['allowed', 'allowed']);
    expect(one().shown('lax')).not.toContain('cond.notify.more-than-n-free');
    const all = () =>
      told().sleepsIn(0, wait).sleepsIn(1, wait).holding(2, notifyAll).returns(1, true).releases(1).quiet();
    expect(kinds(all)).toEqual(['stuck', 'stuck']);
  });

  test('lets one whose time is over leave it to another', () => {
    const left = () =>
      told()
        .sleepsIn(0, timed(1))
        .sleepsIn(1, wait)
        .holding(2, notify)
        .after(2)
        .returns(0, false)
        .releases(0)
        .returns(1, true);
    expect(kinds(left)).toEqual(['allowed', 'allowed']);
    const nobody = () =>
      told().sleepsIn(0, timed(1)).holding(2, notify).after(2).returns(0, false).releases(0);
    expect(kinds(nobody)).toEqual(['broken', 'broken']);
  });

  test('still asks for the predicate', () => {
    const vain = () => withCell().acquires(0).call(0, waitFor).looks(0, 0).looks(0, 0).returns(0, 0);
    expect(kinds(vain)).toEqual(['broken', 'broken']);
    const looksAgain = () =>
      withCell()
        .acquires(0)
        .call(0, waitFor)
        .looks(0, 0)
        .blocked(0)
        .holding(1, write(1))
        .looks(0, 1)
        .returns(0, 1);
    expect(kinds(looksAgain)).toEqual(['broken', 'allowed']);
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
