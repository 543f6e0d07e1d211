import { blocks, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule, strictly } from '../../rule.ts';
import {
  acquire,
  attempt,
  contention,
  holding,
  locked,
  notify,
  notifyAll,
  ofLock,
  own,
  pause,
  release,
  timed,
  wait,
  waitFor,
  withCell,
  withPause,
  withPredicate,
  write,
} from './calls.ts';

/** A thread that has the lock twice waits, and gives it back as often. */
const twice = (seconds: number) => [acquire, acquire, timed(seconds), release, release];

/** What the documentation says of waiting until somebody notifies. */
export const waitRules: readonly Rule[] = [
  rule(
    'cond.wait.unowned-raises',
    'Look whether wait asks for the owner before it does anything.',
    {
      title: 'nobody has the lock',
      objects: own,
      steps: [step(1, wait, raises('RuntimeError')), step(1, timed(1), raises('RuntimeError'))],
    },
    {
      title: 'another thread has it',
      objects: own,
      steps: [step(1, acquire), step(2, wait, raises('RuntimeError')), step(2, attempt, returns(false))],
    },
    {
      title: 'nobody has the Lock it was given',
      objects: ofLock,
      steps: [step(1, wait, raises('RuntimeError')), step(1, locked, returns(false))],
    },
  ),
  rule(
    'cond.wait.releases-lock',
    'Look whether wait gives the lock up before it sleeps.',
    {
      title: 'while one waits, another has the lock',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, waitFor, blocks),
        step(2, attempt, returns(true)),
        step(2, release),
        step(3, acquire, returns(true)),
      ],
    },
    contention('one waits, another wants the lock', holding(timed(1)), holding(notify)),
  ),
  rule(
    'cond.wait.no-gap',
    'Look at the moment between giving up the lock and being a waiter: a notify in between has to count.',
    contention('one waits for a time, another notifies', holding(timed(1)), holding(notify)),
    withPredicate('one waits, another notifies', holding(waitFor), holding(write(1), notify)),
  ),
  strictly(
    rule(
      'cond.wait.blocks-until-notified',
      'Look at what makes wait return: a notification that it was meant by, not any wake-up.',
      {
        title: 'a release alone wakes nobody',
        objects: own,
        steps: [
          step(1, acquire),
          step(1, wait, blocks),
          step(2, acquire),
          step(2, release, thread(1, blocks)),
          step(2, acquire),
          step(2, notify, thread(1, blocks)),
          step(2, release, thread(1, returns(true))),
        ],
      },
    ),
  ),
  rule(
    'cond.wait.reacquires',
    'Look whether every way out of wait takes the lock back first.',
    contention('two wait, another notifies all', holding(timed(1)), holding(timed(1)), holding(notifyAll)),
  ),
  rule(
    'cond.wait.returns-true',
    'Look at what wait returns when it was notified, and whether a time-out that ends later is in its way.',
    {
      title: 'time runs out after the notification, while the notifier has the lock',
      objects: withPause,
      threads: [holding(timed(0.5)), holding(notify, ...pause(1))],
    },
  ),
  rule(
    'cond.wait.rlock-full-release',
    'Look whether wait gives up every level of the lock, not one.',
    {
      title: 'a lock that was acquired three times is free while its owner waits',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, acquire),
        step(1, acquire),
        step(1, waitFor, blocks),
        step(2, attempt, returns(true)),
      ],
    },
    contention('one waits with two levels, another wants the lock', twice(1), holding(notify)),
  ),
  rule(
    'cond.wait.rlock-depth-restored',
    'Look whether the level is remembered by the waiter itself, and put back with the lock.',
    {
      title: 'as many releases are needed as before the wait',
      objects: withCell,
      steps: [
        step(1, acquire),
        step(1, acquire),
        step(1, waitFor),
        step(2, acquire),
        step(2, write(1)),
        step(2, notify),
        step(2, release),
        step(1, release, returns(undefined)),
        step(2, attempt, returns(false)),
        step(1, release, returns(undefined)),
        step(2, attempt, returns(true)),
      ],
    },
    contention('two wait with different levels', twice(1), holding(timed(1)), holding(notifyAll)),
  ),
  rule(
    'cond.wait.spurious-free',
    'Nothing has to be changed: a wait may return without a notification, and its caller looks again.',
    contention('one waits, another notifies', holding(timed(1)), holding(notify)),
  ),
];
