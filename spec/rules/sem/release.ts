import { raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { acquire, attempt, release, several, ordered } from './calls.ts';

/** What the documentation says of releasing a Semaphore. */
export const releaseRules: readonly Rule[] = [
  rule(
    'sem.release.increments',
    'Look whether release adds a unit also when nobody waits.',
    ordered(
      'a release adds one unit',
      1,
      step(1, acquire),
      step(1, release),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
  ),
  rule(
    'sem.release.above-initial',
    'Look for a bound that release keeps to.',
    ordered(
      'units can be more than at first',
      1,
      step(1, release),
      step(1, release),
      step(1, attempt),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(true)),
    ),
  ),
  rule(
    'sem.release.n',
    'Look whether n gets into the counter.',
    ordered(
      'three units at once',
      3,
      step(1, acquire),
      step(1, acquire),
      step(1, acquire),
      step(1, several(3)),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
  ),
  rule(
    'sem.release.n-invalid',
    'Look whether n is checked before anything is added.',
    ordered(
      'n has to be 1 or more',
      1,
      step(1, several(0), raises('ValueError')),
      step(1, several(-1), raises('ValueError')),
    ),
    ordered(
      'what is refused changes nothing',
      1,
      step(1, acquire),
      step(1, several(0)),
      step(1, several(-1)),
      step(1, attempt, returns(false)),
      step(1, release),
      step(1, attempt, returns(true)),
    ),
  ),
  rule(
    'sem.release.any-thread',
    'Look for an owner that release asks for.',
    ordered(
      'a thread that has acquired nothing releases',
      1,
      step(1, acquire),
      step(2, release, returns(undefined)),
      step(1, attempt, returns(true)),
    ),
    ordered(
      'a thread that has acquired nothing lets another one go on',
      0,
      step(1, acquire),
      step(2, release, returns(undefined), thread(1, returns(true))),
    ),
  ),
];
