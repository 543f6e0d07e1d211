import fc from 'fast-check';
import { call, object, on, reads, reference } from '../../spec/example.ts';
import type { Call, Family, ObjectSpec, Program } from '../../spec/program.ts';
import { type Block, blocks, weigh } from './blocks.ts';

/** The objects of a program, and the blocks of calls that its waiters and its notifiers make. */
interface Setting {
  readonly objects: readonly ObjectSpec[];
  readonly waiting: fc.Arbitrary<Block>;
  /** What the second thread waits for, where there always is one. */
  readonly besides?: fc.Arbitrary<Block>;
  readonly notifying: fc.Arbitrary<Block>;
}

/**
 * Programs in which threads wait for notifications that come early, late, too few or not at all: on one
 * condition or two of one lock, with a predicate or without, with more than one level of the lock.
 * @param provided the families that the implementation has.
 */
export function condPrograms(provided: readonly Family[]): fc.Arbitrary<Program> {
  const locks = (['rlock', 'lock'] as const).filter((family) => provided.includes(family));
  return fc.oneof(
    { weight: 5, arbitrary: programsIn(alone) },
    { weight: 3, arbitrary: programsIn(besideAPause) },
    ...locks.flatMap((family) => [
      { weight: 1, arbitrary: programsIn(withLock(family)) },
      { weight: 2, arbitrary: programsIn(sharing(family)) },
    ]),
  );
}

/** Up to four threads: some only wait, one waits or notifies, the last notifies. */
function programsIn({ objects, waiting, besides, notifying }: Setting): fc.Arbitrary<Program> {
  const either = fc.oneof({ weight: 2, arbitrary: waiting }, { weight: 1, arbitrary: notifying });
  const repeated = (block: fc.Arbitrary<Block>) =>
    fc.array(block, { minLength: 1, maxLength: 2 }).map((parts) => parts.flat());
  const others =
    besides === undefined
      ? fc.array(either, { minLength: 0, maxLength: 2 })
      : fc
          .tuple(besides, fc.array(either, { minLength: 0, maxLength: 1 }))
          .map(([one, more]) => [one, ...more]);
  return fc
    .tuple(repeated(waiting), others, repeated(notifying))
    .map(([waiter, between, notifier]) => ({ objects, threads: [waiter, ...between, notifier] }));
}

const wait = call('wait');
const timed = (timeout: number) => call('wait', { timeout });
const waitFor = call('waitFor', { predicate: reads(1) });
const waitForWithin = (timeout: number) => call('waitFor', { predicate: reads(1), timeout });
const notify = call('notify');
const notifyAll = call('notifyAll');
const write = (value: number) => on(1, call('write', { value }));

/** Calls that are made with the lock of the first condition held. */
function holding(...calls: readonly Call[]): Block {
  return [call('acquire'), ...calls, call('release')];
}

const waiting = blocks(
  weigh(5, ...holding(timed(1))),
  weigh(3, ...holding(timed(0.5))),
  weigh(1, ...holding(timed(0))),
  weigh(2, ...holding(wait)),
  weigh(3, call('acquire'), ...holding(timed(1)), call('release')),
  weigh(2, ...holding(waitForWithin(1))),
  weigh(3, ...holding(waitFor, write(0))),
);

/** Nobody releases what it has not acquired: a Lock could not tell, and its owner would not know. */
const notifying = blocks(
  weigh(5, ...holding(notify)),
  weigh(2, ...holding(call('notify', { n: 2 }))),
  weigh(3, ...holding(notifyAll)),
  weigh(4, ...holding(write(1), notify)),
  weigh(3, ...holding(write(1), notifyAll)),
  weigh(1, ...holding(notify, call('locked'))),
  weigh(1, notify),
);

const alone: Setting = { objects: [object('cond'), object('cell')], waiting, notifying };

/** Time passes while a notifier has the lock, or before it comes. */
const besideAPause: Setting = {
  objects: [object('cond'), object('cell'), object('cond')],
  waiting,
  notifying: blocks(
    weigh(2, ...holding(...pause(1), notify)),
    weigh(2, ...holding(...pause(0.5), notifyAll)),
    weigh(2, ...pause(0.5), ...holding(notify)),
    weigh(1, ...holding(write(1), ...pause(1), notify)),
  ),
};

/** Waits on the third object, which nobody notifies. */
function pause(seconds: number): Block {
  return holding(timed(seconds)).map((made) => on(2, made));
}

/** One condition of a lock that is acquired by itself, too. */
function withLock(family: Family): Setting {
  const direct = (...calls: readonly Call[]): Block => [
    on(2, call('acquire')),
    ...calls,
    on(2, call('release')),
  ];
  return {
    objects: [object('cond', { lock: reference(2) }), object('cell'), object(family)],
    waiting,
    notifying: fc.oneof(
      { weight: 2, arbitrary: notifying },
      { weight: 1, arbitrary: blocks(weigh(2, ...direct(notify)), weigh(1, ...direct(write(1), notifyAll))) },
    ),
  };
}

/** Two conditions of one lock. */
function sharing(family: Family): Setting {
  const lock = reference(3);
  const second = (block: fc.Arbitrary<Block>) => block.map((calls) => calls.map(moved));
  return {
    objects: [object('cond', { lock }), object('cell'), object('cond', { lock }), object(family)],
    waiting,
    besides: second(waiting),
    notifying: fc.oneof(notifying, second(notifying)),
  };
}

/** The same call, on the third object if it was one on the first. */
function moved(made: Call): Call {
  return made.object === 0 ? on(2, made) : made;
}
