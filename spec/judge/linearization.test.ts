import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lockAutomaton } from '../automata/lock.ts';
import { describeOutcome, type HistoryEvent, type Outcome } from '../history.ts';
import type { Call, Program } from '../program.ts';
import { Judge } from './judge.ts';

/*
 * A second judge, as naive as can be: a lock's history is allowed if its calls can be put into one
 * order that respects real time and in which each does what a lock alone would have done. It tries
 * all orders, and knows neither automata nor configurations.
 */

interface Interval {
  readonly call: Call;
  readonly began: number;
  readonly beganAt: number;
  /** Infinity while the call is pending. */
  readonly ended: number;
  readonly endedAt: number;
  readonly outcome?: Outcome;
}

function intervalsOf(program: Program, history: readonly HistoryEvent[]): readonly Interval[] {
  const intervals: Interval[] = [];
  const pending = new Map<number, number>();
  history.forEach((event, position) => {
    if (event.type === 'call') {
      const call = program.threads[event.thread]?.[event.call] as Call;
      pending.set(event.thread, intervals.length);
      intervals.push({ call, began: position, beganAt: event.at, ended: Infinity, endedAt: Infinity });
    } else if (event.type === 'end') {
      const own = pending.get(event.thread) as number;
      const { outcome, at } = event;
      intervals[own] = { ...(intervals[own] as Interval), ended: position, endedAt: at, outcome };
    }
  });
  return intervals;
}

/** Each way in which the call can go on a lock: what it shows and leaves. */
function effects(
  { call, beganAt, endedAt }: Interval,
  held: boolean,
): readonly [shown: string, held: boolean][] {
  const { blocking = true, timeout } = call.args;
  switch (call.method) {
    case 'release':
      return [[held ? 'returns undefined' : 'raises RuntimeError', false]];
    case 'locked':
      return [[`returns ${held}`, held]];
    default:
      if (!held) return [['returns true', true]];
      if (blocking === false) return [['returns false', held]];
      return typeof timeout === 'number' && endedAt >= beganAt + timeout ? [['returns false', held]] : [];
  }
}

function hasOrder(intervals: readonly Interval[], held = false): boolean {
  if (intervals.every(({ outcome }) => outcome === undefined)) return true;
  const firstEnd = Math.min(...intervals.map(({ ended }) => ended));
  return intervals.some((next, position) => {
    if (next.began > firstEnd) return false;
    const rest = intervals.toSpliced(position, 1);
    return effects(next, held).some(
      ([shown, after]) =>
        (next.outcome === undefined || describeOutcome(next.outcome) === shown) && hasOrder(rest, after),
    );
  });
}

/** Position of the first event that has no order, or undefined. */
function naiveVerdict(program: Program, history: readonly HistoryEvent[]): number | undefined {
  for (let length = 1; length <= history.length; length++) {
    if (!hasOrder(intervalsOf(program, history.slice(0, length)))) return length - 1;
  }
  return undefined;
}

const calls = fc.constantFrom<Call>(
  { object: 0, method: 'acquire', args: {} },
  { object: 0, method: 'acquire', args: { timeout: 2 } },
  { object: 0, method: 'acquire', args: { blocking: false } },
  { object: 0, method: 'release', args: {} },
  { object: 0, method: 'release', args: {} },
  { object: 0, method: 'locked', args: {} },
);

const programs: fc.Arbitrary<Program> = fc
  .array(fc.array(calls, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 })
  .map((threads) => ({ objects: [{ family: 'lock', args: {} }], threads }));

const outcomes: readonly Outcome[] = [
  { returns: true },
  { returns: false },
  { returns: undefined },
  { raises: 'RuntimeError' },
];

/**
 * What a lock shows under random scheduling, except where `lie` draws another outcome. A second
 * passes now and then.
 */
function perform(program: Program, draw: (below: number) => number, lies: number): readonly HistoryEvent[] {
  const history: HistoryEvent[] = [];
  const threads = program.threads.map((list) => ({
    list,
    position: 0,
    beganAt: -1,
    outcome: undefined as Outcome | undefined,
  }));
  let held = false;
  let at = 0;
  for (let turn = 0; turn < 40; turn++) {
    if (draw(4) === 0) at++;
    const thread = draw(threads.length);
    const own = threads[thread] as (typeof threads)[number];
    const call = own.list[own.position];
    if (call === undefined) continue;
    if (own.beganAt < 0) {
      history.push({ type: 'call', thread, call: own.position, at });
      own.beganAt = at;
    } else if (own.outcome !== undefined) {
      const lie = draw(100) < lies;
      const outcome = lie ? (outcomes[draw(outcomes.length)] as Outcome) : own.outcome;
      history.push({ type: 'end', thread, outcome, at });
      Object.assign(own, { position: own.position + 1, beganAt: -1, outcome: undefined });
    } else if (call.method === 'acquire') {
      if (!held) own.outcome = { returns: true };
      else if (call.args.blocking === false || at >= own.beganAt + Number(call.args.timeout ?? Infinity)) {
        own.outcome = { returns: false };
      }
      held = true;
    } else if (call.method === 'release') {
      own.outcome = held ? { returns: undefined } : { raises: 'RuntimeError' };
      held = false;
    } else {
      own.outcome = { returns: held };
    }
  }
  return history;
}

const cases = fc
  .tuple(programs, fc.array(fc.nat(999), { minLength: 160, maxLength: 160 }), fc.constantFrom(0, 20, 50))
  .map(([program, numbers, lies]) => {
    let position = 0;
    const draw = (below: number) => (numbers[position++ % numbers.length] as number) % below;
    return { program, history: perform(program, draw, lies), lies };
  });

describe('the judge of a lock', () => {
  test('agrees with the search through all orders, event by event', () => {
    const judges = new Map<number, Judge>();
    const seen = { allowed: 0, refused: 0, pending: 0, timedOut: 0 };
    fc.assert(
      fc.property(cases, ({ program, history, lies }) => {
        const judge = judges.get(program.threads.length) ?? new Judge(program.objects, () => lockAutomaton);
        judges.set(program.threads.length, judge);
        const expected = naiveVerdict(program, history);
        const verdict = judge.judge(program, history);
        expect(verdict.kind === 'allowed' ? undefined : verdict.event).toBe(expected);
        if (lies === 0) expect(expected).toBeUndefined();
        seen[expected === undefined ? 'allowed' : 'refused']++;
        const shown = intervalsOf(program, history);
        if (shown.some(({ outcome }) => outcome === undefined)) seen.pending++;
        if (
          shown.some(
            ({ call, outcome }) =>
              call.args.timeout && outcome && describeOutcome(outcome) === 'returns false',
          )
        )
          seen.timedOut++;
      }),
      { numRuns: 1500 },
    );
    expect(seen.allowed).toBeGreaterThan(300);
    expect(seen.refused).toBeGreaterThan(300);
    expect(seen.pending).toBeGreaterThan(300);
    expect(seen.timedOut).toBeGreaterThan(50);
  });
});
