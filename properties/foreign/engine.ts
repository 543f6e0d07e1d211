import type { Answer, HarnessDescription, HarnessEvent, Step } from '../../impl/protocol.ts';
import { historyIn, type ExampleEvent } from '../../spec/exampleEvents.ts';
import type { History } from '../../spec/history.ts';
import { type Program, startsThreads } from '../../spec/program.ts';
import { misfitIn } from './checkEvents.ts';
import { HarnessError } from './harnessError.ts';
import { type HarnessCommand, HarnessProcess, type Question } from './harnessProcess.ts';

/** How a program is followed step by step. */
export interface Following {
  readonly program: Program;
  readonly steps: readonly Step[];
  readonly ownProcess: boolean;
  /** Seconds that what has to happen may take, and that what must not is given. */
  readonly patience: number;
  readonly settling: number;
}

/** What came of following a program. */
export interface Followed {
  readonly events: readonly ExampleEvent[];
  /** Something that had to happen did not. */
  readonly standstill: boolean;
}

/** Histories of a program that ran freely; the last one has come to a standstill, if so it says. */
export interface Ran {
  readonly histories: readonly History[];
  readonly standstill: boolean;
}

/** Runs with threads that were left behind, after which a process is used no longer. */
const mostUnclean = 24;

/** Seconds beyond what it was told to wait that a harness may take to answer. */
const usualSilence = 20;

/** Runs programs on the implementation behind a harness, in one process as long as that is in order. */
export class ForeignEngine {
  readonly #command: HarnessCommand;
  readonly #silence: number;
  #process: HarnessProcess | undefined;
  #unclean = 0;

  /** @param silence seconds beyond what it was told to wait that the harness may take to answer. */
  constructor(command: HarnessCommand, silence = usualSilence) {
    this.#command = command;
    this.#silence = silence;
  }

  /** What the harness says of the implementation. @throws HarnessError if it is not in order. */
  async describe(): Promise<HarnessDescription> {
    const harness = this.#here();
    const answer = await harness.ask({ ask: 'describe' }, this.#silence);
    if ('describes' in answer) return answer.describes;
    throw this.#refusal(harness, answer, 'describe');
  }

  /** Runs a program in an order. @throws HarnessError if the harness is not in order. */
  async follow({ program, steps, ownProcess, patience, settling }: Following): Promise<Followed> {
    if (ownProcess) await this.close();
    const harness = this.#here();
    const events: HarnessEvent[] = [];
    const startedBy = startsThreads(program.objects) ? 'program' : 'harness';
    const see = collectInto(events, startedBy);
    const question: Question = {
      ask: 'follow',
      program,
      startedBy,
      steps: [...steps],
      patience,
      settling,
      ownProcess,
    };
    const waits = steps.reduce((sum, { does }) => sum + ('elapse' in does ? does.elapse : 0), 0);
    const longest = this.#silence + waits + steps.length * settling + 3 * patience;
    let standstill = false;
    try {
      const done = await harness.ask(question, longest, see);
      if (!('done' in done)) throw this.#refusal(harness, done, 'follow');
      ({ standstill } = done.done);
      this.#fits(harness, program, events);
      await this.#after(done, startedBy === 'program' || ownProcess);
    } catch (error) {
      if (!(error instanceof HarnessError) || error.fault !== 'ended' || !ownProcess) throw error;
      // The implementation has ended its process, which may be just what the example is about.
      const how = await harness.ended;
      const code = /^exit code (\d+)$/u.exec(how)?.[1];
      events.push({ type: 'exit', code: code === undefined ? how : Number(code), at: lastMoment(events) });
    }
    if (ownProcess) {
      await this.close();
      const { stderr } = harness;
      if (stderr !== '') events.push({ type: 'prints', to: 'stderr', text: stderr, at: lastMoment(events) });
    }
    return {
      events: events.filter((event) => event.type !== 'execution'),
      standstill,
    };
  }

  /**
   * Runs a program so often, without orders.
   * @param patience seconds without any event after which nothing more is expected.
   * @throws HarnessError if the harness is not in order.
   */
  async run(program: Program, executions: number, patience: number, seed: number): Promise<Ran> {
    const harness = this.#here();
    const events: HarnessEvent[] = [];
    const startedBy = startsThreads(program.objects) ? 'program' : 'harness';
    const question: Question = { ask: 'run', program, startedBy, executions, patience, seed: seed >>> 0 };
    const longest = this.#silence + executions * (patience + timeoutsIn(program));
    const done = await harness.ask(question, longest, collectInto(events, startedBy));
    if (!('done' in done)) throw this.#refusal(harness, done, 'run');
    this.#fits(harness, program, events);
    const histories = split(events);
    const isWhole = done.done.standstill ? histories.length > 0 : histories.length === executions;
    if (!isWhole && !hasRefusal(events)) {
      throw this.#fault(
        harness,
        `told of ${histories.length} executions where it was asked for ${executions}.`,
      );
    }
    if (!done.done.standstill) await this.#after(done, startedBy === 'program');
    return { histories, standstill: done.done.standstill };
  }

  /**
   * Looks again at the threads that the last run left behind.
   * @param history what that run has shown of the execution that came to a standstill.
   * @returns what they have done since, and whether they are at a standstill still.
   */
  async wait(
    program: Program,
    history: History,
    patience: number,
  ): Promise<{ readonly events: History; readonly standstill: boolean }> {
    const events: HarnessEvent[] = [];
    const harness = this.#here();
    const done = await harness.ask(
      { ask: 'wait', patience },
      this.#silence + patience,
      collectInto(events, 'harness'),
    );
    if (!('done' in done)) throw this.#refusal(harness, done, 'wait');
    this.#fits(harness, program, [...history, ...events]);
    await this.#after(done, false);
    return { events: historyIn(events as ExampleEvent[]), standstill: done.done.standstill };
  }

  /** The last run came to a standstill, and that is all there is to know of it. */
  async leaveBehind(program: Program): Promise<void> {
    this.#unclean++;
    if (this.#unclean >= mostUnclean || startsThreads(program.objects)) await this.kill();
  }

  /** Lets the process end. */
  async close(): Promise<void> {
    const harness = this.#process;
    this.#process = undefined;
    this.#unclean = 0;
    await harness?.close();
  }

  /** Ends the process at once. */
  async kill(): Promise<void> {
    const harness = this.#process;
    this.#process = undefined;
    this.#unclean = 0;
    await harness?.kill();
  }

  #here(): HarnessProcess {
    if (this.#process === undefined || this.#process.isOver) {
      this.#unclean = 0;
      this.#process = new HarnessProcess(this.#command);
    }
    return this.#process;
  }

  async #after(answer: Extract<Answer, { done: unknown }>, isFragile: boolean): Promise<void> {
    if (answer.done.clean) return;
    this.#unclean++;
    if (isFragile || this.#unclean >= mostUnclean) await this.kill();
  }

  #fits(harness: HarnessProcess, program: Program, events: Parameters<typeof misfitIn>[1]): void {
    const misfit = misfitIn(program, events);
    if (misfit !== undefined) throw this.#fault(harness, `told what does not fit the program: ${misfit}.`);
  }

  #fault(harness: HarnessProcess, what: string): HarnessError {
    void this.kill();
    return new HarnessError('wrong answer', `${this.#command.name} ${what}`, harness.lastLines);
  }

  #refusal(harness: HarnessProcess, answer: Answer, asked: string): HarnessError {
    if (!('error' in answer)) return this.#fault(harness, `did not answer what '${asked}' asks.`);
    const what = `${this.#command.name} refuses what '${asked}' asks: ${answer.error}`;
    return new HarnessError('refused', what, harness.lastLines, answer.error);
  }
}

/**
 * What is not there is a TypeError in JavaScript, for which the rules are written; who has an error of its own for it means
 * the same. Of threads and their local data the rules ask for that error itself.
 */
function asRead(event: HarnessEvent): HarnessEvent {
  if (!('outcome' in event) || !('raises' in event.outcome)) return event;
  if (event.outcome.raises !== 'AttributeError') return event;
  return { ...event, outcome: { ...event.outcome, raises: 'TypeError' } };
}

function collectInto(events: HarnessEvent[], startedBy: 'harness' | 'program'): (answer: Answer) => void {
  return (answer) => {
    if (!('events' in answer)) return;
    for (const event of answer.events) events.push(startedBy === 'harness' ? asRead(event) : event);
  };
}

function lastMoment(events: readonly HarnessEvent[]): number {
  const last = events.at(-1);
  return last !== undefined && 'at' in last ? last.at : 0;
}

/** Something could not be made: there was nothing to run. */
function hasRefusal(events: readonly HarnessEvent[]): boolean {
  return events.some((event) => event.type === 'created' && 'raises' in event.outcome);
}

function split(events: readonly HarnessEvent[]): readonly History[] {
  const histories: Exclude<HarnessEvent, { type: 'execution' | 'step' }>[][] = [];
  for (const event of events) {
    if (event.type === 'execution') histories.push([]);
    else if (event.type !== 'step') histories.at(-1)?.push(event);
  }
  return histories;
}

/** Seconds that the time-outs of one execution may take together. */
function timeoutsIn({ objects, threads }: Program): number {
  return [...objects, ...threads.flat()].reduce((sum, { args: { timeout } }) => {
    const counts = typeof timeout === 'number' && timeout > 0 && timeout < 60;
    return counts ? sum + timeout : sum;
  }, 0);
}
