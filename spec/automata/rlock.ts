import { type Automaton, requested, type Step, type View } from '../automaton.ts';
import type { Call } from '../program.ts';
import { type AcquireArguments, lockArguments, refused } from './acquireArguments.ts';

/** Who owns the lock, how often more than it has released, and the most that was; null: nobody. */
export interface RLockState {
  readonly owner: number | null;
  readonly level: number;
  /** The highest level since the lock was last free: tells a level given back from the only one. */
  readonly highest: number;
}

const unowned: RLockState = { owner: null, level: 0, highest: 0 };

/** RLock: owned by one thread at a time, as often as it likes; free when all levels are given back. */
export const rlockAutomaton: Automaton<RLockState> = {
  family: 'rlock',
  labels: [
    'acquired above level one',
    'granted after sleeping',
    'several asleep at a grant',
    'freed after recursion while somebody slept',
    'refused to a thread that is not the owner',
    'expired',
    'expired while another slept',
  ],
  create(args) {
    return Object.keys(args).length > 0
      ? { raises: 'TypeError', rules: ['rlock.new.args'] }
      : { state: unowned, rules: [] };
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
        throw new RangeError(`An RLock has no method '${view.call.method}'.`);
    }
  },
};

function argumentsOf(call: Call): AcquireArguments {
  return lockArguments(call, {
    nan: 'rlock.acquire.argument-errors',
    nonblockingTimeout: 'rlock.acquire.argument-errors',
    negative: 'rlock.acquire.argument-errors',
    overflow: 'rlock.acquire.argument-errors',
    type: 'model.timeout-number-types',
  });
}

function acquire(view: View<RLockState>): readonly Step<RLockState>[] {
  const meaning = argumentsOf(view.call);
  if (meaning.kind === 'refused') return refused(meaning);
  const patience = meaning.kind === 'try' ? 0 : (meaning.timeout ?? Infinity);
  const granted = view.state.owner === view.thread ? deepen(view, patience) : grant(view, patience);
  if (patience === 0) return [granted, failure(view)];
  return [granted, expiry(view, patience), wait(view, patience)];
}

/** The owner acquires once more. */
function deepen(view: View<RLockState>, patience: number): Step<RLockState> {
  const { level, highest } = view.state;
  return {
    name: 'granted once more',
    open: true,
    due: 'now',
    rules: [ofOwner(patience)],
    shape: ['rlock.acquire.returns-true'],
    labels: ['acquired above level one'],
    state: { owner: view.thread, level: level + 1, highest: Math.max(highest, level + 1) },
    then: { returns: true },
  };
}

function ofOwner(patience: number): string {
  return patience === Infinity ? 'rlock.acquire.reentrant' : 'rlock.acquire.reentrant-forms';
}

/** The caller becomes the owner. */
function grant(view: View<RLockState>, patience: number): Step<RLockState> {
  const { owner, level, highest } = view.state;
  const asleep = view.others.filter(({ call, asleep }) => call.method === 'acquire' && asleep);
  const waited = patience > 0 && (view.asleep || view.phase !== requested);
  const overdue = [
    ...(patience === Infinity ? [] : ['rlock.acquire.timeout-other']),
    'rlock.no-lost-wakeup',
    ...(asleep.length > 0 ? ['rlock.release.wakes-one'] : []),
  ];
  return {
    name: 'granted',
    open: owner === null,
    due: 'now',
    rules: waited ? [...overdue, 'rlock.mutual-exclusion'] : ['rlock.acquire.free'],
    overdue: waited ? overdue : ['rlock.acquire.free'],
    forbidden: [
      ...(level < highest ? ['rlock.release.held-until-zero'] : []),
      ...(waited && asleep.length > 0 ? ['rlock.release.wakes-one'] : []),
      whileOwned(patience),
      'rlock.mutual-exclusion',
    ],
    shape: ['rlock.acquire.returns-true'],
    labels: [
      ...(view.asleep ? ['granted after sleeping'] : []),
      ...(asleep.length > 0 ? ['several asleep at a grant'] : []),
    ],
    state: { owner: view.thread, level: 1, highest: 1 },
    then: { returns: true },
  };
}

/** The rule on a thread that is not the owner, by how long it is ready to wait. */
function whileOwned(patience: number): string {
  if (patience === 0) return 'rlock.acquire.nonblocking-other';
  return patience === Infinity ? 'rlock.acquire.blocks-others' : 'rlock.acquire.timeout-other';
}

function ownedByOther({ state, thread }: View<RLockState>): boolean {
  return state.owner !== null && state.owner !== thread;
}

function wait(view: View<RLockState>, patience: number): Step<RLockState> {
  return {
    name: 'waits',
    open: view.phase === requested && ownedByOther(view),
    due: 'now',
    rules: [whileOwned(patience)],
    then: { phase: 'waiting' },
  };
}

function expiry(view: View<RLockState>, patience: number): Step<RLockState> {
  const { owner } = view.state;
  return {
    name: 'expires',
    open: view.phase === 'waiting' && view.expired,
    due: 'eventually',
    rules: ['rlock.acquire.timeout-other'],
    forbidden: [
      owner === view.thread
        ? ofOwner(patience)
        : owner === null && view.phase === requested
          ? 'rlock.acquire.free'
          : whileOwned(patience),
    ],
    shape: ['rlock.acquire.timeout-other'],
    labels: ['expired', ...(view.others.some(({ asleep }) => asleep) ? ['expired while another slept'] : [])],
    then: { returns: false },
  };
}

function failure(view: View<RLockState>): Step<RLockState> {
  const { owner, level, highest } = view.state;
  return {
    name: 'fails',
    open: ownedByOther(view),
    due: 'now',
    rules: ['rlock.acquire.nonblocking-other', ...(level < highest ? ['rlock.release.held-until-zero'] : [])],
    forbidden: [owner === view.thread ? ofOwner(0) : 'rlock.acquire.free'],
    shape: ['rlock.acquire.nonblocking-other'],
    then: { returns: false },
  };
}

function release(view: View<RLockState>): readonly Step<RLockState>[] {
  const { owner, level, highest } = view.state;
  const owns = owner === view.thread;
  const refusal = owner === null ? 'rlock.release.unlocked-raises' : 'rlock.release.owner-only';
  const frees = owns && level === 1;
  const sleepers = view.others.some((other) => other.asleep);
  return [
    {
      name: 'released',
      open: owns,
      due: 'now',
      rules: ['rlock.release.counts'],
      forbidden: [refusal],
      shape: ['rlock.release.returns-none'],
      labels: frees && highest > 1 && sleepers ? ['freed after recursion while somebody slept'] : [],
      state: level > 1 ? { owner, level: level - 1, highest } : unowned,
      then: { returns: undefined },
    },
    {
      name: 'refused',
      open: !owns,
      due: 'now',
      rules: [refusal],
      forbidden: [highest > 1 ? 'rlock.release.counts' : 'rlock.acquire.free'],
      shape: [refusal],
      labels: ownedByOther(view) ? ['refused to a thread that is not the owner'] : [],
      then: { raises: 'RuntimeError' },
    },
  ];
}

function locked({ state }: View<RLockState>): readonly Step<RLockState>[] {
  return [true, false].map((answer) => ({
    name: 'answers',
    open: (state.owner !== null) === answer,
    due: 'now',
    rules: ['rlock.locked'],
    forbidden: ['rlock.locked'],
    shape: ['rlock.locked'],
    then: { returns: answer },
  }));
}
