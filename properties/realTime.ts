import { timeoutMax } from '../spec/automata/acquireArguments.ts';
import type { Args, Program } from '../spec/program.ts';

/** The same program with its time-outs so many times as long. */
export function scaledProgram({ objects, threads }: Program, scale: number): Program {
  const scaled = <Part extends { readonly args: Args }>(part: Part): Part => ({
    ...part,
    args: scaledArgs(part.args, scale),
  });
  return { objects: objects.map(scaled), threads: threads.map((calls) => calls.map(scaled)) };
}

/** The same arguments with a time-out so many times as long. */
export function scaledArgs(args: Args, scale: number): Args {
  const { timeout } = args;
  // What is too long to wait for stays so.
  if (typeof timeout !== 'number' || !(timeout > 0) || timeout > timeoutMax) return args;
  return { ...args, timeout: timeout * scale };
}
