import type { Automaton } from '../automaton.ts';
import type { Value } from '../program.ts';

/** Plain shared memory: a read gives what the last write left. Programs take care that they do not race. */
export const cellAutomaton: Automaton<{ readonly value: Value }> = {
  family: 'cell',
  labels: [],
  create: () => ({ state: { value: 0 }, rules: [] }),
  timeout: () => undefined,
  steps({ call, state }) {
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
