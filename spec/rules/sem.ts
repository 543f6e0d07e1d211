import {
  blocks,
  call,
  elapse,
  type ExploredExample,
  object,
  on,
  oneOf,
  type OrderedExample,
  raises,
  returns,
  step,
  thread,
} from '../example.ts';
import { type NotApplicable, type Rule, rule } from '../rule.ts';

const acquire = call('acquire');
/** An acquire without a limit that says so. */
const waiting = call('acquire', { blocking: true });
const attempt = call('acquire', { blocking: false });
const release = call('release');
const once = [acquire, release];

function timed(timeout: number | null) {
  return call('acquire', { timeout });
}

function several(n: number) {
  return call('release', { n });
}

/** An ordered example on a semaphore that begins with this value; undefined: with none given. */
function ordered(
  title: string,
  value: number | undefined,
  ...steps: OrderedExample['steps']
): OrderedExample {
  return { title, objects: [object('sem', value === undefined ? {} : { value })], steps };
}

function explored(title: string, value: number, ...threads: ExploredExample['threads']): ExploredExample {
  return { title, objects: [object('sem', { value })], threads };
}

/** What the documentation says of Semaphore. */
export const rules: readonly (Rule | NotApplicable)[] = [
  rule(
    'sem.new.default-one',
    'Look at the default of the constructor: 1.',
    ordered(
      'a new semaphore has one unit',
      undefined,
      step(1, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
  ),
  rule(
    'sem.new.value',
    'Look how the given value gets into the counter.',
    ordered(
      'two units are two acquires',
      2,
      step(1, attempt, returns(true)),
      step(2, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
    ordered('no units are no acquires', 0, step(1, attempt, returns(false))),
  ),
  rule('sem.new.negative-raises', 'Look whether the constructor refuses values below 0.', {
    title: 'a negative value is refused',
    objects: [object('sem', { value: -1 })],
    steps: [],
    creation: { raises: 'ValueError' },
  }),
  rule(
    'sem.new.zero-blocks-first',
    'Look whether the constructor takes 0 for a value that was not given.',
    ordered('the first acquire waits for a release', 0, step(1, waiting, blocks), step(2, release)),
  ),
  rule(
    'sem.acquire.positive',
    'Look whether every acquire that finds a unit takes it away.',
    ordered(
      'an acquire takes one unit',
      2,
      step(1, waiting, returns(true)),
      step(1, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
  ),
  rule(
    'sem.acquire.zero-blocks',
    'Look whether acquire sleeps at zero, and looks again when it is woken.',
    ordered(
      'an acquire at zero waits for a release',
      1,
      step(1, acquire),
      step(2, waiting, blocks),
      step(1, release, thread(2, returns(true))),
    ),
  ),
  rule(
    'sem.acquire.returns-true',
    'Look at every way out of acquire that has a unit: each returns true.',
    ordered(
      'an acquire of a free unit returns true',
      2,
      step(1, acquire, returns(true)),
      step(1, attempt, returns(true)),
    ),
    ordered(
      'an acquire that had to wait returns true',
      1,
      step(1, attempt),
      step(2, acquire),
      step(1, release, thread(2, returns(true))),
    ),
  ),
  rule(
    'sem.acquire.nonblocking-fails',
    'Look whether a try at zero returns without touching the counter.',
    ordered(
      'a failed try changes nothing',
      1,
      step(1, acquire),
      step(1, attempt, returns(false)),
      step(2, attempt, returns(false)),
      step(1, release),
      step(2, attempt, returns(true)),
    ),
  ),
  rule(
    'sem.acquire.timeout-expires',
    'Look whether the time that is left reaches the wait, and what acquire returns when it is over.',
    ordered(
      'a timed acquire gives up when its time is over',
      1,
      step(1, acquire),
      step(2, timed(1), blocks),
      elapse(0.5, thread(2, blocks)),
      elapse(1, thread(2, returns(false))),
    ),
    explored('time runs out while others release', 1, once, [timed(1), release], [timed(2), release]),
  ),
  rule(
    'sem.acquire.timeout-succeeds',
    'Look whether a timed wait ends when it is woken, not only when its time is over.',
    ordered(
      'a timed acquire succeeds at the release',
      1,
      step(1, acquire),
      step(2, timed(5), blocks),
      step(1, release, thread(2, returns(true))),
    ),
    explored(
      'timed acquires contend for one unit',
      1,
      [...once, timed(1)],
      [timed(2), release, release],
      once,
    ),
  ),
  rule(
    'sem.acquire.timeout-none',
    'Look whether a time-out of null takes the same way as none.',
    ordered(
      'null is no limit',
      1,
      step(1, acquire),
      step(2, timed(null), blocks),
      elapse(1_000_000, thread(2, blocks)),
      step(1, release, thread(2, returns(true))),
    ),
    ordered(
      'null goes with a try',
      1,
      step(1, call('acquire', { blocking: false, timeout: null }), returns(true)),
      step(1, call('acquire', { blocking: false, timeout: null }), returns(false)),
    ),
  ),
  rule(
    'sem.acquire.nonblocking-timeout-raises',
    'Look whether a time-out is refused where the call does not block, 0 and -1 included.',
    ordered(
      'a try takes no time-out',
      1,
      step(1, call('acquire', { blocking: false, timeout: 1 }), raises('ValueError')),
      step(1, call('acquire', { blocking: false, timeout: 0 }), raises('ValueError')),
      step(1, call('acquire', { blocking: false, timeout: -1 }), raises('ValueError')),
    ),
  ),
  rule(
    'sem.acquire.nonpositive-timeout',
    'Look whether -1 is taken for no limit, as a lock has it.',
    ordered(
      'no time is a try',
      1,
      step(1, timed(-1), returns(true)),
      step(1, timed(0), returns(false)),
      step(1, timed(-1), returns(false)),
      step(1, timed(-0.5), returns(false)),
    ),
  ),
  rule(
    'sem.counter.never-negative',
    'Look for a gap between reading the counter and lowering it.',
    explored('two tries for one unit', 1, [attempt, attempt], [attempt, attempt], [attempt]),
    explored(
      'three threads contend for one unit',
      1,
      [...once, ...once],
      [...once, ...once],
      [...once, ...once],
    ),
    explored(
      'three threads contend for two units',
      2,
      [...once, ...once],
      [acquire, attempt, release],
      [...once, ...once],
    ),
  ),
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
  ),
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
    explored(
      'three threads contend for one unit',
      1,
      [...once, ...once],
      [...once, ...once],
      [...once, ...once],
    ),
  ),
  rule(
    'sem.release.barging-free',
    'Nothing has to be changed: newcomers may be faster, or have to queue.',
    explored(
      'three threads contend for one unit',
      1,
      [...once, ...once],
      [...once, ...once],
      [...once, ...once],
    ),
    explored(
      'tries meet waiters',
      1,
      [...once, ...once],
      [...once, ...once],
      [attempt, release, attempt, release],
    ),
  ),
  rule(
    'sem.no-lost-wakeup',
    'Look for a sleeper that a release does not see, and for releases that wake fewer than they give.',
    explored('two quick releases, two waiters', 0, [release, release], [acquire], [acquire]),
    explored(
      'three threads contend for one unit',
      1,
      [...once, ...once],
      [...once, ...once],
      [...once, ...once],
    ),
    explored('some give up while others wait', 1, [...once, ...once], [timed(1), release, ...once], once),
    explored('two units at once, two waiters', 0, [several(2)], [acquire], [acquire]),
    {
      title: 'a unit comes when the time of one is over, while another waits',
      objects: [object('sem', { value: 0 }), object('sem', { value: 0 })],
      threads: [[release, on(1, timed(4)), release], [timed(1)], [acquire]],
    },
  ),
];
