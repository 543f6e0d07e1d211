import { type Hook, share, shared } from './hooks.ts';
import { heads, registry } from './registry.ts';
import { known, load, loadNow, nameFor, type TargetName } from './targets.ts';

/*
 * Trace and profile functions. JavaScript has no events of single lines: what is installed in a thread is called there
 * once, before the thread runs. In threads that run already it is called at their next pause: that is, when they
 * call a function of the module. Words of the registry's head count the calls for all threads, and a realm
 * remembers how many it has seen.
 */

/** What is called with `thread-start` in a thread. */
export type TraceFunction = (event: 'thread-start') => unknown;

const counts = { trace: heads.traces, profile: heads.profiles } as const;

/** Functions that begin a thread. */
export interface Installed {
  readonly targets: readonly TargetName[];
  /** Calls for all threads before that. */
  readonly seen: { readonly trace: number; readonly profile: number };
}

const seen = { trace: 0, profile: 0 };
const set = new Map<Hook, { readonly fn: TraceFunction; readonly version: number }>();

/** What a thread that is started now begins with. */
export function installed(): Installed {
  const calls = { trace: callsOf('trace'), profile: callsOf('profile') };
  const targets = [shared('trace').target, shared('profile').target].filter((target) => target !== undefined);
  return { targets, seen: calls };
}

/** A thread begins here. */
export async function install({ targets, seen: calls }: Installed): Promise<void> {
  Object.assign(seen, calls);
  for (const target of targets) await begin(await load(target));
}

/** A thread begins here to which no function is called. */
export function installNothing(): void {
  Object.assign(seen, { trace: callsOf('trace'), profile: callsOf('profile') });
}

/** @throws TypeError for a function that other threads cannot find. */
export function setTracing(hook: 'trace' | 'profile', fn: TraceFunction | null): void {
  const target = fn === null ? undefined : nameFor(fn);
  if (fn !== null && target === undefined) {
    throw new TypeError(
      'other threads cannot find this function: name it with threadFunction(import.meta, ...)',
    );
  }
  const version = share(hook, target);
  if (fn === null) set.delete(hook);
  else set.set(hook, { fn, version });
}

/** {@link setTracing}, and for the threads that run. */
export function setTracingForAll(hook: 'trace' | 'profile', fn: TraceFunction | null): void {
  setTracing(hook, fn);
  Atomics.add(registry(), counts[hook], 1);
}

/** What was set last. */
export function getTracing(hook: 'trace' | 'profile'): TraceFunction | null {
  const { target, version } = shared(hook);
  const here = set.get(hook);
  if (here?.version === version) return here.fn;
  return target === undefined ? null : (loadNow(target) as TraceFunction);
}

/** Calls what was set for all threads since this one has looked. */
export function catchUp(): void {
  const calls = { trace: callsOf('trace'), profile: callsOf('profile') };
  const before = { ...seen };
  // First: what is called may call functions of the module itself.
  Object.assign(seen, calls);
  if (calls.trace !== before.trace) callNow('trace');
  if (calls.profile !== before.profile) callNow('profile');
}

/** At once if the function is known here, and else when its module was imported. */
function callNow(hook: 'trace' | 'profile'): void {
  const { target, version } = shared(hook);
  if (target === undefined) return;
  const here = set.get(hook);
  const fn = here?.version === version ? here.fn : known(target);
  if (fn === undefined) void load(target).then(begin);
  else void (fn as TraceFunction)('thread-start');
}

function callsOf(hook: 'trace' | 'profile'): number {
  return Atomics.load(registry(), counts[hook]);
}

async function begin(fn: unknown): Promise<void> {
  await (fn as TraceFunction)('thread-start');
}
