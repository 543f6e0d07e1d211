/**
 * A decision is a thread's number, plus this if its deadline passes between its being notified and its
 * going on.
 */
export const late = 8;

/** The most threads a program may have. */
export const maximalThreads = 8;

/** The most scheduling points in a row at which no call begins or ends; beyond, the execution is taken for a livelock. */
export const maximalSteps = 16_384;

/** Steps in a row without any effect after which a thread that spins lets others go on. */
export const patience = 48;

/**
 * Changes that one thread makes while no call begins or ends, after which they count for nothing: who counts its looks
 * at a lock, or gives way and tries again, spins all the same.
 */
export const longestToil = 256;

/**
 * Sleeps in a row that end in vain: after so many, they end late, each time later; after so many more, those
 * who look again and again will do so for ever.
 */
export const vainSleeps = { early: 8, all: 56 } as const;

/** How an execution ended; `known`: where another one had been. */
export const endings = { running: 0, complete: 1, blocked: 2, livelock: 3, diverged: 4, known: 5 } as const;

/** What an implementation did that no program may do. */
export const faults = { none: 0, exit: 1 } as const;

/** Cells of the Int32 header; the numbers are positions. */
export const cells = {
  /** Threads that have loaded the implementation and wait for the first execution. */
  arrived: 0,
  /** Which execution of the batch is under way. */
  execution: 1,
  /** Whose turn it is. */
  current: 2,
  /** Decisions of this execution so far. */
  steps: 3,
  /** 1: the execution is over, blocked threads throw their way out. */
  unwinding: 4,
  /** Number of the next sleeper, for the FIFO order of the waiter lists. */
  sleepers: 5,
  /** State of the random generator. */
  random: 6,
  /** Two running hashes of the decisions. */
  hashLow: 7,
  hashHigh: 8,
  /** How the execution ended. */
  ending: 9,
  /** Events of the batch so far, and where this execution's begin. */
  events: 10,
  eventsStart: 11,
  /** Decisions recorded in the batch so far, and where this execution's begin. */
  records: 12,
  recordsStart: 13,
  /** Grows whenever anything happens: standing still, it shows a thread that hangs. */
  pulse: 14,
  /** 1: the batch is over. */
  done: 15,
  /** Position in the directions or the script of the schedule. */
  position: 16,
  /** Bytes of texts written so far. */
  texts: 17,
  /** How often anything was changed, or time passed for those who spin. */
  effects: 18,
  /** What the implementation did that ends the batch, and its number (an exit code). */
  fault: 19,
  faultNumber: 20,
  /** Threads of the program that have not finished. */
  unfinished: 21,
  /** 1 + thread whose end the coordinator has to bring about. */
  endOfThread: 22,
  /** PCT: the next priority to hand out when a thread is put last. */
  lowest: 23,
  /** The number of decisions that PCT spreads its changes over: a property of the program, or replays would differ. */
  length: 24,
  /** 1: whoever gets the baton decides anew. */
  resume: 25,
  /** Bit set of the threads that go on in vain. */
  spinning: 26,
  /** Milliseconds that pass if all spin, and whether any of them looked at the clock. */
  spinLapse: 27,
  clockLooks: 28,
  /** 1: a constructor raised, nothing was run. */
  refused: 29,
  /** How many events the constructors recorded, before the first execution. */
  createdEvents: 30,
  /** Times in a row that a sleeper's time ended while all was quiet, and nothing came of it. */
  vainSleeps: 31,
  /** Steps of the script that have been told. */
  told: 32,
  /** Decisions of this execution when a call last began or ended. */
  progress: 33,
  /** Bit set of the threads that were in the middle of a call and awake when all was over. */
  goingOn: 34,
  /** How many waiters of `Atomics.waitAsync` there were at one time. */
  waiters: 35,
  /** Bit sets of the threads that can go on, and of those that sleep; who is in neither has finished. */
  ready: 36,
  asleep: 37,
  /** Bit set of the threads that were notified and have not gone on since: their deadlines may pass before they do. */
  notified: 38,
} as const;
const headerCells = 40;

/** Int32 cells of one thread. */
export const threadCells = {
  /** 1: the thread has the baton. It parks on this cell. */
  park: 0,
  /** Where it sleeps: number of the memory, byte index; and since when, counted in sleepers. */
  memory: 2,
  index: 3,
  since: 4,
  /** Its sleep ended by time. */
  timedOut: 5,
  /** Its operations in vain since the last effect of anybody's, and which effect that was. */
  idle: 13,
  idleSince: 14,
  /** Between two calls: in lockstep it goes on only when the script says so. */
  atBoundary: 6,
  /** Priority under PCT: the higher goes first. */
  priority: 7,
  /** What it will do when it goes on: operation, memory, index. */
  operation: 8,
  operationMemory: 9,
  operationIndex: 10,
  /** It was recorded as asleep in its present call. */
  toldAsleep: 11,
  /** Its changes since a call last began or ended, and which moment that was. */
  toil: 15,
  toilSince: 16,
} as const;
const cellsPerThread = 32;
/** Int32 cells of one waiter of `Atomics.waitAsync`, and the most that can wait at a time. */
export const waiterCells = 6;
const maximalWaiters = 256;

/** Int32 cells of one recorded event: type, thread and call; kind of outcome; text. */
export const eventCells = 3;
/** Float64 cells of one recorded event: when; a number that belongs to it. */
export const eventNumbers = 2;
/** Int32 cells of the summary of one execution. */
export const summaryCells = 8;
/** Int32 cells of one recorded decision. */
export const recordCells = 3;
const int32 = Int32Array.BYTES_PER_ELEMENT;
const float64 = Float64Array.BYTES_PER_ELEMENT;

/** How large the areas of a batch are. */
export interface ControlSize {
  readonly executions: number;
  /** Events to be recorded; 0: none is. */
  readonly events: number;
  /** Int32 cells for the descriptions of the schedules. */
  readonly schedules: number;
  /** Decisions to be recorded; 0: none is. */
  readonly records: number;
  /** Bytes for texts. */
  readonly texts: number;
}

/**
 * The shared memory of a batch of executions: who runs, the schedules, the clock, and
 * all that is recorded. Only the thread that has the baton touches it, so its accesses are
 * plain; handing the baton over orders them.
 */
export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly size: ControlSize;
  readonly header: Int32Array;
  readonly threads: Int32Array;
  /** Milliseconds. Cell 0 is the clock, 1 the end of a lapse of time, 2 + thread the thread's deadline. */
  readonly times: Float64Array;
  /** Waiters of `Atomics.waitAsync`, and when their time ends: milliseconds. */
  readonly waiters: Int32Array;
  readonly waiterDeadlines: Float64Array;
  readonly summaries: Int32Array;
  readonly events: Int32Array;
  readonly eventNumbers: Float64Array;
  readonly schedules: Int32Array;
  readonly records: Int32Array;
  readonly texts: Uint8Array;

  /**
   * @param buffer of another thread's control, or of an earlier batch that is over; absent, or too small: a
   *   new one is made.
   */
  constructor(size: ControlSize, buffer?: SharedArrayBuffer) {
    this.size = size;
    let bytes = 0;
    const area = (count: number, width: number) => {
      const start = bytes;
      bytes += Math.ceil((count * width) / float64) * float64;
      return [start, count] as const;
    };
    const header = area(headerCells, int32);
    const threads = area(maximalThreads * cellsPerThread, int32);
    const times = area(2 + maximalThreads, float64);
    const waiters = area(maximalWaiters * waiterCells, int32);
    const waiterDeadlines = area(maximalWaiters, float64);
    const summaries = area(size.executions * summaryCells, int32);
    const events = area(size.events * eventCells, int32);
    const numbers = area(size.events * eventNumbers, float64);
    const schedules = area(size.schedules, int32);
    const records = area(size.records * recordCells, int32);
    const texts = area(size.texts, 1);
    const fits = buffer !== undefined && buffer.byteLength >= bytes;
    this.buffer = fits ? buffer : new SharedArrayBuffer(bytes);
    this.header = new Int32Array(this.buffer, ...header);
    this.threads = new Int32Array(this.buffer, ...threads);
    this.times = new Float64Array(this.buffer, ...times);
    this.waiters = new Int32Array(this.buffer, ...waiters);
    this.waiterDeadlines = new Float64Array(this.buffer, ...waiterDeadlines);
    this.summaries = new Int32Array(this.buffer, ...summaries);
    this.events = new Int32Array(this.buffer, ...events);
    this.eventNumbers = new Float64Array(this.buffer, ...numbers);
    this.schedules = new Int32Array(this.buffer, ...schedules);
    this.records = new Int32Array(this.buffer, ...records);
    this.texts = new Uint8Array(this.buffer, ...texts);
  }

  /** Makes the buffer of an earlier batch as good as new: what is not set here is written before it is read. */
  reset(): void {
    this.header.fill(0);
    this.threads.fill(0);
    this.times.fill(0);
    this.texts.fill(0, 0, 2);
  }

  /** An area has no room left: what was recorded last may have been cut short. */
  get isFull(): boolean {
    const { events, records, texts } = this.size;
    return (
      (events > 0 && this.get(cells.events) >= events) ||
      (records > 0 && this.get(cells.records) >= records) ||
      // The first two bytes are the empty text.
      (texts > 0 && 2 + this.get(cells.texts) > texts)
    );
  }

  get(cell: number): number {
    return this.header[cell] as number;
  }

  set(cell: number, value: number): void {
    this.header[cell] = value;
  }

  of(thread: number, cell: number): number {
    return this.threads[thread * cellsPerThread + cell] as number;
  }

  put(thread: number, cell: number, value: number): void {
    this.threads[thread * cellsPerThread + cell] = value;
  }

  get clock(): number {
    return this.times[0] as number;
  }

  deadline(thread: number): number {
    return this.times[2 + thread] as number;
  }

  /** Position of a thread's park cell in {@link threads}. */
  parkCell(thread: number): number {
    return thread * cellsPerThread + threadCells.park;
  }
}
