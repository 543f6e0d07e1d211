import type { Configuration } from './configuration.ts';

/** The rules that an event was evidence for, and the situations it showed, as `family: label`. */
export interface Evidence {
  readonly rules: readonly string[];
  readonly labels: readonly string[];
}

/** Evidence as one judge has it: one object for all that says the same. */
export interface NumberedEvidence extends Evidence {
  readonly number: number;
}

export const noEvidence: NumberedEvidence = { number: -1, rules: [], labels: [] };

/** Numbers for evidence: there is little that is not the same. */
export class EvidenceNumbers {
  readonly #known = new Map<string, NumberedEvidence>();

  /** The one object that says the same as this; {@link noEvidence} if that is nothing. */
  of(evidence: Evidence): NumberedEvidence {
    const { rules, labels } = evidence;
    if (rules.length === 0 && labels.length === 0) return noEvidence;
    const key = `${rules.join()}\n${labels.join()}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = { number: this.#known.size, rules, labels };
      this.#known.set(key, known);
    }
    return known;
  }
}

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
