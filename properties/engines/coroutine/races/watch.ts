import { fileURLToPath } from 'node:url';
import { maximalThreads } from '../../controlled/layout.ts';
import { isShared, traceNumber, type Words } from '../../controlled/numbers.ts';
import { steppedBy } from '../runtime.ts';
import type { Detector } from './detector.ts';
import { numberOf } from './places.ts';

/*
 * Who touches shared memory at this moment, and where that stands: what the checks in the modules of an implementation
 * say of it goes from here to the detector of the batch.
 */
let detector: Detector | undefined;
let beginner = -1;

/** For each thread, the number of the place of the operation that it is about to do, if it said so. */
const announced = new Int32Array(maximalThreads);

/** From now on accesses are told to this detector; undefined: to nobody. */
export function watchBy(next: Detector | undefined): void {
  detector = next;
  announced.fill(0);
}

/** A thread begins, and does so without scheduling points. */
export function watchBeginning<T>(thread: number, begin: () => T): T {
  beginner = thread;
  try {
    return begin();
  } finally {
    beginner = -1;
  }
}

/** The thread that runs as a part of an execution; -1: none does. */
function running(): number {
  if (detector === undefined) return -1;
  const by = steppedBy();
  if (by === undefined) return beginner;
  return by.unwinding ? -1 : by.thread;
}

/** The operation that comes next in the thread that runs stands in this place. */
export function announce(place: number): void {
  const thread = running();
  if (thread >= 0) announced[thread] = place;
}

/** What is to be said of an access that others can see. */
export interface Seen {
  readonly detector: Detector;
  readonly thread: number;
  /** Number of the place where it stands. */
  readonly place: number;
}

/**
 * What there is to say of an operation on views that is done now.
 * @returns for each of the views it touches: undefined if nobody else can reach its memory.
 */
export function operation(): (view: unknown) => Seen | undefined {
  const thread = running();
  const by = detector;
  if (thread < 0 || by === undefined) return () => undefined;
  const place = announced[thread] as number;
  announced[thread] = 0;
  return (view) => {
    if (!isShared(view) || traceNumber(view) === 0) return undefined;
    return { detector: by, thread, place: place === 0 ? placeOfCaller() : place };
  };
}

/** {@link operation} on one view. */
export function seen(view: unknown): Seen | undefined {
  return operation()(view);
}

/** A plain access to some elements of a view, or to some bytes of one without elements. */
export function touched(
  by: Seen | undefined,
  access: 'read' | 'write',
  view: Words,
  start: number,
  count: number,
  width: number = view.BYTES_PER_ELEMENT,
): void {
  if (by === undefined || count <= 0) return;
  const range = { memory: traceNumber(view), byte: view.byteOffset + start * width, size: count * width };
  by.detector.plain(by.thread, access, range, by.place);
}

/** A plain access to one element, in a place that is known. */
export function touchedElement(access: 'read' | 'write', view: unknown, index: number, place: number): void {
  if (!isShared(view)) return;
  const thread = running();
  if (thread < 0 || traceNumber(view) === 0 || !(index >= 0 && index < view.length)) return;
  if (!Number.isInteger(index)) return;
  const width = view.BYTES_PER_ELEMENT;
  const range = { memory: traceNumber(view), byte: view.byteOffset + index * width, size: width };
  detector?.plain(thread, access, range, place);
}

/** Where nothing was announced the stack knows the line. */
function placeOfCaller(): number {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 12;
  const { stack } = new Error('looks where it is');
  Error.stackTraceLimit = stackTraceLimit;
  const frame = /(file:[^()\s]*?)\?lockproof=\w+:(\d+)/u.exec(stack ?? '');
  if (frame === null) return 0;
  return numberOf({
    file: fileURLToPath(frame[1] as string),
    line: Number(frame[2]),
    column: 0,
    function: '',
  });
}
