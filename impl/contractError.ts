import { UsageError } from './usageError.ts';

/** One thing about a module that does not fit the contract. */
export interface Problem {
  /** Path of the property, for example `lock.open`; empty: the module's export itself. */
  readonly property: string;
  /** In words, to follow `expected`. */
  readonly expected: string;
  /** In words, to follow `found`. */
  readonly found: string;
  /** What to do, a sentence. */
  readonly advice?: string;
  /** How it would be right: a few lines of code. */
  readonly example: string;
}

/** Something that a user wrote does not fit the contract: an implementation that cannot be judged, a specification. */
export class ContractError extends UsageError {
  override readonly name: string = 'ContractError';
  readonly problems: readonly Problem[];

  /**
   * @param where the module, as its user knows it.
   * @param problems all that is wrong with it, at least one.
   * @param what is wrong, to follow the module's name.
   */
  constructor(
    where: string,
    problems: readonly Problem[],
    what = 'does not export an implementation that can be judged',
  ) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(
      [
        `${where} ${what} (${count}).`,
        ...problems.map((problem, position) => described(problem, problems.slice(0, position))),
      ].join('\n\n'),
    );
    this.problems = problems;
  }
}

/** @param before the problems told before this one: an example is shown once. */
function described(problem: Problem, before: readonly Problem[]): string {
  const { property, expected, found, advice, example } = problem;
  const shown = before.some((other) => other.example === example);
  return [
    `${property || 'default export'}: expected ${expected}, found ${found}.`,
    ...(advice === undefined ? [] : [`  ${advice}`]),
    ...(shown ? [] : ['  For example:', example.replaceAll(/^(?=.)/gm, '    ')]),
  ].join('\n');
}
