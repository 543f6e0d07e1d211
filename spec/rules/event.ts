import { blocks, call, elapse, object, on, returns, step, thread } from '../example.ts';
import type { NotApplicable, Rule } from '../rule.ts';
import { rule } from '../rule.ts';

const event = [object('event')];
const isSet = call('isSet');
const set = call('set');
const clear = call('clear');
const wait = call('wait');
const timed = (timeout: number) => call('wait', { timeout });

/** A second event that nobody sets: waiting for it lets everybody else come to rest. */
const eventAndPause = [object('event'), object('event')];
const pause = on(1, timed(1));

/** The rules of Event. */
export const rules: readonly (Rule | NotApplicable)[] = [
  rule(
    'event.new.unset',
    'Look at what the constructor writes into the event.',
    { title: 'a new event is not set', objects: event, steps: [step(1, isSet, returns(false))] },
    { title: 'a new event lets nobody pass', objects: event, steps: [step(1, wait, blocks)] },
  ),
  rule('event.set.sets', 'Look at whether set leaves the flag true after it has woken the waiters.', {
    title: 'a set event is set until it is cleared',
    objects: event,
    steps: [
      step(1, set),
      step(1, isSet, returns(true)),
      step(2, isSet, returns(true)),
      step(2, isSet, returns(true)),
      step(2, clear),
      step(1, isSet, returns(false)),
    ],
  }),
  rule(
    'event.set.wakes-all',
    'Look at how many sleepers set notifies, and whether each of them believes it.',
    {
      title: 'three threads wait, one set lets all go on',
      objects: event,
      steps: [
        step(1, wait),
        step(2, wait),
        step(3, timed(60)),
        step(4, set, thread(1, returns(true)), thread(2, returns(true)), thread(3, returns(true))),
      ],
    },
    {
      title: 'two wait while one sets',
      objects: event,
      threads: [
        [wait, isSet],
        [wait, isSet],
        [isSet, set, isSet],
      ],
    },
    {
      title: 'two wait, one of them only for a time, while one sets',
      objects: event,
      threads: [
        [wait, wait],
        [timed(1), wait],
        [isSet, set, set],
      ],
    },
  ),
  rule('event.set.idempotent', 'Look at a second set, and a second clear: they find their work done.', {
    title: 'setting a set event and clearing a clear one changes nothing',
    objects: event,
    steps: [
      step(1, clear, returns(undefined)),
      step(1, isSet, returns(false)),
      step(1, set, returns(undefined)),
      step(1, set, returns(undefined)),
      step(1, isSet, returns(true)),
      step(1, clear, returns(undefined)),
      step(1, clear, returns(undefined)),
      step(1, isSet, returns(false)),
    ],
  }),
  rule(
    'event.clear.resets',
    'Look at whether a wait looks at the flag anew, or at what it remembers of it.',
    {
      title: 'after a clear, waits block until the next set',
      objects: event,
      steps: [
        step(1, set),
        step(1, wait),
        step(1, clear),
        step(1, isSet, returns(false)),
        step(1, wait, blocks),
        step(2, set, thread(1, returns(true))),
      ],
    },
  ),
  rule(
    'event.wait.set-no-block',
    'Look at what wait does first: it looks at the flag, before the time-out.',
    {
      title: 'waiting for a set event returns true at once, whatever the time-out',
      objects: event,
      steps: [
        step(1, set),
        step(2, wait, returns(true)),
        step(2, timed(1), returns(true)),
        step(2, timed(0), returns(true)),
        step(2, timed(-1), returns(true)),
        step(2, call('wait', { timeout: null }), returns(true)),
      ],
    },
  ),
  rule(
    'event.wait.blocks',
    'Look at what makes wait return: only that the event was set since it came, not any wake-up.',
    {
      title: 'waiting for a clear event blocks until it is set',
      objects: event,
      steps: [
        step(1, wait, blocks),
        step(2, isSet, thread(1, blocks)),
        step(2, clear, thread(1, blocks)),
        step(2, set, thread(1, returns(true))),
      ],
    },
    {
      title: 'a set whose wake-up comes late, after a clear and a new wait',
      objects: event,
      threads: [
        [set, isSet],
        [clear, timed(1), isSet],
      ],
    },
    {
      title: 'a set that was seen, and whose wake-up comes late',
      objects: event,
      threads: [[set], [isSet, clear, timed(1), isSet]],
    },
    {
      title: 'a set whose wake-up comes late, after a clear and two new waits',
      objects: event,
      threads: [[set], [clear, timed(1)], [timed(2), isSet]],
    },
  ),
  rule('event.wait.returns-true', 'Look at what wait returns after it slept.', {
    title: 'a wait that is ended by set returns true',
    objects: event,
    steps: [
      step(1, wait),
      step(2, timed(60)),
      step(3, set, thread(1, returns(true)), thread(2, returns(true))),
    ],
  }),
  rule(
    'event.wait.timeout-false',
    'Look at what wait returns when its time is over, and that it changes nothing.',
    {
      title: 'an expired wait returns false and leaves the flag alone',
      objects: event,
      steps: [
        step(1, timed(1)),
        elapse(0.5, thread(1, blocks)),
        elapse(1, thread(1, returns(false))),
        step(1, isSet, returns(false)),
      ],
    },
  ),
  rule('event.wait.timeout-none', 'Look at how null is read: as no limit, not as 0.', {
    title: 'a time-out of None waits without limit',
    objects: event,
    steps: [
      step(1, call('wait', { timeout: null }), blocks),
      elapse(1_000_000, thread(1, blocks)),
      step(2, set, thread(1, returns(true))),
    ],
  }),
  rule('event.wait.nonpositive-timeout', 'Look at time-outs of 0 and below: they only look at the flag.', {
    title: 'a time-out that is not positive returns the flag',
    objects: event,
    steps: [
      step(1, timed(0), returns(false)),
      step(1, timed(-1), returns(false)),
      step(1, timed(-0.5), returns(false)),
      step(2, set),
      step(1, timed(0), returns(true)),
      step(1, timed(-1), returns(true)),
    ],
  }),
  rule('event.wait.does-not-reset', 'Look for anything that wait writes to the flag.', {
    title: 'any number of waits pass a set event',
    objects: event,
    steps: [
      step(1, wait),
      step(2, set),
      step(1, isSet, returns(true)),
      step(1, wait, returns(true)),
      step(2, timed(1), returns(true)),
      step(2, isSet, returns(true)),
    ],
  }),
  rule(
    'event.pulse',
    'Look at what a woken waiter compares: not whether the flag is true now, but whether it was set since it came.',
    {
      title: 'one waits, the event is set and cleared before it runs',
      objects: eventAndPause,
      threads: [[wait], [pause, set, clear, pause, set]],
    },
    {
      title: 'two wait, the event is set by one thread and cleared by another',
      objects: eventAndPause,
      threads: [[wait], [wait], [pause, set, clear, pause, set]],
    },
    {
      title: 'one waits, the event is set and cleared at the same time',
      objects: eventAndPause,
      threads: [[wait], [pause, clear, pause, set], [pause, set]],
    },
    {
      title: 'one waits, the event is set and cleared twice before it runs',
      objects: eventAndPause,
      threads: [[wait], [pause, set, clear, set, clear, pause, set]],
    },
    {
      title: 'two wait, or come too late, while the event is set, cleared and set again',
      objects: event,
      threads: [[wait], [wait], [set, clear, set]],
    },
    {
      title: 'a waiter with a time-out is let go by a pulse',
      objects: eventAndPause,
      threads: [[timed(5), isSet], [wait], [pause, set, clear, pause, set]],
    },
  ),
  rule('event.is-set.pure', 'Look for anything that isSet writes, and for anything that it waits for.', {
    title: 'asking whether it is set changes nothing and does not block',
    objects: event,
    steps: [
      step(1, wait),
      step(2, isSet, returns(false)),
      step(2, set),
      step(2, isSet, returns(true)),
      step(2, isSet, returns(true)),
      step(1, isSet, returns(true)),
    ],
  }),
  rule(
    'event.no-lost-wakeup',
    'Look at the moment between finding the flag false and falling asleep: a set in between has to be noticed.',
    {
      title: 'two wait while one sets',
      objects: event,
      threads: [
        [wait, isSet],
        [wait, isSet],
        [isSet, set, isSet],
      ],
    },
    {
      title: 'some give up while others wait on',
      objects: event,
      threads: [
        [timed(1), wait],
        [wait, isSet],
        [timed(0.5), set],
      ],
    },
    {
      title: 'set and cleared before it is set for good',
      objects: event,
      threads: [[wait, wait], [wait], [set, clear, set]],
    },
  ),
];
