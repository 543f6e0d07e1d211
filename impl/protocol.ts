import * as v from 'valibot';
import type { Ending } from '../spec/example.ts';
import { historyEvent, names, position, program, value } from './words.ts';

/*
 * What Lockproof and the harness of an implementation in another language say to each other, a line of JSON each.
 * `protocol/README.md` says what it means.
 */

/** The version of the protocol that this version of Lockproof speaks. */
export const protocolVersion = 1;

const seconds = v.pipe(v.number(), v.minValue(0));
const id = v.pipe(v.number(), v.integer(), v.minValue(1));
const threads = v.array(position);

const ending = v.union([
  v.strictObject({ returns: value }),
  v.strictObject({ raises: v.string(), value: v.exactOptional(v.number()) }),
]);

/** One step of a run that follows an order, and what to wait for before the next. */
export interface Step {
  readonly does:
    | { readonly call: number }
    | { readonly ends: number; readonly by: Ending }
    | { readonly elapse: number };
  /** Threads whose call has to end. */
  readonly returns: readonly number[];
  /** At least one of these threads' calls has to end, if there are any. */
  readonly returnsOne: readonly number[];
  /** Threads that have to begin. */
  readonly begins: readonly number[];
  /** Threads that have to fall asleep. */
  readonly blocks: readonly number[];
  /** Something must not happen: it is given time to. */
  readonly settles: boolean;
  /** The process has to end. */
  readonly exits: boolean;
}

const step: v.GenericSchema<unknown, Step> = v.strictObject({
  does: v.union([
    v.strictObject({ call: position }),
    v.strictObject({ ends: position, by: ending }),
    v.strictObject({ elapse: seconds }),
  ]),
  returns: threads,
  returnsOne: threads,
  begins: threads,
  blocks: threads,
  settles: v.boolean(),
  exits: v.boolean(),
});

/** What Lockproof asks. */
export const request = v.variant('ask', [
  v.strictObject({ lockproof: v.literal(protocolVersion), id, ask: v.literal('describe') }),
  v.strictObject({
    lockproof: v.literal(protocolVersion),
    id,
    ask: v.literal('follow'),
    program,
    startedBy: v.picklist(['harness', 'program']),
    steps: v.pipe(v.array(step), v.readonly()),
    patience: seconds,
    settling: seconds,
    ownProcess: v.boolean(),
  }),
  v.strictObject({
    lockproof: v.literal(protocolVersion),
    id,
    ask: v.literal('run'),
    program,
    startedBy: v.picklist(['harness', 'program']),
    executions: v.pipe(v.number(), v.integer(), v.minValue(1)),
    patience: seconds,
    seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.strictObject({ lockproof: v.literal(protocolVersion), id, ask: v.literal('wait'), patience: seconds }),
]);

/** A rule that an implementation breaks and says so. */
const deviation = v.strictObject({
  rule: v.string(),
  reason: v.string(),
  link: v.exactOptional(v.string()),
  until: v.string(),
  seldom: v.exactOptional(v.boolean()),
});

/** What a harness says of the implementation behind it. */
export const description = v.strictObject({
  lockproof: v.number(),
  name: v.string(),
  version: v.string(),
  families: names,
  missing: v.exactOptional(names),
  forms: v.exactOptional(v.array(v.picklist(['body', 'guard']))),
  profile: v.exactOptional(v.picklist(['strict', 'lax'])),
  pollingInterval: v.exactOptional(seconds),
  deviations: v.exactOptional(v.array(deviation)),
});

/** What happens in a run: the events of histories, and where a step or another execution begins. */
export const event = v.variant('type', [
  ...historyEvent.options,
  v.strictObject({ type: v.literal('step'), step: position, at: seconds }),
  v.strictObject({ type: v.literal('execution') }),
]);

/** The four kinds of answers, by the field that tells them apart. */
export const answers = {
  events: v.strictObject({ id, events: v.array(event) }),
  describes: v.strictObject({ id, describes: description }),
  done: v.strictObject({ id, done: v.strictObject({ clean: v.boolean(), standstill: v.boolean() }) }),
  error: v.strictObject({ id, error: v.string() }),
} as const;

/** What a harness answers. All but the last answer to a request have `events`. */
export const answer = v.union(Object.values(answers));

export type Request = v.InferOutput<typeof request>;
export type Answer = v.InferOutput<typeof answer>;
/** What happens in a run, as a harness tells it. */
export type HarnessEvent = v.InferOutput<typeof event>;
export type HarnessDescription = v.InferOutput<typeof description>;
