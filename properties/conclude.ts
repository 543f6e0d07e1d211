import type { Level } from '../spec/catalogue.ts';
import { programIn } from '../spec/checkExample.ts';
import type { Family } from '../spec/program.ts';
import type { NotApplicable, Rule } from '../spec/rule.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';
import type { Surface } from './engines/baton/thread.ts';
import { type EngineName, familyOf, isLeftOpen, lackingIn } from './plan.ts';
import type { Counterexample, LabelResult, RaceResult, RuleResult, RunVerdict } from './run.ts';
import type { UnitResult } from './runUnit.ts';
import type { Tally } from './tally.ts';

/** Everything a run found out, to be summed up. */
export interface Findings {
  readonly surface: Surface;
  readonly results: readonly UnitResult[];
  readonly tally: Tally;
  readonly counterexamples: readonly Counterexample[];
  readonly races: readonly RaceResult[];
  /** What was judged by; default the documentation's rules. */
  readonly rulebook?: Rulebook;
}

const strictness: readonly Level[] = ['must', 'should', 'observed'];

/** Whether broken rules of this level fail a run that asks for that one. */
export function counts(level: Level, asked: Level): boolean {
  const position = strictness.indexOf(level);
  return position >= 0 && position <= strictness.indexOf(asked);
}

/** What a run says of a rule. */
export function concludeRule(rule: Rule | NotApplicable, findings: Findings): RuleResult {
  const { surface, tally, results, counterexamples, rulebook = documented } = findings;
  const seen = tally.rules.get(rule.id) ?? { exercised: 0, interleavings: 0, randomExecutions: 0 };
  const base = {
    record: 'rule',
    rule: rule.id,
    family: rule.family,
    level: rule.level,
    statement: rule.statement,
    // What the documentation's rules say is known to whoever reads the record.
    ...(rulebook.specification(rule.family) !== undefined && 'lookAt' in rule && { lookAt: rule.lookAt }),
    exercised: seen.exercised,
    interleavings: seen.interleavings,
    randomExecutions: seen.randomExecutions,
  } as const;
  if (!('examples' in rule)) return { ...base, verdict: 'not applicable', reason: rule.notApplicable };
  if (isLeftOpen(rule, surface)) {
    return { ...base, verdict: 'not provided', reason: 'the implementation declares the lax profile' };
  }
  const counterexample = counterexamples.find(({ rules }) => rules.includes(rule.id));
  if (counterexample !== undefined) {
    const deviation = surface.deviations.find((declared) => declared.rule === rule.id);
    const cited = { ...base, counterexample: counterexample.number };
    if (deviation === undefined) return { ...cited, verdict: 'broken' };
    return { ...cited, verdict: 'deviates', reason: `${deviation.reason} (until ${deviation.until})` };
  }
  const hidden = results.find(({ failure }) => failure?.verdict.rules.includes(rule.id) === true)?.failure;
  if (hidden !== undefined) {
    const other = counterexamples
      .flatMap(({ rules }) => rules)
      .find((id) => hidden.verdict.rules.includes(id));
    return { ...base, verdict: 'inconclusive', reason: `hidden by ${other ?? 'another rule'}` };
  }
  const lacking = seen.exercised > 0 ? [] : lackingFor(rule, surface);
  if (lacking.length > 0) {
    return {
      ...base,
      verdict: 'not provided',
      reason: describeLacking(lacking),
    };
  }
  const inconclusive = results.find(
    ({ unit, inconclusive: why }) => why && 'rule' in unit && unit.rule.id === rule.id,
  );
  if (rule.level === 'may') return { ...base, verdict: seen.exercised > 0 ? 'used' : 'unused' };
  if (inconclusive?.inconclusive !== undefined) {
    const { reason, blamed } = inconclusive.inconclusive;
    return {
      ...base,
      verdict: 'inconclusive',
      reason: blamed.length > 0 ? `hidden by ${blamed[0]}` : reason,
    };
  }
  return { ...base, verdict: seen.exercised > 0 ? 'kept' : 'unexercised' };
}

function describeLacking(lacking: readonly string[]): string {
  if (lacking.includes('prog')) return 'the programs need `threading`, and a Node that has import.meta.main';
  return `the implementation has no ${lacking.join(' and no ')}`;
}

/** What the example that lacks least needs and the implementation does not have; empty: there is one that can run. */
function lackingFor(rule: Rule, surface: Surface): readonly string[] {
  const needs = rule.examples.map((example) => lackingIn(programIn(example), surface));
  return needs.reduce((least, other) => (other.length < least.length ? other : least));
}

/** The situations that programs of these families reached, and whether they had to. */
export function concludeLabels(
  families: readonly Family[],
  { tally, surface, rulebook = documented }: Findings,
): readonly LabelResult[] {
  return families
    .filter((family) => rulebook.hasAutomaton(family) && surface.families.some((own) => own === family))
    .flatMap((family) =>
      rulebook.plainAutomatonOf(family).labels.map((label) => ({
        record: 'label' as const,
        family,
        label,
        reached: tally.labels.get(`${family}: ${label}`) ?? 0,
      })),
    );
}

/** What a run says as a whole, and why. */
export function concludeRun(
  rules: readonly RuleResult[],
  labels: readonly LabelResult[],
  asked: Level,
  { surface, counterexamples, results, races, rulebook = documented }: Findings,
  whole: boolean,
): { readonly verdict: RunVerdict; readonly reason: string } {
  const counting = rules.filter(({ level }) => counts(level, asked));
  const having = (verdict: RuleResult['verdict']) => counting.filter((rule) => rule.verdict === verdict);
  const broken = having('broken');
  if (broken.length > 0) {
    return {
      verdict: 'broken',
      reason: `${plural(broken.length, 'rule is', 'rules are')} broken: ${listed(broken)}`,
    };
  }
  if (counterexamples.some((counterexample) => counterexample.rules.length === 0)) {
    return {
      verdict: 'broken',
      reason: 'something happened that no automaton allows, and no rule is named for it',
    };
  }
  const stale = rules.filter(
    ({ rule, verdict }) =>
      verdict === 'kept' &&
      surface.deviations.some((declared) => declared.rule === rule && declared.seldom !== true),
  );
  if (stale.length > 0) {
    return {
      verdict: 'broken',
      reason: `a deviation is declared from what is kept: ${listed(stale)}; remove it`,
    };
  }
  // A broken freedom is broken by what it rests on, and fails no run by itself.
  const chosen = new Set(rules.filter(({ level }) => level !== 'may').map(({ rule }) => rule));
  const others = counterexamples
    .flatMap((counterexample) =>
      counterexample.rules.some((rule) => chosen.has(rule)) ? [] : counterexample.rules,
    )
    .filter((id) => {
      const level = rulebook.rule(id)?.level;
      return level !== undefined && counts(level, asked);
    });
  if (others.length > 0) {
    return { verdict: 'inconclusive', reason: `a rule that was not asked for is broken: ${others[0]}` };
  }
  const inconclusive = having('inconclusive');
  if (inconclusive.length > 0) {
    return { verdict: 'inconclusive', reason: `nothing can be said of ${listed(inconclusive)}` };
  }
  const cut = results.find(({ unit, inconclusive: why }) => why && !('rule' in unit));
  if (cut?.inconclusive !== undefined) {
    const { unit, inconclusive: why } = cut;
    return {
      verdict: 'inconclusive',
      reason: `the generated programs of ${familyOf(unit)} were not all run: ${why.reason}`,
    };
  }
  const kept = having('kept');
  if (kept.length + having('deviates').length === 0) {
    return {
      verdict: 'vacuous',
      reason: 'no rule was judged: the implementation provides nothing of what was asked for',
    };
  }
  const unexercised = having('unexercised');
  if (unexercised.length > 0) {
    return { verdict: 'vacuous', reason: `nothing exercised ${listed(unexercised)}` };
  }
  const unreached = whole
    ? labels.filter(({ reached, family }) => reached === 0 && complete(family, surface))
    : [];
  if (unreached.length > 0) {
    const names = unreached.map(({ family, label }) => `${family}: ${label}`).join('; ');
    return { verdict: 'vacuous', reason: `no program came to: ${names}` };
  }
  const racing = races.filter(({ declared }) => declared === undefined).length;
  if (racing > 0) {
    return {
      verdict: 'inconclusive',
      reason: `${plural(racing, 'race', 'races')} of plain reads and writes: what was explored is all that can happen only where there is none`,
    };
  }
  return { verdict: 'conforms', reason: `${plural(kept.length, 'rule is', 'rules are')} kept` };
}

function complete(family: string, { missing }: Surface): boolean {
  return !missing.some((name) => name.startsWith(`${family}.`));
}

function listed(rules: readonly RuleResult[]): string {
  const names = rules.slice(0, 4).map(({ rule }) => rule);
  return rules.length > 4 ? `${names.join(', ')} and ${rules.length - 4} more` : names.join(', ');
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Whether a run covers its families whole, so that every label has to be reached. */
export function isWhole(globs: readonly string[], engines: readonly EngineName[]): boolean {
  return globs.length === 0 && (engines.includes('baton') || engines.includes('coroutine'));
}

/** Every family of the documentation that has rules. */
export const allFamilies = documented.families;
