import { describe, expect, test } from 'vitest';
import { type Automaton, requested, type Step } from '../automaton.ts';
import { cellAutomaton } from '../automata/cell.ts';
import { call, object, on, reads, reference } from '../example.ts';
import type { History, HistoryEvent, Outcome } from '../history.ts';
import type { Call, Family, Program } from '../program.ts';
import { Judge } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** A shop that is open or closed, and so are all shops that are given it as theirs. */
interface Shop {
  readonly open: boolean;
  readonly main: number | undefined;
}

/**
 * `enter` looks at a cell while the shop is open, and gives back what was seen; `toggle` opens and closes it.
 * A branch is open when the main shop is, and toggles that.
 */
const shopAutomaton: Automaton<Shop> = {
  family: 'event',
  labels: ['entered'],
  create: ({ main }, objects) => {
    const position = (main as { readonly object: number } | undefined)?.object;
    return position !== undefined && objects[position]?.family !== 'event'
      ? { raises: 'TypeError', rules: ['event.new.unset'] }
      : { state: { open: false, main: position }, rules: [] };
  },
  timeout: () => undefined,
  steps({ call: made, phase, state, objects }) {
    const owner = state.main === undefined ? state : (objects[state.main] as Shop);
    if (made.method === 'toggle') {
      const toggled: Shop = { ...owner, open: !owner.open };
      const change = state.main === undefined ? { state: toggled } : { objects: { [state.main]: toggled } };
      return [
        {
          name: 'toggled',
          open: true,
          due: 'now',
          rules: ['event.set.sets'],
          ...change,
          then: { returns: undefined },
        },
      ];
    }
    const { value } = objects[objects.length - 1] as { readonly value: number };
    const looks: Step<Shop> = {
      name: 'looks',
      open: phase === requested && owner.open,
      due: 'now',
      rules: ['event.wait.blocks'],
      then: { phase: `saw ${value}`, runs: { returns: value } },
    };
    return phase === requested
      ? [looks]
      : [
          {
            name: 'enters',
            open: true,
            due: 'now',
            rules: ['event.wait.returns-true'],
            labels: ['entered'],
            then: { returns: Number(phase.slice(4)) },
          },
        ];
  },
};

const automatonOf = (family: Family) =>
  (family === 'cell' ? cellAutomaton : shopAutomaton) as Automaton<unknown>;

const enter = call('enter', { predicate: reads(1) });
const toggle = call('toggle');
const cell = object('cell');

function verdictOf(program: Program, ...history: readonly HistoryEvent[]): Verdict {
  return new Judge(program.objects, automatonOf).judge(program, history);
}

const made = (thread: number, position = 0): HistoryEvent => ({
  type: 'call',
  thread,
  call: position,
  at: 0,
});
const ended = (thread: number, outcome: Outcome): HistoryEvent => ({ type: 'end', thread, outcome, at: 0 });
const calledBack = (thread: number, outcome: Outcome): HistoryEvent => ({
  type: 'callback',
  thread,
  outcome,
  at: 0,
});
const quiet: HistoryEvent = { type: 'quiet', at: 0, until: Infinity };
const nothing = { returns: undefined };

describe('a function that is handed over', () => {
  const on1 = (...threads: readonly (readonly Call[])[]): Program => ({
    objects: [object('event'), cell],
    threads,
  });
  const opened: History = [made(0), ended(0, nothing), made(1)];

  test('is called where a step says so, and the call goes on after it', () => {
    const program = on1([toggle], [enter]);
    const history = [...opened, calledBack(1, { returns: 0 }), ended(1, { returns: 0 }), quiet];
    expect(verdictOf(program, ...history)).toEqual({ kind: 'allowed' });
  });

  test('is not called before', () => {
    const verdict = verdictOf(on1([toggle], [enter]), made(1), calledBack(1, { returns: 0 }));
    expect(verdict).toMatchObject({
      kind: 'broken',
      event: 1,
      rules: ['event.wait.blocks'],
      expected: ['stays blocked'],
      seen: 'calls what it was given, which returns 0',
    });
  });

  test('is called once', () => {
    const twice = [calledBack(1, { returns: 0 }), calledBack(1, { returns: 0 })];
    const verdict = verdictOf(on1([toggle], [enter]), ...opened, ...twice);
    expect(verdict).toMatchObject({ kind: 'broken', event: 4, expected: ['returns 0'] });
  });

  test('is not left out', () => {
    const verdict = verdictOf(on1([toggle], [enter]), ...opened, ended(1, { returns: 0 }));
    expect(verdict).toMatchObject({
      kind: 'broken',
      expected: ['calls what it was given, which returns 0'],
      seen: 'returns 0',
    });
    expect(verdictOf(on1([toggle], [enter]), ...opened, quiet)).toMatchObject({
      kind: 'stuck',
      thread: 1,
      expected: expect.arrayContaining(['calls what it was given, which returns 0']),
    });
  });

  test('sees what other objects hold at that moment', () => {
    const write = on(1, call('write', { value: 5 }));
    const program = on1([toggle, write], [enter]);
    const late = [...opened, made(0, 1), ended(0, nothing), calledBack(1, { returns: 0 })];
    // It may have looked before the write, and not after it with another result.
    expect(verdictOf(program, ...late, ended(1, { returns: 0 }))).toEqual({ kind: 'allowed' });
    expect(verdictOf(program, ...late, ended(1, { returns: 5 }))).toMatchObject({ kind: 'broken' });
    const before = [made(0, 1), ended(0, nothing), ...opened.slice(0, 2), made(1)];
    expect(verdictOf(program, ...before, calledBack(1, { returns: 0 }))).toMatchObject({ kind: 'broken' });
  });

  test('is evidence of its own', () => {
    const program = on1([toggle], [enter]);
    const trial = new Judge(program.objects, automatonOf).begin(program);
    for (const event of [...opened, calledBack(1, { returns: 0 }), ended(1, { returns: 0 })])
      trial.feed(event);
    expect(trial.evidence).toMatchObject([
      { rules: ['event.set.sets'], labels: [] },
      { rules: ['event.wait.blocks'], labels: [] },
      { rules: ['event.wait.returns-true'], labels: ['event: entered'] },
    ]);
  });
});

describe('an object that is given another', () => {
  const objects = [object('event', { main: reference(1) }), object('event'), cell];

  test('changes it, and depends on it', () => {
    const program = { objects, threads: [[toggle], [on(1, call('enter', { predicate: reads(2) }))]] };
    const history = [
      made(1),
      made(0),
      ended(0, nothing),
      calledBack(1, { returns: 0 }),
      ended(1, { returns: 0 }),
    ];
    expect(verdictOf(program, ...history)).toEqual({ kind: 'allowed' });
    expect(verdictOf(program, made(1), calledBack(1, { returns: 0 }))).toMatchObject({ kind: 'broken' });
    const back = { objects, threads: [[on(1, toggle)], [call('enter', { predicate: reads(2) })]] };
    expect(verdictOf(back, ...history)).toEqual({ kind: 'allowed' });
  });

  test('may be refused it', () => {
    const program = { objects: [object('event', { main: reference(1) }), cell], threads: [[toggle]] };
    const creation = (outcome: Outcome): HistoryEvent => ({ type: 'created', object: 0, outcome, at: 0 });
    expect(verdictOf(program, creation({ raises: 'TypeError' }))).toEqual({ kind: 'allowed' });
    expect(verdictOf(program, creation(nothing))).toMatchObject({
      kind: 'broken',
      expected: ['raises TypeError'],
    });
  });
});
