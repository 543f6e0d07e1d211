import { describe, expect, test } from 'vitest';
import {
  acquire,
  attempt,
  call,
  patient,
  release,
  type Story,
  told,
} from '../../fixtures/histories/story.ts';
import type { Args, Family } from '../program.ts';
import { overtakes } from './overtaking.ts';

type How = Parameters<typeof overtakes>[0];

function seen(story: Story, how?: How, family: Family = 'lock', args: Args = {}): boolean {
  return overtakes(how)(story.history, { ...story.program, objects: [{ family, args }] });
}

/** The first thread has the lock, and the second one sleeps. */
const one = () => told().holds(0).call(1, acquire).blocked(1);
/** The third one has fallen asleep, too. */
const two = () => one().call(2, acquire).blocked(2).call(0, release).returns(0);

describe('a call that sleeps for a lock is overtaken', () => {
  test('by one that falls asleep later', () => {
    expect(seen(two().returns(2, true))).toBe(true);
    expect(seen(two().returns(2, true), 'asleep')).toBe(true);
    expect(seen(two().returns(2, true), 'awake')).toBe(false);
    expect(seen(two().returns(1, true))).toBe(false);
  });

  test('by one that does not sleep, a try too', () => {
    for (const made of [acquire, attempt]) {
      const story = one().call(0, release).returns(0).call(2, made).returns(2, true);
      expect(seen(story)).toBe(true);
      expect(seen(story, 'awake')).toBe(true);
      expect(seen(story, 'asleep')).toBe(false);
    }
  });

  test('not by one that was made before it slept', () => {
    const story = told().holds(0).call(2, acquire).call(1, acquire).blocked(1).blocked(2);
    expect(seen(story.call(0, release).returns(0).returns(2, true))).toBe(false);
  });

  test('not by one that fails, or comes when it has returned', () => {
    expect(seen(one().call(2, attempt).returns(2, false))).toBe(false);
    expect(seen(one().call(2, patient).blocked(2).after(1).returns(2, false))).toBe(false);
    const served = one().call(0, release).returns(0).returns(1, true).call(1, release).returns(1);
    expect(seen(served.holds(2))).toBe(false);
  });

  test('not if another release was for it', () => {
    const story = two().call(0, release).returns(2, true);
    expect(seen(story)).toBe(false);
  });
});

test('a call that sleeps for a unit is overtaken if there is none left', () => {
  const sleeper = () => told().call(0, acquire).blocked(0).call(1, acquire).blocked(1);
  const given = (n: number) => sleeper().call(2, call('release', { n })).returns(2).returns(1, true);
  expect(seen(given(1), 'asleep', 'sem', { value: 0 })).toBe(true);
  expect(seen(given(2), 'asleep', 'sem', { value: 0 })).toBe(false);
  expect(seen(given(1), 'asleep', 'sem', { value: 1 })).toBe(false);
});

test('a call that sleeps for an item is overtaken if there is none left', () => {
  const get = call('get');
  const put = call('put', { item: 'a' });
  const sleepers = () => told().call(0, get).blocked(0).call(1, get).blocked(1).call(2, put).returns(2);
  for (const family of ['queue', 'simpleq'] as const) {
    expect(seen(sleepers().returns(1, 'a'), undefined, family)).toBe(true);
    expect(seen(sleepers().returns(0, 'a'), undefined, family)).toBe(false);
    expect(seen(sleepers().call(2, put).returns(2).returns(1, 'a'), undefined, family)).toBe(false);
    expect(seen(sleepers().raises(1, 'Empty'), undefined, family)).toBe(false);
  }
});
