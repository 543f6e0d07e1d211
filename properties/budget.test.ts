import { describe, expect, test } from 'vitest';
import { call, type Example, object, returns, step } from '../spec/example.ts';
import type { Rule } from '../spec/rule.ts';
import { efforts, schedulesEach } from './budget.ts';

const objects = [object('lock')];
const explored: Example = { title: 'explored', objects, threads: [[call('acquire')]] };
const ordered: Example = { title: 'ordered', objects, steps: [step(0, call('acquire'), returns(true))] };

function about(observe: Rule['observe'], first: Example, ...others: readonly Example[]) {
  return { observe, examples: [first, ...others] } as const;
}

const effort = { ...efforts.standard, random: 900, pct: 90, together: 2 };

describe('an explored example gets', () => {
  test('all schedules if it is the only one of a rule on races or liveness', () => {
    const all = { random: 900, pct: 90 };
    expect(schedulesEach(effort, about('race', explored))).toEqual(all);
    expect(schedulesEach(effort, about('liveness', ordered, explored, ordered))).toEqual(all);
    expect(schedulesEach(effort, about('race', explored, explored))).toEqual(all);
  });

  test('its share if the rule has many', () => {
    const many = about('race', explored, explored, ordered, explored);
    expect(schedulesEach(effort, many)).toEqual({ random: 600, pct: 60 });
  });

  test('some, never none, if the rule is on what one thread sees', () => {
    const { random, pct } = schedulesEach(effort, about('timed', explored));
    expect(random).toBeLessThan(900);
    expect(random).toBeGreaterThanOrEqual(100);
    expect(pct).toBeGreaterThanOrEqual(10);
    const single = schedulesEach({ ...effort, random: 1, pct: 1 }, about('timed', explored));
    expect(single).toEqual({ random: 1, pct: 1 });
  });
});
