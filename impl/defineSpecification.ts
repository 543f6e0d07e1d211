import type { Automaton, Creation, Step, View } from '../spec/automaton.ts';
import type { WeightedBlock } from '../spec/blocks.ts';
import type { Level, Observation } from '../spec/catalogue.ts';
import { type Example, isExplored } from '../spec/example.ts';
import type { Args, Call, ObjectSpec } from '../spec/program.ts';
import type { Rule } from '../spec/rule.ts';
import type { Method, Programs, Specification } from '../spec/specification.ts';
import { checkDefinition } from './checkDefinition.ts';
import type { GivenTo, TypedSpecification, Widened } from './provide.ts';
import { watched } from './watched.ts';

/** One statement about a primitive of one's own. */
export interface OwnRule {
  /** Stable and public; begins with the family: `latch.wait.blocks`. */
  readonly id: string;
  /** A sentence: what has to hold. */
  readonly statement: string;
  /** A sentence: what to look at first when it fails. */
  readonly lookAt: string;
  /** Programs that show it, ordered or to be explored; a rule on races or on what must happen at last needs one to explore. */
  readonly examples: readonly [Example, ...Example[]];
  /** Default `must`. A `may` rule is a freedom: reported as used or unused, never failed. */
  readonly level?: Level;
  /**
   * What it takes to see whether it holds; default `race` where there is an example to explore, else `sequential`.
   * `liveness` is for the rule on lost wake-ups: a call that is never let on breaks that one, not every rule whose
   * example has to wait.
   */
  readonly observe?: Exclude<Observation, 'lifecycle' | 'process-exit'>;
  /** Where it is written. */
  readonly source?: string;
  /** Where a freedom is not used by one step of a call: whether a history as a whole makes use of it. */
  readonly usedIn?: NonNullable<Rule['usedIn']>;
}

/** The behaviour of a primitive of one's own; see {@link Automaton}, whose steps these are, method by method. */
export interface OwnAutomaton<Methods, Constructor, State> {
  /** The state of a new object, or the error that the constructor must raise. */
  readonly create: (args: Widened<Constructor>, objects: readonly ObjectSpec[]) => Creation<State>;
  /** Every step of a pending call of each method, open now or not. */
  readonly steps: {
    readonly [M in keyof Methods]: (
      view: View<State>,
      args: GivenTo<Methods[M]>,
    ) => readonly Step<NoInfer<State>>[];
  };
  /**
   * After how many seconds a call may give up; undefined if it never may. Default: its argument `timeout`, where that
   * is a number.
   */
  readonly timeout?: (call: Call, constructor: Args) => number | undefined;
  /** Situations that a run has to reach to be worth anything; steps name them. Default none. */
  readonly labels?: readonly string[];
}

/** What {@link defineSpecification} is given. */
export interface Definition<Methods, Constructor, State> {
  /** A name that none of the documentation's families has, in camelCase: `latch`. */
  readonly family: string;
  /** What can be called, or read; see {@link method} and {@link attribute}. */
  readonly methods: Methods;
  /** Arguments with which generated programs make an object, the usual ones first. Default: it takes none. */
  readonly constructors?: readonly Constructor[];
  readonly automaton: OwnAutomaton<Methods, Constructor, State>;
  readonly rules: readonly OwnRule[];
  readonly programs: {
    /** What threads do, up to three blocks each: calls that belong together, with weights. */
    readonly blocks: readonly WeightedBlock[];
    /** The most threads, 2 to 4, default 3. */
    readonly threads?: number;
  };
}

/**
 * Specifies a primitive of one's own, so that implementations of it are judged as those of the documentation's are.
 *
 * A module exports what this returns, and nothing in that module is an implementation: whoever judges loads it, while
 * implementations are loaded in workers only. Implementations `provide` it.
 * @param meta the module's `import.meta`: threads find the specification by its address.
 * @throws ContractError with all that is wrong with the definition: what, where, and how it would be right. Whether
 *   examples agree with the automaton is looked at by `checkSpecification`, which every run does first.
 */
export function defineSpecification<
  const Methods extends Readonly<Record<string, Method>>,
  Constructor extends Args = Readonly<Record<string, never>>,
  State = unknown,
>(
  meta: { readonly url: string },
  definition: Definition<Methods, Constructor, State>,
): TypedSpecification<Methods, Constructor> {
  checkDefinition(meta, definition);
  const { family, methods, constructors = [{}], rules, programs } = definition;
  const specification: Specification = {
    family,
    module: meta.url,
    methods,
    constructors,
    automaton: watched(
      automatonOf(family, definition),
      rules.map(({ id }) => id),
    ),
    rules: rules.map((rule) => ruleOf(family, rule)),
    programs: { threads: 3, ...programs } satisfies Programs,
  };
  return specification as unknown as TypedSpecification<Methods, Constructor>;
}

function automatonOf<Methods, Constructor, State>(
  family: string,
  { automaton }: Definition<Methods, Constructor, State>,
): Automaton<unknown> {
  const { create, steps, timeout = usualTimeout, labels = [] } = automaton;
  const plain: Automaton<State> = {
    family,
    labels,
    create: (args, objects) => create(args as unknown as Widened<Constructor>, objects),
    timeout,
    steps(view) {
      const method = view.call.method as keyof Methods;
      return steps[method](view, view.call.args as unknown as GivenTo<Methods[typeof method]>);
    },
  };
  return plain;
}

function usualTimeout({ args: { timeout } }: Call): number | undefined {
  return typeof timeout === 'number' ? timeout : undefined;
}

function ruleOf(family: string, rule: OwnRule): Rule {
  const { id, statement, lookAt, examples, level = 'must', source = '', usedIn } = rule;
  return {
    id,
    family,
    title: family.charAt(0).toUpperCase() + family.slice(1),
    level,
    core: false,
    observe: rule.observe ?? (examples.some(isExplored) ? 'race' : 'sequential'),
    source,
    since: '',
    statement,
    mutant: '',
    lookAt,
    examples,
    ...(usedIn && { usedIn }),
  };
}
