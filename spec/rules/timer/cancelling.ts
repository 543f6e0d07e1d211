import { call, elapse, on, raises, returns, step } from '../../example.ts';
import { begins, finishes, notBegun } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { isAlive, join, start, threadFor, timedJoin } from '../thread/calls.ts';
import { cancel, endless, short, startAndCancel, timerFor } from './calls.ts';
import { beginsAfterCancel } from './uses.ts';

/** Seconds in which any thread is started, and cancelled. */
const ample = 1.5;
/** Seconds about which a new thread is ready to look at the time. */
const meeting = 0.012;

/** The rules of what cancel() does to a timer, before, while and after it waits. */
export const cancellingRules: readonly Rule[] = [
  rule(
    'timer.cancel.waiting',
    'Look at what the timer does with the news that it is cancelled, and when.',
    {
      title: 'a cancelled timer does not call its function when its time comes',
      objects: [timerFor(ample)],
      steps: [
        step(1, startAndCancel(), notBegun(2)),
        elapse(ample + 0.05, notBegun(2)),
        step(1, join, notBegun(2)),
      ],
    },
    {
      title: 'nor does it when it is cancelled, or a moment later',
      objects: [timerFor(endless), threadFor(3)],
      steps: [
        step(1, on(0, start)),
        step(1, on(1, start), begins(3)),
        step(1, on(0, cancel), notBegun(2)),
        elapse(0.1, notBegun(2)),
        finishes(3),
        step(1, on(1, join)),
      ],
    },
  ),
  rule(
    'timer.cancel.ends-thread',
    'Look at who wakes the thread that waits.',
    {
      title: 'a timer is cancelled, and joined',
      objects: [timerFor(endless), threadFor(3)],
      steps: [
        step(1, on(0, start)),
        // When this one has begun, the timer, which was started before it, has begun to wait, as a rule.
        step(1, on(1, start), begins(3)),
        step(1, on(0, cancel)),
        step(1, on(0, join), returns(undefined)),
        step(1, on(0, isAlive), returns(false)),
        finishes(3),
        step(1, on(1, join)),
      ],
    },
    {
      title: 'a timer is cancelled as soon as it is started',
      objects: [timerFor(endless)],
      steps: [step(1, startAndCancel()), step(1, join, returns(undefined))],
    },
    {
      title: 'a timer is cancelled by another thread than the one that has started it',
      objects: [timerFor(endless), threadFor(3)],
      steps: [
        step(1, on(0, start)),
        step(1, on(1, start), begins(3)),
        step(3, on(0, cancel)),
        step(1, on(0, join), returns(undefined)),
        finishes(3),
        step(1, on(1, join)),
      ],
    },
  ),
  rule(
    'timer.cancel.before-start',
    'Look at what start() does with a timer that was cancelled.',
    {
      title: 'the function is not called',
      objects: [timerFor(short)],
      steps: [step(1, cancel), step(1, start, notBegun(2)), elapse(0.1, notBegun(2)), step(1, join)],
    },
    {
      title: 'the thread does not wait',
      objects: [timerFor(endless)],
      steps: [step(1, cancel), step(1, start), step(1, join, returns(undefined))],
    },
  ),
  rule(
    'timer.cancel.too-late',
    'Look at what cancel() does to a timer that has called its function.',
    {
      title: 'a timer is cancelled while its function is at work, and when it has ended',
      objects: [timerFor(short)],
      steps: [
        step(1, start, begins(2)),
        step(1, cancel, returns(undefined)),
        step(1, isAlive, returns(true)),
        step(2, isAlive, returns(true)),
        finishes(2),
        step(1, join),
        step(1, cancel, returns(undefined)),
      ],
    },
    {
      title: 'the function cancels the timer itself',
      objects: [timerFor(short)],
      steps: [
        step(1, start, begins(2)),
        step(2, cancel, returns(undefined)),
        step(2, isAlive, returns(true)),
        finishes(2),
        step(1, join, returns(undefined)),
      ],
    },
  ),
  rule(
    'timer.cancel.idempotent',
    'Look at what a second cancel() does, and at what both return.',
    {
      title: 'a timer that waits is cancelled twice',
      objects: [timerFor(endless)],
      steps: [
        step(1, start),
        step(1, cancel, returns(undefined)),
        step(1, cancel, returns(undefined), notBegun(2)),
        step(1, join, returns(undefined)),
        step(1, cancel, returns(undefined)),
      ],
    },
    {
      title: 'a timer is cancelled twice before it is started',
      objects: [timerFor(short)],
      steps: [
        step(1, cancel, returns(undefined)),
        step(1, cancel, returns(undefined)),
        step(1, start),
        elapse(0.1, notBegun(2)),
        step(1, join),
      ],
    },
  ),
  usedWhere(
    rule(
      'timer.cancel.race-free',
      'Look at what the timer does between its last look and the call.',
      {
        title: 'a timer is cancelled when its time has just come',
        objects: [timerFor(0.3)],
        steps: [step(1, startAndCancel(0.35), returns(undefined)), elapse(0.25)],
      },
      {
        title: 'a timer is cancelled about when its time comes, and seen to end',
        objects: [timerFor(meeting)],
        threads: [
          [start, timedJoin(meeting), cancel, join, isAlive, cancel],
          [call('begins'), call('leaves')],
        ],
      },
    ),
    beginsAfterCancel,
  ),
  rule(
    'timer.start-once',
    'Look at what start() makes of a timer that was started.',
    {
      title: 'a timer that waits, and is cancelled then',
      objects: [timerFor(endless)],
      steps: [
        step(1, start),
        step(1, start, raises('RuntimeError')),
        step(1, cancel),
        step(1, join),
        step(1, start, raises('RuntimeError'), notBegun(2)),
      ],
    },
    {
      title: 'a timer that has called its function',
      objects: [timerFor(short)],
      steps: [
        step(1, start, begins(2)),
        step(1, start, raises('RuntimeError'), notBegun(2)),
        finishes(2),
        step(1, join),
        step(1, start, raises('RuntimeError'), notBegun(2)),
      ],
    },
    {
      title: 'a timer that was cancelled before it was started',
      objects: [timerFor(short)],
      steps: [
        step(1, cancel),
        step(1, start),
        step(1, join),
        step(1, start, raises('RuntimeError'), notBegun(2)),
      ],
    },
  ),
];
