import type { Family, Program } from '../../spec/program.ts';
import { documented, type Rulebook } from '../../spec/rulebook.ts';
import type { Surface } from '../engines/baton/thread.ts';
import type { WithForm } from '../engines/loaded.ts';
import { formsFor, lackingIn } from '../plan.ts';
import { programsOf } from './programs.ts';
import { ownSettings, settings } from './units.ts';

/** Programs of one family that are searched together. */
export interface Part {
  readonly family: Family;
  /** Counted from 1 in the family. */
  readonly part: number;
  readonly form: WithForm;
  readonly programs: readonly Program[];
}

/** A worker is given so many programs at once: the fewer, the sooner an interrupted run can go on where it was. */
const programsAPart = 100;

/**
 * The small scope of these families, as far as the implementation provides what its programs use.
 * @param rulebook has those that are the user's own.
 */
export function partsOf(
  families: readonly Family[],
  surface: Surface,
  rulebook: Rulebook = documented,
): readonly Part[] {
  return families.flatMap((family) => {
    const own = rulebook.specification(family);
    const programs = (own === undefined ? (settings[family] ?? []) : ownSettings(own))
      .flatMap((setting) => [...programsOf(setting, family)])
      .filter((program) => lackingIn(program, surface).length === 0);
    const forms: readonly WithForm[] = programs[0] === undefined ? [] : formsFor(programs[0], surface);
    const parts = forms.flatMap((form) =>
      Array.from({ length: Math.ceil(programs.length / programsAPart) }, (_, part) => ({
        form,
        programs: programs.slice(part * programsAPart, (part + 1) * programsAPart),
      })),
    );
    return parts.map((part, position) => ({ ...part, family, part: position + 1 }));
  });
}
