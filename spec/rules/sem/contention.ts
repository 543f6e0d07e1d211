import { object, on, oneOf, step } from '../../example.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { acquire, waiting, attempt, release, once, timed, several, ordered, explored } from './calls.ts';
import { overtakes } from '../overtaking.ts';

const threeForOne = explored(
  'three threads contend for one unit',
  1,
  [...once, ...once],
  [...once, ...once],
  [...once, ...once],
);

/** What the documentation says of a Semaphore that several threads want at once. */
export const contentionRules: readonly Rule[] = [
  rule(
    'sem.counter.never-negative',
    'Look for a gap between reading the counter and lowering it.',
    explored('two tries for one unit', 1, [attempt, attempt], [attempt, attempt], [attempt]),
    threeForOne,
    explored(
      'three threads contend for two units',
      2,
      [...once, ...once],
      [acquire, attempt, release],
      [...once, ...once],
    ),
  ),
  rule(
    'sem.release.lets-exactly-n',
    'Look how many sleepers a release wakes, and whether a woken one takes a unit or takes it for granted.',
    ordered(
      'one unit, one of three waiters',
      0,
      step(2, waiting),
      step(3, waiting),
      step(4, waiting),
      step(1, release, oneOf([2, 3, 4], true)),
    ),
    explored('two units at once, three waiters', 0, [several(2), ...once, acquire], [...once, release], once),
    explored('unit by unit, three waiters', 0, [release, acquire, release], once, once),
  ),
  usedWhere(
    rule(
      'sem.release.order-free',
      'Nothing has to be changed: any order is right.',
      explored(
        'several wait for units one by one',
        0,
        [release, release, release],
        [acquire, acquire],
        [acquire],
      ),
      threeForOne,
    ),
    overtakes('asleep'),
  ),
  usedWhere(
    rule(
      'sem.release.barging-free',
      'Nothing has to be changed: newcomers may be faster, or have to queue.',
      threeForOne,
      explored(
        'tries meet waiters',
        1,
        [...once, ...once],
        [...once, ...once],
        [attempt, release, attempt, release],
      ),
    ),
    overtakes('awake'),
  ),
  rule(
    'sem.no-lost-wakeup',
    'Look for a sleeper that a release does not see, and for releases that wake fewer than they give.',
    explored('two quick releases, two waiters', 0, [release, release], [acquire], [acquire]),
    threeForOne,
    explored('some give up while others wait', 1, [...once, ...once], [timed(1), release, ...once], once),
    explored('two units at once, two waiters', 0, [several(2)], [acquire], [acquire]),
    {
      title: 'a unit comes when the time of one is over, while another waits',
      objects: [object('sem', { value: 0 }), object('sem', { value: 0 })],
      threads: [[release, on(1, timed(4)), release], [timed(1)], [acquire]],
    },
  ),
];
