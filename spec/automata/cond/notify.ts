import type { Progress, Step, View } from '../../automaton.ts';
import { refused } from '../acquireArguments.ts';
import { notifyArguments, wakingRule } from './arguments.ts';
import { type CondState, onSiblings, ownership } from './lock.ts';
import { isOver, phaseOf, type Waiter, waitersAmong, type Waiting, type Woken } from './place.ts';
import { refusedUnowned } from './wait.ts';

type Steps = readonly Step<CondState>[];

/** Which waiters a notification of `n` may wake: the groups it has to choose from. */
export type Choice = (waiters: readonly Waiter[], n: number) => readonly (readonly Waiter[])[];

/**
 * Exactly as many as are meant or there are. One whose time is over may count as a waiter or not, until
 * it has the lock again.
 */
export const exactly: Choice = (waiters, n) => {
  const fresh = waiters.filter((waiter) => !isOver(waiter)).length;
  return subsets(waiters).filter((chosen) => {
    const woken = chosen.filter((waiter) => !isOver(waiter)).length;
    return chosen.length <= n && (chosen.length === n || woken === fresh);
  });
};

function subsets(waiters: readonly Waiter[]): readonly (readonly Waiter[])[] {
  return waiters.reduce<readonly (readonly Waiter[])[]>(
    (groups, waiter) => groups.flatMap((group) => [group, [...group, waiter]]),
    [[]],
  );
}

/** What can happen to a notify or a notifyAll. */
export function notify(view: View<CondState>, choice: Choice): Steps {
  const meant = notifyArguments(view.call);
  if (meant === undefined) {
    return refused({ kind: 'refused', error: 'TypeError', rule: 'cond.notify.exactly-n' });
  }
  const waiters = waitersAmong(view.others);
  const n = Math.max(0, meant);
  const groups = choice(waiters, n);
  if (view.phase === checked) return groups.map((chosen) => wakes(view, waiters, chosen, n));
  const owned = ownership(view);
  const refusal = refusedUnowned(view, 'cond.notify.unowned-raises');
  const needless = waiters.length === 0 ? ['cond.notify.no-waiters'] : [];
  const refuses = { ...refusal, forbidden: [...needless, ...(refusal.forbidden ?? [])] };
  if (owned === 'perhaps') return [refuses, passesCheck(ruleOn(waiters, n))];
  const open = owned === 'yes';
  return [refuses, ...groups.map((chosen) => ({ ...wakes(view, waiters, chosen, n), open }))];
}

/** Phase of a call that found the lock acquired, if by another thread: that one may go on meanwhile. */
const checked = 'checked';

function passesCheck(rule: string): Step<CondState> {
  return {
    name: 'takes another for itself',
    open: true,
    due: 'now',
    rules: ['cond.notify.plain-lock-owner-free'],
    overdue: [rule],
    then: { phase: checked },
  };
}

function wakes(
  view: View<CondState>,
  waiters: readonly Waiter[],
  chosen: readonly Waiter[],
  n: number,
): Step<CondState> {
  const rule = ruleOn(waiters, n);
  const unheard = n === Infinity ? 'all' : n > chosen.length ? 'some' : view.state.unheard;
  return {
    name: 'notifies',
    open: true,
    due: 'now',
    rules: [rule],
    overdue: [rule],
    forbidden: ['cond.notify.unowned-raises'],
    shape: [rule],
    labels: labelsOf(view, waiters, n),
    ...(unheard === view.state.unheard ? {} : { state: { ...view.state, unheard } }),
    others: { ...onOthers(view, waiters, chosen, n), ...(n > 0 ? onForeign(view) : {}) },
    then: { returns: undefined },
  };
}

function ruleOn(waiters: readonly Waiter[], n: number): string {
  if (n === 0) return 'cond.notify.nonpositive-n';
  return waiters.length === 0 ? 'cond.notify.no-waiters' : wakingRule(amongOf(n));
}

function amongOf(n: number): Woken['among'] {
  if (n === Infinity) return 'all';
  return n > 1 ? 'some' : 'one';
}

function labelsOf(view: View<CondState>, waiters: readonly Waiter[], n: number): readonly string[] {
  if (n === 0) return [];
  return [
    ...(waiters.some(({ expired }) => expired) ? ['notified when time was over'] : []),
    ...(waiters.length > n ? ['more waiters than were meant'] : []),
    ...(n === Infinity && waiters.length > 1 ? ['several waiters at notifyAll'] : []),
    ...(waiters.length > 0 && waitersAmong(onSiblings(view)).length > 0
      ? ['waiters on two conditions of one lock']
      : []),
  ];
}

/** What becomes of the waiters: those chosen are woken, the others sleep on. */
function onOthers(
  view: View<CondState>,
  waiters: readonly Waiter[],
  chosen: readonly Waiter[],
  n: number,
): Readonly<Record<number, Progress>> {
  const left = waiters.filter((waiter) => !chosen.includes(waiter) && !isOver(waiter));
  const absorbed = chosen.some(isOver) && { absorbed: true as const };
  return Object.fromEntries([
    ...left.map((waiter) => [waiter.thread, spare(waiter, n > 0 ? 'others' : 'nobody', absorbed)]),
    ...chosen.map((waiter) => [waiter.thread, phaseOf(wakened(view, waiter, n))]),
  ]) as Readonly<Record<number, Progress>>;
}

function spare(
  { place: { at, depth, late } }: Waiter,
  spared: NonNullable<Waiting['spared']>,
  absorbed: false | { readonly absorbed: true } = false,
): Progress {
  return phaseOf({ at, depth, spared, ...absorbed, ...(late && { late }) });
}

function wakened({ thread }: View<CondState>, waiter: Waiter, n: number): Woken {
  const { asleep, place } = waiter;
  return {
    at: 'woken',
    depth: place.depth,
    among: amongOf(n),
    notifier: thread,
    ...(!asleep && { falling: true as const }),
    ...(isOver(waiter) && { tardy: true as const }),
  };
}

/** What becomes of other conditions' waiters: nothing, but it is remembered that they had to sleep on. */
function onForeign(view: View<CondState>): Readonly<Record<number, Progress>> {
  const foreign = waitersAmong(onSiblings(view)).filter(({ place }) => place.spared === undefined);
  return Object.fromEntries(foreign.map((waiter) => [waiter.thread, spare(waiter, 'foreign')]));
}
