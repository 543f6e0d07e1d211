import { type Automaton, requested, type Step, type View } from '../automaton.ts';
import type { Call } from '../program.ts';
import { lockArguments, refused } from './acquireArguments.ts';

/** Who made the acquire that holds the lock; null: it is free. */
export interface LockState {
  readonly holder: number | null;
}

/** Lock: one holder at a time, released by anybody, no order among those who wait. */
export const lockAutomaton: Automaton<LockState> = {
  family: 'lock',
  labels: ['granted after sleeping', 'several asleep at a grant', 'expired'],
  create(args) {
    return Object.keys(args).length > 0
      ? { raises: 'TypeError', rules: ['lock.new.class'] }
      : { state: { holder: null }, rules: ['lock.new.class'] };
  },
  timeout(call) {
    const meaning = argumentsOf(call);
    return meaning.kind === 'wait' ? meaning.timeout : undefined;
  },
  steps(view) {
    switch (view.call.method) {
      case 'acquire':
        return acquire(view);
      case 'release':
        return release(view);
      case 'locked':
        return locked(view);
      default:
        throw new RangeError(`A lock has no method '${view.call.method}'.`);
    }
  },
};

function argumentsOf(call: Call) {
  return lockArguments(call, {
    nan: 'lock.acquire.nan-raises',
    nonblockingTimeout: 'lock.acquire.nonblocking-timeout-raises',
    negative: 'lock.acquire.timeout-negative-raises',
    overflow: 'mod.timeout-max.overflow',
    type: 'model.timeout-number-types',
  });
}

function acquire(view: View<LockState>): readonly Step<LockState>[] {
  const meaning = argumentsOf(view.call);
  if (meaning.kind === 'refused') return refused(meaning);
  const waiting = meaning.kind === 'wait';
  const giveUp = waiting ? expiry(view, meaning.timeout) : failure(view);
  return [grant(view, waiting ? meaning.timeout : 0), giveUp, ...(waiting ? [wait(view)] : [])];
}

/** Phases of an acquire that waits: for another holder, or for the thread's own acquire. */
const waiting = 'waiting';
const waitingForItself = 'waiting for itself';

function grant(view: View<LockState>, timeout: number | undefined): Step<LockState> {
  const { holder } = view.state;
  const asleep = view.others.filter(({ call, asleep }) => call.method === 'acquire' && asleep);
  const waited = view.asleep || view.phase !== requested;
  const owed = waited
    ? [
        ...(view.phase === waitingForItself ? ['lock.acquire.self-wait-released-by-other'] : []),
        ...(timeout === undefined ? [] : ['lock.acquire.timeout-succeeds']),
        'lock.no-lost-wakeup',
      ]
    : [
        ...(timeout === 0 ? tryRules(view.call) : []),
        timeout === 0 ? 'lock.acquire.nonblocking-succeeds' : 'lock.acquire.free',
      ];
  return {
    name: 'granted',
    open: holder === null,
    due: 'now',
    rules: [
      ...owed,
      ...(waited ? ['lock.mutual-exclusion'] : []),
      ...(waited && asleep.length > 0 ? ['lock.release.one-proceeds'] : []),
    ],
    overdue: owed,
    forbidden: [
      ...(holder === view.thread ? ['lock.acquire.not-reentrant'] : []),
      ...(waited && asleep.length > 0 ? ['lock.release.one-proceeds'] : []),
      'lock.mutual-exclusion',
    ],
    shape: ['lock.acquire.returns-true'],
    labels: [
      ...(view.asleep ? ['granted after sleeping'] : []),
      ...(asleep.length > 0 ? ['several asleep at a grant'] : []),
    ],
    state: { holder: view.thread },
    then: { returns: true },
  };
}

/** The rule by which an acquire with these arguments waits. */
function waitRule({ args }: Call): string {
  return args.timeout === -1 ? 'lock.acquire.timeout-minus-one' : 'lock.acquire.default-blocks';
}

/** The rules by which an acquire with these arguments only tries, where they are not the plain ones. */
function tryRules({ args }: Call): readonly string[] {
  if (args.blocking === 0) return ['lock.acquire.zero-is-nonblocking'];
  if (args.timeout === 0) return ['lock.acquire.timeout-zero'];
  return args.timeout === -1 ? ['lock.acquire.nonblocking-minus-one'] : [];
}

function wait(view: View<LockState>): Step<LockState> {
  return {
    name: 'waits',
    open: view.phase === requested && view.state.holder !== null,
    due: 'now',
    rules: [waitRule(view.call)],
    then: { phase: view.state.holder === view.thread ? waitingForItself : waiting },
  };
}

function expiry(view: View<LockState>, timeout: number | undefined): Step<LockState> {
  const free = view.state.holder === null;
  return {
    name: 'expires',
    open: view.phase !== requested && view.expired,
    due: 'eventually',
    rules: ['lock.acquire.timeout-expires'],
    forbidden: [
      timeout === undefined
        ? waitRule(view.call)
        : view.phase === requested && free
          ? 'lock.acquire.timeout-succeeds'
          : 'lock.acquire.timeout-expires',
    ],
    shape: ['lock.acquire.timeout-expires'],
    labels: ['expired'],
    then: { returns: false },
  };
}

function failure(view: View<LockState>): Step<LockState> {
  return {
    name: 'fails',
    open: view.state.holder !== null,
    due: 'now',
    rules: [
      ...tryRules(view.call),
      ...(view.state.holder === view.thread ? ['lock.acquire.not-reentrant'] : []),
      'lock.acquire.nonblocking-fails',
    ],
    forbidden: ['lock.acquire.nonblocking-succeeds'],
    shape: ['lock.acquire.nonblocking-fails'],
    then: { returns: false },
  };
}

function release({ state, thread, others }: View<LockState>): readonly Step<LockState>[] {
  const foreign = state.holder !== null && state.holder !== thread;
  const waiters = others.some(({ call }) => call.method === 'acquire');
  return [
    {
      name: 'released',
      open: state.holder !== null,
      due: 'now',
      rules: [
        waiters ? 'lock.release.does-not-wait' : 'lock.release.unlocks',
        ...(foreign ? ['lock.release.any-thread'] : []),
      ],
      overdue: ['lock.release.does-not-wait'],
      forbidden: ['lock.release.unlocked-raises'],
      shape: ['lock.release.returns-none'],
      state: { holder: null },
      then: { returns: undefined },
    },
    {
      name: 'refused',
      open: state.holder === null,
      due: 'now',
      rules: ['lock.release.unlocked-raises'],
      forbidden: [foreign ? 'lock.release.any-thread' : 'lock.release.unlocks'],
      shape: ['lock.release.unlocked-raises'],
      then: { raises: 'RuntimeError' },
    },
  ];
}

function locked({ state }: View<LockState>): readonly Step<LockState>[] {
  return [true, false].map((answer) => ({
    name: 'answers',
    open: (state.holder !== null) === answer,
    due: 'now',
    rules: ['lock.locked', 'lock.locked.pure'],
    forbidden: ['lock.locked'],
    shape: ['lock.locked'],
    then: { returns: answer },
  }));
}
