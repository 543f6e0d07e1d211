import type { Step, View } from '../../automaton.ts';
import { type Callback, callbackError, callbackIn, type Value } from '../../program.ts';
import { refused } from '../acquireArguments.ts';
import { waitArguments } from './arguments.ts';
import { type CondState, ownership } from './lock.ts';
import { type Holding, isOver, type Looked, phaseOf, placeOf } from './place.ts';
import { begins, blockingRules, raises, refusedUnowned, regains, whileWaiting } from './wait.ts';

type Steps = readonly Step<CondState>[];

/**
 * How often in a row a predicate may be looked at while the lock is held. The documentation names no
 * number; twice is what a loop needs that asks once more before it returns the value.
 */
const mostLooks = 3;

/** What can happen to a waitFor: it looks at its predicate, and waits as often as that is false. */
export function waitFor(view: View<CondState>): Steps {
  const predicate = callbackIn(view.call.args.predicate);
  if (predicate === undefined) {
    return refused({ kind: 'refused', error: 'TypeError', rule: underLock });
  }
  const place = placeOf(view);
  switch (place.at) {
    case 'requested':
      return [...badTimeout(view), refusedUnowned(view, lockRequired), looksFirst(view, predicate)];
    case 'waiting':
      return [
        ...whileWaiting(view, place),
        ...unlooked(view, predicate, [...blockingRules(view, place), underLock]),
        looksWithoutLock(view, predicate),
      ];
    case 'woken':
      return [
        regains(view, place, phaseOf({ at: 'holding', after: 'notification' })),
        ...unlooked(view, predicate, [underLock]),
        looksWithoutLock(view, predicate),
      ];
    case 'failing':
      return [raises(view, place)];
    case 'holding':
      return [looksAgain(view, predicate, place), ...unlooked(view, predicate)];
    case 'looked':
      return place.unowned ? withoutLock(view, place) : onceLooked(view, predicate, place);
    case 'thrown':
      return [throws];
  }
}

const lockRequired = 'cond.wait-for.lock-required';
const underLock = 'cond.wait-for.predicate-under-lock';

/** Told at once, or when it comes to waiting. */
function badTimeout(view: View<CondState>): Steps {
  const meaning = waitArguments(view.call);
  if (meaning.kind !== 'refused') return [];
  const { error, rules } = meaning;
  return [{ name: 'refused', open: true, due: 'now', rules, shape: rules, then: { raises: error } }];
}

/** Calls the predicate, and goes on with what it gave. */
function looks(
  { objects }: View<CondState>,
  predicate: Callback,
  how: Pick<Looked, 'looks' | 'waited' | 'late' | 'unowned'>,
): Pick<Step<CondState>, 'name' | 'then'> & { readonly value: Value } {
  const name = 'looks at the predicate';
  if (predicate.callback === 'throws') {
    const then = { ...phaseOf({ at: 'thrown' }), runs: { raises: callbackError } };
    return { name, then, value: undefined };
  }
  const value =
    predicate.callback === 'reads'
      ? (objects[predicate.object] as { readonly value: Value }).value
      : predicate.value;
  const then = { ...phaseOf({ at: 'looked', value, ...how }), runs: { returns: value } };
  return { name, then, value };
}

function looksFirst(view: View<CondState>, predicate: Callback): Step<CondState> {
  const unowned = ownership(view) === 'no' && { unowned: true as const };
  const { name, then } = looks(view, predicate, { looks: 1, waited: false, ...unowned });
  const rule = unowned ? lockRequired : 'cond.wait-for.immediate';
  return { name, open: true, due: 'now', rules: [rule], then };
}

function looksAgain(view: View<CondState>, predicate: Callback, { after, late }: Holding): Step<CondState> {
  const how = { looks: 1, waited: true, ...(late && { late }) };
  const { name, then, value } = looks(view, predicate, how);
  const rule = after === 'expiry' ? 'cond.wait-for.recheck-at-expiry' : 'cond.wait-for.loops';
  const vain = after === 'notification' && !holds(value);
  return {
    name,
    open: true,
    due: 'now',
    rules: [underLock, rule],
    overdue: [rule],
    labels: vain ? ['notified while the predicate was false'] : [],
    then,
  };
}

function looksWithoutLock(view: View<CondState>, predicate: Callback): Step<CondState> {
  const { name, then } = looks(view, predicate, { looks: 1, waited: true });
  return { name, open: false, due: 'free', rules: [underLock], then };
}

/** True for the values that JavaScript takes for true. */
function holds(value: Value): boolean {
  return Boolean(value);
}

/** Returning without having looked at the predicate once more, with the lock: never open. */
function unlooked(view: View<CondState>, predicate: Callback, rules: readonly string[] = []): Steps {
  const rule = isOver(view) ? 'cond.wait-for.recheck-at-expiry' : 'cond.wait-for.loops';
  const { value } = looks(view, predicate, { looks: 1, waited: true });
  return [...new Set([true, false, value])].map((answer) => ({
    name: 'returns',
    open: false,
    due: 'free',
    rules: [rule, ...rules],
    then: { returns: answer },
  }));
}

function onceLooked(view: View<CondState>, predicate: Callback, place: Looked): Steps {
  const { value, waited, late } = place;
  const over = isOver(view);
  const mayGiveUp = over && waited;
  const settled = holds(value) || mayGiveUp;
  const again: Step<CondState> = {
    ...looks(view, predicate, { looks: place.looks + 1, waited, ...(late && { late }) }),
    open: place.looks < mostLooks,
    due: 'free',
    rules: [underLock],
  };
  const waits = begins(view, place).map((step) => ({
    ...step,
    open: step.open && !holds(value) && late === undefined,
    due: mayGiveUp ? ('free' as const) : step.due,
  }));
  return [
    {
      name: 'returns',
      open: settled,
      due: 'now',
      rules: [...(holds(value) ? [reason(place)] : gaveUp), 'cond.wait-for.returns-last'],
      forbidden: [wrongly(view, place)],
      shape: ['cond.wait-for.returns-last'],
      labels: holds(value) ? [] : ['waitFor gave up'],
      then: { returns: value },
    },
    again,
    ...waits,
  ];
}

const gaveUp = ['cond.wait-for.overall-timeout', 'cond.wait-for.recheck-at-expiry'];

function reason({ waited }: Looked): string {
  return waited ? 'cond.wait-for.loops' : 'cond.wait-for.immediate';
}

/** What is broken when a waitFor returns a false value before its time. */
function wrongly(view: View<CondState>, { waited }: Looked): string {
  if (isOver(view)) return 'cond.wait-for.recheck-at-expiry';
  return waited || view.call.args.timeout === undefined
    ? 'cond.wait-for.loops'
    : 'cond.wait-for.overall-timeout';
}

/** The predicate was looked at without the lock: fine if it is true, found out if it is not. */
function withoutLock(view: View<CondState>, { value }: Looked): Steps {
  return [
    {
      name: 'returns',
      open: holds(value),
      due: 'now',
      rules: [lockRequired],
      shape: ['cond.wait-for.returns-last'],
      then: { returns: value },
    },
    {
      name: 'refused',
      open: !holds(value),
      due: 'now',
      rules: [lockRequired],
      shape: [lockRequired],
      then: { raises: 'RuntimeError' },
    },
    ...badTimeout(view).map((step) => ({ ...step, open: !holds(value) })),
  ];
}

const throws: Step<CondState> = {
  name: 'throws',
  open: true,
  due: 'now',
  rules: ['cond.wait-for.predicate-raises'],
  shape: ['cond.wait-for.predicate-raises'],
  then: { raises: callbackError },
};
