import { returns, step } from '../../example.ts';
import { begins, finishes, labelled, returnsWhat, same } from '../../lifecycle.ts';
import { type NotApplicable, notApplicable, type Rule, rule } from '../../rule.ts';
import { ident, join, start, threadFor } from './calls.ts';

/** The rules of a thread's number. */
export const identsRules: readonly (Rule | NotApplicable)[] = [
  rule('thread.ident.before-start', 'Look at when a thread is given its number.', {
    title: 'a thread that was not started has none',
    objects: [threadFor()],
    steps: [step(1, ident, returns(null))],
  }),
  rule('thread.ident.after-exit', 'Look at what a thread keeps when it has ended.', {
    title: 'the number of a thread that has ended is what it was',
    objects: [threadFor()],
    steps: [
      step(1, start, begins(2)),
      labelled('at work', step(1, ident, returnsWhat({ integerFrom: 1 }))),
      labelled('as the thread sees it', step(2, ident, same('at work'))),
      finishes(2),
      step(1, join),
      step(1, ident, same('at work')),
    ],
  }),
  notApplicable(
    'thread.native-id',
    'JavaScript has no way to the number that the system gives a thread, and the documentation lets the attribute be absent where there is none.',
  ),
];
