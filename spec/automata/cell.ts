import { type Automaton, requested, type Step, type View } from '../automaton.ts';
import type { Value } from '../program.ts';

interface CellState {
  readonly value: Value;
}

/**
 * Plain shared memory: a read gives what the last write left. An increment reads and writes in two steps,
 * and returns what it wrote: what others write in between is lost.
 */
export const cellAutomaton: Automaton<CellState> = {
  family: 'cell',
  labels: [],
  create: () => ({ state: { value: 0 }, rules: [] }),
  timeout: () => undefined,
  steps(view) {
    const { call, state } = view;
    if (call.method === 'increment') return [increment(view)];
    const written = call.method === 'write';
    return [
      {
        name: written ? 'written' : 'read',
        open: true,
        due: 'now',
        rules: [],
        shape: written ? [] : ['lock.publishes'],
        ...(written && { state: { value: call.args.value as Value } }),
        then: { returns: written ? undefined : state.value },
      },
    ];
  },
};

/** The phase of an increment that has read is what it has read. */
function increment({ phase, state }: View<CellState>): Step<CellState> {
  const base = { open: true, due: 'now', rules: [], shape: ['lock.publishes'] } as const;
  if (phase === requested) return { ...base, name: 'read', then: { phase: JSON.stringify(state.value) } };
  const value = Number(phase) + 1;
  return { ...base, name: 'written', state: { value }, then: { returns: value } };
}
