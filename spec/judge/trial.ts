import type { HistoryEvent, Outcome } from '../history.ts';
import type { Call, Program } from '../program.ts';
import { type Configuration, outcomeKey, withCall, withCallState } from './configuration.ts';
import { endOfCall, endOfCallback, type Explanation } from './endOfCall.ts';
import { noEvidence, type NumberedEvidence } from './evidence.ts';
import type { Edge, Explanations, Node } from './explanations.ts';
import { quiet as allIsQuiet } from './quiet.ts';
import { allowed, type Refused, type Verdict } from './verdict.ts';

/** The judging of one history, event by event. */
export class Trial {
  readonly #explanations: Explanations;
  readonly #program: Program;
  readonly #deadlines: (number | undefined)[];
  #node: Node;
  #events = 0;
  /** How many deadlines there are. */
  #awaited = 0;
  #evidence: NumberedEvidence[] = [];

  /** @internal Made by {@link Judge.begin}. */
  constructor(explanations: Explanations, program: Program) {
    this.#explanations = explanations;
    this.#program = program;
    this.#node = explanations.root(program.threads.length);
    this.#deadlines = new Array<undefined>(program.threads.length).fill(undefined);
  }

  /** What the events so far were evidence for, one entry an event that was any. */
  get evidence(): readonly NumberedEvidence[] {
    return this.#evidence;
  }

  /**
   * A number for what explains the events so far: the same for all histories whose events to come mean the same.
   * Calls' deadlines aside: those hang on when they were made.
   */
  get state(): number {
    return this.#node.number;
  }

  /**
   * Judges the next event.
   * @throws RangeError if the event does not fit the program.
   */
  feed(event: HistoryEvent): Verdict {
    switch (event.type) {
      case 'created':
        return this.#created(event.object, event.outcome, event.at);
      case 'call':
        return this.call(event.thread, event.call, event.at);
      case 'end':
        return this.end(event.thread, event.outcome, event.at);
      case 'enter':
        return this.end(event.thread, { returns: event.value }, event.at);
      case 'callback':
        return this.callback(event.thread, event.outcome, event.at);
      case 'blocked':
        return this.blocked(event.thread, event.at);
      case 'quiet':
        return this.quiet(event.at, event.until);
      case 'begin':
      case 'finish':
      case 'prints':
      case 'exit':
        this.#expire(event.at);
        return this.#goTo(silentTo(this.#node));
    }
  }

  #created(object: number, outcome: Outcome, at: number): Verdict {
    this.#expire(at);
    const evidence = this.#explanations.created(object, outcome);
    return this.#goTo('kind' in evidence ? evidence : { kind: 'allowed', node: this.#node, evidence });
  }

  /** A thread makes the call at this position of its list. @param at seconds. @throws RangeError if there is none. */
  call(thread: number, position: number, at: number): Verdict {
    this.#expire(at);
    const { symbols } = this.#explanations;
    const from = this.#node;
    const call = this.#program.threads[thread]?.[position];
    if (call === undefined) throw new RangeError(`Thread ${thread} has no call ${position}.`);
    const { symbol, timeout } = symbols.ofCall(thread, call);
    if (timeout !== undefined) this.#await(thread, at + timeout);
    return this.#goTo(
      from.edges[symbol] ?? this.#explanations.learn(from, symbol, silently(called(from, thread, call))),
    );
  }

  /** A thread's pending call ended so, or the body of its with-statement begins and was given this value. */
  end(thread: number, outcome: Outcome, at: number): Verdict {
    this.#expire(at);
    if (this.#deadlines[thread] !== undefined) this.#await(thread, undefined);
    const { symbols, automata } = this.#explanations;
    const from = this.#node;
    const symbol = symbols.of(thread, outcomeKey(outcome));
    return this.#goTo(
      from.edges[symbol] ??
        this.#explanations.learn(from, symbol, endOfCall(automata, from.configurations, thread, outcome)),
    );
  }

  /** A function that was handed over was called by this thread, and ended so. */
  callback(thread: number, outcome: Outcome, at: number): Verdict {
    this.#expire(at);
    const { symbols, automata } = this.#explanations;
    const from = this.#node;
    const symbol = symbols.of(thread, `callback ${outcomeKey(outcome)}`);
    return this.#goTo(
      from.edges[symbol] ??
        this.#explanations.learn(from, symbol, endOfCallback(automata, from.configurations, thread, outcome)),
    );
  }

  /** A thread's pending call went to sleep, or spins in vain. */
  blocked(thread: number, at: number): Verdict {
    this.#expire(at);
    const from = this.#node;
    const symbol = this.#explanations.symbols.of(thread, 'blocked');
    return this.#goTo(
      from.edges[symbol] ??
        this.#explanations.learn(
          from,
          symbol,
          silently(from.configurations.map((one) => asleep(one, thread))),
        ),
    );
  }

  /** Nothing can happen before `until` seconds (Infinity: ever), unless somebody makes a new call. */
  quiet(at: number, until: number): Verdict {
    const forever = until === Infinity;
    this.#expire(forever ? Infinity : at);
    const { symbols, automata, options } = this.#explanations;
    const from = this.#node;
    const { pollingInterval, clockTolerance } = options;
    if (!forever && pollingInterval > 0 && until - at <= pollingInterval + clockTolerance) {
      return this.#goTo(silentTo(from));
    }
    const symbol = symbols.of(0, forever ? 'quiet for ever' : 'quiet');
    return this.#goTo(
      from.edges[symbol] ??
        this.#explanations.learn(from, symbol, allIsQuiet(automata, from.configurations, forever)),
    );
  }

  #goTo(result: Edge | Omit<Refused, 'event'>): Verdict {
    const event = this.#events++;
    if (result.kind !== 'allowed') return { ...result, event };
    this.#node = result.node;
    if (result.evidence !== noEvidence) this.#evidence.push(result.evidence);
    return allowed;
  }

  #await(thread: number, deadline: number | undefined): void {
    if (this.#deadlines[thread] === undefined) this.#awaited++;
    if (deadline === undefined) this.#awaited--;
    this.#deadlines[thread] = deadline;
  }

  /** Tells the automata whose time is over by then. */
  #expire(at: number): void {
    if (this.#awaited === 0) return;
    const tolerance = this.#explanations.options.clockTolerance;
    for (let thread = 0; thread < this.#deadlines.length; thread++) {
      const deadline = this.#deadlines[thread];
      if (deadline === undefined || deadline > at + tolerance) continue;
      this.#await(thread, undefined);
      const from = this.#node;
      const symbol = this.#explanations.symbols.of(thread, 'expired');
      const edge =
        from.edges[symbol] ??
        this.#explanations.learn(
          from,
          symbol,
          silently(from.configurations.map((one) => expired(one, thread))),
        );
      if (edge.kind === 'allowed') this.#node = edge.node;
    }
  }
}

function called(from: Node, thread: number, call: Call): readonly Configuration[] {
  return from.configurations.map((configuration) => withCall(configuration, thread, call));
}

function silentTo(node: Node): Edge {
  return { kind: 'allowed', node, evidence: noEvidence };
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
