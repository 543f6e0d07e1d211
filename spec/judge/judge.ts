import type { Automaton } from '../automaton.ts';
import { describeOutcome, type History, type HistoryEvent, type Outcome } from '../history.ts';
import type { Call, ObjectSpec, Program } from '../program.ts';
import {
  type Automata,
  type Configuration,
  callKey,
  configurationKey,
  outcomeKey,
  withCall,
  withCallState,
} from './configuration.ts';
import { endOfCall, endOfCallback, type Explanation } from './endOfCall.ts';
import { type Evidence, noEvidence } from './evidence.ts';
import { quiet } from './quiet.ts';
import { Symbols } from './symbols.ts';
import { allowed, type Refused, type Verdict } from './verdict.ts';

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
interface Node {
  readonly configurations: readonly Configuration[];
  readonly edges: Map<number, Edge>;
}

interface Edge {
  readonly node: Node;
  readonly evidence: Evidence;
}

/**
 * Decides whether histories of programs on the same objects are allowed.
 *
 * Keeps, event by event, every explanation that the automata offer for what was seen
 * (just-in-time linearization, Lowe 2017, with steps between request and response). What an
 * event does to a set of explanations is computed once and remembered, so that judging many
 * similar histories costs a look-up an event.
 */
export class Judge {
  readonly #automata: Automata;
  readonly #objects: readonly ObjectSpec[];
  readonly #options: Required<JudgeOptions>;
  readonly #roots = new Map<number, Node>();
  readonly #nodes = new Map<string, Node>();
  #size = 0;

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
    this.#automata = objects.map(({ family }) => automatonOf(family));
    this.#options = { clockTolerance: 1e-6, pollingInterval: 0, mostInMind: 50_000, ...options };
  }

  /** Seconds for which a call may sleep although it could go on. */
  get pollingInterval(): number {
    return this.#options.pollingInterval;
  }

  /** How much it has in mind: explanations, in all the sets of them that it has met. */
  get size(): number {
    return this.#size;
  }

  /** A new trial, for one history of this program. */
  begin(program: Program): Trial {
    return new Trial(this, program);
  }

  /** The verdict on a whole history. */
  judge(program: Program, history: History): Verdict {
    const trial = this.begin(program);
    for (const event of history) {
      const verdict = trial.feed(event);
      if (verdict.kind !== 'allowed') return verdict;
    }
    return allowed;
  }

  /** @internal The node before any event, for this many threads. */
  root(threads: number): Node {
    let root = this.#roots.get(threads);
    if (root === undefined || this.#size > this.#options.mostInMind) {
      this.#size = 0;
      this.#roots.clear();
      this.#nodes.clear();
      const states = this.#automata.map((automaton, object) => {
        const creation = automaton.create(this.#objects[object]?.args ?? {}, this.#objects);
        return 'state' in creation ? creation.state : null;
      });
      root = this.#node([{ objects: states, calls: new Array<undefined>(threads).fill(undefined) }]);
      this.#roots.set(threads, root);
    }
    return root;
  }

  /** @internal Seconds after which the call may give up. */
  timeout(call: Call): number | undefined {
    return this.#automata[call.object]?.timeout(call, this.#objects[call.object]?.args ?? {});
  }

  /** @internal What a constructor's outcome is evidence for, or why it is refused. */
  created(object: number, outcome: Outcome): Evidence | Omit<Refused, 'event'> {
    const creation = this.#automata[object]?.create(this.#objects[object]?.args ?? {}, this.#objects);
    if (creation === undefined) throw new RangeError(`The program has no object ${object}.`);
    const raises = 'raises' in creation ? creation.raises : undefined;
    const seen = 'raises' in outcome ? outcome.raises : undefined;
    if (raises === seen) return { rules: creation.rules, labels: [] };
    return {
      kind: 'broken',
      thread: 0,
      rules: creation.rules,
      expected: [raises === undefined ? 'an object' : `raises ${raises}`],
      seen: seen === undefined ? 'an object' : describeOutcome(outcome),
    };
  }

  /** @internal */
  readonly symbols = new Symbols();

  /** @internal Where an event leads from a node; computed once. */
  follow(from: Node, symbol: number, explain: () => Explanation): Edge | Omit<Refused, 'event'> {
    const known = from.edges.get(symbol);
    if (known !== undefined) return known;
    const explanation = explain();
    if ('kind' in explanation) return explanation;
    const edge = { node: this.#node(explanation.configurations), evidence: explanation.evidence };
    from.edges.set(symbol, edge);
    return edge;
  }

  /** The node of these configurations: one, however they were reached. */
  #node(configurations: readonly Configuration[]): Node {
    const key = configurations.map(configurationKey).sort().join('\n');
    let node = this.#nodes.get(key);
    if (node === undefined) {
      node = { configurations, edges: new Map() };
      this.#nodes.set(key, node);
      this.#size += configurations.length;
    }
    return node;
  }

  /** @internal */
  get automata(): Automata {
    return this.#automata;
  }

  /** @internal */
  get options(): Required<JudgeOptions> {
    return this.#options;
  }
}

/** The judging of one history, event by event. */
export class Trial {
  readonly #judge: Judge;
  readonly #program: Program;
  readonly #deadlines: (number | undefined)[];
  #node: Node;
  #events = 0;
  #evidence: Evidence[] = [];

  /** @internal Made by {@link Judge.begin}. */
  constructor(judge: Judge, program: Program) {
    this.#judge = judge;
    this.#program = program;
    this.#node = judge.root(program.threads.length);
    this.#deadlines = new Array<undefined>(program.threads.length).fill(undefined);
  }

  /** What the events so far were evidence for, one entry an event that was any. */
  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  /**
   * Judges the next event.
   * @throws RangeError if the event does not fit the program.
   */
  feed(event: HistoryEvent): Verdict {
    const position = this.#events++;
    this.#expire(event.type === 'quiet' && event.until === Infinity ? Infinity : event.at);
    const result = this.#explain(event);
    if ('kind' in result) return { ...result, event: position };
    this.#node = result.node;
    if (result.evidence.rules.length > 0 || result.evidence.labels.length > 0) {
      this.#evidence.push(result.evidence);
    }
    return allowed;
  }

  #explain(event: HistoryEvent): Edge | Omit<Refused, 'event'> {
    const judge = this.#judge;
    const from = this.#node;
    switch (event.type) {
      case 'created': {
        const evidence = judge.created(event.object, event.outcome);
        return 'kind' in evidence ? evidence : { node: from, evidence };
      }
      case 'call': {
        const { thread } = event;
        const call = this.#program.threads[thread]?.[event.call];
        if (call === undefined) throw new RangeError(`Thread ${thread} has no call ${event.call}.`);
        const timeout = judge.timeout(call);
        this.#deadlines[thread] = timeout === undefined ? undefined : event.at + timeout;
        return judge.follow(from, judge.symbols.of(thread, callKey(call)), () =>
          silently(from.configurations.map((configuration) => withCall(configuration, thread, call))),
        );
      }
      case 'end':
      case 'enter': {
        const { thread } = event;
        this.#deadlines[thread] = undefined;
        const outcome = event.type === 'end' ? event.outcome : { returns: event.value };
        return judge.follow(from, judge.symbols.of(thread, outcomeKey(outcome)), () =>
          endOfCall(judge.automata, from.configurations, thread, outcome),
        );
      }
      case 'callback': {
        const { thread, outcome } = event;
        return judge.follow(from, judge.symbols.of(thread, `callback ${outcomeKey(outcome)}`), () =>
          endOfCallback(judge.automata, from.configurations, thread, outcome),
        );
      }
      case 'blocked':
        return judge.follow(from, judge.symbols.of(event.thread, 'blocked'), () =>
          silently(from.configurations.map((configuration) => asleep(configuration, event.thread))),
        );
      case 'begin':
      case 'finish':
      case 'prints':
      case 'exit':
        return { node: from, evidence: noEvidence };
      case 'quiet': {
        const forever = event.until === Infinity;
        const { pollingInterval, clockTolerance } = judge.options;
        if (!forever && pollingInterval > 0 && event.until - event.at <= pollingInterval + clockTolerance)
          return { node: from, evidence: noEvidence };
        return judge.follow(from, judge.symbols.of(0, forever ? 'quiet for ever' : 'quiet'), () =>
          quiet(judge.automata, from.configurations, forever),
        );
      }
    }
  }

  /** Tells the automata whose time is over by then. */
  #expire(at: number): void {
    const tolerance = this.#judge.options.clockTolerance;
    for (let thread = 0; thread < this.#deadlines.length; thread++) {
      const deadline = this.#deadlines[thread];
      if (deadline === undefined || deadline > at + tolerance) continue;
      this.#deadlines[thread] = undefined;
      const from = this.#node;
      const edge = this.#judge.follow(from, this.#judge.symbols.of(thread, 'expired'), () =>
        silently(from.configurations.map((configuration) => expired(configuration, thread))),
      );
      if ('node' in edge) this.#node = edge.node;
    }
  }
}

function silently(configurations: readonly Configuration[]): Explanation {
  return { configurations, evidence: noEvidence };
}

function expired(configuration: Configuration, thread: number): Configuration {
  const state = configuration.calls[thread];
  if (state === undefined || state.expired) return configuration;
  return withCallState(configuration, thread, { ...state, expired: true });
}

function asleep(configuration: Configuration, thread: number): Configuration {
  const state = configuration.calls[thread];
  if (state === undefined || state.asleep) return configuration;
  return withCallState(configuration, thread, { ...state, asleep: true });
}
