import { object, on, raises, returns, step, thread } from '../../example.ts';
import { beginsWith, begins, body, exits, finishes, listOf, notBegun } from '../../lifecycle.ts';
import { type NotApplicable, notApplicable, type Rule, rule } from '../../rule.ts';
import { create, daemon, isAlive, join, name, run, start, threadFor } from './calls.ts';
import { runsAppended } from './starts.ts';

const none = { json: '{}' };
const notCallable = object('thread', { target: 0 });

/** What the documentation says of the constructor. */
export const makingRules: readonly (Rule | NotApplicable)[] = [
  rule(
    'thread.ctor.group-none',
    'Look at what becomes of a group: there are none, so it cannot be accepted.',
    {
      title: 'groups are refused, be they empty',
      objects: [threadFor(2, { group: 'a group' }), threadFor(2, { group: '' })],
      steps: [step(1, create, raises('AssertionError')), step(1, on(1, create), raises('AssertionError'))],
    },
    {
      title: 'null is no group',
      objects: [threadFor(2, { group: null })],
      steps: [step(1, create, returns(undefined))],
    },
  ),
  rule(
    'thread.ctor.daemon-keyword-only',
    'Look at the order of positional arguments, and at how many there can be.',
    {
      title: 'a sixth positional argument is refused, the option is not',
      objects: [
        object('thread', { positional: listOf(null, body(2), 'worker', listOf(), none, true) }),
        threadFor(2, { daemon: true }),
      ],
      steps: [step(1, create, raises('TypeError')), step(1, on(1, daemon), returns(true))],
    },
    {
      title: 'five positional arguments: group, target, name, args, kwargs',
      objects: [
        object('thread', { positional: listOf(null, body(2), 'worker', listOf(1, 2), { json: '{"a":3}' }) }),
      ],
      steps: [
        step(1, name, returns('worker')),
        step(1, start, beginsWith(2, 1, 2, { json: '{"a":3}' })),
        finishes(2),
      ],
    },
  ),
  rule('thread.ctor.does-not-start', 'Look at the constructor: it makes a record, and no thread.', {
    title: 'nothing runs before start()',
    objects: [threadFor()],
    steps: [step(1, isAlive, returns(false), notBegun(2)), step(1, start, begins(2)), finishes(2)],
  }),
  rule('thread.ctor.target-none', 'Look at what run() does when there is nothing to call.', {
    title: 'a thread without a target ends without a word',
    ownProcess: true,
    stderr: [],
    objects: [object('thread'), object('thread', { target: null })],
    steps: [
      step(1, start),
      step(1, on(1, start)),
      step(1, join, returns(undefined)),
      step(1, on(1, join), returns(undefined)),
      step(1, isAlive, returns(false)),
      finishes(1, exits(0)),
    ],
  }),
  rule(
    'thread.ctor.args-kwargs',
    'Look at how the target is called: with what was given, no more and no less, and once.',
    {
      title: 'arguments by position and by name',
      objects: [threadFor(2, { args: listOf(1, 'x', null), kwargs: { json: '{"a":[2],"b":false}' } })],
      steps: [
        step(1, start, beginsWith(2, 1, 'x', null, { json: '{"a":[2],"b":false}' })),
        finishes(2, notBegun(2)),
        step(1, join, notBegun(2)),
      ],
    },
    {
      title: 'neither',
      objects: [threadFor()],
      steps: [step(1, start, beginsWith(2)), finishes(2)],
    },
    {
      title: 'arguments by name alone, in the thread of the caller',
      objects: [threadFor(2, { kwargs: { json: '{"a":1}' } })],
      steps: [step(1, run, beginsWith(2, { json: '{"a":1}' })), finishes(2)],
    },
  ),
  rule('thread.ctor.args-list-or-tuple', 'Look whether a list of arguments is taken apart, one level deep.', {
    title: 'a list is one argument for each of its elements',
    objects: [threadFor(2, { args: listOf(listOf(1, 2), 3) })],
    steps: [step(1, start, beginsWith(2, { json: '[1,2]' }, 3)), finishes(2)],
  }),
  rule('thread.ctor.args-by-reference', 'Look at when the list of arguments is copied: not before start().', {
    title: 'what is appended to the list before the start is an argument too',
    objects: [object('thread')],
    steps: [
      step(1, runsAppended(body(2), [1], [2, 3]), beginsWith(2, 1, 2, 3)),
      finishes(2, thread(1, returns(undefined))),
    ],
  }),
  rule(
    'thread.ctor.falsy-target',
    'Look at how a missing target is told from one that counts as false.',
    {
      title: 'what cannot be called is called all the same',
      objects: [notCallable, object('thread', { target: '' })],
      steps: [step(1, run, raises('TypeError')), step(1, on(1, run), raises('TypeError'))],
    },
    {
      title: 'so is it in the new thread, which fails',
      ownProcess: true,
      stderr: ['TypeError'],
      objects: [notCallable],
      steps: [step(1, start, returns(undefined)), step(1, join), finishes(1)],
    },
  ),
  rule(
    'thread.ctor.base-init-required',
    'Look at what start() and join() do with what no constructor made.',
    {
      title: 'an object of the class whose constructor did not run',
      objects: [object('thread', { unconstructed: true })],
      steps: [step(1, start, raises('RuntimeError')), step(1, join, raises('RuntimeError'))],
    },
  ),
  notApplicable(
    'thread.ctor.context',
    'JavaScript has no contextvars, and what AsyncLocalStorage holds belongs to the thread in which it was set.',
  ),
];
