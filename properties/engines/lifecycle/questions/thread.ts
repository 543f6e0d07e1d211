import type { Questions } from './question.ts';

/** A Thread, as far as it is asked. */
interface Thread {
  join(...timeout: readonly unknown[]): unknown;
  setName(name: unknown): unknown;
  setDaemon(daemon: unknown): unknown;
}

/** What examples ask of Thread objects. */
export const questions: Questions = {
  /** Sets attributes by name. */
  assign: (thread, attributes) => void Object.assign(thread as object, attributes),
  join: (thread, args) => ('timeout' in args ? (thread as Thread).join(args) : (thread as Thread).join()),
  setName: (thread, { name }) => (thread as Thread).setName(name),
  setDaemon: (thread, { daemon }) => (thread as Thread).setDaemon(daemon),
};
