/** One half of a running hash; `value` counts as 32 bits, what is beyond is lost. */
export function mixLow(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ Math.imul(value, 0xcc9e2d51 | 0), 0x1b873593);
  return mixed ^ (mixed >>> 15);
}

/** The other half, independent of the first. */
export function mixHigh(hash: number, value: number): number {
  const mixed = Math.imul((hash + 0x9e3779b9) ^ Math.imul(value, 0x85ebca6b | 0), 0xc2b2ae35 | 0);
  return mixed ^ (mixed >>> 13);
}

/** Both halves as a whole number of 53 bits. */
export function joined(low: number, high: number): number {
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}
