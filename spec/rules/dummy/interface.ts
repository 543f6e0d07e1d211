import { call, object, returns, step } from '../../example.ts';
import { listOf } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import type { Call } from '../../program.ts';

/** Asks which names are missing. */
function lacks(...names: readonly string[]): Call {
  return call('lacks', { names: listOf(...names) });
}

/** Asks which names a new object of a class is missing. */
function objectLacks(of: string, ...names: readonly string[]): Call {
  return call('lacks', { of, names: listOf(...names) });
}

const nothing = returns({ json: '[]' });
const ofLocks = ['acquire', 'release'];
const ofConditions = [...ofLocks, 'wait', 'waitFor', 'notify', 'notifyAll'];

/** The rules of what the module offers. */
export const interfaceRules: readonly Rule[] = [
  rule(
    'dummy.same-interface',
    'Look at what a program imports from the module with threads: it has to be here, too.',
    {
      title: 'the names of the module',
      objects: [object('dummy')],
      steps: [
        step(
          1,
          lacks('Thread', 'Timer', 'Local', 'currentThread', 'mainThread', 'enumerate', 'activeCount'),
          nothing,
        ),
        step(
          1,
          lacks('Lock', 'RLock', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Event', 'Barrier'),
          nothing,
        ),
        step(1, lacks('getIdent', 'settrace', 'setprofile', 'stackSize', 'TIMEOUT_MAX'), nothing),
        step(1, lacks('ThreadError', 'BrokenBarrierError'), nothing),
      ],
    },
    {
      title: 'the methods of its objects',
      objects: [object('dummy')],
      steps: [
        step(1, objectLacks('Thread', 'start', 'run', 'join', 'isAlive', 'name', 'ident', 'daemon'), nothing),
        step(1, objectLacks('Lock', ...ofLocks, 'locked'), nothing),
        step(1, objectLacks('RLock', ...ofLocks), nothing),
        step(1, objectLacks('Condition', ...ofConditions), nothing),
        step(1, objectLacks('Semaphore', ...ofLocks), nothing),
        step(1, objectLacks('BoundedSemaphore', ...ofLocks), nothing),
        step(1, objectLacks('Event', 'isSet', 'set', 'clear', 'wait'), nothing),
      ],
    },
  ),
];
