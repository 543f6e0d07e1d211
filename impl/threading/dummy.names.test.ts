import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import * as dummy from './dummy.ts';
import * as threading from './index.ts';

/** What the documentation has in its own module, `queue`. */
const ofQueues = ['Queue', 'LifoQueue', 'PriorityQueue', 'SimpleQueue', 'Empty', 'Full', 'ShutDown'];

test('every name of lockproof/threading is here, but those of queues', () => {
  const missing = Object.keys(threading).filter((name) => !(name in dummy));
  expect(missing.toSorted()).toEqual(ofQueues.toSorted());
});

test.each([
  ['Lock', threading.Lock, dummy.Lock],
  ['RLock', threading.RLock, dummy.RLock],
  ['Condition', threading.Condition, dummy.Condition],
  ['Semaphore', threading.Semaphore, dummy.Semaphore],
  ['BoundedSemaphore', threading.BoundedSemaphore, dummy.BoundedSemaphore],
  ['Event', threading.Event, dummy.Event],
  ['Barrier', threading.Barrier, dummy.Barrier],
  ['Thread', threading.Thread, dummy.Thread],
])('%s has all methods that it has there', (_, there, here) => {
  const object = here === dummy.Barrier ? new dummy.Barrier(1) : here.prototype;
  const missing = membersOf(there.prototype).filter((name) => !(name in object));
  // What sem.ts makes a semaphore's memory with.
  expect(missing.filter((name) => name !== 'begin')).toEqual([]);
});

/** Names of an object's members, and of what it inherits. */
function membersOf(object: object): string[] {
  if (object === Object.prototype) return [];
  return [...Object.getOwnPropertyNames(object), ...membersOf(Object.getPrototypeOf(object) as object)];
}

test('it works where there is no SharedArrayBuffer', () => {
  const program = `
    delete globalThis.SharedArrayBuffer;
    const dummy = await import(${JSON.stringify(new URL('./dummy.ts', import.meta.url).href)});
    const { Barrier, Condition, Event, Local, Lock, Semaphore, Thread, Timer, _thread, withLock } = dummy;
    const seen = [];
    class Named extends Local { static slots = ['all']; init(name) { this.name = name; } }
    const [lock, local] = [new Lock(), new Named('own')];
    const thread = new Thread({ target: (...args) => {
      withLock(lock, () => seen.push(...args, lock.acquire(false), local.name));
      local.all = [new Condition().locked(), new Event().wait(), new Semaphore(0).acquire(false), new Barrier(5).wait()];
    }, args: ['argument'] });
    thread.start();
    new Timer(5, () => seen.push('timer')).start();
    _thread.startNewThread(() => _thread.exit(), []);
    console.log(JSON.stringify([typeof SharedArrayBuffer, seen, local.all, thread.isAlive()]));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  expect(JSON.parse(printed)).toEqual([
    'undefined',
    ['argument', false, 'own', 'timer'],
    [false, true, false, 0],
    false,
  ]);
});
