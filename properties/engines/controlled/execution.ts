import { historyIn } from '../../../spec/exampleEvents.ts';
import type { HistoryEvent } from '../../../spec/history.ts';
import type { TraceStep } from '../trace.ts';
import { type Control, cells, endings, late, recordCells, summaryCells } from './layout.ts';
import { operations } from './operations.ts';
import { type Recorded, readEvent } from './recorder.ts';

/** How an execution ended: `diverged` if a script asked for a call that its thread could not make. */
export type Ending = Exclude<keyof typeof endings, 'running'>;

const endingNames = Object.fromEntries(Object.entries(endings).map(([name, code]) => [code, name])) as Record<
  number,
  Ending
>;

/** One decision of a recorded execution, with what it was taken from. */
export interface Decision extends TraceStep {
  /** Threads that could have gone on, as bits. */
  readonly ready: number;
  /** Those of them that went on in vain, and let others go first, as bits. Absent: none. */
  readonly spinning?: number;
  /** Sleepers whose time could have ended, as bits. */
  readonly timed: number;
  /** Notified threads whose time could have ended before they went on, as bits. */
  readonly overdue: number;
  /** The chosen thread is one of these, and its time did end. */
  readonly late: boolean;
}

/** What one execution showed. */
export interface Execution {
  readonly ending: Ending;
  /** Threads that were in the middle of a call and awake when it ended, as bits: these would go on for ever. Absent: none. */
  readonly spinning?: number;
  /** Which interleaving it was: a hash of its decisions, 53 bits. */
  readonly interleaving: number;
  readonly decisions: number;
  /** The history, and where the steps of a script began. */
  readonly events: readonly Recorded[];
  /** Every decision, if the batch was asked to record them. */
  readonly records: readonly Decision[];
}

/** The history alone. */
export function historyOf(execution: Pick<Execution, 'events'>): readonly HistoryEvent[] {
  return historyIn(execution.events);
}

/** Reads an execution that has ended. */
export function readExecution(control: Control, execution: number): Execution {
  const at = execution * summaryCells;
  const { summaries } = control;
  const spinning = (summaries[at] as number) >>> 8;
  return {
    ...readSummary(control, execution),
    ...(spinning !== 0 && { spinning }),
    events: readEvents(control, summaries[at + 4] as number, summaries[at + 5] as number),
    records: readRecords(control, summaries[at + 6] as number, summaries[at + 7] as number),
  };
}

/** Reads what an execution that has ended came to, without what it showed. */
export function readSummary(
  control: Control,
  execution: number,
): Pick<Execution, 'ending' | 'interleaving' | 'decisions'> {
  const at = execution * summaryCells;
  const { summaries } = control;
  const low = summaries[at + 2] as number;
  const high = summaries[at + 3] as number;
  return {
    ending: endingNames[(summaries[at] as number) & 255] as Ending,
    interleaving: (high & 0x1fffff) * 2 ** 32 + (low >>> 0),
    decisions: summaries[at + 1] as number,
  };
}

/** Reads what the execution under way has shown so far. */
export function readUnfinished(control: Control): Omit<Execution, 'ending'> {
  return {
    interleaving: 0,
    decisions: control.get(cells.steps),
    events: readEvents(control, control.get(cells.eventsStart), control.get(cells.events)),
    records: readRecords(control, control.get(cells.recordsStart), control.get(cells.records)),
  };
}

function readEvents(control: Control, start: number, end: number): readonly Recorded[] {
  const events: Recorded[] = [];
  // What the constructors showed stands before the first execution's events, for all of them.
  for (let event = 0; event < control.get(cells.createdEvents); event++)
    events.push(readEvent(control, event));
  for (let event = start; event < end; event++) events.push(readEvent(control, event));
  return events;
}

/** Reads what was decided in the only execution of a batch, and between what. */
export function readChoices(
  control: Control,
): readonly Pick<Decision, 'thread' | 'late' | 'ready' | 'timed' | 'overdue' | 'spinning'>[] {
  return Array.from({ length: control.get(cells.records) }, (_, record) => choiceAt(control, record));
}

function choiceAt(control: Control, record: number) {
  const chosen = control.records[record * recordCells] as number;
  const from = control.records[record * recordCells + 1] as number;
  const spinning = from >>> 24;
  return {
    thread: chosen & 7,
    late: (chosen & late) !== 0,
    ...(spinning !== 0 && { spinning }),
    ready: from & 255,
    timed: (from >>> 8) & 255,
    overdue: (from >>> 16) & 255,
  };
}

function readRecords(control: Control, start: number, end: number): readonly Decision[] {
  const records: Decision[] = [];
  for (let record = start; record < end; record++) {
    const chosen = control.records[record * recordCells] as number;
    records.push({
      ...choiceAt(control, record),
      operation: operations[(chosen >>> 4) & 255] as string,
      memory: chosen >>> 12,
      index: control.records[record * recordCells + 2] as number,
    });
  }
  return records;
}
