import { describe, expect, test } from 'vitest';
import { call, Story } from '../../fixtures/histories/story.ts';
import { automatonOf } from '../families.ts';
import { Judge } from '../judge/judge.ts';
import type { Verdict } from '../judge/verdict.ts';

const start = call('start');
const join = call('join');
const isAlive = call('isAlive');
const cancel = call('cancel');

/** Main is thread 0; thread 1 is what the Thread runs, and its begin has been awaited from the beginning. */
function thread(): Story {
  return new Story([{ family: 'thread', args: { target: { body: 1 } } }]).call(1, call('begins'));
}

function timer(): Story {
  return new Story([{ family: 'timer', args: { interval: 1, function: { body: 1 } } }]).call(
    1,
    call('begins'),
  );
}

const started = (story = thread()) => story.call(0, start).returns(0);
const running = (story = thread()) => started(story).returns(1);
const leaves = (story: Story) => story.call(1, call('leaves')).returns(1);
const left = (story = thread()) => leaves(running(story));

function verdictOf({ program, history }: Story): Verdict {
  return new Judge(program.objects, automatonOf).judge(program, history);
}

describe('a thread may', () => {
  const cases: readonly [string, Story][] = [
    ['begin before start() has returned', thread().call(0, start).returns(1).returns(0)],
    ['be alive before it has begun', started().call(0, isAlive).returns(0, true)],
    ['be alive for a moment after it has left', left().call(0, isAlive).returns(0, true)],
    ['be seen to have ended', left().call(0, isAlive).returns(0, false).call(0, join).returns(0)],
    ['be joined by two', leaves(running().call(2, join)).returns(2).call(0, join).returns(0)],
    [
      'be joined while it runs, for a time',
      running()
        .call(0, call('join', { timeout: 1 }))
        .after(2)
        .returns(0),
    ],
    ['never begin if nobody starts it', thread().call(0, isAlive).returns(0, false).quiet()],
  ];
  test.each(cases.map(([what, story]) => [what, story] as const))('%s', (_, story) => {
    expect(verdictOf(story)).toEqual({ kind: 'allowed' });
  });
});

describe('a thread must not', () => {
  test.each<[string, Story, string]>([
    ['begin before its start', thread().returns(1), 'thread.ctor.does-not-start'],
    ['be started twice', started().call(0, start).returns(0), 'thread.start.once-running'],
    ['be started when it has ended', left().call(0, start).returns(0), 'thread.start.once-finished'],
    ['be alive before its start', thread().call(0, isAlive).returns(0, true), 'thread.alive.before-start'],
    ['be dead while it runs', running().call(0, isAlive).returns(0, false), 'thread.alive.during-run'],
    [
      'be alive after a join',
      left().call(0, join).returns(0).call(0, isAlive).returns(0, true),
      'thread.alive.after-end',
    ],
    ['let a join return while it runs', running().call(0, join).returns(0), 'thread.join.blocks'],
    [
      'let a join return too early',
      running()
        .call(0, call('join', { timeout: 1 }))
        .returns(0),
      'thread.join.blocks',
    ],
    ['be joined before its start', thread().call(0, join).returns(0), 'thread.join.unstarted-raises'],
    ['join itself', running().call(1, join).returns(1), 'thread.join.self-raises'],
    ['return what it did from a join', left().call(0, join).returns(0, true), 'thread.join.returns-none'],
    ['stay away for ever when it was started', started().quiet(), 'thread.start.runs-in-new-thread'],
    ['let a joiner sleep for ever', leaves(running().call(2, join)).quiet(), 'thread.join.returns-at-end'],
  ])('%s', (_, story, rule) => {
    const verdict = verdictOf(story);
    expect(verdict.kind).not.toBe('allowed');
    expect((verdict as { rules: readonly string[] }).rules).toContain(rule);
  });

  test('let one joiner sleep when another has gone on', () => {
    const story = running().call(2, join).call(0, join).call(1, call('leaves')).returns(1).returns(0).quiet();
    expect(verdictOf(story)).toMatchObject({
      kind: 'stuck',
      rules: expect.arrayContaining(['thread.join.many-joiners']),
    });
  });
});

describe('a timer may', () => {
  test.each<[string, Story]>([
    ['begin though it has been cancelled', started(timer()).call(0, cancel).returns(0).returns(1)],
    [
      'never begin when it was cancelled',
      started(timer()).call(0, cancel).returns(0).call(0, join).returns(0).quiet(),
    ],
    [
      'be cancelled before its start, and ends then',
      timer().call(0, cancel).returns(0).call(0, start).returns(0).call(0, join).returns(0).quiet(),
    ],
    ['be cancelled too late', left(timer()).call(0, cancel).returns(0)],
  ])('%s', (_, story) => {
    expect(verdictOf(story)).toEqual({ kind: 'allowed' });
  });
});

describe('a timer must not', () => {
  const cancelled = () => started(timer()).call(0, cancel).returns(0);
  test.each<[string, Story, string]>([
    [
      'begin when it was cancelled before its start',
      timer().call(0, cancel).returns(0).call(0, start).returns(0).returns(1),
      'timer.cancel.waiting',
    ],
    [
      'begin when it was seen to have ended',
      cancelled().call(0, join).returns(0).returns(1),
      'timer.cancel.waiting',
    ],
    ['never begin', started(timer()).quiet(), 'timer.fires'],
    [
      'raise when it is cancelled',
      started(timer()).call(0, cancel).raises(0, 'RuntimeError'),
      'timer.cancel.idempotent',
    ],
    ['let a join return before its call', started(timer()).call(0, join).returns(0), 'thread.join.blocks'],
  ])('%s', (_, story, rule) => {
    const verdict = verdictOf(story);
    expect(verdict.kind).not.toBe('allowed');
    expect((verdict as { rules: readonly string[] }).rules).toContain(rule);
  });
});
