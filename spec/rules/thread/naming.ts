import { type Expectation, object, on, reference, returns, step } from '../../example.ts';
import { begins, finishes, labelled, matching, unlike } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { assign, create, isAlive, join, name, start, threadFor, timedJoin } from './calls.ts';
import { nameOfCurrent, numbersAfter } from './starts.ts';

/** A default name without a target's. */
const numbered: Expectation = matching('^Thread-[0-9]{1,9}$');
const unnamed = object('thread');

/** What the documentation says of threads' names. */
export const namingRules: readonly Rule[] = [
  rule(
    'thread.name.default',
    'Look at who counts the threads that were given no name: the process, not each thread.',
    {
      title: 'two threads of one thread',
      objects: [unnamed, unnamed],
      steps: [labelled('one', step(1, name, numbered)), step(1, on(1, name), numbered, unlike('one'))],
    },
    {
      title: 'threads that different threads make',
      objects: [threadFor(2, { name: 'a maker' }), threadFor(3, { name: 'another' }), unnamed, unnamed],
      steps: [
        step(1, start, begins(2)),
        step(1, on(1, start), begins(3)),
        step(2, on(2, create)),
        step(3, on(3, create)),
        labelled('one', step(2, on(2, name), numbered)),
        step(3, on(3, name), numbered, unlike('one')),
        finishes(2),
        finishes(3),
      ],
    },
  ),
  rule(
    'thread.name.default-target',
    'Look at what follows the number: the name of the target, if it has one.',
    {
      title: 'a target with a name, and one without',
      objects: [threadFor(2), object('thread', { target: 5 })],
      steps: [step(1, name, matching('^Thread-[0-9]+ \\(body2\\)$')), step(1, on(1, name), numbered)],
    },
  ),
  rule('thread.name.given', 'Look at which name wins: that of the constructor.', {
    title: 'a text, and a number as one',
    objects: [threadFor(2, { name: 'worker' }), threadFor(2, { name: 7 })],
    steps: [step(1, name, returns('worker')), step(1, on(1, name), returns('7'))],
  }),
  rule('thread.name.given-keeps-counter', 'Look at when a number is taken: only when it is needed.', {
    title: 'the numbers of threads that are made before and after one with a name',
    objects: [unnamed, object('thread', { name: 'worker' }), unnamed, object('thread', { name: '' })],
    steps: [
      step(1, on(2, numbersAfter(reference(0))), returns(1)),
      step(1, on(3, name), numbered),
      step(1, on(3, numbersAfter(reference(2))), returns(1)),
    ],
  }),
  rule(
    'thread.name.mutable',
    'Look at where the name is kept: all who know the thread have to see it change.',
    {
      title: 'before and during the run, by others and by itself',
      objects: [threadFor(2, { name: 'first' })],
      steps: [
        step(1, assign({ name: 'second' })),
        step(1, name, returns('second')),
        step(1, start, begins(2)),
        step(2, nameOfCurrent, returns('second')),
        step(1, assign({ name: 'third' })),
        step(1, name, returns('third')),
        step(2, nameOfCurrent, returns('third')),
        step(2, assign({ name: 'fourth' })),
        step(1, name, returns('fourth')),
        finishes(2),
      ],
    },
    {
      title: 'after the run',
      objects: [threadFor(2, { name: 'first' })],
      steps: [
        step(1, start, begins(2)),
        step(2, assign({ name: 'second' })),
        finishes(2),
        step(1, join),
        step(1, name, returns('second')),
        step(1, assign({ name: 'third' })),
        step(1, name, returns('third')),
      ],
    },
  ),
  rule('thread.name.no-semantics', 'Look for anything that finds a thread by its name.', {
    title: 'two threads of one name live and end each by itself',
    objects: [threadFor(2, { name: 'twin' }), threadFor(3, { name: 'twin' })],
    steps: [
      step(1, start, returns(undefined), begins(2)),
      step(1, on(1, start), returns(undefined), begins(3)),
      step(1, isAlive, returns(true)),
      finishes(2),
      step(1, join, returns(undefined)),
      step(1, isAlive, returns(false)),
      step(1, on(1, timedJoin(0.02)), returns(undefined)),
      step(1, on(1, isAlive), returns(true)),
      step(1, on(1, name), returns('twin')),
      finishes(3),
      step(1, on(1, join), returns(undefined)),
    ],
  }),
];
