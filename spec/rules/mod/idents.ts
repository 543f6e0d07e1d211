import { call, on, returns, step } from '../../example.ts';
import { begins, comesBack, finishes, labelled, same, unlike } from '../../lifecycle.ts';
import { type NotApplicable, notApplicable, type Rule, rule, usedWhere } from '../../rule.ts';
import { getIdent, join, lowthread, module, start, startAlien, threadFor } from './calls.ts';
import { recyclesIdent } from './uses.ts';

const hasNonzeroInteger = call('hasNonzeroInteger');
const ident = call('ident');

/** The rules of the numbers of threads. */
export const identRules: readonly (Rule | NotApplicable)[] = [
  rule('mod.get-ident.nonzero-int', "Look at the main thread: Node's own number of it is 0.", {
    title: 'the main thread, a thread, and a worker that was started without the library',
    objects: [module, threadFor()],
    steps: [
      step(1, hasNonzeroInteger, returns(true)),
      step(1, start(), begins(2)),
      step(2, hasNonzeroInteger, returns(true)),
      step(1, startAlien(3), begins(3)),
      step(3, hasNonzeroInteger, returns(true)),
      finishes(2),
      finishes(3),
    ],
  }),
  rule('mod.get-ident.unique-alive', 'Look at where numbers come from: one count for all threads.', {
    title: 'main, two threads and a worker that was started without the library are alive together',
    objects: [module, threadFor(2), threadFor(3)],
    steps: [
      step(1, start(1), begins(2)),
      step(1, start(2), begins(3)),
      step(1, startAlien(4), begins(4)),
      labelled('main', step(1, getIdent)),
      labelled('first', step(2, getIdent, unlike('main'))),
      labelled('second', step(3, getIdent, unlike('main', 'first'))),
      step(4, getIdent, unlike('main', 'first', 'second')),
      finishes(2),
      finishes(3),
      finishes(4),
    ],
  }),
  usedWhere(
    rule(
      'mod.get-ident.recycling-free',
      'Nothing to fix: numbers of threads that have ended may be given to others, or not.',
      {
        title: 'a thread begins when another one has ended',
        objects: [module, threadFor(2), threadFor(3)],
        steps: [
          labelled('main', step(1, getIdent)),
          step(1, start(1), begins(2)),
          step(2, getIdent),
          finishes(2),
          step(1, join(1), comesBack),
          step(1, start(2), begins(3)),
          step(3, getIdent, unlike('main')),
          finishes(3),
        ],
      },
    ),
    recyclesIdent,
  ),
  rule(
    'mod.get-ident.matches-thread',
    'Look at whose number a Thread object has: it is only known when the thread is started.',
    {
      title: 'a thread and those who look at it know the same number',
      objects: [module, threadFor()],
      steps: [
        step(1, start(), begins(2)),
        labelled('inside', step(2, getIdent)),
        step(1, on(1, ident), same('inside')),
        step(2, on(1, ident), same('inside')),
        step(2, call('ofCurrent', { asks: 'ident' }), same('inside')),
        finishes(2),
      ],
    },
    {
      title: 'the low-level function gives the same number',
      objects: [module, threadFor(), lowthread],
      steps: [
        labelled('main', step(1, getIdent)),
        step(1, on(2, getIdent), same('main')),
        step(1, start(), begins(2)),
        labelled('inside', step(2, getIdent)),
        step(2, on(2, getIdent), same('inside')),
        finishes(2),
      ],
    },
  ),
  notApplicable(
    'mod.get-native-id',
    'JavaScript has no way to the number that the system gives a thread, and the documentation lets the function be absent where there is none.',
  ),
];
