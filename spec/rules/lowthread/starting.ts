import { on, raises, returns, step } from '../../example.ts';
import {
  begins,
  beginsWith,
  comesBack,
  finishes,
  labelled,
  listOf,
  notBegun,
  same,
} from '../../lifecycle.ts';
import type { Args, Argument } from '../../program.ts';
import type { ExampleStep, OrderedExample } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { join, start, threadFor } from '../thread/calls.ts';
import { count, countWhenAlone, getIdent, lowthread, nothing, startNewThread } from './calls.ts';

/** What is given to start a thread, and refused. */
function refused(title: string, ...given: readonly Args[]): OrderedExample {
  const steps = given.map((args): ExampleStep =>
    step(1, startNewThread(2, args), raises('TypeError'), notBegun(2)),
  );
  return { title, objects: [lowthread], steps };
}

function withArgs(args: Argument): Args {
  return { args };
}

/** The rules of how a thread is started without an object. */
export const startingRules: readonly Rule[] = [
  rule(
    'lowthread.start.runs-function',
    'Look at where the function is called, and with what.',
    {
      title: 'arguments and named arguments',
      objects: [lowthread],
      steps: [
        step(
          1,
          startNewThread(2, { args: listOf(1, 'x'), kwargs: { json: '{"a":1}' } }),
          begins(2, { in: 'a new thread', given: [1, 'x', { json: '{"a":1}' }] }),
        ),
        finishes(2),
      ],
    },
    {
      title: 'no arguments',
      objects: [lowthread],
      steps: [step(1, startNewThread(), beginsWith(2)), finishes(2)],
    },
  ),
  rule('lowthread.start.returns-ident', 'Look at whose ident is returned.', {
    title: 'what is returned, and what the new thread says',
    objects: [lowthread],
    steps: [
      labelled('ident', step(1, startNewThread(), begins(2))),
      step(2, getIdent, same('ident')),
      finishes(2),
    ],
  }),
  rule('lowthread.start.does-not-wait', 'Look at what is awaited: at most that the thread is there.', {
    title: 'the call returns while the function is at work',
    objects: [lowthread],
    steps: [step(1, startNewThread(), comesBack, begins(2)), step(1, getIdent, comesBack), finishes(2)],
  }),
  rule(
    'lowthread.start.args-tuple',
    'Look at how the arguments are checked, by the thread that makes the call.',
    refused('a text is no array', withArgs('ab'), withArgs('')),
    refused('nor is an object that looks like one', withArgs({ json: '{"0":1,"length":1}' })),
    refused('nor is nothing, or a number', withArgs(null), withArgs(1)),
  ),
  rule(
    'lowthread.start.arg-types',
    'Look at who finds out that a function cannot be called: the caller.',
    refused(
      'what is no function',
      { ...nothing, function: 5 },
      { ...nothing, function: null },
      { ...nothing, function: { json: '{}' } },
    ),
    refused(
      'named arguments that are not named',
      { ...nothing, kwargs: listOf(1) },
      { ...nothing, kwargs: 1 },
      { ...nothing, kwargs: 'a' },
    ),
  ),
  rule('lowthread.count', 'Look at which threads are counted, and until when.', {
    title: 'a raw thread and one with an object',
    ownProcess: true,
    objects: [lowthread, threadFor(3)],
    steps: [
      step(1, count, returns(0)),
      step(1, startNewThread(), begins(2)),
      step(1, count, returns(1)),
      step(1, on(1, start), begins(3)),
      step(1, count, returns(2)),
      step(2, count, returns(2)),
      finishes(3),
      step(1, on(1, join)),
      step(1, count, returns(1)),
      finishes(2),
      step(1, countWhenAlone, returns(0)),
    ],
  }),
];
