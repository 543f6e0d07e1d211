import { object, on, oneOf, raises, reference, returns, step } from '../../example.ts';
import { general, type Rule, rule } from '../../rule.ts';
import { acquire, clear, isSet, notify, notifyAll, release, set, wait, waitFor, write } from './calls.ts';

/** The rules of how calls and errors are called. */
export const namesRules: readonly Rule[] = [
  general(
    rule(
      'model.camelcase-aliases',
      'Look at what the camelCase names stand for: the methods of today, not a second version of them.',
      {
        title: 'isSet is is_set: it tells what the flag is',
        objects: [object('event')],
        steps: [
          step(1, isSet, returns(false)),
          step(1, set),
          step(2, isSet, returns(true)),
          step(2, clear),
          step(1, isSet, returns(false)),
        ],
      },
      {
        title: 'notifyAll is notify_all: all who wait go on, each when it gets the lock',
        objects: [object('cond', { lock: reference(1) }), object('lock')],
        steps: [
          ...[1, 2].flatMap((waiter) => [step(waiter, acquire), step(waiter, wait)]),
          step(3, acquire),
          step(3, notifyAll, returns(undefined)),
          step(3, on(1, release), oneOf([1, 2], true)),
          step(3, on(1, release), oneOf([1, 2], true)),
        ],
      },
      {
        title: 'notifyAll is notify_all: whoever came before it, and waits, goes on',
        objects: [object('cond'), object('cell')],
        threads: [
          [acquire, waitFor, release],
          [acquire, waitFor, release],
          [acquire, on(1, write(1)), notifyAll, release],
        ],
      },
    ),
  ),
  rule(
    'model.errors-runtimeerror',
    'Look at the class of the error: RuntimeError itself, not one that is derived from it.',
    {
      title: 'releasing a lock that is not locked raises RuntimeError',
      objects: [object('lock')],
      steps: [step(1, release, raises('RuntimeError'))],
    },
    {
      title: 'releasing an RLock of another thread raises RuntimeError',
      objects: [object('rlock')],
      steps: [step(1, acquire), step(2, release, raises('RuntimeError'))],
    },
    {
      title: 'waiting for a condition and notifying it without its lock raise RuntimeError',
      objects: [object('cond')],
      steps: [step(1, wait, raises('RuntimeError')), step(1, notify, raises('RuntimeError'))],
    },
  ),
];
