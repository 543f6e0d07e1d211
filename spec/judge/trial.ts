import type { HistoryEvent } from '../history.ts';
import type { Call, Program } from '../program.ts';
import { type Configuration, outcomeKey, withCall, withCallState } from './configuration.ts';
import { endOfCall, endOfCallback, type Explanation } from './endOfCall.ts';
import { type Evidence, noEvidence } from './evidence.ts';
import type { Edge, Explanations, Node } from './explanations.ts';
import { quiet } from './quiet.ts';
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
  #evidence: Evidence[] = [];

  /** @internal Made by {@link Judge.begin}. */
  constructor(explanations: Explanations, program: Program) {
    this.#explanations = explanations;
    this.#program = program;
    this.#node = explanations.root(program.threads.length);
    this.#deadlines = new Array<undefined>(program.threads.length).fill(undefined);
  }

  /** What the events so far were evidence for, one entry an event that was any. */
  get evidence(): readonly Evidence[] {
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
    const explanations = this.#explanations;
    const from = this.#node;
    switch (event.type) {
      case 'created': {
        const evidence = explanations.created(event.object, event.outcome);
        return 'kind' in evidence ? evidence : { node: from, evidence };
      }
      case 'call': {
        const { thread } = event;
        const call = this.#program.threads[thread]?.[event.call];
        if (call === undefined) throw new RangeError(`Thread ${thread} has no call ${event.call}.`);
        const { symbol, timeout } = explanations.symbols.ofCall(thread, call);
        if (timeout !== undefined) this.#await(thread, event.at + timeout);
        return from.edges[symbol] ?? explanations.learn(from, symbol, silently(called(from, thread, call)));
      }
      case 'end':
      case 'enter': {
        const { thread } = event;
        if (this.#deadlines[thread] !== undefined) this.#await(thread, undefined);
        const outcome = event.type === 'end' ? event.outcome : { returns: event.value };
        const symbol = explanations.symbols.of(thread, outcomeKey(outcome));
        return (
          from.edges[symbol] ??
          explanations.learn(
            from,
            symbol,
            endOfCall(explanations.automata, from.configurations, thread, outcome),
          )
        );
      }
      case 'callback': {
        const { thread, outcome } = event;
        const symbol = explanations.symbols.of(thread, `callback ${outcomeKey(outcome)}`);
        return (
          from.edges[symbol] ??
          explanations.learn(
            from,
            symbol,
            endOfCallback(explanations.automata, from.configurations, thread, outcome),
          )
        );
      }
      case 'blocked': {
        const { thread } = event;
        const symbol = explanations.symbols.of(thread, 'blocked');
        return (
          from.edges[symbol] ??
          explanations.learn(from, symbol, silently(from.configurations.map((one) => asleep(one, thread))))
        );
      }
      case 'begin':
      case 'finish':
      case 'prints':
      case 'exit':
        return { node: from, evidence: noEvidence };
      case 'quiet': {
        const forever = event.until === Infinity;
        const { pollingInterval, clockTolerance } = explanations.options;
        if (!forever && pollingInterval > 0 && event.until - event.at <= pollingInterval + clockTolerance)
          return { node: from, evidence: noEvidence };
        const symbol = explanations.symbols.of(0, forever ? 'quiet for ever' : 'quiet');
        return (
          from.edges[symbol] ??
          explanations.learn(from, symbol, quiet(explanations.automata, from.configurations, forever))
        );
      }
    }
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
      if ('node' in edge) this.#node = edge.node;
    }
  }
}

function called(from: Node, thread: number, call: Call): readonly Configuration[] {
  return from.configurations.map((configuration) => withCall(configuration, thread, call));
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
