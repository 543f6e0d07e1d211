/**
 * Lockproof as a library: describe an implementation, specify a primitive, judge a history.
 *
 * An implementation's module default-exports `defineImplementation({...})`. A family of one's own
 * is an {@link Automaton}; `new Judge(objects, () => automaton).judge(program, history)` says
 * whether it allows what was seen, and which rules are broken if not.
 *
 * @module
 */

export { defineImplementation } from './impl/defineImplementation.ts';
export { checkImplementation } from './impl/checkImplementation.ts';
export { ContractError, type Problem } from './impl/contractError.ts';
export { UsageError } from './impl/usageError.ts';
export type {
  Adapter,
  BarrierArgs,
  BenignRace,
  ConditionArgs,
  Description,
  Deviation,
  GetArgs,
  Implementation,
  LockAcquireArgs,
  MethodArgs,
  NotifyArgs,
  ProvidedFamily,
  PutArgs,
  PutNowaitArgs,
  QueueArgs,
  SemaphoreAcquireArgs,
  SemaphoreArgs,
  SemaphoreReleaseArgs,
  ShutdownArgs,
  WaitForArgs,
  WaitArgs,
  WithAdapter,
} from './impl/implementation.ts';

export { Judge, type JudgeOptions } from './spec/judge/judge.ts';
export type { Trial } from './spec/judge/trial.ts';
export type { Evidence } from './spec/judge/evidence.ts';
export type { Allowed, Refused, Verdict } from './spec/judge/verdict.ts';
export {
  type Automaton,
  type Creation,
  type Pending,
  type Profile,
  type Progress,
  requested,
  type Step,
  type View,
} from './spec/automaton.ts';
export type { History, HistoryEvent, Outcome } from './spec/history.ts';
export type {
  Args,
  Argument,
  Call,
  Callback,
  Family,
  ObjectSpec,
  Program,
  Reference,
  Value,
} from './spec/program.ts';
export { catalogue, type CatalogueRow, type Level, type Observation } from './spec/catalogue.ts';
