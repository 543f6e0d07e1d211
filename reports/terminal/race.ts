import type { RaceResult } from '../../properties/run.ts';
import type { Page } from '../style.ts';
import { hang, printableData } from '../text.ts';

/**
 * A race: what it is, both places, how to see it again, and what to do about it.
 * @param module what to type behind `lockproof replay <token>`; empty for the reference implementation.
 */
export function raceReport(given: RaceResult, { columns, paint }: Page, module: string): string[] {
  const race = printableData(given);
  const { number, first, second, memory, byte, token, declared } = race;
  const kind = ({ atomic, access }: RaceResult['first']) => `${atomic ? 'n atomic' : ' plain'} ${access}`;
  const what = `A${kind(first)} and a${kind(second)} of the same byte, and nothing orders them`;
  const replay = `lockproof replay ${token}${module === '' ? '' : ` ${module}`}`;
  const place = ({ thread, access, file, line, column, function: name }: RaceResult['first']) => {
    const where = file === '' ? 'somewhere' : `${file}:${line}${column === 0 ? '' : `:${column}`}`;
    const verb = `${access}s`.padEnd(6);
    return `   thread ${thread + 1} ${verb} ${where}${name === '' ? '' : `  in ${name}`}`;
  };
  return [
    ...hang(`Race ${number}. `, `${what} (memory ${memory}, byte ${byte}).`, columns).map((line) =>
      paint(declared === undefined ? 'doubtful' : 'faint', line),
    ),
    // What is cut in two can be neither followed nor copied.
    place(first),
    place(second),
    `   ${replay}`,
    ...hang('   ', declared === undefined ? advice(race) : `Declared: ${declared}`, columns),
  ];
}

function advice({ first, second }: RaceResult): string {
  const atomics = first.atomic || second.atomic ? 'Use Atomics in the plain one too' : 'Use Atomics in both';
  return `${atomics}, or order the two by a lock or a flag that is read by Atomics; if it does no harm, declare it in benignRaces.`;
}
