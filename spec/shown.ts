import type { ExampleEvent } from './exampleEvents.ts';
import type { OrderedExample } from './example.ts';
import type { HistoryEvent, Outcome } from './history.ts';
import type { Value } from './program.ts';

type Begin = Extract<HistoryEvent, { type: 'begin' }>;

/** What an execution of an ordered example showed between the beginning of a step and that of the next. */
export interface Shown {
  /** How threads' calls ended, and when. */
  readonly ended: ReadonlyMap<number, { readonly outcome: Outcome; readonly at: number }>;
  readonly entered: ReadonlyMap<number, Value>;
  /** Threads in a call that has not ended when the next step begins. */
  readonly pending: ReadonlySet<number>;
  /** When each thread made its last call. */
  readonly called: ReadonlyMap<number, number>;
  /** The threads that called what was handed over, a call each. */
  readonly callbacks: readonly number[];
  /** The threads that began in this step. */
  readonly begun: readonly Begin[];
  /** The realm of each thread that has begun since the example did. */
  readonly realms: ReadonlyMap<number, number>;
  /** How the process has ended, if it has. */
  readonly exit?: number | string;
  /** When the step began. */
  readonly since: number;
  /** What the calls of labelled steps showed so far, by label. */
  readonly labelled: ReadonlyMap<string, Outcome>;
}

/** The main thread of the process, and its realm. */
const main = 0;

/** What happened in the step at this position, and what it stands on. */
export function shownIn(example: OrderedExample, events: readonly ExampleEvent[], position: number): Shown {
  const ended = new Map<number, { outcome: Outcome; at: number }>();
  const entered = new Map<number, Value>();
  const pending = new Set<number>();
  const called = new Map<number, number>();
  const callbacks: number[] = [];
  const begun: Begin[] = [];
  const realms = new Map([[main, main]]);
  const outcomes = new Outcomes();
  let exit: number | string | undefined;
  let since = 0;
  let step = -1;
  for (const event of events) {
    if (event.type === 'step') step = event.step;
    if (step > position) break;
    if (event.type === 'step') since = event.at;
    if (event.type === 'call') {
      pending.add(event.thread);
      called.set(event.thread, event.at);
    }
    if (event.type === 'end' || event.type === 'enter') pending.delete(event.thread);
    if (event.type === 'begin') realms.set(event.thread, event.realm);
    if (event.type === 'exit') exit = event.code;
    outcomes.add(event);
    if (step !== position) continue;
    if (event.type === 'end') ended.set(event.thread, { outcome: event.outcome, at: event.at });
    if (event.type === 'enter') entered.set(event.thread, event.value);
    if (event.type === 'callback') callbacks.push(event.thread);
    if (event.type === 'begin') begun.push(event);
  }
  const labelled = outcomes.labelledIn(example);
  const shown = { ended, entered, pending, called, callbacks, begun, realms, since, labelled };
  return exit === undefined ? shown : { ...shown, exit };
}

/** The outcomes of each thread's calls. */
class Outcomes {
  readonly #open = new Map<number, number[]>();
  readonly #ended = new Map<string, Outcome>();

  add(event: ExampleEvent): void {
    if (event.type === 'call') {
      const open = this.#open.get(event.thread) ?? [];
      open.push(event.call);
      this.#open.set(event.thread, open);
    } else if (event.type === 'end') {
      const call = this.#open.get(event.thread)?.pop();
      this.#ended.set(`${event.thread} ${call}`, event.outcome);
    }
  }

  labelledIn({ steps }: OrderedExample): ReadonlyMap<string, Outcome> {
    const made = new Map<number, number>();
    const labelled = new Map<string, Outcome>();
    for (const step of steps) {
      if (!('call' in step)) continue;
      const call = made.get(step.thread) ?? 0;
      made.set(step.thread, call + 1);
      const outcome = this.#ended.get(`${step.thread} ${call}`);
      if (step.label !== undefined && outcome !== undefined) labelled.set(step.label, outcome);
    }
    return labelled;
  }
}
