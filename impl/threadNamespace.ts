import type { ThreadFamily } from '../spec/program.ts';

/**
 * What an implementation offers of Python's `threading` beside the primitives, by the documentation's
 * names: the members of a module such as `lockproof/threading`. Threads cannot be handed over as memory: a
 * new thread finds its functions and classes by itself, in the module that exports them.
 *
 * - `Thread`, `Timer`, `Local`: classes. What is posted of an instance becomes the same one by the class's
 *   static `from(posted)` in another thread.
 * - `threadFunction(import.meta, fn)` and `threadClass(import.meta, Class)` name what new threads run; both
 *   give it back.
 * - `_thread`: the low-level functions.
 * - the functions of the module, in camelCase; `setExcepthook(f)` stands for `threading.excepthook = f`.
 */
export type ThreadNamespace = Readonly<Record<string, unknown>>;

/** The member of a namespace without which a family is not provided. */
export const mandatoryMember: Readonly<Record<Exclude<ThreadFamily, 'dummy'>, string>> = {
  thread: 'Thread',
  timer: 'Timer',
  local: 'Local',
  mod: 'currentThread',
  lowthread: '_thread',
};

/** What examples call of each family, and an implementation may lack: methods of a class, functions of a namespace. */
const threadMembers = {
  thread: ['start', 'run', 'join', 'isAlive', 'getName', 'setName', 'isDaemon', 'setDaemon'],
  timer: ['start', 'join', 'isAlive', 'cancel'],
  local: [],
  mod: [
    'activeCount',
    'currentThread',
    'enumerate',
    'getExcepthook',
    'getIdent',
    'getprofile',
    'gettrace',
    'mainThread',
    'originalExcepthook',
    'setExcepthook',
    'setprofile',
    'setprofileAllThreads',
    'settrace',
    'settraceAllThreads',
    'stackSize',
    'TIMEOUT_MAX',
  ],
  lowthread: ['allocateLock', 'exit', 'getIdent', 'interruptMain', 'startNewThread', '_count'],
  dummy: ['Thread', 'Lock', 'Event', '_thread'],
} as const satisfies Readonly<Record<ThreadFamily, readonly string[]>>;

/** The families of threads that these namespaces provide. */
export function threadFamiliesIn(
  threading: ThreadNamespace | undefined,
  dummyThreading: ThreadNamespace | undefined,
): readonly ThreadFamily[] {
  const families: ThreadFamily[] = [];
  for (const [family, member] of Object.entries(mandatoryMember)) {
    if (threading?.[member] !== undefined) families.push(family as ThreadFamily);
  }
  if (dummyThreading !== undefined) families.push('dummy');
  return families;
}

/** The members that the namespaces lack, by the names that `notProvided` has for them: `timer.cancel`. */
export function missingMembers(
  threading: ThreadNamespace | undefined,
  dummyThreading: ThreadNamespace | undefined,
): readonly string[] {
  return threadFamiliesIn(threading, dummyThreading).flatMap((family) => {
    const owner = ownerOf(family, threading, dummyThreading);
    return threadMembers[family].filter((name) => !(name in owner)).map((name) => `${family}.${name}`);
  });
}

/** Where a family's members are looked for: a class's prototype, or a namespace. */
function ownerOf(
  family: ThreadFamily,
  threading: ThreadNamespace = {},
  dummyThreading: ThreadNamespace = {},
): object {
  if (family === 'dummy') return dummyThreading;
  if (family === 'mod') return threading;
  const member = threading[mandatoryMember[family]];
  return Object((typeof member === 'function' ? member.prototype : member) ?? {}) as object;
}
