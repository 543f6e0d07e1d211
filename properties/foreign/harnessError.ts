/** What a harness did that no harness may do. */
export type HarnessFault =
  /** It could not be started. */
  | 'not started'
  /** A line is no JSON. */
  | 'no JSON'
  /** It speaks another version of the protocol. */
  | 'wrong version'
  /** An answer is not what the protocol says. */
  | 'wrong answer'
  /** An answer belongs to another request than the one that is next. */
  | 'out of order'
  /** It ended in the middle. */
  | 'ended'
  /** It gave no answer. */
  | 'silent'
  /** It says that it cannot do what it was asked. */
  | 'refused';

/** A harness is not in order: nothing can be said of the implementation behind it. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly fault: HarnessFault;
  /** Why it refuses, in the harness's own words, if it does. */
  readonly reason: string | undefined;

  /**
   * @param what happened, as a sentence.
   * @param exchange the last lines that went to and fro.
   */
  constructor(fault: HarnessFault, what: string, exchange: readonly string[] = [], reason?: string) {
    const lines = exchange.map((line) => `\n  ${line}`).join('');
    super(
      `${what}${lines === '' ? '' : `\nThe last lines exchanged (> asked, < answered, ! standard error):${lines}`}`,
    );
    this.fault = fault;
    this.reason = reason;
  }
}
