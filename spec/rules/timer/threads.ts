import { blocks, on, returns, step, thread } from '../../example.ts';
import {
  begins,
  exits,
  finishes,
  leaves,
  matching,
  notBegun,
  returnsWhat,
  runsOn,
  threadOf,
} from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import {
  assign,
  currentThread,
  daemon,
  enumerate,
  ident,
  isAlive,
  join,
  module,
  name,
  start,
  threadFor,
} from '../thread/calls.ts';
import { cancel, endless, isThread, setExcepthook, short, timerFor } from './calls.ts';

/** The rules of what a timer has in common with all threads. */
export const threadsRules: readonly Rule[] = [
  rule(
    'timer.is-thread',
    'Look at what Timer is a class of, and at what it overrides of that.',
    {
      title: 'a timer that waits is asked what threads are asked',
      objects: [timerFor(endless), module],
      steps: [
        step(1, isThread, returns(true)),
        step(1, isAlive, returns(false)),
        step(1, start),
        step(1, isAlive, returns(true)),
        step(1, ident, returnsWhat({ integerFrom: 1 })),
        step(1, name, matching('.')),
        step(1, daemon, returns(false)),
        step(1, on(1, enumerate), returns({ json: '["object 1","the main thread"]' })),
        step(1, cancel),
        step(1, join, returns(undefined)),
        step(1, isAlive, returns(false)),
      ],
    },
    {
      title: 'a timer is given another name, and made a daemon',
      objects: [timerFor(short)],
      steps: [
        step(1, assign({ name: 'another', daemon: true })),
        step(1, name, returns('another')),
        step(1, daemon, returns(true)),
      ],
    },
  ),
  rule('timer.own-thread', 'Look at which thread calls the function.', {
    title: 'the function runs in another thread than the one that has started it, and that is the timer',
    objects: [timerFor(short), module],
    steps: [
      step(1, start, begins(2, { in: 'a new thread' })),
      step(2, on(1, currentThread), returns('object 1')),
      finishes(2),
      step(1, join),
    ],
  }),
  rule(
    'timer.join-covers-action',
    'Look at what join() waits for.',
    {
      title: 'a timer is joined while its function is at work',
      objects: [timerFor(short)],
      steps: [step(1, start, begins(2)), step(1, join, blocks), finishes(2, thread(1, returns(undefined)))],
    },
    {
      title: 'a timer is joined while it waits',
      objects: [timerFor(0.2)],
      steps: [step(1, start), step(1, join, begins(2), blocks), finishes(2, thread(1, returns(undefined)))],
    },
  ),
  rule(
    'timer.keeps-process',
    'Look at which timers the process waits for at its end.',
    {
      title: 'the process waits for a timer that waits, and for its function',
      ownProcess: true,
      objects: [timerFor(0.2)],
      steps: [step(1, start), finishes(1, begins(2)), finishes(2, exits(0))],
    },
    {
      title: 'the process ends when the timer that it waits for is cancelled',
      ownProcess: true,
      objects: [timerFor(endless), threadFor(2, { daemon: true })],
      steps: [
        step(1, on(1, start), begins(2)),
        step(1, on(0, start)),
        finishes(1, runsOn),
        step(2, on(0, cancel), exits(0)),
      ],
    },
    {
      title: 'the process does not wait for a daemon',
      ownProcess: true,
      objects: [timerFor(endless)],
      steps: [step(1, assign({ daemon: true })), step(1, start), finishes(1, notBegun(2), exits(0))],
    },
  ),
  rule('timer.action-raises', 'Look at who is told of an error of the function.', {
    title: 'an error of the function goes to the hook',
    objects: [timerFor(short)],
    steps: [
      step(1, setExcepthook(3)),
      step(1, start, begins(2)),
      leaves(2, { raises: 'Error' }, begins(3, { in: threadOf(2) })),
      finishes(3),
      step(1, join),
      step(1, setExcepthook(null)),
    ],
  }),
];
