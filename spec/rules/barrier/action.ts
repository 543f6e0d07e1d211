import { callsBack, giving, raises, returns, returnsOneOf, step, thread, throwing } from '../../example.ts';
import { callbackError } from '../../program.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { abort, barrier, broken, nWaiting, raisesOneOf, timed, wait } from './calls.ts';
import { showsAllWaiting } from './uses.ts';

const acting = { action: giving(7) };
const failing = { action: throwing };
const eitherError = raisesOneOf(callbackError, 'BrokenBarrierError');

/** What the documentation says of the action that one of the parties runs. */
export const actionRules: readonly Rule[] = [
  rule(
    'barrier.action.called-once',
    'Look at who calls the action: one of the parties, when the last has come.',
    {
      title: 'once when all have come, and once more in the next round',
      objects: barrier(2, acting),
      steps: [
        step(1, wait, callsBack(0)),
        step(2, wait, callsBack(1)),
        step(2, wait, callsBack(0)),
        step(1, wait, callsBack(1)),
      ],
    },
    {
      title: 'two rounds',
      objects: barrier(2, acting),
      threads: [
        [wait, wait],
        [wait, wait],
      ],
    },
  ),
  rule(
    'barrier.action.before-release',
    'Look whether the parties are woken before the action is called, or after.',
    {
      title: 'two rounds',
      objects: barrier(2, acting),
      threads: [
        [wait, wait],
        [wait, wait],
      ],
    },
  ),
  rule(
    'barrier.action.by-a-party',
    'Look at the thread in which the action runs: its wait has not returned.',
    {
      title: 'the action runs while the parties wait, not when somebody asks',
      objects: barrier(2, acting),
      steps: [
        step(1, wait, callsBack(0)),
        step(2, wait, callsBack(1)),
        step(3, nWaiting, callsBack(0)),
        step(3, broken, callsBack(0)),
      ],
    },
    {
      title: 'the only party runs it',
      objects: barrier(1, acting),
      steps: [step(1, wait, callsBack(1)), step(2, wait, callsBack(1))],
    },
  ),
  rule('barrier.action.result-ignored', 'Look for anything that is made of the result of the action.', {
    title: 'an action that gives false lets the parties pass',
    objects: barrier(2, { action: giving(false) }),
    steps: [
      step(1, wait),
      step(2, wait, thread(1, returnsOneOf(0, 1)), returnsOneOf(0, 1)),
      step(1, broken, returns(false)),
    ],
  }),
  rule(
    'barrier.action.raises-breaks',
    'Look at what becomes of the others when the action throws, and of the barrier.',
    {
      title: 'nobody passes, and the barrier is broken',
      objects: barrier(3, failing),
      steps: [
        step(1, wait),
        step(2, wait),
        step(3, wait, thread(1, eitherError), thread(2, eitherError), eitherError),
        step(1, broken, returns(true)),
        step(2, timed(0), raises('BrokenBarrierError')),
      ],
    },
    {
      title: 'two parties',
      objects: barrier(2, failing),
      threads: [
        [wait, broken],
        [wait, wait],
      ],
    },
  ),
  rule(
    'barrier.action.raises-who',
    'Look at what the party raises that ran the action: what the action threw, as it is.',
    {
      title: 'the only party gets the error of the action',
      objects: barrier(1, failing),
      steps: [step(1, wait, raises(callbackError))],
    },
    {
      title: 'one party gets the error of the action',
      objects: barrier(2, failing),
      threads: [[wait], [wait]],
    },
  ),
  usedWhere(
    rule(
      'barrier.action.reentry-free',
      'Nothing to fix: while the action runs, others may be told of all parties, or have to wait.',
      {
        title: 'somebody asks during the action',
        objects: barrier(2, acting),
        threads: [[wait], [wait], [nWaiting, nWaiting, abort]],
      },
    ),
    showsAllWaiting,
  ),
];
