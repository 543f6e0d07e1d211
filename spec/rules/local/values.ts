import { call, on, raises, returns, step } from '../../example.ts';
import { finishes } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { assign, dict, has, plain, remove, set, start, threadFor, x } from './calls.ts';

/** The rules of what a thread finds in a Local. */
export const valuesRules: readonly Rule[] = [
  rule(
    'local.per-thread-value',
    'Look at where values are kept: each thread has a place of its own for each name.',
    {
      title: 'two threads store something under the same name',
      objects: [plain, threadFor(2)],
      steps: [
        step(1, set('of main')),
        step(1, on(1, start)),
        step(2, set('of the thread')),
        step(1, x, returns('of main')),
        step(2, x, returns('of the thread')),
        step(1, set('once more of main')),
        step(2, x, returns('of the thread')),
        finishes(2),
      ],
    },
    {
      title: 'an attribute that is set to nothing is set',
      objects: [plain],
      steps: [
        step(1, assign({ x: undefined, y: null, z: 0 })),
        step(1, x, returns(undefined)),
        step(1, call('y'), returns(null)),
        step(1, call('z'), returns(0)),
      ],
    },
  ),
  rule(
    'local.unset-elsewhere',
    'Look at what is read where nothing was written: neither a default nor a copy.',
    {
      title: 'what main has set is not set in a thread',
      objects: [plain, threadFor(2)],
      steps: [
        step(1, set(1)),
        step(1, on(1, start)),
        step(2, x, raises('AttributeError')),
        step(2, assign({ y: 2 })),
        step(1, call('y'), raises('AttributeError')),
        finishes(2),
      ],
    },
  ),
  rule('local.delete-own-only', 'Look at whose attribute goes: that of the thread that deletes it.', {
    title: 'one of two threads deletes what both have set',
    objects: [plain, threadFor(2)],
    steps: [
      step(1, assign({ x: 1, y: 1 })),
      step(1, on(1, start)),
      step(2, assign({ x: 2, y: 2 })),
      step(2, remove('x'), returns(undefined)),
      step(2, has('x'), returns(false)),
      step(1, x, returns(1)),
      step(1, remove('y'), returns(undefined)),
      step(2, call('y'), returns(2)),
      finishes(2),
    ],
  }),
  rule(
    'local.dict-view',
    'Look at what is behind the dictionary: the attributes themselves, of the thread that asks.',
    {
      title: 'the dictionaries of two threads',
      objects: [plain, threadFor(2)],
      steps: [
        step(1, set(1)),
        step(1, on(1, start)),
        step(2, assign({ y: 2 })),
        step(2, dict, returns({ json: '{"y":2}' })),
        step(1, dict, returns({ json: '{"x":1}' })),
        step(2, call('addToDict', { z: 3 })),
        step(2, call('z'), returns(3)),
        step(1, dict, returns({ json: '{"x":1}' })),
        finishes(2),
      ],
    },
  ),
  rule('local.dict-readonly', 'Look at whether the dictionary can be exchanged or taken away.', {
    title: 'the dictionary is assigned and deleted',
    objects: [plain],
    steps: [
      step(1, set(1)),
      step(1, assign({ dict: { json: '{"y":2}' } }), raises('AttributeError')),
      step(1, remove('dict'), raises('AttributeError')),
      step(1, dict, returns({ json: '{"x":1}' })),
    ],
  }),
  rule('local.instances-independent', 'Look at what a value is found by: the thread, and the object, too.', {
    title: 'two objects in one thread',
    objects: [plain, plain],
    steps: [
      step(1, set(1)),
      step(1, on(1, has('x')), returns(false)),
      step(1, on(1, set(2))),
      step(1, x, returns(1)),
      step(1, on(1, remove('x'))),
      step(1, x, returns(1)),
    ],
  }),
];
