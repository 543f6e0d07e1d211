import { runVerdicts } from '../properties/run.ts';

/** The codes that the process ends with. */
export const exitCodes = {
  ...runVerdicts,
  /** Wrong usage: nothing was run. */
  usage: 64,
  /** An error of Lockproof's own. */
  internal: 70,
  /** Ended by Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

/** The codes as `--help` explains them. */
export const exitCodesHelp = `
Exit codes:
  0    conforms (replay: it does not fail; mutants: all are killed)
  1    broken (replay: it still fails; mutants: one survives, or a freedom does not)
  2    inconclusive: plain accesses race, the budget did not suffice, a worker had to be given up, or a harness is not in order
  3    vacuous: nothing was judged, or something that has to be was never exercised
  64   wrong usage: nothing was run, nothing was written
  70   an error of Lockproof's own
  130  interrupted with Ctrl-C`;
