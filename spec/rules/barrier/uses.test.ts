import { describe, expect, test } from 'vitest';
import { call, object } from '../../example.ts';
import type { History, HistoryEvent } from '../../history.ts';
import type { Call, Program } from '../../program.ts';
import { numbersOutOfOrder, passesInPart, showsAllWaiting, waitsForLeavers } from './uses.ts';

const wait = call('wait');
const timed = call('wait', { timeout: 1 });
const nWaiting = call('nWaiting');

function program(...threads: readonly (readonly Call[])[]): Program {
  return { objects: [object('barrier', { parties: 2 })], threads };
}

const makes = (thread: number, made = 0, at = 0): HistoryEvent => ({ type: 'call', thread, call: made, at });
const sleeps = (thread: number, at = 0): HistoryEvent => ({ type: 'blocked', thread, at });
const gives = (thread: number, returns: number, at = 0): HistoryEvent => {
  return { type: 'end', thread, outcome: { returns }, at };
};
const fails = (thread: number, at = 0): HistoryEvent => {
  return { type: 'end', thread, outcome: { raises: 'BrokenBarrierError' }, at };
};

describe('a freedom of barriers is used where', () => {
  const both = program([wait], [wait]);

  test('who came first has the higher number', () => {
    const passage = (first: number, second: number): History => {
      return [makes(0), sleeps(0), makes(1), gives(1, second), gives(0, first)];
    };
    expect(numbersOutOfOrder(passage(1, 0), both)).toBe(true);
    expect(numbersOutOfOrder(passage(0, 1), both)).toBe(false);
  });

  test('but not where nobody knows who came first', () => {
    expect(numbersOutOfOrder([makes(0), makes(1), gives(1, 0), gives(0, 1)], both)).toBe(false);
  });

  test('one of two passes', () => {
    const passage: History = [makes(0), sleeps(0), makes(1), gives(1, 1)];
    expect(passesInPart([...passage, fails(0)], both)).toBe(true);
    expect(passesInPart([...passage, gives(0, 0)], both)).toBe(false);
    expect(passesInPart([makes(0), makes(1), fails(0), fails(1)], both)).toBe(false);
  });

  test('somebody is told of all parties', () => {
    const asking = program([nWaiting], [wait]);
    expect(showsAllWaiting([makes(0), gives(0, 2)], asking)).toBe(true);
    expect(showsAllWaiting([makes(0), gives(0, 1)], asking)).toBe(false);
    expect(showsAllWaiting([makes(1), gives(1, 2)], asking)).toBe(false);
  });

  test('somebody sleeps longer than for its own time, and others were leaving when it came', () => {
    const round = program([wait, timed], [wait]);
    const history = (until: number, early: boolean): History => [
      makes(0),
      makes(1),
      sleeps(1),
      gives(0, 1),
      ...(early ? [gives(1, 0)] : []),
      makes(0, 1),
      sleeps(0),
      ...(early ? [] : [gives(1, 0, 0.5)]),
      { type: 'quiet', at: 0.5, until },
      fails(0, until),
    ];
    expect(waitsForLeavers(history(1.5, false), round)).toBe(true);
    expect(waitsForLeavers(history(1, false), round)).toBe(false);
    expect(waitsForLeavers(history(1.5, true), round)).toBe(false);
  });
});
