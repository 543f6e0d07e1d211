import { type Inspection, isRecord } from './inspection.ts';

const example = `benignRaces: [
  {
    file: 'counter.ts',
    function: 'Counter.peek',
    reason: 'What peek() shows is for people to read, and may be old.',
  },
],`;

/** Checks which races an implementation says are none of its faults. */
export function checkBenignRaces(inspection: Inspection, value: Readonly<Record<string, unknown>>): void {
  const races = inspection.read(value, 'benignRaces', 'benignRaces', example);
  if (races === undefined) return;
  if (!Array.isArray(races)) {
    inspection.report('benignRaces', 'an array', races, example);
    return;
  }
  const known = new Set<string>();
  races.forEach((race: unknown, position) => {
    const path = `benignRaces[${position}]`;
    if (!isRecord(race)) {
      inspection.report(path, 'an object with file, function and reason', race, example);
      return;
    }
    inspection.refuseUnknownKeys(race, path, ['file', 'function', 'reason'], example, {
      line: 'function',
      method: 'function',
    });
    const file = checkText(inspection, race, path, 'file', 'the end of the path of a file');
    const name = Reflect.has(race, 'function')
      ? checkText(inspection, race, path, 'function', 'the name of a function in it')
      : undefined;
    checkText(inspection, race, path, 'reason', 'why it does no harm, a sentence');
    const what = JSON.stringify([file, name]);
    if (known.has(what)) {
      inspection.report(
        path,
        'one declaration a function',
        `${String(file)} again`,
        example,
        'Merge the two.',
      );
    }
    known.add(what);
  });
}

function checkText(
  inspection: Inspection,
  race: Readonly<Record<string, unknown>>,
  path: string,
  key: string,
  expected: string,
): unknown {
  const text = inspection.read(race, key, `${path}.${key}`, example);
  if (typeof text !== 'string' || text.trim() === '') {
    inspection.report(`${path}.${key}`, expected, text, example);
  }
  return text;
}
