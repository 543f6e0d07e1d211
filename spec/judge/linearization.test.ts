import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Automaton } from '../automaton.ts';
import { bsemAutomaton } from '../automata/bsem.ts';
import { lockAutomaton } from '../automata/lock.ts';
import { semAutomaton } from '../automata/sem.ts';
import { describeOutcome, type History, type HistoryEvent, type Outcome } from '../history.ts';
import type { Call, Program } from '../program.ts';
import { Judge } from './judge.ts';

/*
 * A second judge, as naive as can be: a history is allowed if its calls can be put into one order
 * that respects real time, and in which each does what it would have done alone. It tries all
 * orders, and knows neither automata nor configurations. What it judges are counters of units: a
 * lock has one.
 */

interface Model {
  readonly family: 'lock' | 'sem' | 'bsem';
  readonly automaton: Automaton<unknown>;
  readonly initial: number;
  readonly bound: number;
  readonly tooMany: string;
}

const models: readonly Model[] = [
  { family: 'lock', automaton: lockAutomaton, initial: 1, bound: 1, tooMany: 'RuntimeError' },
  { family: 'sem', automaton: semAutomaton, initial: 0, bound: Infinity, tooMany: 'none' },
  { family: 'sem', automaton: semAutomaton, initial: 1, bound: Infinity, tooMany: 'none' },
  { family: 'bsem', automaton: bsemAutomaton, initial: 1, bound: 1, tooMany: 'ValueError' },
  { family: 'bsem', automaton: bsemAutomaton, initial: 2, bound: 2, tooMany: 'ValueError' },
];

/** Each way in which the call can go after `seconds`, from this many units: what it shows and leaves. */
function effects(model: Model, call: Call, units: number, seconds: number): readonly [Outcome, number][] {
  const { blocking = true, timeout = Infinity, n = 1 } = call.args;
  if (call.method === 'locked') return [[{ returns: units === 0 }, units]];
  if (call.method === 'release') {
    const after = units + Number(n);
    return after > model.bound ? [[{ raises: model.tooMany }, units]] : [[{ returns: undefined }, after]];
  }
  if (units > 0) return [[{ returns: true }, units - 1]];
  return blocking === false || seconds >= Number(timeout) ? [[{ returns: false }, units]] : [];
}

interface Interval {
  readonly call: Call;
  readonly began: number;
  readonly beganAt: number;
  /** Infinity while the call is pending. */
  readonly ended: number;
  readonly endedAt: number;
  readonly outcome?: Outcome;
}

function intervalsOf(program: Program, history: History): readonly Interval[] {
  const intervals: Interval[] = [];
  const latest = new Map<number, number>();
  history.forEach((event, position) => {
    if (event.type === 'call') {
      const call = program.threads[event.thread]?.[event.call] as Call;
      latest.set(event.thread, intervals.length);
      intervals.push({ call, began: position, beganAt: event.at, ended: Infinity, endedAt: Infinity });
    } else if (event.type === 'end') {
      const own = latest.get(event.thread) as number;
      const { outcome, at } = event;
      intervals[own] = { ...(intervals[own] as Interval), ended: position, endedAt: at, outcome };
    }
  });
  return intervals;
}

function hasOrder(model: Model, intervals: readonly Interval[], units: number): boolean {
  if (intervals.every(({ outcome }) => outcome === undefined)) return true;
  const firstEnd = Math.min(...intervals.map(({ ended }) => ended));
  return intervals.some((next, position) => {
    if (next.began > firstEnd) return false;
    const rest = intervals.toSpliced(position, 1);
    const ways = effects(model, next.call, units, next.endedAt - next.beganAt);
    return ways.some(
      ([outcome, after]) =>
        (next.outcome === undefined || describeOutcome(next.outcome) === describeOutcome(outcome)) &&
        hasOrder(model, rest, after),
    );
  });
}

/** Position of the first event after which there is no order, or undefined. */
function naiveVerdict(model: Model, program: Program, history: History): number | undefined {
  for (let length = 1; length <= history.length; length++) {
    if (!hasOrder(model, intervalsOf(program, history.slice(0, length)), model.initial)) return length - 1;
  }
  return undefined;
}

const outcomes: readonly Outcome[] = [
  { returns: true },
  { returns: false },
  { returns: undefined },
  { raises: 'RuntimeError' },
  { raises: 'ValueError' },
];

/**
 * What the model shows under random scheduling, except for `lies` in a hundred outcomes, which are
 * drawn from all. A second passes now and then.
 */
function perform(model: Model, program: Program, draw: (below: number) => number, lies: number): History {
  const history: HistoryEvent[] = [];
  const threads = program.threads.map(() => ({ position: 0, beganAt: -1, outcome: undefined as unknown }));
  let units = model.initial;
  let at = 0;
  for (let turns = 15 + draw(30); turns > 0; turns--) {
    if (draw(4) === 0) at++;
    const thread = draw(threads.length);
    const own = threads[thread] as (typeof threads)[number];
    const call = program.threads[thread]?.[own.position];
    if (call === undefined) continue;
    if (own.beganAt < 0) {
      history.push({ type: 'call', thread, call: own.position, at });
      own.beganAt = at;
    } else if (own.outcome === undefined) {
      const [way] = effects(model, call, units, at - own.beganAt);
      if (way !== undefined) [own.outcome, units] = way;
    } else {
      const outcome = draw(100) < lies ? outcomes[draw(outcomes.length)] : own.outcome;
      history.push({ type: 'end', thread, outcome: outcome as Outcome, at });
      Object.assign(own, { position: own.position + 1, beganAt: -1, outcome: undefined });
    }
  }
  return history;
}

function callsOf({ family }: Model): fc.Arbitrary<Call> {
  const call = (method: string, args: Call['args'] = {}): Call => ({ object: 0, method, args });
  return fc.constantFrom(
    call('acquire'),
    call('acquire', { timeout: 2 }),
    call('acquire', { blocking: false }),
    call('release'),
    call('release'),
    family === 'lock' ? call('locked') : call('release', { n: 2 }),
  );
}

function casesOf(model: Model) {
  const threads = fc.array(fc.array(callsOf(model), { minLength: 1, maxLength: 3 }), {
    minLength: 2,
    maxLength: 3,
  });
  const numbers = fc.array(fc.nat(999), { minLength: 160, maxLength: 160 });
  return fc.tuple(threads, numbers, fc.constantFrom(0, 20, 50)).map(([lists, drawn, lies]) => {
    let position = 0;
    const draw = (below: number) => (drawn[position++ % drawn.length] as number) % below;
    const args = model.family === 'lock' ? {} : { value: model.initial };
    const program: Program = { objects: [{ family: model.family, args }], threads: lists };
    return { program, history: perform(model, program, draw, lies), lies };
  });
}

describe.each(models)('the judge of a $family of $initial', (model) => {
  test('agrees with the search through all orders, event by event', () => {
    const seen = { allowed: 0, refused: 0, pending: 0, expired: 0 };
    let judge: Judge | undefined;
    fc.assert(
      fc.property(casesOf(model), ({ program, history, lies }) => {
        judge ??= new Judge(program.objects, () => model.automaton);
        const expected = naiveVerdict(model, program, history);
        const verdict = judge.judge(program, history);
        expect(verdict.kind === 'allowed' ? undefined : verdict.event).toBe(expected);
        expect(lies === 0 && expected !== undefined).toBe(false);

        const calls = intervalsOf(program, history);
        seen[expected === undefined ? 'allowed' : 'refused']++;
        seen.pending += Number(calls.some(({ outcome }) => outcome === undefined));
        seen.expired += calls.filter(
          ({ call, outcome }) => call.args.timeout && outcome && describeOutcome(outcome) === 'returns false',
        ).length;
      }),
      { numRuns: 600 },
    );
    // Both verdicts, and what makes them hard, were seen often.
    expect(seen.allowed).toBeGreaterThan(150);
    expect(seen.refused).toBeGreaterThan(60);
    expect(seen.pending).toBeGreaterThan(60);
    expect(seen.expired).toBeGreaterThan(10);
  });
});
