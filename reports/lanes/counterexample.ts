import type { TraceStep } from '../../properties/engines/trace.ts';
import type { Counterexample } from '../../properties/run.ts';
import { describeExit } from '../../spec/compare.ts';
import { describeOutcome, type HistoryEvent } from '../../spec/history.ts';
import type { Call } from '../../spec/program.ts';
import { describeCall, describeShortly, faultyEvent, objectNames } from '../calls.ts';
import { count } from '../text.ts';
import { type Locations, locations, touchesMemory } from './locations.ts';
import { withoutRepeats } from './repeats.ts';
import type { Drawing, LaneRow, Row } from './rows.ts';
import { type Happening, timeline } from './timeline.ts';

/** A counterexample as lanes, up to the event that nothing explains; and how to read it, in sentences. */
export function counterexampleLanes(
  counterexample: Counterexample,
): Drawing & { readonly legend: readonly string[] } {
  const { program, history, trace } = counterexample;
  const last = faultyEvent(counterexample);
  const all = timeline(history, trace);
  const happenings = all.slice(
    0,
    1 + all.findIndex((happening) => 'event' in happening && happening.position === last),
  );
  const steps = happenings.flatMap((happening) => ('step' in happening ? [happening.step] : []));
  const places = locations(steps);
  const telling = new Telling(counterexample, last, places);
  happenings.forEach((happening, position) => {
    if ('event' in happening) {
      telling.event(happening.event, happening.position);
      return;
    }
    if (happening.preempted !== undefined) telling.preempted(happening.preempted);
    if (happening.step.operation === 'wake') telling.time(clockAfter(happenings.slice(position + 1)));
    telling.step(happening.step);
  });
  telling.flush();
  const legend = [
    ...(steps.some(touchesMemory) ? ["A call's first atomic step is part of its beginning"] : []),
    ...(places.legend === undefined ? [] : [places.legend]),
  ];
  return { threads: program.threads.length, rows: telling.rows, legend };
}

/** A sleeper whose time is over sets the clock on: what it shows is seen at the next event. */
function clockAfter(later: readonly Happening[]): number {
  const next = later.find((happening) => 'event' in happening || happening.step.operation === 'wake');
  return next !== undefined && 'event' in next ? next.event.at : 0;
}

/** Seconds on a real clock in which nobody has waited for anything. */
const realGrain = 0.01;

/** Rows so far, and what is needed to tell the next. */
class Telling {
  readonly rows: Row[] = [];
  readonly #counterexample: Counterexample;
  readonly #last: number;
  readonly #places: Locations;
  readonly #open: Call[][];
  /** Each thread's last atomic step in its call, as far as it is known. */
  readonly #latest: (string | undefined)[] = [];
  #clock = 0;
  #operations: { readonly thread: number; readonly texts: string[] } | undefined;

  constructor(counterexample: Counterexample, last: number, places: Locations) {
    this.#counterexample = counterexample;
    this.#last = last;
    this.#places = places;
    this.#open = counterexample.program.threads.map(() => []);
  }

  step(step: TraceStep): void {
    const { thread, operation } = step;
    const isBetween = operation === 'begin' || operation === 'call' || operation === 'callback';
    this.#latest[thread] = isBetween ? undefined : operation;
    if (isBetween) return;
    if (operation === 'wake') {
      this.#lane('wakes', thread, 'wakes');
      return;
    }
    const text = operation === 'clock' ? 'looks at the clock' : `${operation}${this.#places.nameOf(step)}`;
    if (this.#operations?.thread !== thread) {
      this.flush();
      this.#operations = { thread, texts: [] };
    }
    this.#operations.texts.push(text);
  }

  preempted(thread: number): void {
    this.#lane('within', thread, '(preempted)');
  }

  event(event: HistoryEvent, position: number): void {
    const { program, thread, seen } = this.#counterexample;
    const last = position === this.#last;
    this.time(event.at);
    switch (event.type) {
      case 'created':
        this.#created(event, last);
        return;
      case 'call':
        this.#call(event.thread, program.threads[event.thread]?.[event.call] as Call);
        break;
      case 'end':
        if (this.#open[event.thread]?.pop()?.method === 'leave') this.#open[event.thread]?.pop();
        this.#lane('closes', event.thread, describeShortly(event.outcome), last && event.thread === thread);
        break;
      case 'enter': {
        const given = describeShortly({ returns: event.value });
        this.#lane('within', event.thread, `enters with ${given}`, last && event.thread === thread);
        break;
      }
      case 'callback': {
        const ending = describeOutcome(event.outcome);
        this.#lane('within', event.thread, `calls back: ${ending}`, last && event.thread === thread);
        break;
      }
      case 'blocked':
        this.#lane('sleeps', event.thread, this.#isAsleep(event.thread) ? 'sleeps' : 'spins');
        break;
      case 'begin':
        this.#lane('within', event.thread, `begins with ${describeShortly({ returns: event.given })}`, last);
        break;
      case 'finish':
        this.#lane('within', event.thread, `leaves: ${describeOutcome(event.outcome)}`);
        break;
      case 'prints':
        this.#note(`${event.to}: ${event.text.trimEnd()}`, last);
        break;
      case 'exit':
        this.#note(describeExit(event.code), last);
        break;
      case 'quiet':
        if (last) this.#quiet(event.until);
    }
    const told =
      ['end', 'enter', 'callback'].includes(event.type) && 'thread' in event && event.thread === thread;
    if (last && !told) this.#lane('within', thread, seen, true);
  }

  /** Tells the atomic steps that have piled up. */
  flush(): void {
    const operations = this.#operations;
    this.#operations = undefined;
    if (operations !== undefined)
      this.#lane('within', operations.thread, withoutRepeats(operations.texts).join(', '));
  }

  /** Of a call that cannot go on: who has just fallen asleep did nothing since. */
  #isAsleep(thread: number): boolean {
    const latest = this.#latest[thread];
    return latest === undefined || latest === 'wait' || latest === 'waitAsync';
  }

  #call(thread: number, call: Call): void {
    const text = describeCall(this.#counterexample.program.objects, call);
    this.#lane(call.method === 'leave' ? 'within' : 'opens', thread, text);
    this.#open[thread]?.push(call);
  }

  #created({ object, outcome }: HistoryEvent & { type: 'created' }, last: boolean): void {
    if (!last && !('raises' in outcome)) return;
    const name = objectNames(this.#counterexample.program.objects)[object];
    const ending = 'raises' in outcome ? describeOutcome(outcome) : 'gives an object';
    this.#note(`the constructor of ${name} ${ending}`, last);
  }

  #quiet(until: number): void {
    this.#note(
      until === Infinity ? 'all is quiet: nothing more can happen' : `all is quiet until ${clock(until)}`,
    );
  }

  /** The clock shows this many seconds, or did already. */
  time(at: number): void {
    // A real clock never stands still; only where somebody may have waited is it worth a line.
    const grain = ['process', 'free'].includes(this.#counterexample.engine) ? realGrain : 0;
    if (at <= this.#clock + grain) return;
    this.#clock = at;
    this.#note(`time passes: ${clock(at)} since the beginning`);
  }

  #lane(kind: LaneRow['kind'], thread: number, text: string, fault = false): void {
    this.flush();
    this.rows.push(fault ? { kind, thread, text, fault } : { kind, thread, text });
  }

  #note(text: string, fault = false): void {
    this.flush();
    this.rows.push(fault ? { kind: 'note', text, fault } : { kind: 'note', text });
  }
}

function clock(at: number): string {
  return count(Math.round(at * 1e6) / 1e6, 'second');
}
