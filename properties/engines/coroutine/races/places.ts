import type { Place } from './race.ts';

/** Where nobody can say what stands. */
const nowhere: Place = { file: '', line: 0, column: 0, function: '' };

const places: Place[] = [nowhere];
const numbers = new Map<string, number>();

/** The number of a place, the same each time. */
export function numberOf(place: Place): number {
  const key = `${place.file}:${place.line}:${place.column}`;
  let number = numbers.get(key);
  if (number === undefined) {
    number = places.push(place) - 1;
    numbers.set(key, number);
  }
  return number;
}

/** The place that has this number. */
export function placeOf(number: number): Place {
  return places[number] ?? nowhere;
}
