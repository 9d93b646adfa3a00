/**
 * Random numbers that Python and TypeScript make alike, bit for bit: `peers/seeded.py` in TypeScript.
 * A number is a hash of (stream name, position); there is no state.
 */

/** `count` multiples of 2^-24 in [0, 1). */
export function uniform(stream: string, count: number): Float64Array {
  const key = streamKey(stream);
  const values = new Float64Array(count);
  for (let position = 0; position < count; position++)
    values[position] = (mix(mix(position) ^ key) >>> 8) / 2 ** 24;
  return values;
}

/** The 32-bit finaliser `lowbias32` of Chris Wellons' hash-prospector. */
function mix(bits: number): number {
  bits ^= bits >>> 16;
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  return bits ^ (bits >>> 16);
}

/** FNV-1a. */
function streamKey(stream: string): number {
  let key = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(stream)) key = Math.imul(key ^ byte, 0x01000193);
  return key;
}
