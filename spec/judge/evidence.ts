import type { Configuration } from './configuration.ts';

/** The rules that an event was evidence for, and the situations it showed, as `family: label`. */
export interface Evidence {
  readonly rules: readonly string[];
  readonly labels: readonly string[];
}

export const noEvidence: Evidence = { rules: [], labels: [] };

/** What these threads' calls rest on whichever of the configurations is the true one. */
export function evidenceOf(configurations: readonly Configuration[], threads: readonly number[]): Evidence {
  return {
    rules: inAll(configurations, threads, 'rules'),
    labels: inAll(configurations, threads, 'labels'),
  };
}

function inAll(
  configurations: readonly Configuration[],
  threads: readonly number[],
  what: 'rules' | 'labels',
): readonly string[] {
  const sets = configurations.map(
    ({ calls }) => new Set(threads.flatMap((thread) => calls[thread]?.[what] ?? [])),
  );
  const [first, ...others] = sets;
  return [...(first ?? [])].filter((name) => others.every((other) => other.has(name)));
}
