import type { History } from '../../spec/history.ts';

/** What came of running a program so often while nobody decided who goes on. */
export interface FreeRuns {
  readonly histories: readonly History[];
  /** Nothing moved any more: why, and how far the last execution had come. */
  readonly stopped?: { readonly reason: string; readonly history: History };
}
