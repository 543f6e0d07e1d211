import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueRow, type Level } from '../spec/catalogue.ts';
import { rulesOf } from '../spec/families.ts';
import { concludeRun, counts, type Findings } from './conclude.ts';
import type { Counterexample, LabelResult, RaceResult, RuleResult, RuleVerdict } from './run.ts';
import { Tally } from './tally.ts';

const ids = [...rulesOf.values()].flat().map(({ id }) => id);
const levels: readonly Level[] = ['must', 'should', 'observed'];

function resultOf(id: string, verdict: RuleVerdict): RuleResult {
  const { family, level, statement } = catalogueRow(id);
  const evidence = { exercised: 1, interleavings: 1, randomExecutions: 1 };
  return { record: 'rule', rule: id, family, level, statement, verdict, ...evidence };
}

function counterexampleOf(...rules: readonly string[]): Counterexample {
  return {
    record: 'counterexample',
    number: 1,
    rules,
    engine: 'baton',
    kind: 'broken',
    program: { objects: [], threads: [] },
    history: [],
    event: 0,
    thread: 0,
    expected: [],
    seen: '',
    trace: [],
    preemptions: 0,
    minimality: '',
    foundAfter: 1,
  };
}

interface Parts {
  readonly counterexamples?: readonly Counterexample[];
  readonly races?: readonly RaceResult[];
  readonly labels?: readonly LabelResult[];
  readonly missing?: readonly string[];
  readonly level?: Level;
}

/** What a run says of these rules, all of whose families are provided. */
function concluded(rules: readonly RuleResult[], parts: Parts = {}) {
  const { counterexamples = [], races = [], labels = [], missing = [], level = 'must' } = parts;
  const surface = {
    name: 'mine',
    families: ['lock' as const],
    missing,
    forms: [],
    deviations: [],
    benignRaces: [],
    pollingInterval: 0,
    profile: 'strict' as const,
  };
  const findings: Findings = { surface, results: [], tally: new Tally(), counterexamples, races };
  return concludeRun(rules, labels, level, findings, true);
}

const kept = resultOf('lock.release.unlocks', 'kept');

describe('a counterexample', () => {
  test('for which no rule is named is never taken for conformance', () => {
    fc.assert(
      fc.property(fc.subarray(ids, { maxLength: 5 }), fc.constantFrom(...levels), (chosen, level) => {
        const rules = [kept, ...chosen.map((id) => resultOf(id, 'kept'))];
        expect(concluded(rules, { level }).verdict).toBe('conforms');
        expect(concluded(rules, { level, counterexamples: [counterexampleOf()] })).toEqual({
          verdict: 'broken',
          reason: 'something happened that no automaton allows, and no rule is named for it',
        });
      }),
    );
  });

  test('of a rule that was not asked for is not either, if the level of the run counts it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...levels), (other, level) => {
        fc.pre(other !== kept.rule);
        const { verdict, reason } = concluded([kept], { level, counterexamples: [counterexampleOf(other)] });
        const counted = counts(catalogueRow(other).level, level);
        expect(verdict).toBe(counted ? 'inconclusive' : 'conforms');
        expect(reason).toBe(counted ? `a rule that was not asked for is broken: ${other}` : '1 rule is kept');
      }),
    );
  });
});

function raceOf(declared?: string): RaceResult {
  const access = {
    thread: 0,
    access: 'read',
    atomic: false,
    file: 'a.ts',
    line: 1,
    column: 1,
    function: '',
  } as const;
  return {
    record: 'race',
    number: 1,
    first: { ...access, access: 'write' },
    second: { ...access, thread: 1 },
    memory: 1,
    byte: 0,
    program: { objects: [], threads: [] },
    token: '',
    ...(declared !== undefined && { declared }),
  };
}

describe('a race', () => {
  test('keeps a run from conforming, and changes no other verdict', () => {
    const verdicts: readonly RuleVerdict[] = ['kept', 'broken', 'inconclusive', 'unexercised'];
    for (const verdict of verdicts) {
      const rules = [resultOf('lock.acquire.free', verdict), kept];
      const without = concluded(rules).verdict;
      expect(concluded(rules, { races: [raceOf()] }).verdict).toBe(
        without === 'conforms' ? 'inconclusive' : without,
      );
    }
    expect(concluded([kept], { races: [raceOf(), raceOf()] }).reason).toMatch(/^2 races of plain reads/);
  });

  test('that is declared changes nothing', () => {
    expect(concluded([kept], { races: [raceOf('It does no harm.')] })).toEqual(concluded([kept]));
    expect(concluded([kept], { races: [raceOf('It does no harm.'), raceOf()] }).reason).toMatch(/^1 race of/);
  });
});

describe('the verdict of a run', () => {
  test.each<[RuleVerdict, string, string]>([
    ['kept', 'conforms', '2 rules are kept'],
    ['broken', 'broken', '1 rule is broken: lock.acquire.free'],
    ['inconclusive', 'inconclusive', 'nothing can be said of lock.acquire.free'],
    ['unexercised', 'vacuous', 'nothing exercised lock.acquire.free'],
    ['not provided', 'conforms', '1 rule is kept'],
    ['deviates', 'conforms', '1 rule is kept'],
  ])('with one rule %s and another kept: %s', (verdict, expected, reason) => {
    const result = concluded([resultOf('lock.acquire.free', verdict), kept]);
    expect(result).toEqual({ verdict: expected, reason });
  });

  test('is vacuous without anything that was judged', () => {
    expect(concluded([]).verdict).toBe('vacuous');
    expect(concluded([resultOf('lock.locked', 'not provided')]).verdict).toBe('vacuous');
    // A freedom that is used is no rule that is kept.
    expect(concluded([resultOf('lock.release.choice-free', 'used')]).verdict).toBe('vacuous');
  });

  test('is vacuous if a situation was not reached, unless something is left out on purpose', () => {
    const labels = [{ record: 'label', family: 'lock', label: 'expired', reached: 0 }] as const;
    expect(concluded([kept], { labels })).toEqual({
      verdict: 'vacuous',
      reason: 'no program came to: lock: expired',
    });
    expect(concluded([kept], { labels, missing: ['lock.acquire.timeout'] }).verdict).toBe('conforms');
    expect(concluded([kept], { labels, missing: ['sem.acquire.timeout'] }).verdict).toBe('vacuous');
  });
});

test('a level counts itself and what is stricter', () => {
  const counted = levels.map((asked) => levels.filter((level) => counts(level, asked)));
  expect(counted).toEqual([['must'], ['must', 'should'], ['must', 'should', 'observed']]);
  expect(levels.some((asked) => counts('may', asked))).toBe(false);
});
