import { describe, expect, test } from 'vitest';
import { WaitingStory } from '../../../fixtures/histories/waiting.ts';
import { call, giving, object, on, reads, reference } from '../../example.ts';

const wait = call('wait');
const timed = (timeout: number) => call('wait', { timeout });
const notify = call('notify');
const notifyAll = call('notifyAll');
const waitFor = call('waitFor', { predicate: reads(1) });
const write = (value: number) => on(1, call('write', { value }));

const told = () => new WaitingStory();
const withCell = () => new WaitingStory(object('cond'), object('cell'));
const ofLock = () => new WaitingStory(object('cond', { lock: reference(1) }), object('lock'));

describe('what the documentation leaves open', () => {
  /** Its time is over while the notifier has the lock, and another still waits. */
  const late = () =>
    told().sleepsIn(0, timed(1)).sleepsIn(1, wait).acquires(2).after(2).does(2, notify).releases(2);

  test('an expired waiter uses up a notification, or does not', () => {
    const absorbed = late().returns(0, false).releases(0).quiet();
    expect(absorbed.shown()).toContain('cond.notify.absorbed-by-expiring-free');
    const notified = late().returns(0, true).releases(0).quiet();
    expect(notified.judged().verdict.kind).toBe('allowed');
    expect(notified.shown()).not.toContain('cond.notify.absorbed-by-expiring-free');
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
    expect(two().returns(1, true).judged().verdict.kind).toBe('allowed');
    expect(two().returns(0, true).judged().verdict.kind).toBe('allowed');
  });

  test('a holder delays the return of a waiter whose time is over', () => {
    const story = told().sleepsIn(0, timed(1)).acquires(1).after(2).releases(1).returns(0, false);
    expect(story.shown()).toContain('cond.wait.late-return-free');
    expect(story.shown()).toContain('cond: expired while another had the lock');
  });

  test('of a Lock, anybody may notify and wait while it is held', () => {
    const held = () => ofLock().acquires(0);
    expect(held().does(1, notify).shown()).toContain('cond.notify.plain-lock-owner-free');
    const refused = held().call(1, notify).raises(1, 'RuntimeError');
    expect(refused.shown()).toContain('cond.notify.unowned-raises');
    expect(refused.shown()).not.toContain('cond.notify.plain-lock-owner-free');
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

  test('a predicate gives whatever it likes', () => {
    for (const value of [Number.NaN, null, undefined, -0, 0, '', 'NaN', { json: '[]' }]) {
      const story = () =>
        told()
          .acquires(0)
          .call(0, call('waitFor', { predicate: giving(value), timeout: 0 }))
          .looks(0, value)
          .looks(0, value);
      expect(story().returns(0, value).judged().verdict.kind).toBe('allowed');
      expect(story().returns(0, 'other').judged().verdict).toMatchObject({
        rules: expect.arrayContaining(['cond.wait-for.returns-last']) as string[],
      });
    }
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
