import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../fixtures/histories/judging.ts';
import { acquire, patient, release, told } from '../../fixtures/histories/story.ts';

describe('stuck', () => {
  const lost = () => told().holds(0).call(1, acquire).blocked(1).call(0, release).returns(0);

  test('is a waiter that nobody wakes', () => {
    expect(verdictOf(lost().quiet())).toEqual({
      kind: 'stuck',
      event: 6,
      thread: 1,
      rules: expect.arrayContaining(['lock.no-lost-wakeup']) as unknown,
      expected: ['returns true'],
      seen: 'stays blocked for ever',
    });
  });

  test('is also a waiter that sleeps on for a while, unless it polls more often than that', () => {
    expect(verdictOf(lost().quiet(5))).toMatchObject({ kind: 'stuck', thread: 1, seen: 'sleeps on' });
    expect(verdictOf(lost().quiet(5), { pollingInterval: 4 }).kind).toBe('stuck');
    expect(verdictOf(lost().quiet(5), { pollingInterval: 5 }).kind).toBe('allowed');
    expect(verdictOf(lost().quiet(), { pollingInterval: 5 }).kind).toBe('stuck');
  });

  test('is a call that has happened and does not return', () => {
    const story = told().holds(0).call(0, release).quiet();
    expect(verdictOf(story)).toMatchObject({ kind: 'stuck', thread: 0, expected: ['returns undefined'] });
  });

  test('is not a call that nobody lets go on', () => {
    expect(verdictOf(told().holds(0).call(0, acquire).blocked(0).quiet()).kind).toBe('allowed');
    const behind = told().holds(0).call(1, acquire).blocked(1).call(2, acquire).blocked(2);
    expect(verdictOf(behind.quiet()).kind).toBe('allowed');
    expect(verdictOf(behind.call(0, release).returns(0).returns(2, true).quiet()).kind).toBe('allowed');
  });

  test('is a call that never gives up', () => {
    const story = () => told().holds(0).call(1, patient).blocked(1);
    expect(verdictOf(story().quiet(1)).kind).toBe('allowed');
    expect(verdictOf(story().after(3).quiet(9)).kind).toBe('allowed');
    expect(verdictOf(story().quiet())).toMatchObject({
      kind: 'stuck',
      thread: 1,
      rules: ['lock.acquire.timeout-expires'],
      expected: ['returns false'],
    });
  });
});
