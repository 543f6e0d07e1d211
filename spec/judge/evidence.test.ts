import { describe, expect, test } from 'vitest';
import { lastEvidence } from '../../fixtures/histories/judging.ts';
import { acquire, release, told } from '../../fixtures/histories/story.ts';

describe('evidence', () => {
  test('is what a call rests on', () => {
    expect(lastEvidence(told().holds(0))).toEqual(
      expect.arrayContaining(['lock.acquire.free', 'lock.acquire.returns-true']),
    );
    const woken = told().holds(0).call(1, acquire).blocked(1).call(0, release).returns(0).returns(1, true);
    expect(lastEvidence(woken)).toEqual(
      expect.arrayContaining([
        'lock.no-lost-wakeup',
        'lock.mutual-exclusion',
        'lock: granted after sleeping',
      ]),
    );
  });

  test('is not claimed of a call that may have waited or not', () => {
    const story = told().holds(0).call(1, acquire).call(0, release).returns(0).returns(1, true);
    const evidence = lastEvidence(story);
    expect(evidence).toContain('lock.acquire.returns-true');
    expect(evidence).not.toContain('lock.acquire.free');
    expect(evidence).not.toContain('lock.no-lost-wakeup');
    expect(evidence).not.toContain('lock.mutual-exclusion');
  });

  test('is not claimed of either of two calls if it is not known which it was', () => {
    // Three releases let both waiters pass, one after the other; only the first left one behind.
    const story = () =>
      told()
        .holds(0)
        .call(1, acquire)
        .blocked(1)
        .call(2, acquire)
        .blocked(2)
        .call(0, release)
        .call(3, release)
        .call(4, release)
        .returns(0)
        .returns(3)
        .returns(4);
    for (const [first, second] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const one = story().returns(first, true);
      expect(lastEvidence(one)).toContain('lock.no-lost-wakeup');
      expect(lastEvidence(one)).not.toContain('lock.release.one-proceeds');
      expect(lastEvidence(one.returns(second, true))).not.toContain('lock.release.one-proceeds');
    }
  });

  test('is claimed of a call that sleeps for good', () => {
    const story = told().holds(0).call(1, acquire).blocked(1).quiet();
    expect(lastEvidence(story)).toEqual(['lock.acquire.default-blocks']);
    expect(lastEvidence(story.quiet())).toEqual([]);
  });
});
