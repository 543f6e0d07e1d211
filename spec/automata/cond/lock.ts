import type { Pending, Step, View } from '../../automaton.ts';
import { type LockState, lockAutomaton } from '../lock.ts';
import { type RLockState, rlockAutomaton } from '../rlock.ts';
import { waitersAmong } from './place.ts';

/** A condition, with as much of its past as tells which rule a wrong answer breaks. */
export interface CondState {
  /** Its own lock, or the position of the one it was given. */
  readonly lock: RLockState | number;
  /** How the lock's owner came to have it, if by the end of a wait, and with more than one level. */
  readonly regained: null | { readonly after: 'notification' | 'expiry'; readonly deep: boolean };
  /** Why the last waiter that went without a notification did so, until a notified one returns. */
  readonly departed: null | 'expired' | 'refused';
  /** A notification that met fewer waiters than it meant: it must not be remembered. */
  readonly unheard: null | 'some' | 'all';
}

/** The lock of a condition: plain, or one that knows its owner. */
export type AnyLock = LockState | RLockState;

/** The state of the condition's lock. */
export function lockOf({ state, objects }: View<CondState>): AnyLock {
  return typeof state.lock === 'number' ? (objects[state.lock] as AnyLock) : state.lock;
}

/** True for a Lock, which does not know who acquired it. */
function isPlain(lock: AnyLock): lock is LockState {
  return 'holder' in lock;
}

/** The thread that has the lock; null: nobody. */
export function ownerOf(lock: AnyLock): number | null {
  return isPlain(lock) ? lock.holder : lock.owner;
}

/** How often the lock has to be released to be free. */
export function depthOf(lock: AnyLock): number {
  if (isPlain(lock)) return lock.holder === null ? 0 : 1;
  return lock.level;
}

/**
 * Whether the caller counts as one that has acquired the lock: `perhaps` where somebody else has it and
 * the lock cannot tell (`cond.notify.plain-lock-owner-free`).
 */
export function ownership(view: View<CondState>): 'yes' | 'perhaps' | 'no' {
  const lock = lockOf(view);
  const owner = ownerOf(lock);
  if (owner === view.thread) return 'yes';
  return isPlain(lock) && owner !== null ? 'perhaps' : 'no';
}

/** What giving up all levels at once makes of the objects. */
export function givenUp(view: View<CondState>): Pick<Step<CondState>, 'state' | 'objects'> {
  const free: AnyLock = isPlain(lockOf(view)) ? { holder: null } : { owner: null, level: 0, highest: 0 };
  return withLock(view, free, { regained: null });
}

/** What taking the lock back at this depth makes of the objects. */
export function takenBack(
  view: View<CondState>,
  depth: number,
  past: Partial<CondState>,
): Pick<Step<CondState>, 'state' | 'objects'> {
  const { thread } = view;
  const taken: AnyLock = isPlain(lockOf(view))
    ? { holder: thread }
    : { owner: thread, level: depth, highest: depth };
  return withLock(view, taken, past);
}

function withLock(
  { state }: View<CondState>,
  lock: AnyLock,
  past: Partial<CondState>,
): Pick<Step<CondState>, 'state' | 'objects'> {
  const { lock: own } = state;
  return typeof own === 'number'
    ? { state: { ...state, ...past }, objects: { [own]: lock } }
    : { state: { ...state, ...past, lock: lock as RLockState } };
}

/** The pending calls on other conditions that have the same lock. */
export function onSiblings({ state: { lock }, elsewhere, objects }: View<CondState>): readonly Pending[] {
  return elsewhere.filter(({ call }) => {
    const other = objects[call.object];
    const isCondition = typeof other === 'object' && other !== null && 'departed' in other;
    return typeof lock === 'number' && isCondition && (other as CondState).lock === lock;
  });
}

/** Names the rule on given locks first, where the lock was given. */
export function ofGivenLock({ state }: View<CondState>): readonly string[] {
  return typeof state.lock === 'number' ? ['cond.new.given-lock'] : [];
}

/** The rules that are broken if the owner that a wait left behind is none, or not as often. */
export function ofRegainedLock({ state: { regained } }: View<CondState>): readonly string[] {
  if (regained === null) return [];
  return [
    ...(regained.deep ? ['cond.wait.rlock-depth-restored'] : []),
    regained.after === 'expiry' ? 'cond.wait.timeout-reacquires' : 'cond.wait.reacquires',
  ];
}

/** The rule that is broken if somebody else gets the lock while its owner notifies. */
export function ofNotifyingOwner(view: View<CondState>): readonly string[] {
  const owner = ownerOf(lockOf(view));
  const notifies = view.others.some(
    ({ thread, call: { method } }) => thread === owner && (method === 'notify' || method === 'notifyAll'),
  );
  return notifies ? ['cond.notify.keeps-lock'] : [];
}

/** acquire, release and locked: what the lock does. */
export function delegated(view: View<CondState>): readonly Step<CondState>[] {
  const lock = lockOf(view);
  const steps: readonly Step<AnyLock>[] = isPlain(lock)
    ? lockAutomaton.steps({ ...view, state: lock })
    : rlockAutomaton.steps({ ...view, state: lock });
  const rules = [...ofGivenLock(view), delegationRule(view)];
  return steps
    .filter((step) => step.open || isAnswer(step))
    .map((step) => (step.open ? openStep(view, step, rules) : closedStep(view, step, rules)));
}

/** True for steps whose outcome may be seen: what is not open is of no other interest. */
function isAnswer({ then }: Step<AnyLock>): boolean {
  return !('phase' in then);
}

function closedStep(
  view: View<CondState>,
  { name, due, then }: Step<AnyLock>,
  rules: readonly string[],
): Step<CondState> {
  const held = view.call.method === 'locked' ? [] : [...ofNotifyingOwner(view), ...ofRegainedLock(view)];
  return { name, open: false, due, rules, forbidden: [...held, ...rules], then };
}

function openStep(view: View<CondState>, step: Step<AnyLock>, rules: readonly string[]): Step<CondState> {
  const { name, due, then, state: changed } = step;
  const shape = [delegationRule(view)];
  const change = changed && effect(view, changed);
  return { name, open: true, due, shape, ...grounds(view, step, rules), ...change, then };
}

function effect(view: View<CondState>, lock: AnyLock): Pick<Step<CondState>, 'state' | 'objects'> {
  const stays = depthOf(lock) > 0 && ownerOf(lock) === ownerOf(lockOf(view));
  return withLock(view, lock, stays ? {} : { regained: null });
}

type Grounds = Required<Pick<Step<CondState>, 'rules' | 'overdue' | 'labels'>>;

/** What an open step of the lock rests on where a condition takes it. */
function grounds(view: View<CondState>, step: Step<AnyLock>, rules: readonly string[]): Grounds {
  const plain: Grounds = { rules, overdue: rules, labels: [] };
  if (view.call.method === 'release') return { ...plain, ...delaying(view, step, rules) };
  if (step.state === undefined || view.call.method !== 'acquire') return plain;
  if (ownerOf(lockOf(view)) === view.thread && !isPlain(lockOf(view))) {
    const again = typeof view.state.lock === 'number' ? rules : ['cond.new.default-rlock', ...rules];
    return { ...plain, rules: again, overdue: again };
  }
  return {
    ...plain,
    overdue: [...freedByWait(view), ...rules],
    labels: view.asleep ? ['granted after sleeping on the lock'] : [],
  };
}

function delegationRule({ call }: View<CondState>): string {
  if (call.method === 'acquire') return 'cond.acquire.delegates';
  return call.method === 'release' ? 'cond.release.delegates' : 'cond.locked';
}

/** The rules by which the lock is free, if there are waiters that gave it up. */
function freedByWait(view: View<CondState>): readonly string[] {
  const waiters = waitersAmong([...view.others, ...onSiblings(view)]);
  if (waiters.length === 0) return [];
  const deep = waiters.some(({ place }) => place.depth > 1);
  return [...(deep ? ['cond.wait.rlock-full-release'] : []), 'cond.wait.releases-lock'];
}

/** A release that lets somebody on whose time has long been over. */
function delaying(
  { others }: View<CondState>,
  { state: lock }: Step<AnyLock>,
  rules: readonly string[],
): Pick<Grounds, 'rules' | 'labels'> {
  const delayed =
    lock !== undefined && depthOf(lock) === 0 && waitersAmong(others).some(({ expired }) => expired);
  if (!delayed) return { rules, labels: [] };
  return {
    rules: [...rules, 'cond.wait.late-return-free'],
    labels: ['expired while another had the lock'],
  };
}
