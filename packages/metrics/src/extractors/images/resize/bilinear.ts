/**
 * Bilinear without antialiasing: every pixel of the result lies between two pixels of the image in each direction,
 * however much the image shrinks.
 *
 * - `tensorflow-1`: place x of the result is place x * scale of the image, as `ResizeBilinear` of TensorFlow 1 (and of
 *   the published graph) has it: the picture moves by half a pixel. Every operation in float32, in TensorFlow's order,
 *   so that the numbers are the same to the bit.
 * - `half-pixel`: place x is place (x + 1/2) * scale - 1/2, as `F.interpolate(align_corners=False)` of PyTorch.
 */
export type Alignment = 'tensorflow-1' | 'half-pixel';

/** Of one axis: the pixels before and behind every place of the result, and how far it is from the first. */
interface Neighbours {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly fraction: Float32Array;
}

const round = Math.fround;

function neighboursOf(from: number, to: number, alignment: Alignment): Neighbours {
  const scale = round(from / to);
  const lower = new Int32Array(to);
  const upper = new Int32Array(to);
  const fraction = new Float32Array(to);
  for (let place = 0; place < to; place++) {
    const source =
      alignment === 'tensorflow-1'
        ? round(place * scale)
        : Math.max(0, round(round(scale * (place + 0.5)) - 0.5));
    lower[place] = Math.min(Math.floor(source), from - 1);
    upper[place] = Math.min(lower[place] + 1, from - 1);
    fraction[place] = source - lower[place];
  }
  return { lower, upper, fraction };
}

/** Makes a function that resizes one image of a fixed size. Images are `[height, width, channels]`. */
export function bilinearResizer(
  [height, width, channels]: readonly number[],
  side: number,
  alignment: Alignment,
): (image: ArrayLike<number>, result: Float32Array) => void {
  const columns = neighboursOf(width, side, alignment);
  const rows = neighboursOf(height, side, alignment);
  const between = new Float32Array(height * side * channels);
  const rowLength = side * channels;
  return (image, result) => {
    for (let row = 0; row < height; row++) {
      for (let x = 0; x < side; x++) {
        const left = (row * width + columns.lower[x]) * channels;
        const right = (row * width + columns.upper[x]) * channels;
        const fraction = columns.fraction[x];
        const to = row * rowLength + x * channels;
        for (let c = 0; c < channels; c++) {
          const value = image[left + c];
          between[to + c] = value + round(round(image[right + c] - value) * fraction);
        }
      }
    }
    for (let y = 0; y < side; y++) {
      const top = rows.lower[y] * rowLength;
      const bottom = rows.upper[y] * rowLength;
      const fraction = rows.fraction[y];
      for (let k = 0; k < rowLength; k++) {
        const value = between[top + k];
        result[y * rowLength + k] = value + round(round(between[bottom + k] - value) * fraction);
      }
    }
  };
}
