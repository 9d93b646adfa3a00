/** How a resized axis reads the original one; the options of `tf.image.resizeBilinear` and `resizeNearestNeighbor`. */
export interface AxisResizing {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Row-major [outputSize, inputSize] weights with which nearest-neighbour resizing reads its input. */
export function nearestMatrix(axis: AxisResizing): Float32Array {
  const matrix = new Float32Array(axis.outputSize * axis.inputSize);
  for (let output = 0; output < axis.outputSize; output++) {
    const scaled = axisScale(axis) * (axis.halfPixelCenters ? output + 0.5 : output);
    const nearest = axis.alignCorners ? Math.round(scaled) : Math.floor(scaled);
    const input = Math.max(0, Math.min(axis.inputSize - 1, nearest));
    matrix[output * axis.inputSize + input] = 1;
  }
  return matrix;
}

/** Row-major [outputSize, inputSize] weights with which bilinear resizing reads its input. */
export function bilinearMatrix(axis: AxisResizing): Float32Array {
  const matrix = new Float32Array(axis.outputSize * axis.inputSize);
  for (let output = 0; output < axis.outputSize; output++) {
    const scale = axisScale(axis);
    const position = axis.halfPixelCenters ? scale * (output + 0.5) - 0.5 : scale * output;
    const lower = Math.max(0, Math.floor(position));
    const upper = Math.min(axis.inputSize - 1, Math.ceil(position));
    const upperWeight = position - lower;
    // Both may be the same entry at a border, hence the sums.
    matrix[output * axis.inputSize + lower] += 1 - upperWeight;
    matrix[output * axis.inputSize + upper] += upperWeight;
  }
  return matrix;
}

function axisScale({ inputSize, outputSize, alignCorners }: AxisResizing): number {
  return alignCorners && outputSize > 1 ? (inputSize - 1) / (outputSize - 1) : inputSize / outputSize;
}
