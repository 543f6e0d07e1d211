import { namespaceOf } from '../../objects.ts';
import type { Realm } from '../../realm.ts';

/** A Thread object, as far as it is asked. */
export interface Thread {
  readonly ident: unknown;
  name: unknown;
  join(): unknown;
}

/** A function that is handed over. */
export type Fn = (...args: readonly unknown[]) => unknown;

/** The functions of the module, as far as they are asked. */
export interface Module {
  currentThread(): Thread;
  mainThread(): Thread;
  enumerate(): Thread[];
  activeCount(): number;
  getIdent(): unknown;
  stackSize(size?: unknown): unknown;
  getExcepthook(): unknown;
  setExcepthook(hook: unknown): unknown;
  readonly originalExcepthook: unknown;
  readonly TIMEOUT_MAX: unknown;
}

/** The low-level functions, as far as they are asked. */
export interface LowModule {
  readonly TIMEOUT_MAX: unknown;
  startNewThread(fn: unknown, args: unknown): unknown;
}

/** The functions of the module in this thread. */
export function moduleOf(realm: Realm): Module {
  return namespaceOf(realm, 'mod') as unknown as Module;
}

/** The low-level functions in this thread. */
export function lowModuleOf(realm: Realm): LowModule {
  return namespaceOf(realm, 'lowthread') as unknown as LowModule;
}

/** What an object says when it is asked by name: what the method returns, or the attribute's value. */
export function said(object: object, asks: unknown): unknown {
  const member = (object as Readonly<Record<string, unknown>>)[String(asks)];
  return typeof member === 'function' ? (member.call(object) as unknown) : member;
}
