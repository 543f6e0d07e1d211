import { atThreadEnd } from './ending.ts';
import { type Hook, share, shared, versionOf } from './hooks.ts';
import { load, loadNow, nameFor } from './targets.ts';

/**
 * A function that errors go to. One that has a name for other threads holds for all of them; any other holds for the
 * thread that has set it, until some thread sets one for all.
 */
export class ErrorHook<F extends (args: never) => unknown> {
  readonly #hook: Hook;
  readonly #original: F;
  #own: { readonly fn: F; readonly version: number } | undefined;

  constructor(hook: Hook, original: F) {
    this.#hook = hook;
    this.#original = original;
    // Another thread may run in this worker afterwards.
    atThreadEnd(() => {
      this.#own = undefined;
    });
  }

  /** @throws TypeError for what is neither a function nor null. */
  set(fn: F | null): void {
    if (fn !== null && typeof fn !== 'function')
      throw new TypeError(`a hook is a function or null, not ${typeof fn}`);
    const target = fn === null || fn === this.#original ? undefined : nameFor(fn);
    if (target === undefined && fn !== null && fn !== this.#original) {
      this.#own = { fn, version: versionOf(this.#hook) };
      return;
    }
    const version = share(this.#hook, target);
    this.#own = fn === null ? undefined : { fn, version };
  }

  /** What is called in this thread. @throws whatever the import of the hook's module raises. */
  get(): F {
    const { target, version } = shared(this.#hook);
    if (this.#own?.version === version) return this.#own.fn;
    return target === undefined ? this.#original : (loadNow(target) as unknown as F);
  }

  /** {@link get} where there is time for an import. */
  async load(): Promise<F> {
    const { target, version } = shared(this.#hook);
    if (this.#own?.version === version) return this.#own.fn;
    return target === undefined ? this.#original : ((await load(target)) as unknown as F);
  }
}
