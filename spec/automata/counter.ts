import { type Automaton, requested, type Step, type View } from '../automaton.ts';
import type { Args, Call, Family } from '../program.ts';
import { refused } from './acquireArguments.ts';
import { semaphoreArguments, unitsOf } from './semaphoreArguments.ts';

/** How many units can be acquired, and with how many the semaphore began. */
export interface CounterState {
  readonly count: number;
  readonly initial: number;
  /** Whether that was said, and whether it is still all there is to it: nothing was released yet. */
  readonly origin: 'default' | 'given' | 'released';
}

/** The rules that a semaphore's steps rest on, by what they are about; those of one family. */
export interface CounterRules {
  readonly byDefault: string;
  readonly value: string;
  readonly zero: string;
  readonly negative: string;
  /** An acquire of an available unit. */
  readonly positive: string;
  readonly blocks: string;
  readonly returnsTrue: string;
  readonly tryFails: string;
  readonly polls: string;
  readonly expires: string;
  readonly inTime: string;
  readonly unlimited: string;
  readonly nonblockingTimeout: string;
  readonly neverMore: string;
  readonly wakes: string;
  readonly invalidRelease: string;
  /** One acquire a unit, where several wait; absent, where the family has no rule of its own. */
  readonly exactly?: string;
}

/** What a family makes of a release of this many units, at least one. */
export type Release = (view: View<CounterState>, units: number) => readonly Step<CounterState>[];

/** Semaphore: a counter that is never negative, and waits for a unit where there is none. */
export function counterAutomaton(
  family: Family,
  rules: CounterRules,
  release: Release,
  labels: readonly string[],
): Automaton<CounterState> {
  const meaningOf = (call: Call) => semaphoreArguments(call, rules.nonblockingTimeout);
  return {
    family,
    labels: [
      'granted after sleeping',
      'several asleep at a grant',
      'several units released while somebody slept',
      'expired',
      'expired while another slept',
      ...labels,
    ],
    create: (args) => create(rules, args),
    timeout(call) {
      const meaning = call.method === 'acquire' ? meaningOf(call) : undefined;
      return meaning?.kind === 'wait' ? meaning.timeout : undefined;
    },
    steps(view) {
      switch (view.call.method) {
        case 'acquire': {
          const meaning = meaningOf(view.call);
          if (meaning.kind === 'refused') return refused(meaning);
          if (meaning.kind === 'excessive') return [grant(rules, view, Infinity), excess];
          if (meaning.kind === 'try') return [grant(rules, view, 0), failure(rules, view)];
          const patience = meaning.timeout ?? Infinity;
          return [grant(rules, view, patience), expiry(rules, view, patience), wait(rules, view, patience)];
        }
        case 'release': {
          const units = unitsOf(view.call.args.n);
          const rule = rules.invalidRelease;
          if (units === undefined) return refused({ kind: 'refused', error: 'TypeError', rule });
          if (units < 1) return refused({ kind: 'refused', error: 'ValueError', rule });
          return release(view, units);
        }
        default:
          throw new RangeError(`A semaphore has no method '${view.call.method}'.`);
      }
    },
  };
}

function create(rules: CounterRules, { value: given, ...others }: Args) {
  const value = given === undefined ? 1 : given;
  if (typeof value !== 'number' || !Number.isInteger(value) || Object.keys(others).length > 0) {
    return { raises: 'TypeError', rules: [rules.value] };
  }
  if (value < 0) return { raises: 'ValueError', rules: [rules.negative] };
  const origin = given === undefined ? ('default' as const) : ('given' as const);
  return { state: { count: value, initial: value, origin }, rules: [] };
}

function grant(rules: CounterRules, view: View<CounterState>, patience: number): Step<CounterState> {
  const { count, initial, origin } = view.state;
  const asleep = view.others.filter(({ call, asleep }) => call.method === 'acquire' && asleep);
  const waited = patience > 0 && (view.asleep || view.phase !== requested);
  const exactly = asleep.length > 0 && rules.exactly ? [rules.exactly] : [];
  const overdue = [...(patience === Infinity ? [] : [rules.inTime]), rules.wakes, ...exactly];
  const atOnce = [rules.positive, ...(origin === 'released' ? [] : [initialRule(rules, view.state)])];
  return {
    name: 'granted',
    open: count > 0,
    due: 'now',
    rules: waited ? [...overdue, rules.neverMore] : atOnce,
    overdue: waited ? overdue : [rules.positive],
    forbidden: [...(waited ? exactly : []), rules.neverMore],
    shape: [rules.returnsTrue],
    labels: [
      ...(view.asleep ? ['granted after sleeping'] : []),
      ...(asleep.length > 0 ? ['several asleep at a grant'] : []),
    ],
    state: { count: count - 1, initial, origin },
    then: { returns: true },
  };
}

function initialRule(rules: CounterRules, { origin }: CounterState): string {
  return origin === 'default' ? rules.byDefault : rules.value;
}

function refusalOf(rules: CounterRules, call: Call): string {
  return typeof call.args.timeout === 'number' ? rules.polls : rules.tryFails;
}

function wait(rules: CounterRules, view: View<CounterState>, patience: number): Step<CounterState> {
  const { count, origin } = view.state;
  return {
    name: 'waits',
    open: view.phase === requested && count === 0,
    due: 'now',
    rules: [
      patience === Infinity ? rules.blocks : rules.expires,
      ...(patience === Infinity && view.call.args.timeout === null ? [rules.unlimited] : []),
      ...(origin !== 'released' && view.state.initial === 0 ? [rules.zero] : []),
    ],
    then: { phase: 'waiting' },
  };
}

function expiry(rules: CounterRules, view: View<CounterState>, patience: number): Step<CounterState> {
  const available = view.state.count > 0;
  const unlimited = view.call.args.timeout === null ? rules.unlimited : rules.blocks;
  return {
    name: 'expires',
    open: view.phase === 'waiting' && view.expired,
    due: 'eventually',
    rules: [rules.expires],
    forbidden: [
      available && view.phase === requested
        ? rules.positive
        : patience === Infinity
          ? unlimited
          : available
            ? rules.inTime
            : rules.expires,
    ],
    shape: [rules.expires],
    labels: ['expired', ...(view.others.some(({ asleep }) => asleep) ? ['expired while another slept'] : [])],
    then: { returns: false },
  };
}

function failure(rules: CounterRules, view: View<CounterState>): Step<CounterState> {
  const { count, initial, origin } = view.state;
  return {
    name: 'fails',
    open: count === 0,
    due: 'now',
    rules: [
      refusalOf(rules, view.call),
      ...(origin === 'default' ? [rules.byDefault] : []),
      ...(origin === 'given' ? [initial === 0 ? rules.zero : rules.value] : []),
    ],
    forbidden: [rules.positive],
    shape: [refusalOf(rules, view.call)],
    then: { returns: false },
  };
}

/** A time-out beyond the maximum may be refused at once, and must be before waiting that long. */
const excess: Step<CounterState> = {
  name: 'refused',
  open: true,
  due: 'now',
  rules: ['mod.timeout-max.lazy-check'],
  overdue: ['mod.timeout-max.overflow'],
  then: { raises: 'OverflowError' },
};

/** The label of a release of several units that finds somebody asleep. */
export function releaseLabels(view: View<CounterState>, units: number): readonly string[] {
  const sleepers = view.others.some(({ asleep }) => asleep);
  return units > 1 && sleepers ? ['several units released while somebody slept'] : [];
}
