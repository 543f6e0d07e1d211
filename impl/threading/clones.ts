/*
 * Items of any kind as bytes, cloned as `postMessage` does it: by Node's `v8` where there is one, else by JSON. Two
 * things are lost on the way, and neither silently. Functions, symbols, promises and their likes cannot be
 * cloned. And shared memory cannot be sent by way of shared memory: no primitive of this library can be an item,
 * nor anything that has one in it. Post primitives to the threads that need them.
 */
interface NodeGlobals {
  readonly process?: { getBuiltinModule?(id: 'node:v8'): V8 };
}

/** Of Node's `v8`, what is used here. */
interface V8 {
  readonly DefaultSerializer: new () => Serializer;
  deserialize(bytes: Uint8Array): unknown;
}

/** The names with an underscore are those of Node's documentation. */
interface Serializer {
  writeHeader(): void;
  writeValue(value: unknown): void;
  releaseBuffer(): Uint8Array;
  _writeHostObject(value: object): void;
}

interface Cloner {
  readonly write: (item: unknown) => Uint8Array;
  readonly read: (bytes: Uint8Array) => unknown;
}

const { write, read } = clonerOf((globalThis as NodeGlobals).process?.getBuiltinModule?.('node:v8'));

/**
 * An item as bytes.
 * @throws TypeError if it cannot be cloned; what its getters raise.
 */
export function cloneOf(item: unknown): Uint8Array {
  return write(item);
}

/** A clone of the item that was turned into these bytes. */
export function cloned(bytes: Uint8Array): unknown {
  return read(bytes);
}

/** How items are cloned where there is a `v8` of Node's, and where there is none. */
export function clonerOf(v8: V8 | undefined): Cloner {
  if (v8 === undefined) return { write: writeJson, read: readJson };
  const Serializer = serializerOf(v8.DefaultSerializer);
  return {
    write(item) {
      const serializer = new Serializer();
      serializer.writeHeader();
      serializer.writeValue(item);
      return serializer.releaseBuffer();
    },
    read: (bytes) => v8.deserialize(bytes),
  };
}

function serializerOf(Default: V8['DefaultSerializer']): V8['DefaultSerializer'] {
  return class extends Default {
    // v8 would throw a plain Error.
    readonly _getDataCloneError = TypeError;

    override _writeHostObject(value: object): void {
      // v8 would clone what a view shows of shared memory.
      if (ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer) throw sharedMemory();
      // oxlint-disable-next-line no-underscore-dangle -- Node's documentation calls it so
      super._writeHostObject(value);
    }

    _getSharedArrayBufferId(): never {
      throw sharedMemory();
    }
  };
}

function sharedMemory(): TypeError {
  return new TypeError('shared memory cannot be an item, and so no primitive can, nor what has one in it');
}

function writeJson(item: unknown): Uint8Array {
  const text = JSON.stringify(item, function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
    if (!isPlain(value) || value !== this[key]) {
      throw new TypeError(
        `without Node's v8, items have what JSON has in them, and '${key}' is something else`,
      );
    }
    return value;
  });
  return new TextEncoder().encode(text);
}

function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
}

/** Whether JSON gives this back as it was, but for what is in it. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) {
    return value === null || typeof value === 'string' || typeof value === 'boolean';
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
