import type { HistoryEvent, Outcome } from '../../../spec/history.ts';
import type { Value } from '../../../spec/program.ts';
import { type Control, cells, eventCells, eventNumbers } from './layout.ts';
import type { Listener } from './listener.ts';
import { natives } from './natives.ts';

const types = ['created', 'call', 'end', 'enter', 'blocked', 'quiet', 'step', 'callback'] as const;
const code = Object.fromEntries(types.map((type, position) => [type, position])) as Record<
  (typeof types)[number],
  number
>;

/** Kinds of outcome; a number stands beside the event, a text in the batch's area for texts. */
const kinds = { undefined: 0, null: 1, true: 2, false: 3, number: 4, string: 5, json: 6, raises: 7 } as const;

const millisecond = 1e-3;

/** Characters of a text that are kept. */
const longestText = 2000;

/** Writes what happens into the shared memory of the batch, in the order in which it is told. */
export class Recorder implements Listener {
  readonly #control: Control;
  readonly #now: () => number;
  readonly #offsets = new Map<string, number>();

  /** @param now milliseconds since the execution began; default the batch's virtual clock. */
  constructor(control: Control, now = () => control.clock) {
    this.#control = control;
    this.#now = now;
  }

  created(object: number, outcome: Outcome): void {
    this.#outcome(code.created, 0, object, outcome);
  }

  call(thread: number, call: number): void {
    this.#write(code.call, thread, call, 0, 0, 0);
  }

  end(thread: number, outcome: Outcome): void {
    this.#outcome(code.end, thread, 0, outcome);
  }

  enter(thread: number, value: Value): void {
    this.#outcome(code.enter, thread, 0, { returns: value });
  }

  callback(thread: number, outcome: Outcome): void {
    this.#outcome(code.callback, thread, 0, outcome);
  }

  blocked(thread: number): void {
    this.#write(code.blocked, thread, 0, 0, 0, 0);
  }

  quiet(until: number): void {
    this.#write(code.quiet, 0, 0, 0, 0, until);
  }

  step(step: number): void {
    this.#write(code.step, 0, step, 0, 0, 0);
  }

  #outcome(type: number, thread: number, position: number, outcome: Outcome): void {
    if ('raises' in outcome) {
      const text = this.#text(
        JSON.stringify([outcome.raises, outcome.message ?? '', ...(outcome.also ?? [])]),
      );
      this.#write(type, thread, position, kinds.raises, text, 0);
      return;
    }
    const { returns } = outcome;
    switch (typeof returns) {
      case 'undefined':
        return this.#write(type, thread, position, kinds.undefined, 0, 0);
      case 'boolean':
        return this.#write(type, thread, position, returns ? kinds.true : kinds.false, 0, 0);
      case 'number':
        return this.#write(type, thread, position, kinds.number, 0, returns);
      case 'string':
        return this.#write(type, thread, position, kinds.string, this.#text(returns), 0);
      case 'object':
        if (returns === null) return this.#write(type, thread, position, kinds.null, 0, 0);
        return this.#write(type, thread, position, kinds.json, this.#text(returns.json), 0);
      default:
        throw new RangeError(`A history has no values of type ${typeof returns}.`);
    }
  }

  #write(type: number, thread: number, position: number, kind: number, text: number, number: number): void {
    const control = this.#control;
    // Threads that run freely take their places one by one: the places are the order of events.
    const event = natives.add(control.header, cells.events, 1);
    if (event >= control.size.events) return;
    const cell = event * eventCells;
    control.events[cell] = type | (thread << 4) | (position << 8);
    control.events[cell + 1] = kind;
    control.events[cell + 2] = text;
    control.eventNumbers[event * eventNumbers] = this.#now();
    control.eventNumbers[event * eventNumbers + 1] = number;
  }

  /** Where the text stands: its length in two bytes, then the text. Too long ones are cut, the cut is shown. */
  #text(text: string): number {
    const known = this.#offsets.get(text);
    if (known !== undefined) return known;
    const control = this.#control;
    const bytes = Buffer.from(text.length > longestText ? `${text.slice(0, longestText)}…` : text);
    // Offset 0 is the empty text, for when there is no room left.
    const offset = 2 + natives.add(control.header, cells.texts, 2 + bytes.length);
    if (offset + 2 + bytes.length > control.texts.length) return 0;
    control.texts[offset] = bytes.length & 0xff;
    control.texts[offset + 1] = bytes.length >>> 8;
    control.texts.set(bytes, offset + 2);
    this.#offsets.set(text, offset);
    return offset;
  }
}

/** What one execution recorded, or the beginning of an ordered example's step. */
export type Recorded = HistoryEvent | { readonly type: 'step'; readonly step: number; readonly at: number };

/** The event that was recorded at this position of the batch. */
export function readEvent(control: Control, event: number): Recorded {
  const cell = event * eventCells;
  const packed = control.events[cell] as number;
  const type = types[packed & 15];
  const thread = (packed >>> 4) & 15;
  const position = packed >>> 8;
  const at = (control.eventNumbers[event * eventNumbers] as number) * millisecond;
  switch (type) {
    case 'created':
      return { type, object: position, outcome: readOutcome(control, event), at };
    case 'call':
      return { type, thread, call: position, at };
    case 'end':
    case 'callback':
      return { type, thread, outcome: readOutcome(control, event), at };
    case 'enter': {
      const outcome = readOutcome(control, event);
      return { type, thread, value: 'returns' in outcome ? outcome.returns : undefined, at };
    }
    case 'blocked':
      return { type, thread, at };
    case 'quiet': {
      const until = (control.eventNumbers[event * eventNumbers + 1] as number) * millisecond;
      return { type, at, until };
    }
    case 'step':
      return { type, step: position, at };
    default:
      throw new RangeError(`No event has the code ${packed & 15}.`);
  }
}

/** @throws RangeError if the code is unknown. */
function readOutcome(control: Control, event: number): Outcome {
  const cell = event * eventCells;
  const text = () => readText(control, control.events[cell + 2] as number);
  switch (control.events[cell + 1]) {
    case kinds.null:
      return { returns: null };
    case kinds.true:
      return { returns: true };
    case kinds.false:
      return { returns: false };
    case kinds.number:
      return { returns: control.eventNumbers[event * eventNumbers + 1] as number };
    case kinds.string:
      return { returns: text() };
    case kinds.json:
      return { returns: { json: text() } };
    case kinds.raises: {
      const [raises, message, ...also] = parseError(text());
      return { raises, ...(message !== '' && { message }), ...(also.length > 0 && { also }) };
    }
    default:
      return { returns: undefined };
  }
}

function parseError(text: string): [name: string, message: string, ...also: string[]] {
  try {
    return JSON.parse(text) as [string, string, ...string[]];
  } catch {
    // The text was cut.
    return [text.slice(2, 60), ''];
  }
}

function readText(control: Control, offset: number): string {
  const length = (control.texts[offset] as number) | ((control.texts[offset + 1] as number) << 8);
  return Buffer.from(control.texts.slice(offset + 2, offset + 2 + length)).toString();
}
