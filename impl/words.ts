import * as v from 'valibot';
import type { Argument, Family, Program, Value } from '../spec/program.ts';

/*
 * Programs and histories as JSON: in run files, and on the wire to implementations in other languages.
 */

/** What JSON has no word for, as run files have it. */
const numberWords = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 } as const;

/** `JSON.stringify`'s replacer: what JSON would lose becomes an object with the one key `$`. */
export function toWords(_key: string, value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value !== 'number') return value;
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $: Object.is(value, -0) ? '-0' : String(value) };
}

const numberWord = v.pipe(
  v.strictObject({ $: v.picklist(Object.keys(numberWords) as (keyof typeof numberWords)[]) }),
  v.transform(({ $ }): number => numberWords[$]),
);
const undefinedWord = v.pipe(
  v.strictObject({ $: v.literal('undefined') }),
  v.transform(() => undefined),
);
const seconds = v.union([v.number(), numberWord]);

/** A value that a call gives back, or an argument of the simple kinds. */
export const value: v.GenericSchema<unknown, Value> = v.union([
  v.null(),
  v.boolean(),
  v.number(),
  v.string(),
  v.strictObject({ json: v.string() }),
  numberWord,
  undefinedWord,
]);

/** Where something stands in a list, from 0. */
export const position = v.pipe(v.number(), v.integer(), v.minValue(0));
export const names = v.array(v.string());
/** One of the documentation's, or a name that somebody gave a primitive of their own. */
const family: v.GenericSchema<unknown, Family> = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]*$/u));
const outcome = v.union([
  v.strictObject({ returns: value }),
  v.strictObject({
    raises: v.string(),
    also: v.exactOptional(v.array(v.string())),
    message: v.exactOptional(v.string()),
  }),
]);

const argument: v.GenericSchema<unknown, Argument> = v.union([
  value,
  v.strictObject({ object: position }),
  v.strictObject({ callback: v.literal('reads'), object: position }),
  v.strictObject({ callback: v.literal('returns'), value }),
  v.strictObject({ callback: v.literal('throws') }),
  v.strictObject({ body: position }),
  v.strictObject({ list: v.array(v.lazy(() => argument)) }),
]);

const args = v.record(v.string(), argument);

/** A program; that every number in it points at something is checked with the history. */
export const program: v.GenericSchema<unknown, Program> = v.strictObject({
  objects: v.array(v.strictObject({ family, args })),
  threads: v.array(v.array(v.strictObject({ object: position, method: v.string(), args }))),
});

/** An event of a history. */
export const historyEvent = v.variant('type', [
  v.strictObject({ type: v.literal('created'), object: position, outcome, at: seconds }),
  v.strictObject({ type: v.literal('call'), thread: position, call: position, at: seconds }),
  v.strictObject({ type: v.literal('end'), thread: position, outcome, at: seconds }),
  v.strictObject({ type: v.literal('enter'), thread: position, value, at: seconds }),
  v.strictObject({ type: v.literal('callback'), thread: position, outcome, at: seconds }),
  v.strictObject({ type: v.literal('blocked'), thread: position, at: seconds }),
  v.strictObject({ type: v.literal('begin'), thread: position, given: value, realm: position, at: seconds }),
  v.strictObject({ type: v.literal('finish'), thread: position, outcome, at: seconds }),
  v.strictObject({
    type: v.literal('prints'),
    to: v.picklist(['stdout', 'stderr']),
    text: v.string(),
    at: seconds,
  }),
  v.strictObject({ type: v.literal('exit'), code: v.union([v.number(), v.string()]), at: seconds }),
  v.strictObject({ type: v.literal('quiet'), at: seconds, until: seconds }),
]);
