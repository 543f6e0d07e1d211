import type { Realm } from '../realm.ts';

/** Arguments as an implementation is given them. */
export type Given = Readonly<Record<string, unknown>>;

/**
 * Something that an example asks of an object of the implementation, in the thread that makes the call.
 * @returns what it answers; threads and errors among it are shown by what they are in the program.
 */
export type Question = (object: unknown, args: Given, realm: Realm) => unknown;

/** Questions by the name that examples call them by. */
export type Questions = Readonly<Record<string, Question>>;
