import { blocks, elapse, on, oneOf, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule, strictly } from '../../rule.ts';
import {
  acquire,
  contention,
  holding,
  locked,
  notify,
  notifyAll,
  notifyN,
  ofLock,
  own,
  release,
  sharing,
  timed,
  wait,
  withCell,
  waitFor,
  write,
} from './calls.ts';

/** What the documentation says of notifying some of the waiters. */
export const notifyRules: readonly Rule[] = [
  rule(
    'cond.notify.unowned-raises',
    'Look whether notify asks for the owner, and does so before it looks for waiters.',
    {
      title: 'nobody has the lock',
      objects: own,
      steps: [
        step(1, notify, raises('RuntimeError')),
        step(1, notifyN(0), raises('RuntimeError')),
        step(1, notifyAll, raises('RuntimeError')),
      ],
    },
    {
      title: 'another thread has it',
      objects: own,
      steps: [
        step(1, acquire),
        step(2, notify, raises('RuntimeError')),
        step(2, notifyAll, raises('RuntimeError')),
      ],
    },
  ),
  rule(
    'cond.notify.plain-lock-owner-free',
    'Nothing has to be changed: a Lock does not know who acquired it.',
    {
      title: 'a thread notifies while another has the Lock',
      objects: ofLock,
      steps: [
        step(1, acquire),
        step(2, notify, { oneOfOutcomes: [{ returns: undefined }, { raises: 'RuntimeError' }] }),
      ],
    },
  ),
  rule(
    'cond.notify.wakes-one',
    'Look whether notify wakes a waiter that is there, also the only one.',
    {
      title: 'the only waiter is woken',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitFor),
        step(2, acquire),
        step(2, write(1)),
        step(2, notify),
        step(2, release, thread(1, returns(1))),
      ],
    },
    contention('two wait, another notifies twice', holding(timed(1)), holding(timed(1)), [
      ...holding(notify),
      ...holding(notify),
    ]),
  ),
  strictly(
    rule(
      'cond.notify.at-most-n',
      'Look how many waiters notify wakes, and whether a woken one passes it on.',
      {
        title: 'when the woken one has gone, the other still sleeps',
        objects: ofLock,
        steps: [
          step(1, acquire),
          step(1, wait),
          step(2, acquire),
          step(2, wait),
          step(3, acquire),
          step(3, notify),
          step(3, release, oneOf([1, 2], true)),
          step(3, release),
          step(3, locked, returns(false)),
        ],
      },
      contention('two wait, another notifies one', holding(timed(1)), holding(timed(1)), holding(notify)),
    ),
  ),
  strictly(
    rule(
      'cond.notify.exactly-n',
      'Look whether notify counts the waiters it wakes up to n.',
      {
        title: 'two of three are woken',
        objects: ofLock,
        steps: [
          step(1, acquire),
          step(1, wait),
          step(2, acquire),
          step(2, wait),
          step(3, acquire),
          step(3, wait),
          step(4, acquire),
          step(4, notifyN(2)),
          step(4, release),
          step(4, release),
          step(4, locked, returns(true)),
          step(4, release),
          step(4, locked, returns(false)),
        ],
      },
      contention('two wait, another notifies two', holding(timed(1)), holding(timed(1)), holding(notifyN(2))),
    ),
  ),
  rule(
    'cond.notify.more-than-n-free',
    'Nothing has to be changed: programs may not rely on the number that wakes.',
    contention('two wait, another notifies one', holding(timed(1)), holding(timed(1)), holding(notify)),
  ),
  rule('cond.notify.no-waiters', 'Look what notify does where nobody waits.', {
    title: 'nothing happens',
    objects: own,
    steps: [
      step(1, acquire),
      step(1, notify, returns(undefined)),
      step(1, notifyN(5), returns(undefined)),
      step(1, notifyAll, returns(undefined)),
      step(1, locked, returns(true)),
      step(1, release, returns(undefined)),
    ],
  }),
  strictly(
    rule('cond.notify.not-remembered', 'Look for anything that notify leaves behind for a later wait.', {
      title: 'a wait that begins later is not satisfied',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, notify),
        step(1, notifyN(3)),
        step(1, timed(1), blocks),
        elapse(2, thread(1, returns(false))),
      ],
    }),
  ),
  rule(
    'cond.notify.keeps-lock',
    'Look whether notify leaves the lock alone.',
    {
      title: 'the woken thread waits until the notifier gives the lock up',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitFor),
        step(2, acquire),
        step(2, write(1)),
        step(2, notify, thread(1, blocks)),
        step(2, locked, returns(true), thread(1, blocks)),
        step(2, release, returns(undefined), thread(1, returns(1))),
      ],
    },
    contention('one waits, another notifies and goes on', holding(timed(1)), holding(notify, locked)),
  ),
  strictly(
    rule(
      'cond.notify.own-waiters-only',
      'Look where the waiters are kept: with the condition, not with its lock.',
      {
        title: 'two conditions of one lock',
        objects: sharing,
        steps: [
          step(1, acquire),
          step(1, wait),
          step(2, acquire),
          step(2, on(1, wait)),
          step(3, acquire),
          step(3, on(1, notify)),
          step(3, release, thread(1, blocks), thread(2, returns(true))),
        ],
      },
      {
        title: 'threads wait for both of two conditions',
        objects: sharing,
        threads: [holding(timed(1)), holding(on(1, timed(1))), holding(on(1, notify))],
      },
    ),
  ),
  strictly(
    rule('cond.notify.nonpositive-n', 'Look what notify makes of 0 and of less.', {
      title: 'nobody is woken',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, wait),
        step(2, acquire),
        step(2, notifyN(0), returns(undefined)),
        step(2, notifyN(-1), returns(undefined)),
        step(2, release, thread(1, blocks)),
      ],
    }),
  ),
];
