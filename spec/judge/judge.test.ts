import { describe, expect, test } from 'vitest';
import { lockAutomaton } from '../automata/lock.ts';
import type { History, HistoryEvent, Outcome } from '../history.ts';
import type { Args, Call, Program, Value } from '../program.ts';
import { Judge, type JudgeOptions } from './judge.ts';
import type { Verdict } from './verdict.ts';

const call = (method: string, args: Args = {}): Call => ({ object: 0, method, args });
const acquire = call('acquire');
const release = call('release');
const attempt = call('acquire', { blocking: false });
const patient = call('acquire', { timeout: 1 });

/** A program and what it showed, written down together: threads are counted from 0. */
class Told {
  readonly #calls: Call[][] = [];
  readonly #events: HistoryEvent[] = [];
  #at = 0;

  after(seconds: number): this {
    this.#at += seconds;
    return this;
  }

  call(thread: number, made: Call): this {
    while (this.#calls.length <= thread) this.#calls.push([]);
    const calls = this.#calls[thread] as Call[];
    calls.push(made);
    return this.#push({ type: 'call', thread, call: calls.length - 1, at: this.#at });
  }

  blocked(thread: number): this {
    return this.#push({ type: 'blocked', thread, at: this.#at });
  }

  returns(thread: number, value?: Value): this {
    return this.#end(thread, { returns: value });
  }

  raises(thread: number, kind: string): this {
    return this.#end(thread, { raises: kind });
  }

  quiet(until = Infinity): this {
    return this.#push({ type: 'quiet', at: this.#at, until });
  }

  /** A thread acquires the lock and has it. */
  holds(thread: number): this {
    return this.call(thread, acquire).returns(thread, true);
  }

  get program(): Program {
    return { objects: [{ family: 'lock', args: {} }], threads: this.#calls };
  }

  get history(): History {
    return this.#events;
  }

  #end(thread: number, outcome: Outcome): this {
    return this.#push({ type: 'end', thread, outcome, at: this.#at });
  }

  #push(event: HistoryEvent): this {
    this.#events.push(event);
    return this;
  }
}

const told = () => new Told();

function judgeOf({ program }: Told, options?: JudgeOptions): Judge {
  return new Judge(program.objects, () => lockAutomaton, options);
}

function verdictOf(story: Told, options?: JudgeOptions): Verdict {
  return judgeOf(story, options).judge(story.program, story.history);
}

/** What the last event of a story that is allowed was evidence for. */
function lastEvidence(story: Told, judge = judgeOf(story)) {
  const trial = judge.begin(story.program);
  let before = 0;
  let last: readonly string[] = [];
  for (const event of story.history) {
    expect(trial.feed(event)).toEqual({ kind: 'allowed' });
    const news = trial.evidence.slice(before);
    before = trial.evidence.length;
    last = news.flatMap(({ rules, labels }) => [...rules, ...labels]);
  }
  return last;
}

describe('a history that no lock shows is broken', () => {
  const cases: readonly [title: string, story: Told, rule: string, expected: string, seen: string][] = [
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

  function trialOf(judge: Judge, story: Told) {
    const trial = judge.begin(story.program);
    const verdicts: Verdict[] = [];
    for (const event of story.history) {
      verdicts.push(trial.feed(event));
      if (verdicts.at(-1)?.kind !== 'allowed') break;
    }
    return { verdicts, evidence: trial.evidence };
  }

  test('one judge for all, in any order and again and again, or one for each', () => {
    const shared = judgeOf(told());
    for (const order of [stories, stories.toReversed(), stories]) {
      for (const story of order) expect(trialOf(shared, story)).toEqual(trialOf(judgeOf(story), story));
    }
  });

  test('event by event or at once', () => {
    for (const story of stories) {
      expect(trialOf(judgeOf(story), story).verdicts.at(-1)).toEqual(verdictOf(story));
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

describe('evidence', () => {
  test('is what a call rests on', () => {
    expect(lastEvidence(told().holds(0))).toEqual(
      expect.arrayContaining(['lock.acquire.free', 'lock.acquire.returns-true']),
    );
    const woken = told().holds(0).call(1, acquire).blocked(1).call(0, release).returns(0).returns(1, true);
    expect(lastEvidence(woken)).toEqual(
      expect.arrayContaining(['lock.no-lost-wakeup', 'lock.mutual-exclusion', 'granted after sleeping']),
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
