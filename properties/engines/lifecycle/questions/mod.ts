import type { Questions } from './question.ts';

/** The functions of the module, as far as they are asked. */
interface Module {
  enumerate(): readonly unknown[];
}

/** What examples ask of the module's functions. */
export const questions: Questions = {
  /** The live threads, in no order. */
  enumerate: (module) => (module as Module).enumerate(),
};
