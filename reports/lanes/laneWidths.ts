/** Columns that a lane has at least, however little room there is. */
const narrowest = 16;

/**
 * Shares the room out: a lane that needs less than its share leaves the rest to the others.
 * @param natural columns that each lane would like.
 * @param room columns for all lanes and the gaps between them.
 * @param gap columns between two lanes.
 */
export function laneWidths(natural: readonly number[], room: number, gap: number): readonly number[] {
  let left = room - gap * (natural.length - 1);
  const widths = new Array<number>(natural.length).fill(0);
  const ascending = natural
    .map((_, lane) => lane)
    .sort((a, b) => (natural[a] as number) - (natural[b] as number));
  ascending.forEach((lane, position) => {
    const share = Math.max(narrowest, Math.floor(left / (natural.length - position)));
    widths[lane] = Math.min(natural[lane] as number, share);
    left -= widths[lane];
  });
  return widths;
}
