/** One decision of an execution: which thread went on, and what it did then. */
export interface TraceStep {
  readonly thread: number;
  /** An operation of `Atomics`, or `begin`, `call`, `wake`, `clock`. */
  readonly operation: string;
  /** Which of the implementation's memories, from 1; 0: none, or the thread's own. */
  readonly memory: number;
  /** Byte in that memory. */
  readonly index: number;
}
