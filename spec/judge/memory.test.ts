import { describe, expect, test } from 'vitest';
import { judgeOf, lastEvidence, trialOf, verdictOf } from '../../fixtures/histories/judging.ts';
import { acquire, attempt, call, patient, release, told } from '../../fixtures/histories/story.ts';
import type { Verdict } from './verdict.ts';

describe('what is remembered changes nothing', () => {
  const stories = [
    told().holds(0).holds(1),
    told().holds(0).call(1, acquire).blocked(1).call(0, release).returns(0).quiet(),
    told().holds(0).call(1, acquire).blocked(1).call(0, release).returns(0).returns(1, true),
    told().call(0, acquire).call(1, attempt).returns(1, true).quiet(),
    told().call(0, acquire).call(1, attempt).returns(1, false).returns(0, true),
    told()
      .call(0, call('acquire', { timeout: Number.NaN }))
      .raises(0, 'ValueError')
      .call(1, release),
    told()
      .call(0, call('acquire', { timeout: Infinity }))
      .raises(0, 'OverflowError')
      .call(1, release),
    told()
      .call(0, call('acquire', { timeout: null }))
      .raises(0, 'TypeError')
      .call(1, release),
    told().call(0, call('locked')).returns(0, false).call(1, release),
    told()
      .call(0, call('acquire', { timeout: 0 }))
      .returns(0, true)
      .call(1, release),
    told()
      .call(0, call('acquire', { timeout: '0' }))
      .returns(0, true)
      .call(1, release),
    told().call(0, acquire).returns(0, { json: 'true' }).call(1, release),
    told().call(0, acquire).returns(0, 'true').call(1, release),
    told().holds(0).call(1, patient).after(1).returns(1, false),
    told().holds(0).call(1, patient).after(0.5).returns(1, false),
  ];

  test('one judge for all, in any order and again and again, or one for each', () => {
    const shared = judgeOf(told());
    for (const order of [stories, stories.toReversed(), stories]) {
      for (const story of order) expect(trialOf(story, shared)).toEqual(trialOf(story));
    }
  });

  test('a judge that forgets all the time', () => {
    for (const mostInMind of [0, 3, 10]) {
      const shared = judgeOf(told(), { mostInMind });
      for (const story of [...stories, ...stories]) {
        expect(trialOf(story, shared)).toEqual(trialOf(story));
        expect(shared.size).toBeLessThan(mostInMind + 30);
      }
    }
  });

  test('event by event or at once', () => {
    for (const story of stories) {
      expect(trialOf(story).verdicts.at(-1)).toEqual(verdictOf(story));
    }
  });

  test('trials do not mix', () => {
    const judge = judgeOf(told());
    const trials = stories.map((story) => ({
      story,
      trial: judge.begin(story.program),
      last: undefined as unknown,
    }));
    for (let position = 0; position < 8; position++) {
      for (const own of trials) {
        const event = own.story.history[position];
        const over = own.last !== undefined && (own.last as Verdict).kind !== 'allowed';
        if (event !== undefined && !over) own.last = own.trial.feed(event);
      }
    }
    for (const { story, last } of trials) expect(last).toEqual(verdictOf(story));
  });

  test('evidence belongs to its own history', () => {
    // Whoever was granted the lock, the try tells. Whether the other slept meanwhile, it does not.
    const race = (sleeps: boolean) => {
      const story = told().holds(0).call(1, acquire).blocked(1).call(2, patient);
      if (sleeps) story.blocked(2);
      return story
        .call(0, release)
        .returns(0)
        .call(3, attempt)
        .returns(3, false)
        .after(2)
        .returns(2, false)
        .returns(1, true);
    };
    const shared = judgeOf(race(true));
    for (const sleeps of [true, false, true]) {
      expect(lastEvidence(race(sleeps), shared)).toEqual(lastEvidence(race(sleeps)));
      expect(lastEvidence(race(sleeps)).includes('lock.release.one-proceeds')).toBe(sleeps);
    }
  });
});
