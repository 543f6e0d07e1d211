/** What the judge says of a history. */
export type Verdict = Allowed | Refused;

/** Some behaviour that the documentation allows looks like this. */
export interface Allowed {
  readonly kind: 'allowed';
}

/** No behaviour that the documentation allows looks like this. */
export interface Refused {
  /**
   * `broken`: the event cannot follow what came before it. `stuck`: all is quiet, and a call
   * that had to go on did not: a lost wake-up, a deadlock of the implementation's own, a call
   * that never gives up. `livelock`: the same, and the call is not asleep: it goes on for ever, and
   * nothing comes of it. The judge cannot tell that from a history; who ran it can.
   */
  readonly kind: 'broken' | 'stuck' | 'livelock';
  /** Position in the history of the event that nothing explains. */
  readonly event: number;
  /** Whose call it was. */
  readonly thread: number;
  /** The rules that this breaks, the one that says most about it first. */
  readonly rules: readonly string[];
  /** What would have been allowed instead, in words. */
  readonly expected: readonly string[];
  /** What happened, in words. */
  readonly seen: string;
}

export const allowed: Allowed = { kind: 'allowed' };
