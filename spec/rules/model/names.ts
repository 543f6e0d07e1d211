import { object, raises, returns, step } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { acquire, clear, isSet, release, set } from './calls.ts';

/** The rules of how calls and errors are called. */
export const namesRules: readonly Rule[] = [
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
  ),
];
