import type { Automaton } from '../automaton.ts';
import { describeOutcome, type Outcome } from '../history.ts';
import type { Call, ObjectSpec } from '../program.ts';
import { type Automata, type Configuration, configurationKey } from './configuration.ts';
import type { Explanation } from './endOfCall.ts';
import { EvidenceNumbers, type NumberedEvidence } from './evidence.ts';
import { Symbols } from './symbols.ts';
import type { Refused } from './verdict.ts';

/** How exactly the engine's clock and the implementation keep time. */
export interface JudgeOptions {
  /** Seconds by which a call may seem to give up early, default 0.000001: the clock's own error. */
  readonly clockTolerance?: number;
  /**
   * Seconds for which a call may sleep although it could go on, default 0: for implementations
   * that look again at intervals instead of being woken.
   */
  readonly pollingInterval?: number;
  /**
   * How many explanations are kept in mind from one history to the next, default 50,000, some fifty megabytes:
   * a judge that has more forgets them all.
   */
  readonly mostInMind?: number;
}

/** A set of explanations, and where each event that was ever seen there led to. */
export interface Node {
  /** Of all sets that one judge ever met. */
  readonly number: number;
  readonly configurations: readonly Configuration[];
  /** By the number of the event. */
  readonly edges: (Edge | undefined)[];
}

/** Where one event leads. */
export interface Edge {
  readonly kind: 'allowed';
  readonly node: Node;
  readonly evidence: NumberedEvidence;
}

/** All that a judge has worked out so far of programs on the same objects: sets of explanations, and what leads where. */
export class Explanations {
  readonly automata: Automata;
  readonly options: Required<JudgeOptions>;
  readonly symbols: Symbols;
  readonly #objects: readonly ObjectSpec[];
  readonly #evidence = new EvidenceNumbers();
  readonly #made: NumberedEvidence[] = [];
  readonly #roots = new Map<number, Node>();
  readonly #nodes = new Map<string, Node>();
  #size = 0;
  #nodeCount = 0;

  /**
   * @param objects the objects of the programs to come.
   * @param automatonOf the specification of a family.
   */
  constructor(
    objects: readonly ObjectSpec[],
    automatonOf: (family: ObjectSpec['family']) => Automaton<unknown>,
    options: JudgeOptions = {},
  ) {
    this.#objects = objects;
    this.automata = objects.map(({ family }) => automatonOf(family));
    this.symbols = new Symbols((call) => this.#timeout(call));
    this.options = { clockTolerance: 1e-6, pollingInterval: 0, mostInMind: 50_000, ...options };
  }

  /** How much there is: explanations, in all the sets of them that were met. */
  get size(): number {
    return this.#size;
  }

  /** The node before any event, for this many threads. */
  root(threads: number): Node {
    let root = this.#roots.get(threads);
    if (root === undefined || this.#size > this.options.mostInMind) {
      this.#size = 0;
      this.#roots.clear();
      this.#nodes.clear();
      const states = this.automata.map((automaton, object) => {
        const creation = automaton.create(this.#objects[object]?.args ?? {}, this.#objects);
        return 'state' in creation ? creation.state : null;
      });
      root = this.#node([{ objects: states, calls: new Array<undefined>(threads).fill(undefined) }]);
      this.#roots.set(threads, root);
    }
    return root;
  }

  #timeout(call: Call): number | undefined {
    return this.automata[call.object]?.timeout(call, this.#objects[call.object]?.args ?? {});
  }

  /** What a constructor's outcome is evidence for, or why it is refused. */
  created(object: number, outcome: Outcome): NumberedEvidence | Omit<Refused, 'event'> {
    const creation = this.automata[object]?.create(this.#objects[object]?.args ?? {}, this.#objects);
    if (creation === undefined) throw new RangeError(`The program has no object ${object}.`);
    const raises = 'raises' in creation ? creation.raises : undefined;
    const seen = 'raises' in outcome ? outcome.raises : undefined;
    if (raises === seen)
      return (this.#made[object] ??= this.#evidence.of({ rules: creation.rules, labels: [] }));
    return {
      kind: 'broken',
      thread: 0,
      rules: creation.rules,
      expected: [raises === undefined ? 'an object' : `raises ${raises}`],
      seen: seen === undefined ? 'an object' : describeOutcome(outcome),
    };
  }

  /** Where an event leads from a node, by what explains it: worked out once, then it is one of the edges. */
  learn(from: Node, symbol: number, explanation: Explanation): Edge | Omit<Refused, 'event'> {
    if ('kind' in explanation) return explanation;
    const node = this.#node(explanation.configurations);
    const edge: Edge = { kind: 'allowed', node, evidence: this.#evidence.of(explanation.evidence) };
    from.edges[symbol] = edge;
    return edge;
  }

  /** The node of these configurations: one, however they were reached. */
  #node(configurations: readonly Configuration[]): Node {
    const key = configurations.map(configurationKey).sort().join('\n');
    let node = this.#nodes.get(key);
    if (node === undefined) {
      node = { number: this.#nodeCount++, configurations, edges: [] };
      this.#nodes.set(key, node);
      this.#size += configurations.length;
    }
    return node;
  }
}
