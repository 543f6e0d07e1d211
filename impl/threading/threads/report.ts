import { complain } from './output.ts';
import { needNode } from './node.ts';

/** Prints what has ended a thread, as the worker could not do it itself. */
export function reportDeath(name: string, error: unknown): void {
  complain(`Exception in thread ${name}:\n${described(error)}\n`);
}

/** An error with its stack; anything else as Node shows it. */
export function described(error: unknown): string {
  return error instanceof Error && typeof error.stack === 'string'
    ? error.stack
    : needNode().util.inspect(error);
}
