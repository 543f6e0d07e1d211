import { call, type ExploredExample, giving, object, on, reads, reference } from '../../example.ts';
import type { Call, Value } from '../../program.ts';

/** A condition that makes its own lock. */
export const own = [object('cond')];
/** A condition with its own lock, and what its predicate looks at. */
export const withCell = [object('cond'), object('cell')];
/** A condition that is given a Lock. */
export const ofLock = [object('cond', { lock: reference(1) }), object('lock')];
/** A condition that is given an RLock. */
export const ofRLock = [object('cond', { lock: reference(1) }), object('rlock')];
/** Two conditions of one lock. */
export const sharing = [
  object('cond', { lock: reference(2) }),
  object('cond', { lock: reference(2) }),
  object('rlock'),
];
/** A condition, and another that nobody notifies: to wait for it lets time pass. */
export const withPause = [object('cond'), object('cond')];

export const acquire = call('acquire');
/** An acquire that does not wait. */
export const attempt = call('acquire', { blocking: false });
export const release = call('release');
export const locked = call('locked');
export const wait = call('wait');
export const timed = (timeout: number) => call('wait', { timeout });
export const notify = call('notify');
export const notifyN = (n: number) => call('notify', { n });
export const notifyAll = call('notifyAll');
/** The predicate is what the cell holds: true unless it is 0. */
export const waitFor = call('waitFor', { predicate: reads(1) });
export const waitForWithin = (timeout: number) => call('waitFor', { predicate: reads(1), timeout });
export const waitForGiven = (value: Value) => call('waitFor', { predicate: giving(value) });
export const write = (value: Value) => on(1, call('write', { value }));

/** Calls that are made with the lock held. */
export function holding(...calls: readonly Call[]): readonly Call[] {
  return [acquire, ...calls, release];
}

/** Calls that let this many seconds pass, on the condition that nobody notifies. */
export function pause(seconds: number): readonly Call[] {
  return holding(timed(seconds)).map((made) => on(1, made));
}

/** A program on one condition with its own lock, for many schedules. */
export function contention(title: string, ...threads: ExploredExample['threads']): ExploredExample {
  return { title, objects: own, threads };
}

/** The same with a cell that says what is waited for. */
export function withPredicate(title: string, ...threads: ExploredExample['threads']): ExploredExample {
  return { title, objects: withCell, threads };
}
