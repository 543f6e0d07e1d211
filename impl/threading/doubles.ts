const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);

/** A number as the two words of its bits. */
export function double(value: number): readonly [number, number] {
  float[0] = value;
  return [halves[0] as number, halves[1] as number];
}

/** The number with these bits. */
export function fromDouble(one: number, other: number): number {
  halves[0] = one;
  halves[1] = other;
  return float[0] as number;
}
