import type { Pending, Progress, Step, View } from '../../automaton.ts';
import { requested } from '../../automaton.ts';
import { type WaitArguments, waitArguments, wakingRule } from './arguments.ts';
import {
  type CondState,
  depthOf,
  givenUp,
  lockOf,
  ofGivenLock,
  ofNotifyingOwner,
  ofRegainedLock,
  ownerOf,
  ownership,
  takenBack,
} from './lock.ts';
import {
  isOver,
  isWait,
  type Looked,
  phaseOf,
  placeOf,
  waitersAmong,
  type Waiting,
  type Woken,
} from './place.ts';

type Steps = readonly Step<CondState>[];

/** What can happen to a wait. */
export function wait(view: View<CondState>): Steps {
  const place = placeOf(view);
  switch (place.at) {
    case 'requested':
      return [refusedUnowned(view, 'cond.wait.unowned-raises'), ...begins(view)];
    case 'waiting':
      return [
        ...whileWaiting(view, place),
        {
          name: 'goes on',
          open: false,
          due: 'free',
          rules: blockingRules(view, place),
          then: { returns: true },
        },
      ];
    case 'woken':
      return onceWoken(view, place);
    case 'failing':
      return [raises(view, place)];
    default:
      throw new RangeError(`A wait is never ${place.at}.`);
  }
}

/** The step by which a call is refused to who has not acquired the lock. */
export function refusedUnowned(view: View<CondState>, rule: string): Step<CondState> {
  const owned = ownership(view);
  return {
    name: 'refused',
    open: owned !== 'yes',
    due: 'now',
    rules: [rule],
    overdue: [rule],
    forbidden: [...ofGivenLock(view), ...ofRegainedLock(view), rule],
    shape: [rule],
    then: { raises: 'RuntimeError' },
  };
}

/**
 * Gives the lock up and becomes a waiter in one step, if the arguments let it.
 * @param looked where a waitFor stands that begins to wait.
 */
export function begins(view: View<CondState>, looked?: Looked): Steps {
  const meaning = waitArguments(view.call);
  if (meaning.kind === 'refused') return fails(view, meaning);
  const owned = ownership(view);
  if (owned === 'no') return placeOf(view).at === requested ? [true, false].map(returnsUnowned) : [];
  const depth = depthOf(lockOf(view));
  const late = looked?.waited && isOver(view) && { late: true as const };
  return [
    {
      name: 'gives up the lock',
      open: true,
      due: 'now',
      rules: [
        ...(depth > 1 ? ['cond.wait.rlock-full-release'] : []),
        ...ofGivenLock(view),
        'cond.wait.releases-lock',
        ...(owned === 'perhaps' ? ['cond.notify.plain-lock-owner-free'] : []),
        ...(looked?.waited ? ['cond.wait-for.loops'] : []),
      ],
      labels: depth > 1 ? ['waited with more than one level'] : [],
      ...givenUp(view),
      then: phaseOf({ at: 'waiting', depth, ...late }),
    },
  ];
}

/** What a wait by a thread without the lock must not do. */
function returnsUnowned(answer: boolean): Step<CondState> {
  const rules = ['cond.wait.unowned-raises'];
  return { name: 'returns', open: false, due: 'free', rules, then: { returns: answer } };
}

/** A time-out that cannot be: said at once, or after the lock was given up and taken back. */
function fails(view: View<CondState>, { error, rules }: Extract<WaitArguments, { kind: 'refused' }>): Steps {
  const depth = depthOf(lockOf(view));
  return [
    { name: 'refused', open: true, due: 'now', rules, shape: rules, then: { raises: error } },
    {
      name: 'gives up the lock',
      open: ownership(view) !== 'no',
      due: 'free',
      rules,
      ...givenUp(view),
      then: phaseOf({ at: 'failing', depth, raises: error }),
    },
  ];
}

/** Has given the lock up for nothing, and says so when it has it again. */
export function raises(
  view: View<CondState>,
  { depth, raises: error }: { readonly depth: number; readonly raises: string },
): Step<CondState> {
  const rules = ['cond.wait.error-state'];
  return {
    name: 'refused',
    open: isFree(view),
    due: 'now',
    rules,
    shape: rules,
    ...takenBack(view, depth, { departed: 'refused' }),
    then: { raises: error },
  };
}

function isFree(view: View<CondState>): boolean {
  return ownerOf(lockOf(view)) === null;
}

function isPoll({ call }: View<CondState>): boolean {
  return waitArguments(call).kind === 'poll';
}

function depthRules(depth: number): readonly string[] {
  return depth > 1 ? ['cond.wait.rlock-depth-restored'] : [];
}

/** What a waiter can do of itself: give up when its time is over, and see that it was passed over. */
export function whileWaiting(view: View<CondState>, place: Waiting): Steps {
  if (!place.absorbed) return [expires(view, place)];
  const { absorbed: _, ...passedOver } = place;
  const sleepsOn: Step<CondState> = {
    name: 'sleeps on',
    open: !view.others.some(isTardy),
    due: 'now',
    rules: ['cond.notify.absorbed-by-expiring-free'],
    then: phaseOf(passedOver),
  };
  return [expires(view, place), sleepsOn];
}

/** Was notified when its time was over, and may still say which of the two it is. */
function isTardy(other: Pending): boolean {
  const place = isWait(other.call) ? placeOf(other) : undefined;
  return place?.at === 'woken' && place.tardy === true;
}

/** Who returns as notified has not used the notification up for nothing: nobody sleeps on for that. */
function notAbsorbed({ others }: View<CondState>): Readonly<Record<number, Progress>> {
  return Object.fromEntries(
    waitersAmong(others).flatMap(({ thread, place }) => {
      const { absorbed, ...passedOver } = place;
      return absorbed ? [[thread, phaseOf(passedOver)]] : [];
    }),
  );
}

function expires(view: View<CondState>, { depth, late }: Waiting): Step<CondState> {
  const own = isPoll(view) ? 'cond.wait.nonpositive-timeout' : 'cond.wait.returns-false';
  const over = isOver(view);
  return {
    name: 'gives up',
    open: over && isFree(view),
    due: isPoll(view) ? 'now' : 'eventually',
    rules: [own, 'cond.wait.timeout-reacquires', ...depthRules(depth)],
    overdue: [own],
    forbidden: over ? [...ofNotifyingOwner(view), 'cond.wait.timeout-reacquires'] : [tooEarly(view)],
    shape: [own],
    labels: ['expired'],
    ...takenBack(view, depth, {
      regained: { after: 'expiry', deep: depth > 1 },
      departed: 'expired',
    }),
    then:
      view.call.method === 'wait'
        ? { returns: false }
        : phaseOf({ at: 'holding', after: 'expiry', ...(late && { late }) }),
  };
}

function tooEarly({ call: { args } }: View<CondState>): string {
  if (args.timeout === null) return 'cond.wait.timeout-none';
  return args.timeout === undefined ? 'cond.wait.blocks-until-notified' : 'cond.wait.returns-false';
}

/** The rules that are broken when a waiter goes on that nobody notified, or nobody who meant it. */
export function blockingRules(view: View<CondState>, { spared }: Waiting): readonly string[] {
  const { unheard } = view.state;
  const wrongly = {
    others: ['cond.notify.at-most-n'],
    nobody: ['cond.notify.nonpositive-n'],
    foreign: ['cond.notify.own-waiters-only'],
  };
  return [
    ...(spared === undefined ? [] : wrongly[spared]),
    ...(unheard === null
      ? []
      : [unheard === 'all' ? 'cond.notify-all.only-present' : 'cond.notify.not-remembered']),
    ...(isOver(view) ? ['cond.wait.returns-false'] : []),
    'cond.wait.blocks-until-notified',
  ];
}

function onceWoken(view: View<CondState>, place: Woken): Steps {
  const tardy = place.tardy === true;
  return [
    regains(view, place, { returns: true }),
    {
      name: 'gives up',
      open: tardy && isFree(view),
      due: 'now',
      rules: ['cond.wait.returns-false', 'cond.wait.timeout-reacquires', ...depthRules(place.depth)],
      forbidden: [tardy ? 'cond.wait.timeout-reacquires' : 'cond.wait.returns-true'],
      labels: ['expired'],
      ...takenBack(view, place.depth, {
        regained: { after: 'expiry', deep: place.depth > 1 },
        departed: 'expired',
      }),
      then: { returns: false },
    },
  ];
}

/** Takes the lock back after a notification. */
export function regains(view: View<CondState>, place: Woken, then: Progress): Step<CondState> {
  const { depth, among, notifier } = place;
  const owner = ownerOf(lockOf(view));
  const waking = wakingRule(among);
  const { departed } = view.state;
  return {
    name: 'takes the lock back',
    open: owner === null,
    due: 'now',
    rules: [
      waking,
      'cond.wait.returns-true',
      'cond.wait.reacquires',
      ...depthRules(depth),
      ...ofGivenLock(view),
      ...(place.falling ? ['cond.wait.no-gap'] : []),
    ],
    overdue: [
      ...(place.falling ? ['cond.wait.no-gap'] : []),
      ...(departed === 'expired' ? ['cond.notify.expired-not-counted'] : []),
      ...(departed === 'refused' ? ['cond.wait.error-state'] : []),
      waking,
    ],
    forbidden: [...(owner === notifier ? ['cond.notify.keeps-lock'] : []), 'cond.wait.reacquires'],
    shape: ['cond.wait.returns-true'],
    ...takenBack(view, depth, {
      regained: { after: 'notification', deep: depth > 1 },
      departed: null,
    }),
    ...(place.tardy && { others: notAbsorbed(view) }),
    then,
  };
}
