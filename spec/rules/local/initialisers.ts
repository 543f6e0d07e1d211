import { object, on, raises, returns, step, thread } from '../../example.ts';
import { begins, beginsWith, finishes, leaves, listOf, notBegun, threadOf } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { create, dict, hold, initialisedBy, set, start, threadFor, x } from './calls.ts';

/*
 * In these examples thread 2 is the initialiser of the Local in main, thread 3 is started, and thread 4 is the
 * initialiser there: it runs within whatever call of thread 3 comes first.
 */
const objects = [initialisedBy(2, 4), threadFor(3)];

/** Main makes the object and starts the thread. */
const begun = [step(1, create, begins(2)), finishes(2), step(1, on(1, start))];

/** The rules of a subclass's initialiser. */
export const initialisersRules: readonly Rule[] = [
  rule(
    'local.subclass-init-per-thread',
    'Look at who calls the initialiser: each thread that uses the object, when it does so for the first time.',
    {
      title: 'the object is made in main and used in a thread',
      objects,
      steps: [
        step(1, create, begins(2, { in: threadOf(1) })),
        finishes(2, thread(1, returns(undefined))),
        step(1, on(1, start), notBegun(4)),
        step(3, hold, notBegun(4)),
        step(3, x, begins(4, { in: threadOf(3) })),
        step(4, set('of the initialiser')),
        finishes(4, thread(3, returns('of the initialiser'))),
        finishes(3),
      ],
    },
    {
      title: 'the first use sets an attribute',
      objects,
      steps: [
        ...begun,
        step(3, set('of the thread'), begins(4)),
        step(4, set('of the initialiser')),
        finishes(4, thread(3, returns(undefined))),
        step(3, x, returns('of the thread')),
        finishes(3),
      ],
    },
  ),
  rule('local.subclass-init-once', 'Look at whether a thread remembers that it has used the object.', {
    title: 'a thread uses the object again',
    objects,
    steps: [
      ...begun,
      step(1, set(1), notBegun(2)),
      step(3, set(3), begins(4)),
      step(4, set('of the initialiser')),
      finishes(4),
      step(3, x, returns(3), notBegun(4)),
      step(1, x, returns(1), notBegun(2)),
      finishes(3),
    ],
  }),
  rule(
    'local.subclass-init-args',
    'Look at whether the arguments of the constructor are kept for other threads.',
    {
      title: 'the initialiser is given the arguments in each thread',
      objects: [initialisedBy(2, 4, { args: listOf('red', 0, { json: '{"deep":[1]}' }) }), threadFor(3)],
      steps: [
        step(1, create, beginsWith(2, 'red', 0, { json: '{"deep":[1]}' })),
        finishes(2),
        step(1, on(1, start)),
        step(3, x, beginsWith(4, 'red', 0, { json: '{"deep":[1]}' })),
        finishes(4),
        finishes(3),
      ],
    },
  ),
  rule(
    'local.base-no-args',
    'Look at what becomes of arguments that nobody takes.',
    {
      title: 'a Local with an argument',
      objects: [object('local', { args: listOf(1) })],
      steps: [step(1, create, raises('TypeError'))],
    },
    {
      title: 'one of a subclass without initialiser',
      objects: [object('local', { members: true, args: listOf(1) })],
      steps: [step(1, create, raises('TypeError'))],
    },
  ),
  rule(
    'local.init-failure-retried',
    'Look at what is left of a thread whose initialiser has raised an error: nothing.',
    {
      title: 'the initialiser fails at the first access',
      objects,
      steps: [
        ...begun,
        step(3, set('lost'), begins(4)),
        step(4, set('lost, too')),
        leaves(4, { raises: 'Error' }, thread(3, raises('Error'))),
        step(3, dict, begins(4), returns({ json: '{}' })),
        finishes(3),
      ],
    },
  ),
];
