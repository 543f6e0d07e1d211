import { blocks, call, elapse, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule, strictly } from '../../rule.ts';
import {
  acquire,
  attempt,
  holding,
  notify,
  own,
  pause,
  release,
  timed,
  waitFor,
  waitForWithin,
  withCell,
  withPause,
  write,
} from './calls.ts';

/** What the documentation says of waiting for a time. */
export const timeoutRules: readonly Rule[] = [
  rule(
    'cond.wait.timeout-reacquires',
    'Look at the way out of wait when its time is over: it has to take the lock back as any other.',
    {
      title: 'the lock is held again, and can be given back once',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, timed(1)),
        elapse(2),
        step(2, attempt, returns(false)),
        step(1, release, returns(undefined)),
        step(2, attempt, returns(true)),
      ],
    },
    {
      title: 'time runs out while another thread has the lock',
      objects: withPause,
      threads: [holding(timed(0.5)), holding(...pause(1))],
    },
  ),
  strictly(
    rule('cond.wait.returns-false', 'Look at what wait returns when its time is over, and not before.', {
      title: 'nobody notifies',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, timed(1), blocks),
        elapse(0.5, thread(1, blocks)),
        elapse(1, thread(1, returns(false))),
      ],
    }),
  ),
  strictly(
    rule('cond.wait.timeout-none', 'Look whether null is told from 0.', {
      title: 'a wait with the time-out null waits without limit',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, call('wait', { timeout: null }), blocks),
        elapse(1000, thread(1, blocks)),
        step(2, acquire),
        step(2, notify),
        step(2, release, thread(1, returns(true))),
      ],
    }),
  ),
  rule('cond.wait.late-return-free', 'Nothing has to be changed: who waits returns when it has the lock.', {
    title: 'another thread has the lock when time is over, and long afterwards',
    objects: withCell,
    steps: [
      step(1, acquire),
      step(1, waitForWithin(1)),
      step(2, acquire),
      elapse(60, thread(1, blocks)),
      step(2, release, thread(1, returns(0))),
    ],
  }),
  strictly(
    rule(
      'cond.wait.nonpositive-timeout',
      'Look at what wait makes of 0 and of less: it is not refused, and does not sleep.',
      {
        title: 'a wait for no time returns false, and the lock is held',
        objects: own,
        steps: [
          step(1, acquire),
          step(1, timed(0), returns(false)),
          step(1, timed(-1), returns(false)),
          step(2, attempt, returns(false)),
          step(1, release, returns(undefined)),
        ],
      },
    ),
  ),
  rule(
    'cond.wait.error-state',
    'Look whether the waiter is taken off the queue, and the lock back, when wait raises.',
    {
      title: 'the lock is held after a time-out that is too large',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, timed(1e12), raises('OverflowError')),
        step(2, attempt, returns(false)),
        step(1, release, returns(undefined)),
        step(2, attempt, returns(true)),
      ],
    },
    {
      title: 'who could not wait is no waiter',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, timed(1e12)),
        step(1, release),
        step(2, acquire),
        step(2, waitFor),
        step(3, acquire),
        step(3, write(1)),
        step(3, notify),
        step(3, release, thread(2, returns(1))),
      ],
    },
    {
      title: 'who could not wait can wait again',
      objects: withPause,
      // Threads that run freely are given shorter seconds: it has to be too large in those as well.
      threads: [holding(timed(1e15), timed(2)), [...pause(1), ...holding(notify)]],
    },
  ),
];
