import type { Automaton, Progress, Step } from '../spec/automaton.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usageError.ts';

/** An automaton contradicts the specification that it is part of. */
export class AutomatonError extends UsageError {
  override readonly name = 'AutomatonError';
}

/**
 * The same automaton, whose steps are looked at: each rule that they cite is one of the specification's, each label one
 * of the automaton's. Otherwise a rule that nobody knows would be broken, or one that was meant never exercised.
 */
export function watched(automaton: Automaton<unknown>, rules: readonly string[]): Automaton<unknown> {
  const { family } = automaton;
  const known = new Set(rules);
  const labels = new Set(automaton.labels);
  const check = (ids: readonly string[] | undefined, whose: () => string): void => {
    for (const id of ids ?? []) {
      if (!known.has(id)) throw unknown(`${whose()} cites the rule '${id}'`, id, 'rules', rules);
    }
  };
  return {
    ...automaton,
    create(args, objects) {
      const creation = automaton.create(args, objects);
      check(creation.rules, () => `${family}: create`);
      return creation;
    },
    steps(view) {
      const steps = automaton.steps(view);
      const { method } = view.call;
      if (!Array.isArray(steps)) {
        throw new AutomatonError(
          `${family}: steps.${method} gives no array. It lists all steps, open or not.`,
        );
      }
      for (const step of steps as readonly Step<unknown>[]) {
        const whose = () => `${family}: the step '${step.name}' of ${method}`;
        check(step.rules, whose);
        check(step.overdue, whose);
        check(step.forbidden, whose);
        check(step.shape, whose);
        for (const label of step.labels ?? []) {
          if (!labels.has(label)) {
            throw unknown(`${whose()} has the label '${label}'`, label, 'labels', automaton.labels);
          }
        }
        if (!isProgress(step.then)) {
          throw new AutomatonError(
            `${whose()} leads nowhere. Its \`then\` is { phase }, { returns } or { raises }.`,
          );
        }
      }
      return steps;
    },
  };
}

function isProgress(then: Progress | undefined): boolean {
  return typeof then === 'object' && ('phase' in then || 'returns' in then || 'raises' in then);
}

function unknown(what: string, name: string, of: string, names: readonly string[]): AutomatonError {
  const near = nearest(name, names);
  const advice = near === undefined ? `Add it to the specification's ${of}.` : `Did you mean '${near}'?`;
  return new AutomatonError(`${what}, which the specification does not have. ${advice}`);
}
