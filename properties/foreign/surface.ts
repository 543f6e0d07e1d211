import type { HarnessDescription } from '../../impl/protocol.ts';
import { threadFamilies } from '../../spec/program.ts';
import { documented } from '../../spec/rulebook.ts';
import type { Surface } from '../engines/baton/thread.ts';
import { isDay, isExpired } from '../../impl/deviations.ts';
import { methods } from '../../impl/methods.ts';
import { vocabularyOf } from '../../impl/vocabulary.ts';
import { HarnessError } from './harnessError.ts';

/**
 * What a harness says of the implementation behind it, as runs take it.
 * @param programs whether those of the catalogue can be run.
 * @param moment by which deviations are accepted or not; default now.
 * @throws HarnessError if it names what there is not.
 */
export function surfaceOf(
  described: HarnessDescription,
  programs: boolean,
  moment: Date = new Date(),
): Surface {
  const { name, version, families, missing = [], forms = [], profile = 'strict' } = described;
  const { pollingInterval = 0, deviations = [] } = described;
  const known = [...Object.keys(methods), ...threadFamilies];
  const unknown = families.find((family) => !known.includes(family));
  if (unknown !== undefined) {
    throw wrong(`it has the family '${unknown}', which there is not; there are ${known.join(', ')}`);
  }
  const nameless = missing.find((part) => !families.includes(part.split('.')[0] ?? ''));
  if (nameless !== undefined)
    throw wrong(`it lacks '${nameless}', which belongs to no family that it provides`);
  const vocabulary = vocabularyOf([]);
  const unnamed = missing.find((part) => {
    const names = vocabulary.namesOf(part.split('.')[0] ?? '');
    return names.length > 0 && !names.includes(part);
  });
  if (unnamed !== undefined) throw wrong(`it lacks '${unnamed}', which no implementation can leave out`);
  const ruleless = deviations.find(({ rule }) => documented.rule(rule) === undefined);
  if (ruleless !== undefined) throw wrong(`it deviates from '${ruleless.rule}', which is no rule`);
  const dayless = deviations.find(({ until }) => !isDay(until));
  if (dayless !== undefined) {
    throw wrong(
      `it deviates from '${dayless.rule}' until '${dayless.until}', which is no day such as 2027-01-31`,
    );
  }
  const expired = deviations.find(({ until }) => isExpired(until, moment));
  if (expired !== undefined) {
    throw wrong(
      `its deviation from '${expired.rule}' was accepted until ${expired.until}; keep the rule, or say until when`,
    );
  }
  return {
    name: version === '' ? name : `${name} ${version}`,
    families: [...families, ...(programs ? ['prog' as const] : [])],
    missing,
    forms,
    deviations,
    benignRaces: [],
    pollingInterval,
    profile,
  };
}

function wrong(what: string): HarnessError {
  return new HarnessError('wrong answer', `The harness describes itself wrongly: ${what}.`);
}
