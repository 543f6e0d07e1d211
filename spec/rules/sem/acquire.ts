import { blocks, call, elapse, object, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { acquire, waiting, attempt, release, once, timed, ordered, explored } from './calls.ts';

/** What the documentation says of making and acquiring a Semaphore. */
export const acquireRules: readonly Rule[] = [
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
    'Look whether the time that is left reaches the wait, what acquire returns when it is over, and what it leaves behind.',
    ordered(
      'a timed acquire gives up when its time is over, and has taken nothing',
      1,
      step(1, acquire),
      step(2, timed(1), blocks),
      elapse(0.5, thread(2, blocks)),
      elapse(1, thread(2, returns(false))),
      step(1, release),
      step(2, attempt, returns(true)),
      step(1, attempt, returns(false)),
    ),
    explored('time runs out while others release', 1, once, [timed(1), release], [timed(2), release]),
    explored('nobody releases in time', 0, [timed(1)], [timed(2), release]),
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
];
