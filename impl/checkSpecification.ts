import type { Automaton } from '../spec/automaton.ts';
import type { Family, Program } from '../spec/program.ts';
import { Rulebook } from '../spec/rulebook.ts';
import { unsoundIn } from '../spec/soundness.ts';
import type { Specification } from '../spec/specification.ts';
import { standstills } from '../spec/stalls.ts';
import { ContractError, type Problem } from './contractError.ts';
import { AutomatonError } from './watched.ts';

/** What was found for good: a specification never changes. */
const checked = new WeakMap<Specification, readonly Problem[]>();

/**
 * Refuses a specification that contradicts itself: each example is gone through on the automaton, with its opposite,
 * and each two blocks of the generated programs in every order, to see that whatever the steps cite is there. Every
 * run does this first; a test of the specification may do it, too.
 * @throws ContractError with all that is wrong: which example, what the automaton says, what the example asks for.
 */
export function checkSpecification(specification: Specification): void {
  let problems = checked.get(specification);
  if (problems === undefined) {
    problems = problemsOf(specification);
    checked.set(specification, problems);
  }
  if (problems.length === 0) return;
  const where = `The specification of '${specification.family}' in ${specification.module}`;
  throw new ContractError(where, problems, 'contradicts itself');
}

function problemsOf(specification: Specification): readonly Problem[] {
  const rulebook = new Rulebook([{ ...specification, automaton: withPlainStates(specification.automaton) }]);
  const automatonOf = (family: Family) => rulebook.automatonOf(family);
  const problems: Problem[] = [];
  for (const { id, examples } of specification.rules) {
    for (const example of examples) {
      const property = `rules: ${id}, '${example.title}'`;
      const found = attempt(() => unsoundIn(example, automatonOf, (rule) => rulebook.rule(rule)));
      for (const sentence of found) problems.push(contradiction(property, sentence));
    }
  }
  // One fault of the automaton shows in nearly every program: the first says it.
  for (const program of problems.length > 0 ? [] : pairsIn(specification)) {
    const [sentence] = attempt(() => {
      // All that counts is that every place can be reached.
      for (const _ of standstills(program, automatonOf));
      return [];
    });
    if (sentence === undefined) continue;
    problems.push(contradiction('programs.blocks', sentence));
    break;
  }
  return problems;
}

function contradiction(property: string, sentence: string): Problem {
  return {
    property,
    expected: 'what the automaton says',
    found: `a contradiction: ${sentence.replace(/\.$/u, '')}`,
    advice: 'One of the two is wrong: mend the example or the automaton.',
    example: "step(1, call('wait'), blocks) // returns(true), raises('ValueError'), ...",
  };
}

/** What a user's own automaton throws is a finding about it. */
function attempt(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    if (error instanceof AutomatonError) return [error.message];
    return [
      `the automaton throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
    ];
  }
}

/** Each two blocks beside each other, on each object that a constructor makes. */
function* pairsIn({ family, constructors, programs }: Specification): Generator<Program> {
  const blocks = programs.blocks.map(({ block }) => block);
  for (const args of constructors) {
    for (const [position, one] of blocks.entries()) {
      for (const other of blocks.slice(position)) {
        yield { objects: [{ family, args }], threads: [one, other] };
      }
    }
  }
}

/** The same automaton, which throws where a state is none that JSON can tell from others. */
function withPlainStates(automaton: Automaton<unknown>): Automaton<unknown> {
  const { family } = automaton;
  const check = (state: unknown, whose: string) => {
    const odd = oddIn(state);
    if (odd === undefined) return;
    throw new AutomatonError(
      `${family}: the state that ${whose} leaves has ${odd} in it, which JSON has no text for: states are told apart by their JSON text. Use finite numbers, texts, booleans, null, arrays and plain objects`,
    );
  };
  return {
    ...automaton,
    create(args, objects) {
      const creation = automaton.create(args, objects);
      if ('state' in creation) check(creation.state, 'create');
      return creation;
    },
    steps(view) {
      const steps = automaton.steps(view);
      for (const { name, open, state } of steps) {
        if (open && state !== undefined) check(state, `the step '${name}' of ${view.call.method}`);
      }
      return steps;
    },
  };
}

/** What of a value JSON would lose, in a few words; undefined if nothing. */
function oddIn(value: unknown): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value);
  if (typeof value !== 'object') return value === undefined ? 'undefined' : `a ${typeof value}`;
  if (Array.isArray(value)) return value.map(oddIn).find((odd) => odd !== undefined);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return 'an object of a class';
  return oddIn(Object.values(value));
}
