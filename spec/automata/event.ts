import { type Automaton, requested, type Step, type View } from '../automaton.ts';
import type { Call } from '../program.ts';
import { timeoutMax } from './acquireArguments.ts';

/** An event, with as much of its past as tells which rule a wrong answer breaks. */
export interface EventState {
  /** `new` and `cleared` are false; `set` is true, and so is `passed`: set, and a wait has passed since. */
  readonly flag: 'new' | 'set' | 'passed' | 'cleared';
  /** Several waiters were seen asleep when it was set. */
  readonly several: boolean;
}

/** Phases of a wait: seen waiting; let go by a set, alone or with others. */
const waiting = 'waiting';
const released = 'released';
const releasedTogether = 'released together';

/** Event: a flag; setting it lets go all who wait at that moment, whatever becomes of it afterwards. */
export const eventAutomaton: Automaton<EventState> = {
  family: 'event',
  labels: ['passed after sleeping', 'several asleep at a set', 'expired', 'set after expiry'],
  create(args) {
    return Object.keys(args).length > 0
      ? { raises: 'TypeError', rules: ['event.new.unset'] }
      : { state: { flag: 'new', several: false }, rules: [] };
  },
  timeout(call) {
    const meaning = waitArguments(call);
    return meaning.kind === 'wait' ? meaning.timeout : undefined;
  },
  steps(view) {
    switch (view.call.method) {
      case 'isSet':
        return answers(view.state, isSetRules(view.state));
      case 'set':
        return [set(view)];
      case 'clear':
        return [clear(view.state)];
      case 'wait':
        return wait(view);
      default:
        throw new RangeError(`An event has no method '${view.call.method}'.`);
    }
  },
};

type WaitArguments =
  | { readonly kind: 'poll' }
  | { readonly kind: 'wait'; readonly timeout: number | undefined }
  | { readonly kind: 'refused'; readonly error: string; readonly rule: string };

function waitArguments({ method, args: { timeout } }: Call): WaitArguments {
  if (method !== 'wait' || timeout === undefined || timeout === null) {
    return { kind: 'wait', timeout: undefined };
  }
  if (typeof timeout !== 'number') {
    return { kind: 'refused', error: 'TypeError', rule: 'model.timeout-number-types' };
  }
  if (timeout > timeoutMax) {
    return { kind: 'refused', error: 'OverflowError', rule: 'mod.timeout-max.overflow' };
  }
  return timeout > 0 ? { kind: 'wait', timeout } : { kind: 'poll' };
}

function isTrue({ flag }: EventState): boolean {
  return flag === 'set' || flag === 'passed';
}

/** What a flag that is not what it should be breaks. */
function flagRules({ flag }: EventState): readonly string[] {
  return {
    new: ['event.new.unset'],
    set: ['event.set.sets'],
    passed: ['event.wait.does-not-reset', 'event.set.sets'],
    cleared: ['event.clear.resets'],
  }[flag];
}

interface AnswerRules {
  readonly rules: readonly string[];
  readonly forbidden: readonly string[];
}

function isSetRules(state: EventState): AnswerRules {
  return {
    rules: [...flagRules(state), 'event.is-set.pure'],
    forbidden: [
      ...flagRules(state),
      // Either the wait that passed took the flag, or it had no reason to pass.
      ...(state.flag === 'passed' ? ['event.wait.blocks'] : []),
      'event.is-set.pure',
    ],
  };
}

function answers(state: EventState, { rules, forbidden }: AnswerRules): readonly Step<EventState>[] {
  return [true, false].map((answer) => ({
    name: 'answers',
    open: isTrue(state) === answer,
    due: 'now',
    rules,
    forbidden,
    shape: rules.slice(-1),
    then: { returns: answer },
  }));
}

function set({ state, others }: View<EventState>): Step<EventState> {
  const waiters = others.filter(({ phase }) => phase === waiting);
  const phase = waiters.length > 1 ? releasedTogether : released;
  const several = others.filter(({ call, asleep }) => call.method === 'wait' && asleep).length > 1;
  return {
    name: 'set',
    open: true,
    due: 'now',
    rules: isTrue(state) ? ['event.set.idempotent'] : ['event.set.sets'],
    shape: ['event.set.idempotent'],
    labels: several ? ['several asleep at a set'] : [],
    ...(isTrue(state) ? {} : { state: { flag: 'set', several } }),
    others: Object.fromEntries(waiters.map(({ thread }) => [thread, { phase }])),
    then: { returns: undefined },
  };
}

function clear(state: EventState): Step<EventState> {
  return {
    name: 'cleared',
    open: true,
    due: 'now',
    rules: isTrue(state) ? ['event.clear.resets'] : ['event.set.idempotent'],
    shape: ['event.set.idempotent'],
    ...(isTrue(state) ? { state: { flag: 'cleared', several: false } } : {}),
    then: { returns: undefined },
  };
}

function wait(view: View<EventState>): readonly Step<EventState>[] {
  const meaning = waitArguments(view.call);
  if (meaning.kind === 'refused') return refusal(view.state, meaning);
  if (meaning.kind === 'poll') {
    return answers(view.state, {
      rules: [isTrue(view.state) ? 'event.wait.set-no-block' : 'event.wait.nonpositive-timeout'],
      forbidden: isTrue(view.state)
        ? ['event.wait.set-no-block', 'event.wait.nonpositive-timeout']
        : ['event.wait.nonpositive-timeout'],
    });
  }
  return [passes(view), expires(view, meaning.timeout), falls(view)];
}

/** Bad arguments: refused at once, or not looked at where there is nothing to wait for. */
function refusal(
  state: EventState,
  { error, rule }: Extract<WaitArguments, { kind: 'refused' }>,
): readonly Step<EventState>[] {
  return [
    { name: 'refused', open: true, due: 'now', rules: [rule], shape: [rule], then: { raises: error } },
    {
      name: 'passes',
      open: isTrue(state),
      due: 'now',
      rules: ['mod.timeout-max.lazy-check'],
      forbidden: [rule],
      then: { returns: true },
    },
  ];
}

function letGo(phase: string): boolean {
  return phase === released || phase === releasedTogether;
}

function passes(view: View<EventState>): Step<EventState> {
  const { state, phase, expired } = view;
  return {
    name: 'passes',
    open: isTrue(state) || letGo(phase),
    due: 'now',
    rules: passRules(view),
    forbidden: expired
      ? ['event.wait.timeout-false']
      : ['event.wait.blocks', ...(state.flag === 'new' ? [] : flagRules(state))],
    shape: ['event.wait.returns-true'],
    labels: [...(view.asleep ? ['passed after sleeping'] : []), ...(expired ? ['set after expiry'] : [])],
    ...(isTrue(state) ? { state: { ...state, flag: 'passed' } } : {}),
    then: { returns: true },
  };
}

function passRules({ state, phase, asleep }: View<EventState>): readonly string[] {
  const together = phase === releasedTogether || (state.several && asleep);
  const woken = [
    ...(together ? ['event.set.wakes-all'] : []),
    'event.no-lost-wakeup',
    'event.wait.returns-true',
  ];
  if (letGo(phase)) return isTrue(state) ? woken : ['event.pulse', ...woken];
  return [
    ...(state.flag === 'passed' ? ['event.wait.does-not-reset'] : []),
    'event.wait.set-no-block',
    ...(asleep ? woken : []),
  ];
}

function expires(
  { state, call, phase, expired }: View<EventState>,
  timeout: number | undefined,
): Step<EventState> {
  const endless = call.args.timeout === null ? 'event.wait.timeout-none' : 'event.wait.blocks';
  const forbidden = letGo(phase)
    ? [isTrue(state) ? 'event.wait.returns-true' : 'event.pulse']
    : isTrue(state)
      ? ['event.wait.set-no-block', ...flagRules(state)]
      : [timeout === undefined ? endless : 'event.wait.blocks'];
  return {
    name: 'expires',
    open: expired && phase !== requested,
    // A set that comes at the deadline may be too late.
    due: letGo(phase) ? 'free' : 'eventually',
    rules: ['event.wait.timeout-false'],
    forbidden,
    shape: ['event.wait.timeout-false'],
    labels: ['expired'],
    then: { returns: false },
  };
}

function falls({ state, call, phase }: View<EventState>): Step<EventState> {
  return {
    name: 'waits',
    open: phase === requested && !isTrue(state),
    due: 'now',
    rules: [
      call.args.timeout === null ? 'event.wait.timeout-none' : 'event.wait.blocks',
      ...(state.flag === 'cleared' ? ['event.clear.resets'] : []),
    ],
    then: { phase: waiting },
  };
}
