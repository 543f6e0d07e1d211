import { blocks, elapse, returns, step, thread } from '../../example.ts';
import { type Rule, rule, strictly, usedWhere } from '../../rule.ts';
import {
  acquire,
  contention,
  holding,
  notify,
  notifyAll,
  own,
  pause,
  release,
  timed,
  wait,
  waitFor,
  waitForWithin,
  withCell,
  withPause,
  withPredicate,
  write,
} from './calls.ts';
import { laterWaiterFirst } from './uses.ts';

/** What the documentation says of who counts as a waiter, and of notifying all of them. */
export const waiterRules: readonly Rule[] = [
  usedWhere(
    rule(
      'cond.notify.choice-free',
      'Nothing has to be changed: any of the waiters is right.',
      withPredicate('two wait, another notifies one, and then all', holding(waitFor), holding(waitFor), [
        ...holding(write(1), notify),
        ...holding(notifyAll),
      ]),
    ),
    laterWaiterFirst,
  ),
  rule(
    'cond.notify.expired-not-counted',
    'Look whether a waiter that gives up is taken off the queue.',
    {
      title: 'one has given up, the other waits on',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitForWithin(1)),
        step(2, acquire),
        step(2, waitFor),
        elapse(2, thread(1, returns(0))),
        step(1, release),
        step(3, acquire),
        step(3, write(1)),
        step(3, notify),
        step(3, release, thread(2, returns(1))),
      ],
    },
    {
      title: 'one gives up, and then another is notified',
      objects: withPause,
      threads: [holding(timed(0.5)), holding(timed(2)), [...pause(1), ...holding(notify)]],
    },
  ),
  rule(
    'cond.notify.absorbed-by-expiring-free',
    'Nothing has to be changed: a waiter that cannot return for want of the lock may use up a notification.',
    {
      title: 'time runs out while the notifier has the lock',
      objects: withPause,
      threads: [holding(timed(0.5)), holding(timed(2)), holding(...pause(1), notify)],
    },
  ),
  rule(
    'cond.notify-all.wakes-all',
    'Look whether notifyAll reaches every waiter, also one that is just falling asleep.',
    withPredicate(
      'two wait, another notifies all',
      holding(waitFor),
      holding(waitFor),
      holding(write(1), notifyAll),
    ),
    contention(
      'three wait, another notifies all',
      holding(timed(1)),
      holding(timed(1)),
      holding(timed(1)),
      holding(notifyAll),
    ),
  ),
  strictly(
    rule(
      'cond.notify-all.only-present',
      'Look for anything that notifyAll leaves behind for a later wait.',
      {
        title: 'a wait that begins later is not satisfied',
        objects: own,
        steps: [
          step(1, acquire),
          step(1, notifyAll),
          step(1, timed(1), blocks),
          elapse(2, thread(1, returns(false))),
        ],
      },
      {
        title: 'nor is one that begins after others were woken',
        objects: own,
        steps: [
          step(1, acquire),
          step(1, wait),
          step(2, acquire),
          step(2, notifyAll),
          step(2, release),
          step(1, wait, blocks),
        ],
      },
    ),
  ),
];
