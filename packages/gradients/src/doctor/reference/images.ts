/** Images as [height, width, channels] arrays, one image at a time, written straight from the definitions. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A number for both axes, or one for rows and one for columns. */
type PerAxis = number | readonly [number, number];

/** Windows of one pooling or convolution. `before` is the padding above and to the left. */
export interface WindowGrid {
  readonly window: PerAxis;
  readonly stride: PerAxis;
  readonly before: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** Distance between the entries of a window; 1 by default. */
  readonly dilation?: PerAxis;
}

const both = (value: PerAxis) => (typeof value === 'number' ? ([value, value] as const) : value);

/** Calls `visit` for every (output position, window entry) whose input pixel lies inside the image. */
function visitWindows(
  size: ImageSize,
  { window, stride, before, outHeight, outWidth, dilation = 1 }: WindowGrid,
  visit: (outputPixel: number, windowPixel: number, inputPixel: number) => void,
): void {
  const [windowHeight, windowWidth] = both(window);
  const [strideHeight, strideWidth] = both(stride);
  const [down, across] = both(dilation);
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      for (let y = 0; y < windowHeight; y++) {
        for (let x = 0; x < windowWidth; x++) {
          const inputRow = row * strideHeight + y * down - before;
          const inputColumn = column * strideWidth + x * across - before;
          if (inputRow < 0 || inputRow >= size.height) continue;
          if (inputColumn < 0 || inputColumn >= size.width) continue;
          visit(row * outWidth + column, y * windowWidth + x, inputRow * size.width + inputColumn);
        }
      }
    }
  }
}

/** filter: [window height, window width, channels, outChannels]. */
export function convolution(
  image: Float64Array,
  filter: Float64Array,
  size: ImageSize,
  grid: WindowGrid,
  outChannels: number,
): Float64Array {
  const output = new Float64Array(grid.outHeight * grid.outWidth * outChannels);
  visitWindows(size, grid, (outputPixel, windowPixel, inputPixel) => {
    for (let i = 0; i < size.channels; i++) {
      for (let o = 0; o < outChannels; o++) {
        output[outputPixel * outChannels + o] +=
          image[inputPixel * size.channels + i] * filter[(windowPixel * size.channels + i) * outChannels + o];
      }
    }
  });
  return output;
}

/** The transpose of {@link convolution}: reads an output-sized image, returns one of `size`. */
export function transposedConvolution(
  image: Float64Array,
  filter: Float64Array,
  size: ImageSize,
  grid: WindowGrid,
  inChannels: number,
): Float64Array {
  const output = new Float64Array(size.height * size.width * size.channels);
  visitWindows(size, grid, (imagePixel, windowPixel, outputPixel) => {
    for (let o = 0; o < size.channels; o++) {
      for (let i = 0; i < inChannels; i++) {
        output[outputPixel * size.channels + o] +=
          image[imagePixel * inChannels + i] * filter[(windowPixel * size.channels + o) * inChannels + i];
      }
    }
  });
  return output;
}

/** filter: [window height, window width, channels, multiplier]; output channel = channel * multiplier + m. */
export function depthwiseConvolution(
  image: Float64Array,
  filter: Float64Array,
  size: ImageSize,
  grid: WindowGrid,
  multiplier: number,
): Float64Array {
  const outChannels = size.channels * multiplier;
  const output = new Float64Array(grid.outHeight * grid.outWidth * outChannels);
  visitWindows(size, grid, (outputPixel, windowPixel, inputPixel) => {
    for (let channel = 0; channel < outChannels; channel++) {
      output[outputPixel * outChannels + channel] +=
        image[inputPixel * size.channels + Math.floor(channel / multiplier)] *
        filter[windowPixel * outChannels + channel];
    }
  });
  return output;
}

/** The mean over the entries of each window that lie inside the image. */
export function averagePooling(image: Float64Array, size: ImageSize, grid: WindowGrid): Float64Array {
  const output = new Float64Array(grid.outHeight * grid.outWidth * size.channels);
  const counts = new Float64Array(grid.outHeight * grid.outWidth);
  visitWindows(size, grid, (outputPixel, _windowPixel, inputPixel) => {
    counts[outputPixel] += 1;
    for (let channel = 0; channel < size.channels; channel++) {
      output[outputPixel * size.channels + channel] += image[inputPixel * size.channels + channel];
    }
  });
  return output.map((value, index) => value / counts[Math.floor(index / size.channels)]);
}

export function maxPooling(image: Float64Array, size: ImageSize, grid: WindowGrid): Float64Array {
  const output = new Float64Array(grid.outHeight * grid.outWidth * size.channels).fill(-Infinity);
  visitWindows(size, grid, (outputPixel, _windowPixel, inputPixel) => {
    for (let channel = 0; channel < size.channels; channel++) {
      const index = outputPixel * size.channels + channel;
      output[index] = Math.max(output[index], image[inputPixel * size.channels + channel]);
    }
  });
  return output;
}

/** Resizes an image of one channel by reading row(r) and column(c), fractions of pixels, of the original. */
export function bilinearSampling(
  image: Float64Array,
  size: ImageSize,
  rows: readonly number[],
  columns: readonly number[],
): Float64Array {
  const pixel = (row: number, column: number) => image[row * size.width + column];
  return Float64Array.from(
    rows.flatMap((row) =>
      columns.map((column) => {
        const [top, left] = [Math.floor(row), Math.floor(column)];
        const [bottom, right] = [Math.min(top + 1, size.height - 1), Math.min(left + 1, size.width - 1)];
        const [down, across] = [row - top, column - left];
        return (
          (1 - down) * ((1 - across) * pixel(top, left) + across * pixel(top, right)) +
          down * ((1 - across) * pixel(bottom, left) + across * pixel(bottom, right))
        );
      }),
    ),
  );
}
