import type { Words } from '../../controlled/numbers.ts';
import { replace } from '../../controlled/replace.ts';
import { widths } from './touching.ts';
import { operation, touched } from './watch.ts';

/*
 * What reads or writes bytes of shared memory and is no view with elements: `DataView`, texts, copies of whole memories.
 */
type Method = (this: unknown, ...given: readonly unknown[]) => unknown;

/** Puts a method in the place of one, which it is given. */
function around<T extends object, K extends keyof T & string>(
  owner: T,
  name: K,
  method: (native: T[K], self: T, given: readonly unknown[]) => unknown,
): void {
  const native = owner[name];
  replace(owner, name, function (this: T, ...given: readonly unknown[]) {
    return method(native, this, given);
  });
}

/** From now on they tell what they touch. Done once in a worker. */
export function watchBytes(): void {
  for (const [name, width] of Object.entries(widths)) {
    for (const [prefix, access] of [
      ['get', 'read'],
      ['set', 'write'],
    ] as const) {
      const native = (DataView.prototype as unknown as Record<string, Method | undefined>)[prefix + name];
      // Not every Node has all of them.
      if (native === undefined) continue;
      replace(DataView.prototype, prefix + name, function (this: Words, ...given: readonly unknown[]) {
        const sees = operation();
        const result = Reflect.apply(native, this, given);
        touched(sees(this), access, this, Math.trunc(Number(given[0])) || 0, width, 1);
        return result;
      });
    }
  }

  around(TextDecoder.prototype, 'decode', (native, self, given) => {
    const sees = operation();
    const text = Reflect.apply(native, self, given);
    const [bytes] = given;
    const view = (bytes instanceof SharedArrayBuffer ? new Uint8Array(bytes) : bytes) as Words;
    touched(sees(view), 'read', view, 0, view?.byteLength, 1);
    return text;
  });

  around(TextEncoder.prototype, 'encodeInto', (native, self, given) => {
    const sees = operation();
    const done = Reflect.apply(native, self, given);
    const target = given[1] as Words;
    touched(sees(target), 'write', target, 0, done.written, 1);
    return done;
  });

  around(SharedArrayBuffer.prototype, 'slice', (native, self, given) => {
    const sees = operation();
    const copy = Reflect.apply(native, self, given);
    const start = Math.trunc(Number(given[0])) || 0;
    const from = start < 0 ? Math.max(0, self.byteLength + start) : start;
    const view = new Uint8Array(self) as unknown as Words;
    touched(sees(view), 'read', view, from, copy.byteLength);
    return copy;
  });
}
