import type { Question, Questions } from '../question.ts';
import { type Fn, moduleOf } from './module.ts';

/** Hands a function over, or nothing. */
function setting(name: string): Question {
  return (module, { to }) => void (module as Readonly<Record<string, Fn>>)[name]?.(to);
}

/** Whether the function that is installed is this one. */
function asking(name: string): Question {
  return (module, { it }) => (module as Readonly<Record<string, Fn>>)[name]?.() === it;
}

/** What examples ask of trace and profile functions. */
export const traceQuestions: Questions = {
  settrace: setting('settrace'),
  setprofile: setting('setprofile'),
  settraceAllThreads: setting('settraceAllThreads'),
  setprofileAllThreads: setting('setprofileAllThreads'),
  gettrace: asking('gettrace'),
  getprofile: asking('getprofile'),
  /** Calls functions of the module: moments at which a thread may come to know of what was installed. */
  visit: (_, __, realm) => {
    const module = moduleOf(realm);
    module.currentThread();
    module.enumerate();
    module.activeCount();
  },
};

/** What a hook for errors is given. */
interface HookedError {
  readonly excType: unknown;
  readonly excValue: unknown;
  readonly excTraceback: unknown;
  readonly thread: unknown;
}

/** What examples ask of the hook for errors of threads. */
export const excepthookQuestions: Questions = {
  setExcepthook: setting('setExcepthook'),
  /**
   * Sets a hook for errors of the thread that makes the call. It tells another function with how many arguments it
   * was called, whether the first has the error's class and where it was raised, the error, and the thread.
   */
  setExcepthookHere: (_, { to }, realm) =>
    moduleOf(realm).setExcepthook((...given: readonly HookedError[]) => {
      const { excType, excValue, excTraceback, thread } = given[0] as HookedError;
      const isItsClass = typeof excType === 'function' && excValue instanceof excType;
      const saysWhere = typeof excTraceback === 'string' && /^\s+at /mu.test(excTraceback);
      (to as Fn)(given.length, isItsClass, saysWhere, excValue, thread);
    }),
  /** Sets the original hook by its name. */
  setOriginalExcepthook: (_, __, realm) => moduleOf(realm).setExcepthook(moduleOf(realm).originalExcepthook),
  /** Which function is the original hook. */
  originalExcepthook: (_, __, realm) => moduleOf(realm).originalExcepthook,
  /** Whether errors go to the original hook. */
  hasOriginalExcepthook: (_, __, realm) =>
    moduleOf(realm).getExcepthook() === moduleOf(realm).originalExcepthook,
};
