import { describe, expect, test } from 'vitest';
import { call, type Story, told } from '../../../fixtures/histories/story.ts';
import { reads } from '../../example.ts';
import { laterWaiterFirst } from './uses.ts';

const wait = call('wait');
const waitFor = call('waitFor', { predicate: reads(1) });
const notify = call('notify');

function seen({ history, program }: Story): boolean {
  return laterWaiterFirst(history, program);
}

describe('a later waiter goes on first', () => {
  /** Two waiters, one after the other, and a notification. */
  const notified = (made = wait, notification = notify) =>
    told().call(0, made).call(1, made).blocked(0).blocked(1).call(2, notification).returns(2);

  test('if one is notified, and it is not the one that has waited for longer', () => {
    expect(seen(notified().returns(1, true))).toBe(true);
    expect(seen(notified(waitFor).returns(1, 1))).toBe(true);
  });

  test('not if it is', () => {
    expect(seen(notified().returns(0, true))).toBe(false);
    expect(seen(notified().returns(0, true).call(2, notify).returns(2).returns(1, true))).toBe(false);
  });

  test('not if more are notified: they return in any order', () => {
    expect(seen(notified().call(2, notify).returns(2).returns(1, true))).toBe(false);
    expect(seen(notified(wait, call('notify', { n: 2 })).returns(1, true))).toBe(false);
    expect(seen(notified(wait, call('notifyAll')).returns(1, true))).toBe(false);
  });

  test('not if the time of the earlier one may have been over', () => {
    expect(seen(notified(call('wait', { timeout: 1 })).returns(1, true))).toBe(false);
  });

  test('not if the earlier one was refused, or the later one gives up', () => {
    const refused = told().call(0, wait).raises(0, 'RuntimeError').call(1, wait);
    expect(seen(refused.call(2, notify).returns(2).returns(1, true))).toBe(false);
    expect(seen(notified().returns(1, false))).toBe(false);
  });

  test('not by what need not wait', () => {
    const late = told().call(0, waitFor).call(2, notify).returns(2).call(1, waitFor).returns(1, 1);
    expect(seen(late)).toBe(false);
    expect(seen(told().call(0, call('acquire')).call(1, wait).call(2, notify).returns(1, true))).toBe(false);
  });
});
