import type { Words } from '../../controlled/numbers.ts';
import { replace } from '../../controlled/replace.ts';
import { widths } from './touching.ts';
import { operation, touched } from './watch.ts';

/*
 * What reads or writes bytes of shared memory and is no view with elements: `DataView`, texts, copies of whole memories.
 */
type Method = (this: unknown, ...given: readonly unknown[]) => unknown;

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

const { decode } = TextDecoder.prototype;
replace(TextDecoder.prototype, 'decode', function (this: TextDecoder, ...given: readonly unknown[]) {
  const sees = operation();
  const text = Reflect.apply(decode, this, given) as string;
  const [bytes] = given;
  const view = (bytes instanceof SharedArrayBuffer ? new Uint8Array(bytes) : bytes) as Words;
  touched(sees(view), 'read', view, 0, view?.byteLength, 1);
  return text;
});

const { encodeInto } = TextEncoder.prototype;
replace(TextEncoder.prototype, 'encodeInto', function (this: TextEncoder, ...given: readonly unknown[]) {
  const sees = operation();
  const done = Reflect.apply(encodeInto, this, given) as { readonly written: number };
  const target = given[1] as Words;
  touched(sees(target), 'write', target, 0, done.written, 1);
  return done;
});

const { slice } = SharedArrayBuffer.prototype;
replace(
  SharedArrayBuffer.prototype,
  'slice',
  function (this: SharedArrayBuffer, ...given: readonly unknown[]) {
    const sees = operation();
    const copy = Reflect.apply(slice, this, given) as SharedArrayBuffer;
    const start = Math.trunc(Number(given[0])) || 0;
    const from = start < 0 ? Math.max(0, this.byteLength + start) : start;
    const view = new Uint8Array(this) as unknown as Words;
    touched(sees(view), 'read', view, from, copy.byteLength);
    return copy;
  },
);
