import { describe, expect, test } from 'vitest';
import { lastEvidence, verdictOf } from '../../fixtures/histories/judging.ts';
import { acquire, attempt, patient, release, told } from '../../fixtures/histories/story.ts';

describe('giving up', () => {
  const after = (seconds: number) =>
    told().holds(0).call(1, patient).blocked(1).after(seconds).returns(1, false);

  test.each([1, 1.5, 100])('after %d s of a time-out of 1 s is allowed', (seconds) => {
    expect(verdictOf(after(seconds)).kind).toBe('allowed');
    expect(lastEvidence(after(seconds))).toContain('lock.acquire.timeout-expires');
  });

  test.each([0, 0.5, 0.999])('after %d s of a time-out of 1 s is too early', (seconds) => {
    expect(verdictOf(after(seconds))).toMatchObject({
      kind: 'broken',
      rules: ['lock.acquire.timeout-expires'],
      expected: ['stays blocked'],
    });
  });

  test('may be early by as much as clocks err', () => {
    expect(verdictOf(after(0.9999995)).kind).toBe('allowed');
    expect(verdictOf(after(0.9), { clockTolerance: 0.2 }).kind).toBe('allowed');
    expect(verdictOf(after(0.9), { clockTolerance: 0.05 }).kind).toBe('broken');
  });

  test('is not allowed while the lock is free all the time', () => {
    const story = told().call(0, patient).after(2).returns(0, false);
    expect(verdictOf(story)).toMatchObject({ kind: 'broken', rules: ['lock.acquire.timeout-succeeds'] });
  });

  test('is not allowed without a time-out', () => {
    const story = told().holds(0).call(1, acquire).blocked(1).after(1e9).returns(1, false);
    expect(verdictOf(story)).toMatchObject({ kind: 'broken', rules: ['lock.acquire.default-blocks'] });
  });

  test('may lose the race against a release, or win it', () => {
    const race = () => told().holds(0).call(1, patient).blocked(1).after(1).call(0, release).returns(0);
    expect(verdictOf(race().returns(1, false)).kind).toBe('allowed');
    expect(verdictOf(race().returns(1, true)).kind).toBe('allowed');
    expect(verdictOf(race().returns(1, false).call(0, attempt).returns(0, false))).toMatchObject({
      kind: 'broken',
      rules: ['lock.acquire.nonblocking-succeeds'],
    });
  });
});
