import { writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { ExampleEvent } from '../../../spec/exampleEvents.ts';

/** What a process reports, in order, whichever of its threads does. */
export type Report =
  | ExampleEvent
  /** Another execution of a program that nobody orders begins, or the last one has ended. */
  | { readonly type: 'execution' }
  /** All steps were done, or one could not be: then `reached` is less than there are. */
  | { readonly type: 'done'; readonly reached: number }
  /** The process can run another example; not if this one left threads behind. */
  | { readonly type: 'rested'; readonly clean: boolean }
  /** The implementation cannot be loaded. */
  | { readonly type: 'failed'; readonly reason: string };

/** The pipe on which a process reports. */
export const reportPipe = 3;

/** Reports from any thread: written at once, and in one piece, so the order is that in which things happened. */
export function report(event: Report): void {
  writeSync(reportPipe, `${serialize(event).toString('base64')}\n`);
}

/** Puts reports together from what arrives of them. */
export class Reports {
  #rest = '';

  /** The reports that are complete with this. */
  add(text: string): readonly Report[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => deserialize(Buffer.from(line, 'base64')) as Report);
  }
}
