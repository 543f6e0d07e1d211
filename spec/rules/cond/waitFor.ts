import {
  blocks,
  call,
  callsBack,
  callsBackAtLeast,
  elapse,
  giving,
  raises,
  returns,
  step,
  thread,
  throwing,
} from '../../example.ts';
import { callbackError } from '../../program.ts';
import { type Rule, rule } from '../../rule.ts';
import {
  acquire,
  attempt,
  holding,
  notify,
  notifyAll,
  own,
  release,
  waitFor,
  waitForGiven,
  waitForWithin,
  withCell,
  withPredicate,
  write,
} from './calls.ts';

/** What the documentation says of waiting for a predicate. */
export const waitForRules: readonly Rule[] = [
  rule('cond.wait-for.immediate', 'Look whether waitFor looks at the predicate before it waits.', {
    title: 'a predicate that is true lets it return at once, and nobody gets the lock',
    objects: own,
    steps: [
      step(1, acquire),
      step(2, acquire),
      step(1, waitForGiven(true), callsBackAtLeast(1), returns(true), thread(2, blocks)),
      step(1, call('waitFor', { predicate: giving(true), timeout: 0 }), returns(true), thread(2, blocks)),
    ],
  }),
  rule(
    'cond.wait-for.loops',
    'Look whether the predicate is looked at again after every notification.',
    {
      title: 'it waits on while the predicate is false',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitFor, blocks),
        step(2, acquire),
        step(2, notify),
        step(2, release, callsBackAtLeast(1), thread(1, blocks)),
        step(2, acquire),
        step(2, write(1)),
        step(2, notifyAll),
        step(2, release, thread(1, returns(1))),
      ],
    },
    withPredicate(
      'one takes what two wait for',
      holding(waitForWithin(1), write(0)),
      holding(waitForWithin(1), write(0)),
      holding(write(1), notifyAll),
    ),
  ),
  rule(
    'cond.wait-for.returns-last',
    'Look whether waitFor returns what the predicate gave, or what it makes of it.',
    {
      title: 'a true value comes back as it is',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, waitForGiven('ready'), returns('ready')),
        step(1, waitForGiven(7), returns(7)),
      ],
    },
    {
      title: 'a false one does when time is over',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, call('waitFor', { predicate: giving(''), timeout: 1 }), blocks),
        elapse(2, thread(1, returns(''))),
        step(1, call('waitFor', { predicate: giving(null), timeout: 0 }), returns(null)),
      ],
    },
  ),
  rule(
    'cond.wait-for.overall-timeout',
    'Look whether each wait gets the time that is left, or all of it again.',
    {
      title: 'a notification that does not help buys no time',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitForWithin(1), blocks),
        elapse(0.6, thread(1, blocks)),
        step(2, acquire),
        step(2, notify),
        step(2, release, thread(1, blocks)),
        elapse(0.6, thread(1, returns(0))),
      ],
    },
  ),
  rule(
    'cond.wait-for.recheck-at-expiry',
    'Look whether the predicate is asked once more when time is over.',
    {
      title: 'the predicate has become true, and nobody said so',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitForWithin(1), blocks),
        step(2, acquire),
        step(2, write(5)),
        step(2, release),
        elapse(2, callsBackAtLeast(1), thread(1, returns(5))),
      ],
    },
    {
      title: 'without time to wait the predicate is asked twice',
      objects: own,
      steps: [
        step(1, acquire),
        step(
          1,
          call('waitFor', { predicate: giving(false), timeout: 0 }),
          callsBackAtLeast(2),
          returns(false),
        ),
      ],
    },
  ),
  rule(
    'cond.wait-for.predicate-under-lock',
    'Look whether the lock is taken back before the predicate is called.',
    {
      title: 'it is not asked before the notifier gives the lock up',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitFor),
        step(2, acquire),
        step(2, write(1)),
        step(2, notify, callsBack(0)),
        step(2, release, callsBackAtLeast(1)),
      ],
    },
    withPredicate(
      'what was true while the lock was held is false again',
      holding(waitForWithin(1)),
      holding(waitForWithin(1)),
      holding(write(1), notifyAll, write(0)),
    ),
  ),
  rule('cond.wait-for.lock-required', 'Look whether waitFor can come to waiting without the lock.', {
    title: 'a predicate that is false, and a lock that is free, or that another has',
    objects: own,
    steps: [
      step(1, waitForGiven(false), raises('RuntimeError')),
      step(1, attempt, returns(true)),
      step(2, waitForGiven(0), raises('RuntimeError')),
      step(2, call('waitFor', { predicate: giving(false), timeout: 1 }), raises('RuntimeError')),
    ],
  }),
  rule('cond.wait-for.predicate-raises', 'Look for something that gives the lock up on the way out.', {
    title: 'the error comes out, and the lock is held',
    objects: own,
    steps: [
      step(1, acquire),
      step(1, call('waitFor', { predicate: throwing }), raises(callbackError)),
      step(2, attempt, returns(false)),
      step(1, release, returns(undefined)),
      step(2, attempt, returns(true)),
    ],
  }),
];
