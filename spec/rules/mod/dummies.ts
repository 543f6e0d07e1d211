import { call, elapse, type Expectation, returns, step } from '../../example.ts';
import { begins, finishes } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import {
  activeCount,
  currentThread,
  lowthread,
  module,
  ofCurrent,
  ofOther,
  startAlien,
  startRaw,
  timesListed,
} from './calls.ts';
import { keepsDummy } from './uses.ts';

/** The error has had either name. */
const cannotBeJoined: Expectation = {
  oneOfOutcomes: [{ raises: 'RuntimeError' }, { raises: 'AssertionError' }],
};

/** The rules of the objects that stand for threads which the library did not start. */
export const dummyRules: readonly Rule[] = [
  rule(
    'mod.dummy.alive-daemonic',
    'Look at what an object says that was made only because somebody asked for it.',
    {
      title: 'a worker that was started without the library is alive, and a daemon',
      objects: [module],
      steps: [
        step(1, startAlien(2), begins(2)),
        step(2, ofCurrent('isAlive'), returns(true)),
        step(2, ofCurrent('daemon'), returns(true)),
        step(1, ofOther('isAlive'), returns(true)),
        step(1, ofOther('daemon'), returns(true)),
        finishes(2),
      ],
    },
    {
      title: 'so is a thread that was started by the low-level function',
      ownProcess: true,
      objects: [module, lowthread],
      steps: [
        step(1, startRaw(2), begins(2)),
        step(2, ofCurrent('isAlive'), returns(true)),
        step(2, ofCurrent('daemon'), returns(true)),
        finishes(2),
      ],
    },
  ),
  rule('mod.dummy.join-raises', 'Look at what join() does where nobody would tell the end of the thread.', {
    title: 'another thread cannot wait for it',
    objects: [module],
    steps: [
      step(1, startAlien(2), begins(2)),
      step(2, currentThread),
      step(1, ofOther('join'), cannotBeJoined),
      finishes(2),
    ],
  }),
  rule(
    'mod.dummy.stable-identity',
    'Look at whether a second call finds the object that the first one has made.',
    {
      title: 'a thread without an object is given one, once',
      objects: [module],
      steps: [
        step(1, startAlien(2), begins(2)),
        step(2, currentThread),
        step(2, call('isSameAgain'), returns(true)),
        step(2, timesListed(), returns(1)),
        step(1, activeCount, returns(2)),
        finishes(2),
      ],
    },
  ),
  usedWhere(
    rule(
      'mod.dummy.lifetime-free',
      'Nothing to fix: the object of a thread that the library did not start may stay listed after its end, or not.',
      {
        title: 'a worker that was started without the library ends',
        ownProcess: true,
        objects: [module],
        steps: [
          step(1, startAlien(2), begins(2)),
          step(2, currentThread),
          finishes(2),
          elapse(0.2),
          step(1, call('enumerate')),
          step(1, call('isMain'), returns(true)),
        ],
      },
    ),
    keepsDummy,
  ),
];
