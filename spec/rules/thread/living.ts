import { type Expectation, object, on, returns, step } from '../../example.ts';
import { begins, finishes, leaves, matching } from '../../lifecycle.ts';
import { type NotApplicable, notApplicable, type Rule, rule } from '../../rule.ts';
import { isAlive, join, start, threadFor, timedJoin } from './calls.ts';
import { repr, startAndAsk } from './starts.ts';

/** The call returns a text with all these words in it, in whatever order. */
function says(...words: readonly string[]): Expectation {
  return matching(`^${words.map((word) => `(?=.*${word})`).join('')}`);
}

/** What the documentation says of how long a thread is alive, and of how an object shows that. */
export const livingRules: readonly (Rule | NotApplicable)[] = [
  rule('thread.alive.before-start', 'Look at what isAlive() says before there is a thread.', {
    title: 'threads that were not started, with and without a target',
    objects: [threadFor(), object('thread')],
    steps: [step(1, isAlive, returns(false)), step(1, on(1, isAlive), returns(false))],
  }),
  rule(
    'thread.alive.during-run',
    'Look at when the thread begins to count as alive, when it ceases, and who sees it.',
    {
      title: 'at once after the start, for others and for itself',
      objects: [threadFor()],
      steps: [
        step(1, startAndAsk('isAlive'), returns(true), begins(2)),
        step(1, isAlive, returns(true)),
        step(2, isAlive, returns(true)),
        finishes(2),
      ],
    },
    {
      title: 'for a third thread',
      objects: [threadFor(2), threadFor(3)],
      steps: [
        step(1, start, begins(2)),
        step(1, on(1, start), begins(3)),
        step(3, isAlive, returns(true)),
        finishes(3),
        finishes(2),
      ],
    },
    {
      title: 'after a join that has come to no end',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, timedJoin(0.02)),
        step(1, isAlive, returns(true)),
        step(2, isAlive, returns(true)),
        finishes(2),
      ],
    },
  ),
  rule(
    'thread.alive.after-end',
    'Look at who writes the end down, whichever way the thread ends.',
    {
      title: 'a thread whose target returns',
      objects: [threadFor()],
      steps: [step(1, start, begins(2)), finishes(2), step(1, join), step(1, isAlive, returns(false))],
    },
    {
      title: 'a thread that an error ends',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        leaves(2, { raises: 'ValueError' }),
        step(1, join, returns(undefined)),
        step(1, isAlive, returns(false)),
      ],
    },
    {
      title: 'a thread that fails before it runs anything',
      objects: [object('thread', { target: { json: '{"module":"file:///nowhere.mjs","name":"f"}' } })],
      steps: [step(1, start), step(1, join, returns(undefined)), step(1, isAlive, returns(false))],
    },
  ),
  rule('thread.repr', 'Look at what the text of a Thread is made of, and whether it is of now.', {
    title: 'before, during and after the run',
    objects: [threadFor(2, { name: 'worker', daemon: true }), threadFor(3, { name: 'other', daemon: false })],
    steps: [
      step(1, repr, says('worker', 'initial', 'daemon')),
      step(1, on(1, repr), says('other', 'initial')),
      step(1, on(1, repr), matching('^(?!.*daemon)')),
      step(1, start, begins(2)),
      step(1, repr, says('worker', 'started', 'daemon', 'IDENT')),
      step(2, repr, says('worker', 'started', 'daemon', 'IDENT')),
      finishes(2),
      step(1, join),
      step(1, repr, says('worker', 'stopped', 'daemon', 'IDENT')),
    ],
  }),
  notApplicable(
    'thread.isalive-removed',
    'In camel case the method has the name that its removed alias had.',
  ),
];
