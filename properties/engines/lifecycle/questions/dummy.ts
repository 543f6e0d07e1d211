import type { Questions } from './question.ts';

/** What examples ask beside calling methods. */
export const questions: Questions = {};
