import { checkBenignRaces } from './checkBenignRaces.ts';
import { dayOf, isDay, isExpired } from './deviations.ts';
import { errorKinds } from './implementation.ts';
import type { Specification } from '../spec/specification.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';
import { describeFound, type Inspection, isRecord, listed } from './inspection.ts';
import { nearest } from './nearest.ts';

type Unchecked = Readonly<Record<string, unknown>>;

/**
 * Checks what an implementation says beside its families.
 * @param own the specifications of its own primitives.
 */
export function checkDescription(
  inspection: Inspection,
  value: Unchecked,
  moment: Date,
  own: readonly Specification[] = [],
): void {
  const vocabulary = vocabularyOf(own);
  const name = inspection.read(value, 'name', 'name', nameExample);
  if (typeof name !== 'string' || name.trim() === '') {
    inspection.report('name', 'a name for the reports', name, nameExample);
  }
  checkPollingInterval(inspection, value);
  checkProfile(inspection, value);
  checkErrors(inspection, value, own.length > 0);
  checkNotProvided(inspection, value, vocabulary);
  checkDeviations(inspection, value, moment, vocabulary);
  checkBenignRaces(inspection, value);
}

function checkPollingInterval(inspection: Inspection, value: Unchecked): void {
  const example = 'pollingInterval: 0.01, // looks again every 10 ms';
  const seconds = inspection.read(value, 'pollingInterval', 'pollingInterval', example);
  if (seconds === undefined) return;
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0) return;
  inspection.report('pollingInterval', 'a finite number of seconds, not negative', seconds, example);
}

function checkProfile(inspection: Inspection, value: Unchecked): void {
  const example = "profile: 'lax', // a condition may wake more waiters than it was asked to";
  const profile = inspection.read(value, 'profile', 'profile', example);
  if (profile === undefined || profile === 'strict' || profile === 'lax') return;
  inspection.report('profile', "'strict' or 'lax'", profile, example);
}

/** @param open primitives of its own may have kinds of error of their own. */
function checkErrors(inspection: Inspection, value: Unchecked, open: boolean): void {
  const errors = inspection.read(value, 'errors', 'errors', errorsExample);
  if (errors === undefined) return;
  if (!isRecord(errors)) {
    inspection.report('errors', 'an object from kinds of error to classes or names', errors, errorsExample);
    return;
  }
  if (!open) inspection.refuseUnknownKeys(errors, 'errors', errorKinds, errorsExample);
  for (const kind of open ? Object.keys(errors) : errorKinds) {
    const own = inspection.read(errors, kind, `errors.${kind}`, errorsExample);
    if (own === undefined || (typeof own === 'string' && own !== '') || isClass(own)) continue;
    inspection.report(`errors.${kind}`, 'a class or the name of its instances', own, errorsExample);
  }
}

/** True for what `instanceof` takes on its right: no arrow function, no method. */
function isClass(value: unknown): boolean {
  return typeof value === 'function' && Object.hasOwn(value, 'prototype') && isRecord(value.prototype);
}

function checkNotProvided(inspection: Inspection, value: Unchecked, vocabulary: Vocabulary): void {
  const { families, namesOf } = vocabulary;
  const left = inspection.read(value, 'notProvided', 'notProvided', notProvidedExample);
  if (left === undefined) return;
  if (!Array.isArray(left)) {
    inspection.report('notProvided', 'an array of names', left, notProvidedExample);
    return;
  }
  left.forEach((name: unknown, position) => {
    const path = `notProvided[${position}]`;
    const [family = ''] = typeof name === 'string' ? name.split('.') : [];
    const known = namesOf(family);
    if (typeof name !== 'string' || !known.includes(name)) {
      const expected = known.length > 0 ? listed(known) : `a method or an argument of ${listed(families)}`;
      const all = known.length > 0 ? known : families.flatMap(namesOf);
      const advice = adviceOnName(name, all, vocabulary);
      inspection.report(path, expected, name, notProvidedExample, advice);
    } else if (isMapped(inspection, value, name)) {
      const advice = `Remove it here if '${name}' is provided; remove its function if it is not.`;
      inspection.report(path, 'what the implementation does not map', name, notProvidedExample, advice);
    }
  });
}

function isMapped(inspection: Inspection, value: Unchecked, name: string): boolean {
  const [family = '', method = '', argument] = name.split('.');
  const adapter =
    inspection.read(value, family, family, notProvidedExample) ?? ownAdapter(value['own'], family);
  return argument === undefined && isRecord(adapter) && adapter[method] !== undefined;
}

function ownAdapter(own: unknown, family: string): unknown {
  const provided: readonly unknown[] = Array.isArray(own) ? own : [];
  return provided
    .filter(isRecord)
    .find(({ specification }) => isRecord(specification) && specification['family'] === family)?.['adapter'];
}

function adviceOnName(
  name: unknown,
  known: readonly string[],
  { families, isMethod }: Vocabulary,
): string | undefined {
  if (typeof name !== 'string') return undefined;
  if (families.includes(name)) return `A whole family is just left out: remove '${name}' here.`;
  const near = nearest(name, known);
  if (near !== undefined) return `Did you mean '${near}'?`;
  const [family = '', method, argument] = name.split('.');
  return argument === undefined && isMethod(family, method)
    ? `Without '${method}' nothing of ${family} can be judged: leave the whole family out.`
    : undefined;
}

function checkDeviations(
  inspection: Inspection,
  value: Unchecked,
  moment: Date,
  { rules: known }: Vocabulary,
): void {
  const example = deviationsExample(moment);
  const deviations = inspection.read(value, 'deviations', 'deviations', example);
  if (deviations === undefined) return;
  if (!Array.isArray(deviations)) {
    inspection.report('deviations', 'an array', deviations, example);
    return;
  }
  const rules = new Set<string>();
  deviations.forEach((deviation: unknown, position) => {
    const path = `deviations[${position}]`;
    if (!isRecord(deviation)) {
      inspection.report(path, 'an object with rule, reason and until', deviation, example);
      return;
    }
    inspection.refuseUnknownKeys(deviation, path, ['rule', 'reason', 'link', 'until', 'seldom'], example);
    const rule = inspection.read(deviation, 'rule', `${path}.rule`, example);
    checkRule(inspection, path, rule, known, rules, example);
    const reason = inspection.read(deviation, 'reason', `${path}.reason`, example);
    if (typeof reason !== 'string' || reason.trim() === '') {
      inspection.report(`${path}.reason`, 'why the rule is broken, a sentence', reason, example);
    }
    const link = inspection.read(deviation, 'link', `${path}.link`, example);
    if (link !== undefined && typeof link !== 'string') {
      inspection.report(`${path}.link`, 'an address', link, example);
    }
    const seldom = inspection.read(deviation, 'seldom', `${path}.seldom`, example);
    if (seldom !== undefined && typeof seldom !== 'boolean') {
      inspection.report(`${path}.seldom`, 'true or false', seldom, example);
    }
    checkUntil(inspection, path, inspection.read(deviation, 'until', `${path}.until`, example), moment);
  });
}

function checkRule(
  inspection: Inspection,
  path: string,
  rule: unknown,
  known: Vocabulary['rules'],
  before: Set<string>,
  example: string,
): void {
  const property = `${path}.rule`;
  const row = known.find(({ id }) => id === rule);
  if (row === undefined) {
    const near =
      typeof rule === 'string'
        ? nearest(
            rule,
            known.map(({ id }) => id),
          )
        : undefined;
    const advice = near === undefined ? "'lockproof rules' lists all rules." : `Did you mean '${near}'?`;
    inspection.report(property, "a rule's id", rule, example, advice);
    return;
  }
  if (row.level === 'may') {
    inspection.report(
      property,
      'a rule that can be broken',
      rule,
      example,
      `'${row.id}' is a freedom: it is reported as used or unused, and fails nothing. Remove the deviation.`,
    );
  }
  if (before.has(row.id)) {
    inspection.report(property, 'one deviation a rule', `${row.id} again`, example, 'Merge the two.');
  }
  before.add(row.id);
}

function checkUntil(inspection: Inspection, path: string, until: unknown, moment: Date): void {
  const property = `${path}.until`;
  const example = deviationsExample(moment);
  if (!isDay(until)) {
    inspection.report(property, 'the last day it is accepted, as year-month-day', until, example);
  } else if (isExpired(until, moment)) {
    inspection.problems.push({
      property,
      expected: `a day from today (${dayOf(moment)}) on`,
      found: `${describeFound(until)}: the deviation has expired`,
      advice: 'Correct the implementation and remove the deviation, or decide anew and set a later day.',
      example,
    });
  }
}

const nameExample = "name: 'my-mutex',";

const errorsExample = `errors: { RuntimeError: NotLockedError, ValueError: 'RangeError' },`;

const notProvidedExample = "notProvided: ['lock.locked', 'lock.acquire.timeout'],";

/** A deviation that is accepted for half a year from now. */
function deviationsExample(moment: Date): string {
  const later = new Date(moment);
  later.setUTCMonth(later.getUTCMonth() + 6);
  return `deviations: [
  {
    rule: 'lock.release.unlocked-raises',
    reason: 'release() ignores a lock that is not locked; the next major version raises.',
    until: '${dayOf(later)}',
  },
],`;
}
