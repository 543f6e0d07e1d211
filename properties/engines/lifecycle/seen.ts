import { objectIfMade } from './objects.ts';
import type { Realm } from './realm.ts';

/** What a Thread looks like to those who look. */
interface ThreadLike {
  readonly ident: unknown;
  isAlive(): unknown;
}

const deepest = 6;

/**
 * A value as histories show it: what JSON has, threads and objects of the program by what they are in it,
 * errors by their name, functions by theirs. Whatever it is, this does not throw.
 */
export function seen(realm: Realm, value: unknown, depth = 0): unknown {
  try {
    if (typeof value === 'function') return { function: value.name };
    if (typeof value !== 'object' || value === null || depth > deepest) return value;
    if (isThread(value)) return who(realm, value);
    if (value instanceof Error) return { error: value.name };
    const position = realm.own.indexOf(value);
    if (position >= 0) return `object ${position + 1}`;
    if (Array.isArray(value)) return value.map((one) => seen(realm, one, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, seen(realm, one, depth + 1)]),
    );
  } catch {
    return 'a value that cannot be looked at';
  }
}

/** True for what has a thread's parts. */
function isThread(value: unknown): value is ThreadLike {
  return (
    typeof value === 'object' && value !== null && 'ident' in value && 'isAlive' in value && 'name' in value
  );
}

/** Which thread this is: the main thread, an object of the program by position (counted from 1), or neither. */
function who(realm: Realm, thread: ThreadLike): string {
  for (const [position, { family: own }] of realm.program.objects.entries()) {
    if (own !== 'thread' && own !== 'timer') continue;
    const known = objectIfMade(realm, position);
    if (known === thread || (isThread(known) && known.ident !== null && known.ident === thread.ident)) {
      return `object ${position + 1}`;
    }
  }
  return thread.ident === realm.control.mainIdent ? 'the main thread' : 'another thread';
}
