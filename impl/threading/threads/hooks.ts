import { exclusively, heads, hookUnits, hookWords, registry } from './registry.ts';
import type { TargetName } from './targets.ts';
import { checkText, readText, writeText } from './texts.ts';

/*
 * Hooks that hold for all threads of the process: functions by their names, in the registry's head. Each has a word that
 * counts how often it was set, and a text, empty if there is none. Both change together, under the registry's turn.
 */

/** The hooks, by their place in the head. */
export const hooks = { except: 0, unraisable: 1, trace: 2, profile: 3 } as const;

/** One of the {@link hooks}. */
export type Hook = keyof typeof hooks;

/** What a hook is at one moment. */
export interface HookState {
  readonly target: TargetName | undefined;
  /** How often it was set. */
  readonly version: number;
}

/** The hook that holds for all. */
export function shared(hook: Hook): HookState {
  return exclusively((words) => {
    const at = wordOf(hook);
    const text = readText(words, at + 1);
    return {
      version: words[at] as number,
      target: text === '' ? undefined : (JSON.parse(text) as TargetName),
    };
  });
}

/**
 * Sets the hook for all.
 * @returns how often it was set.
 * @throws OverflowError if the name of its module is too long.
 */
export function share(hook: Hook, target: TargetName | undefined): number {
  const text = target === undefined ? '' : JSON.stringify(target);
  checkText('the name of a hook', text, hookUnits);
  return exclusively((words) => {
    const at = wordOf(hook);
    writeText(words, at + 1, text);
    return Atomics.add(words, at, 1) + 1;
  });
}

/** How often the hook was set. */
export function versionOf(hook: Hook): number {
  return Atomics.load(registry(), wordOf(hook));
}

function wordOf(hook: Hook): number {
  return heads.hooks + hooks[hook] * hookWords;
}
