// The inner loops of resampling, in AssemblyScript: a pixel's colours, and sixteen bytes of a row, at a time, which JavaScript cannot say.
// `node tooling/scripts/build-loops.mjs` compiles this file into loops-binary.js.
//
// Pictures are rows of RGB bytes in this module's memory. Weights are multiples of 2^-22 and products fit 32 bits, as Pillow has
// them: of every place of an axis the first pixel that counts, how many count, and `most` weights. Addresses are in bytes.

const precisionBits = 22;
const half = 1 << (precisionBits - 1);

/** Sums with their bits behind the point, as bytes: four times the four of them. */
// @ts-ignore: decorator
@inline
function bytesOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_s(i32x4.shr_s(a, precisionBits), i32x4.shr_s(b, precisionBits)),
    i16x8.narrow_i32x4_s(i32x4.shr_s(c, precisionBits), i32x4.shr_s(d, precisionBits)),
  );
}

/** Brings rows to so many pixels. Writes a byte behind each pixel, and reads one. */
export function resizeRows(
  picture: usize, pictureStride: usize, rows: i32, result: usize, resultStride: usize, places: i32,
  first: usize, count: usize, weights: usize, most: i32,
): void {
  for (let y = 0; y < rows; y++) {
    let to = result;
    for (let x = 0; x < places; x++) {
      const index = <usize>x << 2;
      let from = picture + <usize>(load<i32>(first + index) * 3);
      let weight = weights + <usize>(x * most) * 4;
      const end = weight + (<usize>load<i32>(count + index) << 2);
      let sum = i32x4.splat(half);
      while (weight < end) {
        const pixel = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
        sum = i32x4.add(sum, i32x4.mul(pixel, v128.load32_splat(weight)));
        from += 3;
        weight += 4;
      }
      v128.store32_lane(to, bytesOf(sum, sum, sum, sum), 0);
      to += 3;
    }
    picture += pictureStride;
    result += resultStride;
  }
}

/** Brings columns to so many pixels; the result has its rows one behind the other. Reads and writes up to 15 bytes behind each row. */
export function resizeColumns(
  picture: usize, pictureStride: usize, rowBytes: usize, result: usize, places: i32,
  first: usize, count: usize, weights: usize, most: i32,
): void {
  for (let y = 0; y < places; y++) {
    const index = <usize>y << 2;
    const top = picture + <usize>load<i32>(first + index) * pictureStride;
    const begin = weights + <usize>(y * most) * 4;
    const end = begin + (<usize>load<i32>(count + index) << 2);
    for (let x: usize = 0; x < rowBytes; x += 16) {
      let from = top + x;
      let a = i32x4.splat(half), b = a, c = a, d = a;
      for (let weight = begin; weight < end; weight += 4) {
        const bytes = v128.load(from), factor = v128.load32_splat(weight);
        const low = i16x8.extend_low_i8x16_u(bytes), high = i16x8.extend_high_i8x16_u(bytes);
        a = i32x4.add(a, i32x4.mul(i32x4.extend_low_i16x8_u(low), factor));
        b = i32x4.add(b, i32x4.mul(i32x4.extend_high_i16x8_u(low), factor));
        c = i32x4.add(c, i32x4.mul(i32x4.extend_low_i16x8_u(high), factor));
        d = i32x4.add(d, i32x4.mul(i32x4.extend_high_i16x8_u(high), factor));
        from += pictureStride;
      }
      v128.store(result + x, bytesOf(a, b, c, d));
    }
    result += rowBytes;
  }
}
