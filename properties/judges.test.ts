import { expect, test } from 'vitest';
import { call, object } from '../spec/example.ts';
import type { Program } from '../spec/program.ts';
import { documented } from '../spec/rulebook.ts';
import { Judges } from './judges.ts';

const surface = { pollingInterval: 0, profile: 'strict' } as const;

function programOn(value: number): Program {
  return { objects: [object('sem', { value })], threads: [[call('acquire', { blocking: false })]] };
}

/** Lets a judge think about a program whose only call takes a unit. */
function judged(judges: Judges, program: Program) {
  const judge = judges.for(program);
  const verdict = judge.judge(program, [
    { type: 'call', thread: 0, call: 0, at: 0 },
    { type: 'end', thread: 0, at: 0, outcome: { returns: true } },
  ]);
  return { judge, verdict };
}

test('programs on the same objects have the same judge', () => {
  const judges = new Judges(surface);
  expect(judged(judges, programOn(1)).judge).toBe(judges.for(programOn(1)));
  expect(judges.for(programOn(1))).not.toBe(judges.for(programOn(2)));
});

test('what was not asked for longest is forgotten first, and judged the same when it comes again', () => {
  const judges = new Judges(surface, documented, 8);
  const first = judged(judges, programOn(1));
  const second = judged(judges, programOn(2));
  expect(judges.for(programOn(1))).toBe(first.judge);
  judged(judges, programOn(3));
  expect(judges.for(programOn(4))).not.toBe(second.judge);
  expect(judges.for(programOn(1))).toBe(first.judge);
  const again = judged(judges, programOn(2));
  expect(again.judge).not.toBe(second.judge);
  expect(again.verdict).toEqual(second.verdict);
});
