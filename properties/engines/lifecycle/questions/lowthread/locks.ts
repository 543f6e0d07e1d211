import { namespaceOf } from '../../objects.ts';
import type { AnyClass } from '../../realm.ts';
import type { Questions } from '../question.ts';
import { type LockLike, lowLevel } from './namespace.ts';

/** A call of a lock: which of them, counted from 0, the method, and its argument, if any. */
type LockCall = readonly [lock: number, method: string, ...argument: readonly unknown[]];

/** What examples ask of low-level locks. */
export const lockQuestions: Questions = {
  /**
   * Allocates as many locks as the calls need, with the old name of the function if it is said so, and makes the calls.
   * @returns what they return, null where that is nothing.
   */
  newLocks: (low, { calls, old }) => {
    const { allocate, allocateLock } = lowLevel(low);
    const made = calls as readonly LockCall[];
    const locks = Array.from({ length: 1 + Math.max(...made.map(([lock]) => lock)) }, () =>
      old === true ? allocate() : allocateLock(),
    );
    return made.map(([lock, method, ...argument]) => {
      const { [lock]: called } = locks as readonly LockLike[];
      return called?.[method]?.(...argument) ?? null;
    });
  },
  /** Whether LockType is the class of an allocated lock, and that of a lock that threading has made. */
  lockTypes: (low, _, realm) => {
    const { allocateLock, LockType } = lowLevel(low);
    const { Lock } = namespaceOf(realm, 'mod') as { readonly Lock: AnyClass };
    return [allocateLock(), Reflect.construct(Lock, [])].map((lock) => lock instanceof LockType);
  },
};
