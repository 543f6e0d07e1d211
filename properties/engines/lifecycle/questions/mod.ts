import { alienQuestions } from './mod/aliens.ts';
import { excepthookQuestions, traceQuestions } from './mod/hooks.ts';
import { stackQuestions, timeoutQuestions } from './mod/limits.ts';
import { listQuestions, threadQuestions } from './mod/threads.ts';
import type { Questions } from './question.ts';

/** What examples ask of the module's functions. */
export const questions: Questions = {
  ...threadQuestions,
  ...listQuestions,
  ...alienQuestions,
  ...traceQuestions,
  ...excepthookQuestions,
  ...stackQuestions,
  ...timeoutQuestions,
};
