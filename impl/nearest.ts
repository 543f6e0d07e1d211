/**
 * The name that was probably meant by another one, or undefined if none is near.
 *
 * Upper and lower case, `_` and `-` do not count; beyond them, one letter in three may be wrong,
 * missing, surplus or swapped with its neighbour.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const wanted = plain(given);
  let best: string | undefined;
  let least = Infinity;
  for (const name of names) {
    const far = distance(wanted, plain(name));
    if (far < least && far <= Math.max(wanted.length, name.length) / 3) {
      best = name;
      least = far;
    }
  }
  return best;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}

/** Edits between two words, a swap of neighbours being one (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const edits = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
      rows[row]?.push(edits);
    }
  }
  return at(a.length, b.length);
}
