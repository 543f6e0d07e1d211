import { describe, expect, test } from 'vitest';
import { on } from '../../example.ts';
import type { HistoryEvent } from '../../history.ts';
import type { Program } from '../../program.ts';
import { isAlive, join, start, threadFor } from './calls.ts';
import { cutsOff, joinsInACircle, refusesLateStart } from './endUses.ts';

const objects = [threadFor(2), threadFor(3)];
const makes = (thread: number, call = 0): HistoryEvent => ({ type: 'call', thread, call, at: 0 });
const gives = (thread: number): HistoryEvent => {
  return { type: 'end', thread, outcome: { returns: undefined }, at: 0 };
};
const fails = (thread: number): HistoryEvent => {
  return { type: 'end', thread, outcome: { raises: 'RuntimeError' }, at: 0 };
};
const begins = (thread: number): HistoryEvent => {
  return { type: 'begin', thread, given: { json: '[]' }, realm: thread, at: 0 };
};
const finishes = (thread: number): HistoryEvent => {
  return { type: 'finish', thread, outcome: { returns: undefined }, at: 0 };
};
const exits: HistoryEvent = { type: 'exit', code: 0, at: 0 };

describe('a freedom of threads is used where', () => {
  test('two wait for each other at once, and nobody says so', () => {
    const program: Program = { objects, threads: [[], [on(1, join)], [on(0, join)]] };
    expect(joinsInACircle([makes(1), makes(2), gives(1), gives(2)], program)).toBe(true);
    expect(joinsInACircle([makes(1), gives(1), makes(2), gives(2)], program)).toBe(false);
    expect(joinsInACircle([makes(1), makes(2), fails(2), gives(1)], program)).toBe(false);
  });

  test('but not where one of them looks only', () => {
    const program: Program = { objects, threads: [[], [on(1, join)], [on(0, isAlive)]] };
    expect(joinsInACircle([makes(1), makes(2), gives(2), gives(1)], program)).toBe(false);
  });

  test('the process ends and a thread was at work', () => {
    expect(cutsOff([begins(1), finishes(0), exits])).toBe(true);
    expect(cutsOff([begins(1), finishes(1), finishes(0), exits])).toBe(false);
    expect(cutsOff([begins(1), finishes(0)])).toBe(false);
  });

  test('no thread can be started when main has ended', () => {
    const program: Program = { objects, threads: [[on(0, start)], [on(1, start)]] };
    expect(refusesLateStart([finishes(0), makes(1), fails(1)], program)).toBe(true);
    expect(refusesLateStart([finishes(0), makes(1), gives(1)], program)).toBe(false);
    expect(refusesLateStart([makes(1), fails(1), finishes(0)], program)).toBe(false);
  });
});
