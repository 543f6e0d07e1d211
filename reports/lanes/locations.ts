import type { TraceStep } from '../../properties/engines/trace.ts';

/** Names for the places in shared memory that a trace touches. */
export interface Locations {
  /** What to write behind an operation; empty if there is only one place. */
  readonly nameOf: (step: TraceStep) => string;
  /** How to read the names; undefined if there are none. */
  readonly legend: string | undefined;
}

/** Operations that touch no memory. */
const elsewhere: ReadonlySet<string> = new Set(['begin', 'call', 'clock']);

/** Says whether a step is an operation on shared memory. */
export function touchesMemory({ operation }: TraceStep): boolean {
  return !elsewhere.has(operation);
}

/** The shortest names that tell this trace's places apart. */
export function locations(trace: readonly TraceStep[]): Locations {
  const touching = trace.filter(touchesMemory);
  const places = new Set(touching.map(({ memory, index }) => `${memory}:${index}`));
  if (places.size <= 1) return { nameOf: () => '', legend: undefined };
  const memories = new Set(touching.map(({ memory }) => memory));
  const several = memories.size > 1;
  return {
    nameOf: ({ memory, index }) => (several ? ` ${letter(memory)}+${index}` : ` +${index}`),
    legend: several
      ? `${[...memories]
          .sort((a, b) => a - b)
          .map(explain)
          .join(', ')}; +4: at byte 4`
      : '+4: at byte 4 of the shared memory',
  };
}

function letter(memory: number): string {
  return memory === 0 ? 'own' : `m${memory}`;
}

function explain(memory: number): string {
  return memory === 0 ? "own: memory of the thread's own" : `m${memory}: shared memory ${memory}`;
}
