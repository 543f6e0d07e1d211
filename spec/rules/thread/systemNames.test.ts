import { expect, test } from 'vitest';
import type { History } from '../../history.ts';
import type { Program, Value } from '../../program.ts';
import { start, threadFor } from './calls.ts';
import { nameInSystem } from './starts.ts';
import { isNamelessInSystem } from './systemNames.ts';

const program: Program = { objects: [threadFor(2, { name: 'worker' })], threads: [[start], [nameInSystem]] };

/** The history of a thread that is told this name, after main's own call. */
function told(name: Value): History {
  return [
    { type: 'end', thread: 0, outcome: { returns: undefined }, at: 0 },
    { type: 'end', thread: 1, outcome: { returns: name }, at: 1 },
  ];
}

test('a thread is nameless where the system has no name for it, or another one', () => {
  expect(isNamelessInSystem(told(null), program)).toBe(true);
  expect(isNamelessInSystem(told(''), program)).toBe(true);
  expect(isNamelessInSystem(told('node'), program)).toBe(true);
});

test('it is not where the system has its name, or how that begins', () => {
  expect(isNamelessInSystem(told('worker'), program)).toBe(false);
  expect(isNamelessInSystem(told('work'), program)).toBe(false);
});

test('who was not told anything says nothing', () => {
  expect(isNamelessInSystem(told(null).slice(0, 1), program)).toBe(false);
});
