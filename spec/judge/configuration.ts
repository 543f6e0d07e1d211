import type { Automaton, Pending, Progress, Step, View } from '../automaton.ts';
import { requested } from '../automaton.ts';
import type { Outcome } from '../history.ts';
import { type Argument, type Call, callbackIn, referenceIn, type Value } from '../program.ts';
import { Numbers } from './numbers.ts';

/** A thread's pending call, as one explanation of the history sees it. */
export interface CallState extends Pending {
  /** A function that was handed over is called next, and ends so: nothing else happens before. */
  readonly runs?: Outcome;
  /** Decided, but not yet returned. */
  readonly outcome?: Outcome;
  /** What the call's steps rest on and reached so far, each once, in the order of the steps. */
  readonly rules: readonly string[];
  readonly labels: readonly string[];
  /** Rules on the outcome's looks. */
  readonly shape: readonly string[];
}

/** One way to explain the history so far: the state of every object and of every pending call. */
export interface Configuration {
  readonly objects: readonly unknown[];
  readonly calls: readonly (CallState | undefined)[];
}

/** The automaton of each object of the program. */
export type Automata = readonly Automaton<unknown>[];

const callKeys = new WeakMap<Call, string>();

/** A text that identifies the call by content. */
export function callKey(call: Call): string {
  let key = callKeys.get(call);
  if (key === undefined) {
    // JSON has no NaN and no Infinity.
    const args = Object.entries(call.args).map(([name, value]) => `${name}:${argumentKey(value)}`);
    key = `${call.object}.${call.method}(${args.join()})`;
    callKeys.set(call, key);
  }
  return key;
}

/**
 * A text that identifies the configuration by content. What its calls rest on is part of it: two
 * explanations that differ only there are evidence for different rules.
 */
export function configurationKey({ objects, calls }: Configuration): string {
  let key = '';
  for (const state of objects) key += `${objectNumber(state)},`;
  for (const state of calls) key += state === undefined ? ',' : `${callStateNumber(state)},`;
  return key;
}

const numbers = new Numbers(100_000);
const objectNumbers = new WeakMap<object, number>();
const callStateNumbers = new WeakMap<CallState, number>();

function objectNumber(state: unknown): number {
  if (typeof state !== 'object' || state === null) return numbers.of(JSON.stringify(state));
  return remembered(objectNumbers, state, JSON.stringify);
}

function callStateNumber(state: CallState): number {
  return remembered(callStateNumbers, state, callStateText);
}

/** States never change: the number of one stays its number. */
function remembered<State extends object>(
  known: WeakMap<State, number>,
  state: State,
  textOf: (state: State) => string,
): number {
  let number = known.get(state);
  if (number === undefined) {
    number = numbers.of(textOf(state));
    known.set(state, number);
  }
  return number;
}

function callStateText(state: CallState): string {
  const { call, phase, expired, asleep, runs, outcome, rules, labels } = state;
  const decided = `${outcomeKey(runs)}\n${outcomeKey(outcome)}`;
  return `${callKey(call)}\n${phase}\n${expired}\n${asleep}\n${decided}\n${rules.join()}\n${labels.join()}`;
}

/** A text that identifies an argument. */
function argumentKey(argument: Argument): string {
  const special = callbackIn(argument) ?? referenceIn(argument);
  return special === undefined ? outcomeKey({ returns: argument as Value }) : `@${JSON.stringify(special)}`;
}

/** A text that identifies an outcome, its message aside. */
export function outcomeKey(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '';
  if ('returns' in outcome) {
    // A text that is put together has to be hashed before it is found.
    if (outcome.returns === undefined) return '=undefined';
    if (outcome.returns === true) return '=true';
    if (outcome.returns === false) return '=false';
  }
  if ('raises' in outcome) return `!${outcome.raises}`;
  const { returns } = outcome;
  if (typeof returns === 'object' && returns !== null) return `#${returns.json}`;
  if (typeof returns === 'string') return JSON.stringify(returns);
  return Object.is(returns, -0) ? '=-0' : `=${String(returns)}`;
}

/** The configuration after a thread has made a call. */
export function withCall(configuration: Configuration, thread: number, call: Call): Configuration {
  return withCallState(configuration, thread, {
    thread,
    call,
    phase: requested,
    expired: false,
    asleep: false,
    rules: [],
    labels: [],
    shape: [],
  });
}

/** The configuration with another state of a thread's call; undefined: it has none pending. */
export function withCallState(
  configuration: Configuration,
  thread: number,
  state: CallState | undefined,
): Configuration {
  const calls = configuration.calls.slice();
  calls[thread] = state;
  return { objects: configuration.objects, calls };
}

/** The configuration after a thread has called the function that it was about to call. */
export function withoutCallback(configuration: Configuration, thread: number): Configuration {
  const { runs: _, ...state } = configuration.calls[thread] as CallState;
  return withCallState(configuration, thread, { ...state, rules: [], labels: [] });
}

/** Every step of a thread's undecided call, open now or not. */
export function stepsOf(
  automata: Automata,
  configuration: Configuration,
  thread: number,
): readonly Step<unknown>[] {
  const state = configuration.calls[thread];
  if (state === undefined || state.outcome !== undefined || state.runs !== undefined) return [];
  const { object } = state.call;
  const automaton = automata[object];
  if (automaton === undefined) throw new RangeError(`The program has no object ${object}.`);
  const pending = configuration.calls.filter(
    (other): other is CallState =>
      other !== undefined && other.thread !== thread && other.outcome === undefined,
  );
  const view: View<unknown> = {
    state: configuration.objects[object],
    thread,
    call: state.call,
    phase: state.phase,
    expired: state.expired,
    asleep: state.asleep,
    others: pending.filter((other) => other.call.object === object),
    elsewhere: pending.filter((other) => other.call.object !== object),
    objects: configuration.objects,
  };
  return automaton.steps(view);
}

/** The configuration after a step of a thread's call. */
export function take(
  automata: Automata,
  configuration: Configuration,
  thread: number,
  step: Step<unknown>,
): Configuration {
  const own = configuration.calls[thread];
  if (own === undefined) throw new RangeError(`Thread ${thread} has no pending call.`);
  const calls = configuration.calls.slice();
  calls[thread] = progressed(own, step.then, {
    ...step,
    labels: step.labels?.map((label) => `${automata[own.call.object]?.family}: ${label}`),
  });
  for (const [other, progress] of Object.entries(step.others ?? {})) {
    const state = calls[Number(other)];
    if (state !== undefined) calls[Number(other)] = progressed(state, progress);
  }
  if (step.state === undefined && step.objects === undefined) return { ...configuration, calls };
  const objects = configuration.objects.slice();
  if (step.state !== undefined) objects[own.call.object] = step.state;
  for (const [other, state] of Object.entries(step.objects ?? {})) objects[Number(other)] = state;
  return { objects, calls };
}

/** What a step rests on and reaches. */
interface Grounds extends Pick<Step<unknown>, 'rules' | 'shape'> {
  readonly labels: readonly string[] | undefined;
}

function progressed(state: CallState, progress: Progress, step?: Grounds): CallState {
  const evidence = step && {
    rules: union(state.rules, step.rules, step.shape),
    labels: union(state.labels, step.labels),
    shape: step.shape ?? [],
  };
  return 'phase' in progress
    ? { ...state, ...evidence, ...progress }
    : { ...state, ...evidence, outcome: progress };
}

function union(
  first: readonly string[],
  ...others: readonly (readonly string[] | undefined)[]
): readonly string[] {
  let all = first;
  for (const other of others) {
    const added = other?.filter((name) => !all.includes(name)) ?? [];
    if (added.length > 0) all = [...all, ...added];
  }
  return all;
}
