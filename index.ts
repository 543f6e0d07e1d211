/**
 * Lockproof as a library: describe an implementation, specify a primitive, judge a history.
 *
 * An implementation's module default-exports `defineImplementation({...})`. A primitive of one's own is what
 * `defineSpecification(import.meta, {...})` returns, from a module of its own: implementations `provide` it, and are
 * judged by its rules as by the documentation's. `new Judge(objects, () => automaton).judge(program, history)`
 * says of a single history whether an automaton allows what was seen, and which rules are broken if not.
 *
 * @module
 */

export { defineImplementation } from './impl/defineImplementation.ts';
export {
  type Definition,
  defineSpecification,
  type OwnAutomaton,
  type OwnRule,
} from './impl/defineSpecification.ts';
export { checkSpecification } from './impl/checkSpecification.ts';
export { attribute, method } from './impl/ownMethods.ts';
export {
  type OwnAdapter,
  type OwnCalls,
  provide,
  type Provided,
  type TypedSpecification,
} from './impl/provide.ts';
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
export type { Method, Specification } from './spec/specification.ts';
export { type Block, fresh, weigh, type WeightedBlock } from './spec/blocks.ts';
export {
  blocks,
  call,
  callsBack,
  callsBackAtLeast,
  elapse,
  type Example,
  type ExampleStep,
  type Expectation,
  type ExploredExample,
  giving,
  object,
  on,
  oneOf,
  type OrderedExample,
  raises,
  reads,
  reference,
  returns,
  returnsOneOf,
  step,
  thread,
  throwing,
} from './spec/example.ts';
export { catalogue, type CatalogueRow, type Level, type Observation } from './spec/catalogue.ts';
