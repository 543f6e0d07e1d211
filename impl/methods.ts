import type { Family } from '../spec/program.ts';

const queueMethods = [
  'put',
  'get',
  'putNowait',
  'getNowait',
  'qsize',
  'empty',
  'full',
  'taskDone',
  'join',
  'shutdown',
  'maxsize',
  'assign',
] as const;

const omissibleOfQueues = [
  'create.maxsize',
  'put.block',
  'put.timeout',
  'get.block',
  'get.timeout',
  'putNowait',
  'getNowait',
  'qsize',
  'empty',
  'full',
  'taskDone',
  'join',
  'shutdown',
  'shutdown.immediate',
  'maxsize',
  'assign',
] as const;

/** The families that an implementation can provide, and the methods of each. */
export const methods = {
  lock: ['acquire', 'release', 'locked'],
  rlock: ['acquire', 'release', 'locked'],
  sem: ['acquire', 'release'],
  bsem: ['acquire', 'release'],
  event: ['isSet', 'set', 'clear', 'wait'],
  cond: ['acquire', 'release', 'locked', 'wait', 'waitFor', 'notify', 'notifyAll'],
  barrier: ['wait', 'abort', 'reset', 'parties', 'nWaiting', 'broken', 'assign'],
  queue: queueMethods,
  lifo: queueMethods,
  prio: queueMethods,
  simpleq: ['put', 'get', 'putNowait', 'getNowait', 'qsize', 'empty'],
} as const satisfies Partial<Record<Family, readonly string[]>>;

/**
 * Which of the methods are attributes in the documentation. Left out of an adapter they are read as
 * properties, or called if they are functions; `assign` sets them.
 */
const attributes: Partial<Record<Family, readonly string[]>> = {
  barrier: ['parties', 'nWaiting', 'broken'],
  queue: ['maxsize'],
  lifo: ['maxsize'],
  prio: ['maxsize'],
};

/** The attributes of a family's objects. */
export function attributesOf(family: Family): readonly string[] {
  return attributes[family] ?? [];
}

/**
 * What an implementation may say it does not provide: methods of its families, arguments of methods, and
 * those of constructors (`cond.create.lock`).
 */
export const omissible = {
  lock: ['locked', 'acquire.blocking', 'acquire.timeout'],
  rlock: ['locked', 'acquire.blocking', 'acquire.timeout'],
  sem: ['acquire.blocking', 'acquire.timeout', 'release.n'],
  bsem: ['acquire.blocking', 'acquire.timeout', 'release.n'],
  event: ['isSet', 'clear', 'wait.timeout'],
  cond: [
    'create.lock',
    'locked',
    'acquire.blocking',
    'acquire.timeout',
    'wait.timeout',
    'waitFor',
    'waitFor.timeout',
    'notify.n',
    'notifyAll',
  ],
  barrier: [
    'create.timeout',
    'create.action',
    'wait.timeout',
    'abort',
    'reset',
    'parties',
    'nWaiting',
    'broken',
    'assign',
  ],
  queue: omissibleOfQueues,
  lifo: omissibleOfQueues,
  prio: omissibleOfQueues,
  simpleq: [
    'put.block',
    'put.timeout',
    'get.block',
    'get.timeout',
    'putNowait',
    'getNowait',
    'qsize',
    'empty',
  ],
} as const satisfies Record<keyof typeof methods, readonly string[]>;
