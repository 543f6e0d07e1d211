import {
  blocks,
  call,
  elapse,
  type ExploredExample,
  object,
  type OrderedExample,
  raises,
  returns,
  step,
  thread,
} from '../example.ts';
import { type NotApplicable, type Rule, rule } from '../rule.ts';

const acquire = call('acquire');
const attempt = call('acquire', { blocking: false });
const release = call('release');
const once = [acquire, release];

function timed(timeout: number) {
  return call('acquire', { timeout });
}

function several(n: number) {
  return call('release', { n });
}

/** An ordered example on a bounded semaphore that begins with this value; undefined: with none given. */
function ordered(
  title: string,
  value: number | undefined,
  ...steps: OrderedExample['steps']
): OrderedExample {
  return { title, objects: [object('bsem', value === undefined ? {} : { value })], steps };
}

function explored(title: string, value: number, ...threads: ExploredExample['threads']): ExploredExample {
  return { title, objects: [object('bsem', { value })], threads };
}

/** What the documentation says of BoundedSemaphore. */
export const rules: readonly (Rule | NotApplicable)[] = [
  rule(
    'bsem.is-semaphore',
    'Look what a plain semaphore can do that this one does otherwise.',
    ordered(
      'it begins with one unit',
      undefined,
      step(1, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
    ordered('it may begin with none', 0, step(1, attempt, returns(false)), step(1, acquire, blocks)),
    {
      title: 'a negative value is refused',
      objects: [object('bsem', { value: -1 })],
      steps: [],
      creation: { raises: 'ValueError' },
    },
    ordered(
      'an acquire at zero waits for a release',
      1,
      step(1, acquire, returns(true)),
      step(2, acquire, blocks),
      step(1, release, returns(undefined), thread(2, returns(true))),
    ),
    ordered(
      'a timed acquire gives up when its time is over',
      1,
      step(1, acquire),
      step(2, timed(1), blocks),
      elapse(0.5, thread(2, blocks)),
      elapse(1, thread(2, returns(false))),
    ),
    ordered(
      'a timed acquire succeeds at the release',
      1,
      step(1, acquire),
      step(2, timed(5), blocks),
      step(1, release, thread(2, returns(true))),
    ),
    explored('threads contend, some for a time', 1, [...once, ...once], [timed(1), release, ...once], once),
  ),
  rule(
    'bsem.release.over-raises',
    'Look what release does when all units are there.',
    ordered('nothing was acquired', 1, step(1, release, raises('ValueError'))),
    ordered(
      'everything was released',
      2,
      step(1, acquire),
      step(1, acquire),
      step(1, release),
      step(2, release),
      step(1, release, raises('ValueError')),
    ),
  ),
  rule(
    'bsem.release.over-no-effect',
    'Look whether release checks the bound before it adds.',
    ordered(
      'a refused release adds no unit',
      1,
      step(1, release),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
  ),
  rule(
    'bsem.release.n-all-or-nothing',
    'Look whether release adds unit by unit until the bound stops it.',
    ordered(
      'more than there is room for is refused as a whole',
      3,
      step(1, acquire),
      step(1, acquire),
      step(1, several(3), raises('ValueError')),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
    explored(
      'two units at once, while others wait',
      2,
      [acquire, acquire, several(2)],
      [...once, ...once],
      once,
    ),
  ),
  rule(
    'bsem.release.bound-is-initial',
    'Look what release compares the counter with: the initial value.',
    ordered(
      'two acquires, two releases',
      2,
      step(1, acquire),
      step(1, acquire),
      step(1, release, returns(undefined)),
      step(1, release, returns(undefined)),
      step(1, release, raises('ValueError')),
    ),
    ordered(
      'with no units no release ever succeeds',
      0,
      step(1, release, raises('ValueError')),
      step(2, release, raises('ValueError')),
    ),
    ordered(
      'all units at once',
      3,
      step(1, acquire),
      step(1, acquire),
      step(1, several(2), returns(undefined)),
    ),
  ),
  rule(
    'bsem.release.race',
    'Look for a gap between comparing the counter with its bound and raising it.',
    explored('three releases for one unit', 1, [acquire, release, release], [release, release], [release]),
    explored(
      'four releases for two units',
      2,
      [acquire, release, release],
      [acquire, release, release],
      [release],
    ),
  ),
  rule(
    'bsem.limits-holders',
    'Look for a unit that is given back twice, and for a gap between reading the counter and lowering it.',
    explored('three threads, two at a time', 2, [...once, ...once], [...once, ...once], [...once, ...once]),
    explored('three threads, one at a time', 1, [...once, ...once], [...once, ...once], [...once, ...once]),
  ),
];
