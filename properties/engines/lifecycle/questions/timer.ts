import type { Questions } from './question.ts';
import { questions as thread } from './thread.ts';

/** What examples ask of Timer objects. */
export const questions: Questions = { ...thread };
