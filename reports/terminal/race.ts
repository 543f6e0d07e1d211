import type { RaceResult } from '../../properties/run.ts';
import type { Page } from '../style.ts';
import { hang, printableData, wrap } from '../text.ts';

/**
 * Races: what each is, both places, and how to see it again; at the end what to do about those that are not declared.
 * @param module what to type behind `lockproof replay <token>`; empty for the reference implementation.
 * @returns sections, in lines.
 */
export function racesReport(
  races: readonly RaceResult[],
  page: Page,
  module: string,
): readonly (readonly string[])[] {
  const advised = races.some(({ declared }) => declared === undefined);
  return [
    ...races.map((race) => raceReport(printableData(race), page, module)),
    ...(advised ? [wrap(advice, page.columns)] : []),
  ];
}

const advice =
  'Where accesses race, use Atomics in both places, or order the two: by a lock, by a flag that Atomics read and write. A race that does no harm can be declared in benignRaces.';

function raceReport(race: RaceResult, { columns, paint }: Page, module: string): string[] {
  const { number, first, second, memory, byte, token, declared } = race;
  const kind = ({ atomic, access }: RaceResult['first']) => `${atomic ? 'n atomic' : ' plain'} ${access}`;
  const what = `A${kind(first)} and a${kind(second)} of the same byte, and nothing orders them`;
  const place = ({ thread, access, file, line, column, function: name }: RaceResult['first']) => {
    const where = file === '' ? 'somewhere' : `${file}:${line}${column === 0 ? '' : `:${column}`}`;
    return `   thread ${thread + 1} ${`${access}s`.padEnd(6)} ${where}${name === '' ? '' : `  in ${name}`}`;
  };
  return [
    ...hang(`Race ${number}. `, `${what} (memory ${memory}, byte ${byte}).`, columns).map((line) =>
      paint(declared === undefined ? 'doubtful' : 'faint', line),
    ),
    // What is cut in two can be neither followed nor copied.
    place(first),
    place(second),
    `   lockproof replay ${token}${module === '' ? '' : ` ${module}`}`,
    ...(declared === undefined ? [] : hang('   ', `It is declared: ${declared}`, columns)),
  ];
}
