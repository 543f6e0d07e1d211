import { describe, expect, test } from 'vitest';
import { timeoutMax } from './automata/acquireArguments.ts';
import { catalogue } from './catalogue.ts';
import { call, type Example, isExplored, isOrdered, object, returns, step } from './example.ts';
import { automatonOf, rulesOf } from './families.ts';
import { closingLeave, startsThreads } from './program.ts';
import type { Rule } from './rule.ts';
import { unsoundIn } from './soundness.ts';
import { canStall } from './stalls.ts';

const encoded = [...rulesOf.values()].flat();
const rules = encoded.filter((row): row is Rule => 'examples' in row);
const allOrdered = rules.flatMap(({ id, examples }) => examples.filter(isOrdered).map(named(id)));
/** Those that automata can run: they start no threads. */
const ordered = allOrdered.filter(([, { objects }]) => !startsThreads(objects));
const explored = rules.flatMap(({ id, examples }) => examples.filter(isExplored).map(named(id)));

function named(id: string) {
  return <T extends Example>(example: T) => [`${id}: ${example.title}`, example] as const;
}

describe('the rules and the catalogue', () => {
  for (const [family, own] of rulesOf) {
    test(`every row of ${family} is a rule, or not applicable for a reason`, () => {
      const rows = catalogue.filter((row) => row.family === family).map(({ id }) => id);
      expect(own.map(({ id }) => id).sort()).toEqual(rows.sort());
    });
  }

  test('no id stands twice, and none belongs to another family', () => {
    expect(new Set(encoded.map(({ id }) => id)).size).toBe(encoded.length);
    for (const [family, own] of rulesOf) {
      expect(own.filter((row) => row.family !== family)).toEqual([]);
    }
  });

  test('what does not apply says why, and what may fail says where to look', () => {
    const sentences = encoded.map((row) => ('examples' in row ? row.lookAt : row.notApplicable));
    expect(sentences.filter((sentence) => !/^[A-Z0-9].+\.$/u.test(sentence))).toEqual([]);
  });
});

describe('the examples', () => {
  test('every rule has one, and its titles are different', () => {
    const unclear = rules.filter(
      ({ examples }) =>
        examples.length === 0 || new Set(examples.map(({ title }) => title)).size < examples.length,
    );
    expect(unclear.map(({ id }) => id)).toEqual([]);
  });

  test('a rule on races or on what must happen at last has one to explore', () => {
    const unexplored = rules
      .filter(({ observe }) => observe === 'race' || observe === 'liveness')
      // Where there is one thread, there is one schedule.
      .filter(({ family }) => family !== 'dummy')
      .filter(({ examples }) => examples.every(isOrdered));
    expect(unexplored.map(({ id }) => id)).toEqual([]);
  });

  test('a freedom that is used by histories as a whole has one to explore, or that runs in a process', () => {
    const whole = rules.filter(({ usedIn }) => usedIn !== undefined);
    expect(whole.filter(({ level }) => level !== 'may').map(({ id }) => id)).toEqual([]);
    const lockstep = whole.filter(({ examples }) =>
      examples.every((example) => isOrdered(example) && !startsThreads(example.objects)),
    );
    expect(lockstep.map(({ id }) => id)).toEqual([]);
    // What a step of one call uses, its automaton cites: a run of an example alone says nothing.
    const single = rules.filter(({ level, usedIn }) => level === 'may' && usedIn === undefined);
    expect(single.map(({ id }) => id)).toEqual([
      'cond.wait.spurious-free',
      'cond.wait.late-return-free',
      'cond.notify.plain-lock-owner-free',
      'cond.notify.more-than-n-free',
      'cond.notify.absorbed-by-expiring-free',
      'queue.qsize.advisory',
    ]);
  });

  test('an ordered one says what it has to show, about a step or about the constructor', () => {
    const silent = allOrdered
      .filter(
        ([, { creation, steps }]) => creation === undefined && steps.every(({ shows }) => shows.length === 0),
      )
      .map(([title]) => title);
    expect(silent).toEqual([]);
  });

  test('one to explore has at least two threads, and closes every with-statement', () => {
    const wrong = explored.filter(
      ([, { threads }]) =>
        threads.length < 2 ||
        threads.some((calls) =>
          calls.some(
            ({ method }, position) => method === 'with' && closingLeave(calls, position) === calls.length,
          ),
        ),
    );
    expect(wrong).toEqual([]);
  });
});

test('one to explore waits for a few seconds, or for too long even if a second is a thousandth of one', () => {
  const timeouts = explored.flatMap(([title, { objects, threads }]) =>
    [...objects, ...threads.flat()].map(({ args: { timeout } }) => [title, timeout] as const),
  );
  const endless = timeouts.filter(
    ([, timeout]) => typeof timeout === 'number' && timeout > 60 && timeout / 1000 <= timeoutMax,
  );
  expect(endless).toEqual([]);
  expect(timeouts.filter(([, timeout]) => typeof timeout === 'number').length).toBeGreaterThan(10);
});

describe('the specification ends, shows and nothing but shows', () => {
  test.each([...explored, ...ordered])('%s', (_, example) => {
    expect(unsoundIn(example, automatonOf)).toEqual([]);
  });
});

describe('what is wrong with an example is told', () => {
  const acquire = call('acquire');
  const objects = [object('lock')];
  test.each<[string, Example, RegExp]>([
    [
      'a contradiction',
      { title: '', objects, steps: [step(1, acquire, returns(false))] },
      /^After step 1 thread 1 has to show 'returns false', and the automaton says 'returns true'/,
    ],
    ['nothing to show', { title: '', objects, steps: [step(1, acquire)] }, /every implementation would pass/],
    ['a standstill', { title: '', objects, threads: [[acquire], [acquire]] }, /standstill/],
    ['one thread', { title: '', objects, threads: [[acquire]] }, /at least two threads/],
    [
      'a call of a thread that waits',
      { title: '', objects, steps: [step(1, acquire, returns(true)), step(1, acquire), step(1, acquire)] },
      /thread 1 still waits for its last call/,
    ],
  ])('%s', (_, example, message) => {
    const [first] = unsoundIn(example, automatonOf);
    expect(first).toMatch(message);
  });
});

test('a program that can stall is told from one that cannot', () => {
  const acquire = call('acquire');
  const objects = [object('lock')];
  expect(canStall({ objects, threads: [[acquire], [acquire]] }, automatonOf)).toBe(true);
  const pair = [acquire, call('release')];
  expect(canStall({ objects, threads: [pair, pair] }, automatonOf)).toBe(false);
});
