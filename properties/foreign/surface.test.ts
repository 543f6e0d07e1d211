import { describe, expect, test } from 'vitest';
import type { HarnessDescription } from '../../impl/protocol.ts';
import { surfaceOf } from './surface.ts';

const right: HarnessDescription = { lockproof: 1, name: 'locks', version: '2.1', families: ['lock'] };

test('what a harness leaves out is what it most likely means', () => {
  expect(surfaceOf(right, false)).toMatchObject({
    name: 'locks 2.1',
    families: ['lock'],
    missing: [],
    forms: [],
    deviations: [],
    pollingInterval: 0,
    profile: 'strict',
  });
});

describe('what there is not is refused by name', () => {
  test.each<[string, Partial<HarnessDescription>, RegExp]>([
    ['a family', { families: ['lock', 'latch'] }, /the family 'latch', which there is not; there are lock, /],
    ['a method', { missing: ['sem.release.n'] }, /lacks 'sem\.release\.n', which belongs to no family/],
    [
      'an argument',
      { missing: ['lock.acquire.patience'] },
      /lacks 'lock\.acquire\.patience', which no implementation/,
    ],
    [
      'a day',
      { deviations: [{ rule: 'lock.locked', reason: 'it is slow', until: 'soon' }] },
      /until 'soon', which is no day/,
    ],
    [
      'a deviation whose day is over',
      { deviations: [{ rule: 'lock.locked', reason: 'it is slow', until: '2020-01-31' }] },
      /its deviation from 'lock\.locked' was accepted until 2020-01-31/,
    ],
    [
      'a rule',
      { deviations: [{ rule: 'lock.is-fast', reason: 'it is slow', until: '2099-01-01' }] },
      /deviates from 'lock\.is-fast', which is no rule/,
    ],
  ])('%s', (_, wrong, message) => {
    expect(() => surfaceOf({ ...right, ...wrong }, false)).toThrow(message);
  });
});
