import { describe, expect, test } from 'vitest';
import { judgeOf, verdictOf } from '../../fixtures/histories/judging.ts';
import { acquire, attempt, call, release, type Story, told } from '../../fixtures/histories/story.ts';
import { lockAutomaton } from '../automata/lock.ts';
import type { History, HistoryEvent, Outcome } from '../history.ts';
import type { Args, Program } from '../program.ts';
import { Judge } from './judge.ts';

describe('a history that no lock shows is broken', () => {
  const cases: readonly [title: string, story: Story, rule: string, expected: string, seen: string][] = [
    ['two holders', told().holds(0).holds(1), 'lock.mutual-exclusion', 'stays blocked', 'returns true'],
    [
      'one holder twice',
      told().holds(0).holds(0),
      'lock.acquire.not-reentrant',
      'stays blocked',
      'returns true',
    ],
    [
      'a try that takes a held lock',
      told().holds(0).call(1, attempt).returns(1, true),
      'lock.mutual-exclusion',
      'returns false',
      'returns true',
    ],
    [
      'a try that fails on a free lock',
      told().call(0, attempt).returns(0, false),
      'lock.acquire.nonblocking-succeeds',
      'returns true',
      'returns false',
    ],
    [
      'an acquire without a value',
      told().call(0, acquire).returns(0),
      'lock.acquire.returns-true',
      'returns true',
      'returns undefined',
    ],
    [
      'a release with a value',
      told().holds(0).call(0, release).returns(0, true),
      'lock.release.returns-none',
      'returns undefined',
      'returns true',
    ],
    [
      'a release of a free lock',
      told().call(0, release).returns(0),
      'lock.release.unlocked-raises',
      'raises RuntimeError',
      'returns undefined',
    ],
    [
      'a release that is refused',
      told().holds(0).call(0, release).raises(0, 'RuntimeError'),
      'lock.release.unlocks',
      'returns undefined',
      'raises RuntimeError',
    ],
    [
      "another's release that is refused",
      told().holds(0).call(1, release).raises(1, 'RuntimeError'),
      'lock.release.any-thread',
      'returns undefined',
      'raises RuntimeError',
    ],
    [
      'the wrong kind of error',
      told().call(0, release).raises(0, 'TypeError'),
      'lock.release.unlocked-raises',
      'raises RuntimeError',
      'raises TypeError',
    ],
    [
      'a wrong answer',
      told().holds(0).call(1, call('locked')).returns(1, false),
      'lock.locked',
      'returns true',
      'returns false',
    ],
    [
      'two waiters let in by one release',
      told()
        .holds(0)
        .call(1, acquire)
        .blocked(1)
        .call(2, acquire)
        .blocked(2)
        .call(0, release)
        .returns(0)
        .returns(1, true)
        .returns(2, true),
      'lock.mutual-exclusion',
      'stays blocked',
      'returns true',
    ],
  ];

  test.each(cases)('%s', (_, story, rule, expected, seen) => {
    const verdict = verdictOf(story);
    expect(verdict).toMatchObject({ kind: 'broken', event: story.history.length - 1, seen });
    expect(verdict).toHaveProperty('rules', expect.arrayContaining([rule]));
    expect(verdict).toHaveProperty('expected', [expected]);
    const last = story.history.at(-1);
    expect(verdict).toHaveProperty('thread', last?.type === 'end' ? last.thread : undefined);
  });

  test('a constructor that refuses what it must take, or takes what it must refuse', () => {
    const created = (outcome: Outcome): History => [{ type: 'created', object: 0, outcome, at: 0 }];
    const program = (args: Args): Program => ({ objects: [{ family: 'lock', args }], threads: [[]] });
    const verdict = (args: Args, outcome: Outcome) =>
      new Judge(program(args).objects, () => lockAutomaton).judge(program(args), created(outcome));
    expect(verdict({}, { returns: undefined }).kind).toBe('allowed');
    expect(verdict({ value: 1 }, { raises: 'TypeError' }).kind).toBe('allowed');
    expect(verdict({}, { raises: 'TypeError' })).toMatchObject({
      kind: 'broken',
      event: 0,
      rules: ['lock.new.class'],
      expected: ['an object'],
      seen: 'raises TypeError',
    });
    expect(verdict({ value: 1 }, { returns: undefined })).toMatchObject({
      expected: ['raises TypeError'],
      seen: 'an object',
    });
  });
});

describe('a history that does not fit its program is refused', () => {
  const story = told().call(0, acquire);
  const feed = (event: HistoryEvent) => () => judgeOf(story).begin(story.program).feed(event);

  test('with the call, the thread or the object that there is not', () => {
    expect(feed({ type: 'call', thread: 0, call: 1, at: 0 })).toThrow('Thread 0 has no call 1.');
    expect(feed({ type: 'call', thread: 3, call: 0, at: 0 })).toThrow('Thread 3 has no call 0.');
    expect(feed({ type: 'created', object: 2, outcome: { returns: null }, at: 0 })).toThrow(
      'The program has no object 2.',
    );
  });
});
