import { fileURLToPath } from 'node:url';
import { programsUrl } from '../properties/engines/programs/program.ts';
import type { ForeignSource } from '../properties/foreign/verify.ts';

/** The harness for CPython, which comes with Lockproof. */
const harness = fileURLToPath(new URL('../impl/cpython/harness.py', import.meta.url));

/**
 * CPython, as Lockproof judges it.
 * @param python the interpreter: a command, or its path.
 * @param patch a Python file that is run before the harness, to change what is judged.
 */
export function cpython(python = 'python3', patch?: string): ForeignSource {
  return {
    name: 'The harness for CPython',
    hint: "Install Python 3.8 or newer, or say where it is: 'cpython:/usr/local/bin/python3'.",
    command: [python, harness, ...(patch === undefined ? [] : ['--patch', patch])],
    programs: (name) => [python, fileURLToPath(new URL(`${name}.py`, programsUrl))],
  };
}
