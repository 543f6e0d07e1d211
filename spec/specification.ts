import type { Automaton } from './automaton.ts';
import type { WeightedBlock } from './blocks.ts';
import type { Args, Program } from './program.ts';
import type { Rule } from './rule.ts';

/** A primitive that somebody specifies for themselves, as those who judge it take it. */
export interface Specification {
  /** Its name, and what the ids of its rules begin with. */
  readonly family: string;
  /** Address of the module that exports it: threads and processes that judge load it from there. */
  readonly module: string;
  readonly automaton: Automaton<unknown>;
  readonly rules: readonly Rule[];
  readonly methods: Readonly<Record<string, Method>>;
  /** Arguments with which a constructor makes an object, the usual ones first; at least one. */
  readonly constructors: readonly Args[];
  readonly programs: Programs;
}

/**
 * A method of a primitive, or an attribute that is read.
 * @typeParam Given its arguments, as one object.
 */
export interface Method<Given = unknown> {
  readonly kind: 'method' | 'attribute';
  /** An implementation may leave it out. */
  readonly omissible: boolean;
  /** Arguments that an implementation may do without. */
  readonly omissibleArgs: readonly string[];
  /** Only a type: there is no such property. */
  readonly given?: Given;
}

/** What programs of a primitive are put together from. */
export interface Programs {
  readonly blocks: readonly WeightedBlock[];
  /** The most threads that a program has, 2 to 4; the fewest are two. */
  readonly threads: number;
}

/** Where a specification is found by whoever cannot be handed functions: the module, and the name of the family. */
export interface SpecificationAddress {
  readonly module: string;
  readonly family: string;
}

/** What an implementation may say that it does not provide of a primitive, without the family: `wait.timeout`. */
export function omissibleOf({ methods, constructors }: Specification): readonly string[] {
  const all = new Set(constructors.flatMap((args) => Object.keys(args)));
  const own = [...all].filter((name) => constructors.some((args) => !Object.hasOwn(args, name)));
  return [
    ...own.map((name) => `create.${name}`),
    ...Object.entries(methods).flatMap(([method, { omissible, omissibleArgs }]) => [
      ...(omissible ? [method] : []),
      ...omissibleArgs.map((name) => `${method}.${name}`),
    ]),
  ];
}

/**
 * The programs that a specification shows, whole: those of its examples' threads, and each block with each of its
 * constructors.
 */
export function shownPrograms({ rules, constructors, programs, family }: Specification): readonly Program[] {
  return [
    ...rules.flatMap(({ examples }) =>
      examples.flatMap((example): Program[] => {
        if ('threads' in example) return [example];
        if (!('steps' in example)) return [];
        const calls = example.steps.flatMap((step) => ('call' in step ? [step.call] : []));
        return [{ objects: example.objects, threads: [calls] }];
      }),
    ),
    ...constructors.map((args) => ({
      objects: [{ family, args }],
      threads: programs.blocks.map(({ block }) => block),
    })),
  ];
}
