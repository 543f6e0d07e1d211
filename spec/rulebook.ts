import type { Automaton, Profile } from './automaton.ts';
import { hasAutomaton, plainAutomatonOf, ruleById, rulesOf } from './families.ts';
import { withStatement } from './automata/with.ts';
import type { Family, ObjectSpec } from './program.ts';
import type { NotApplicable, Rule } from './rule.ts';
import { shownPrograms, type Specification } from './specification.ts';

/** What a run is held to: the rules and automata of the documentation's families, and those of its user's own. */
export class Rulebook {
  /** The user's own, in the order in which they are judged. */
  readonly own: readonly Specification[];
  readonly #own: ReadonlyMap<string, Specification>;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #extended = new Map<Automaton<unknown>, Automaton<unknown>>();
  readonly #spared = new Map<string, ReadonlySet<string>>();

  /** @param own at most one of a family, none of which is one of the documentation's. */
  constructor(own: readonly Specification[] = []) {
    this.own = own;
    this.#own = new Map(own.map((specification) => [specification.family, specification]));
    this.#rules = new Map(own.flatMap(({ rules }) => rules).map((rule) => [rule.id, rule]));
  }

  /** Every family that has rules: the documentation's, in its order, then the user's. */
  get families(): readonly Family[] {
    return [...rulesOf.keys(), ...this.#own.keys()];
  }

  /** The rules of a family, in order; none if it has none. */
  rulesOf(family: Family): readonly (Rule | NotApplicable)[] {
    return this.#own.get(family)?.rules ?? rulesOf.get(family) ?? [];
  }

  /** The rule with this id; undefined if there is none. */
  rule(id: string): Rule | NotApplicable | undefined {
    return this.#rules.get(id) ?? ruleById(id);
  }

  /** The user's own specification of a family; undefined if it is none of theirs. */
  specification(family: Family): Specification | undefined {
    return this.#own.get(family);
  }

  /** True for the families whose objects have an executable specification. */
  hasAutomaton(family: Family): boolean {
    return this.#own.has(family) || hasAutomaton(family);
  }

  /**
   * The specification of the objects of a family, outside of with-statements.
   * @throws RangeError if the family has no objects of its own.
   */
  plainAutomatonOf(family: Family, profile: Profile = 'strict'): Automaton<unknown> {
    return this.#own.get(family)?.automaton ?? plainAutomatonOf(family, profile);
  }

  /**
   * The specification of the objects of a family, in with-statements and outside.
   * @throws RangeError if the family has no objects of its own.
   */
  automatonOf(family: Family, profile: Profile = 'strict'): Automaton<unknown> {
    const plain = this.plainAutomatonOf(family, profile);
    let automaton = this.#extended.get(plain);
    if (automaton === undefined) {
      automaton = withStatement(plain);
      this.#extended.set(plain, automaton);
    }
    return automaton;
  }

  /**
   * Whether a smaller program may lack an argument of a call (`wait`), or of a constructor (`create`). Of a primitive
   * of the user's own only what its specification shows a call without is known to be optional.
   */
  canSpare(family: Family, method: string, argument: string): boolean {
    const specification = this.#own.get(family);
    if (specification === undefined) return true;
    let spared = this.#spared.get(family);
    if (spared === undefined) {
      spared = new Set(sparedIn(specification));
      this.#spared.set(family, spared);
    }
    return spared.has(`${method}.${argument}`);
  }
}

/** What the documentation alone asks for. */
export const documented = new Rulebook();

function* sparedIn(specification: Specification): Generator<string> {
  const given = new Map<string, readonly (readonly string[])[]>();
  const add = (name: string, args: object) =>
    given.set(name, [...(given.get(name) ?? []), Object.keys(args)]);
  for (const { objects, threads } of shownPrograms(specification)) {
    const isOwn = (spec: ObjectSpec | undefined) => spec?.family === specification.family;
    for (const spec of objects) if (isOwn(spec)) add('create', spec.args);
    for (const { object, method, args } of threads.flat()) if (isOwn(objects[object])) add(method, args);
  }
  for (const [name, lists] of given) {
    for (const argument of new Set(lists.flat())) {
      if (lists.some((list) => !list.includes(argument))) yield `${name}.${argument}`;
    }
  }
}
