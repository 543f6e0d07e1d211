import { describe, expect, test } from 'vitest';
import { acquire, call, patient, release, Story } from '../../../fixtures/histories/story.ts';
import { comesBetween, expiresLate, losesIncrement, overlaps } from './uses.ts';

const increment = call('increment');

describe('calls overlap', () => {
  test('if one is made while another one is under way', () => {
    const story = new Story().call(0, acquire).call(1, release).returns(0, true).returns(1);
    expect(overlaps(story.history)).toBe(true);
  });

  test('not if each has returned before the next one is made', () => {
    const story = new Story().holds(0).call(1, release).returns(1).holds(0);
    expect(overlaps(story.history)).toBe(false);
  });
});

describe('a thread comes between', () => {
  test('if the other one made a call before and makes one afterwards', () => {
    const story = new Story().holds(0).call(1, release).returns(1).call(0, acquire);
    expect(comesBetween(story.history)).toBe(true);
  });

  test('not if the other one has made all its calls, or none', () => {
    const story = new Story().holds(0).call(0, release).returns(0).holds(1).call(1, release);
    expect(comesBetween(story.history)).toBe(false);
  });
});

describe('an increment is lost', () => {
  test('if two wrote the same', () => {
    const story = new Story().call(0, increment).call(1, increment).returns(0, 1).returns(1, 1);
    expect(losesIncrement(story.history, story.program)).toBe(true);
  });

  test('not if each wrote something else, nor because other calls returned the same', () => {
    const story = new Story().call(0, increment).returns(0, 1).call(1, increment).returns(1, 2);
    story.call(0, release).returns(0, 1);
    expect(losesIncrement(story.history, story.program)).toBe(false);
  });
});

describe('a call expires late', () => {
  test('if it gives up after its time was over', () => {
    const story = new Story().call(0, patient).after(1.5).returns(0, false);
    expect(expiresLate(story.history, story.program)).toBe(true);
  });

  test('not if it gives up in time, or does not give up, or has no time-out', () => {
    const inTime = new Story().after(2).call(0, patient).after(1).returns(0, false);
    const granted = new Story().call(0, patient).after(1.5).returns(0, true);
    const plain = new Story().call(0, acquire).after(1.5).returns(0, false);
    for (const story of [inTime, granted, plain]) {
      expect(expiresLate(story.history, story.program)).toBe(false);
    }
  });
});
