/**
 * Random numbers that Python and TypeScript make alike, bit for bit: a number is a hash of (stream name, position).
 * The same as tooling/benchmarks/peers/seeded.py, which made the numbers that the tests expect.
 *
 * @returns multiples of 2^-24 in [low, high)
 */
export function seededUniform(stream: string, count: number, low: number, high: number): Float32Array {
  let key = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(stream)) key = Math.imul(key ^ byte, 0x01000193);
  const values = new Float32Array(count);
  for (let position = 0; position < count; position++) {
    values[position] = low + ((high - low) * (mix(mix(position) ^ key) >>> 8)) / 2 ** 24;
  }
  return values;
}

function mix(bits: number): number {
  bits ^= bits >>> 16;
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  return bits ^ (bits >>> 16);
}
