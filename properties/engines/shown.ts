import type { Value } from '../../spec/program.ts';

/** Classes of an error that are looked at: a prototype may be without end. */
const deepest = 20;

/** Characters of a text that a history keeps. */
const longest = 200;

/** A returned value as history has it. Whatever it is, this does not throw. */
export function asValue(value: unknown): Value {
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
    case 'number':
      return value;
    case 'string':
      return shortened(value);
    case 'object':
      return value === null ? null : { json: described(value) };
    default:
      return { json: described(value) };
  }
}

/** What a thrown value calls itself: an error's `name`, or what kind of value it is. */
export function nameOf(thrown: unknown): string {
  try {
    const { name } = thrown as Partial<Error>;
    if (typeof thrown === 'object' && typeof name === 'string') return shortened(name);
  } catch {
    // Neither null nor undefined has properties, and some properties cannot be read.
  }
  return `a thrown ${thrown === null ? 'null' : typeof thrown}`;
}

/** The names of the classes that a thrown value is an instance of, its own first. Whatever it is, this does not throw. */
export function classesOf(thrown: unknown): readonly string[] {
  const names: string[] = [];
  try {
    if (!(thrown instanceof Error)) return names;
    let prototype = Object.getPrototypeOf(thrown) as object | null;
    for (
      ;
      prototype !== null && names.length < deepest;
      prototype = Object.getPrototypeOf(prototype) as object | null
    ) {
      const { name } = prototype.constructor;
      if (typeof name === 'string') names.push(shortened(name));
    }
  } catch {
    // Some prototypes cannot be read.
  }
  return names;
}

/** What a thrown value says. */
export function messageOf(thrown: unknown): string {
  return attempt(() => {
    if (!(thrown instanceof Error)) return String(thrown);
    const { message } = thrown;
    return typeof message === 'string' ? message : described(message);
  });
}

/** A text for any value that is not one of the simple ones. */
function described(value: unknown): string {
  if (typeof value === 'bigint') return shortened(`${value}n`);
  if (typeof value === 'function') return 'a function';
  return attempt(
    () => JSON.stringify(value) ?? String(value),
    () => Object.prototype.toString.call(value),
  );
}

/** The first text that can be had. */
function attempt(...ways: readonly (() => string)[]): string {
  for (const way of ways) {
    try {
      return shortened(way());
    } catch {
      // On to the next.
    }
  }
  return 'a value that cannot be shown';
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
