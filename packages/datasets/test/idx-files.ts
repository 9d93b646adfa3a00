/** An idx file of unsigned bytes. */
function idx(dimensions: readonly number[], data: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * dimensions.length));
  header.setUint8(2, 8);
  header.setUint8(3, dimensions.length);
  for (const [axis, dimension] of dimensions.entries()) header.setUint32(4 + 4 * axis, dimension);
  return new Uint8Array([...new Uint8Array(header.buffer), ...data]);
}

/** Byte `p` of image `i` is i + p, modulo 256. */
export const idxImages = (count: number, side = 28) =>
  idx(
    [count, side, side],
    Uint8Array.from({ length: count * side * side }, (_, k) => Math.floor(k / side ** 2) + (k % side ** 2)),
  );

/** The label of image `i` is i modulo 10. */
export const idxLabels = (count: number) =>
  idx(
    [count],
    Uint8Array.from({ length: count }, (_, i) => i % 10),
  );
