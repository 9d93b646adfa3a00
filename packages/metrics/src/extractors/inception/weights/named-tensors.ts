import { DatasetFormatError } from '@dist-gan/core';
import { convolutionsOf, inceptionSteps, type ShapedConvolution } from '../network.js';

/** A tensor as it was read from a file. */
export interface NamedTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}

/** The tensors of one file. */
export class NamedTensors {
  constructor(
    readonly file: string,
    private readonly tensors: ReadonlyMap<string, NamedTensor>,
  ) {}

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  /** @throws DatasetFormatError when it is missing or has another shape */
  get(name: string, shape: readonly number[]): Float32Array {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) {
      throw new DatasetFormatError(
        `${this.file} has no tensor ${name}; it is not the Inception of FID (${this.tensors.size} tensors, ` +
          `the first is ${this.tensors.keys().next().value ?? 'none'})`,
        this.file,
        0,
      );
    }
    if (tensor.shape.join() !== shape.join()) {
      throw new DatasetFormatError(
        `${this.file}: ${name} has shape [${tensor.shape.join(', ')}], wanted [${shape.join(', ')}]; ` +
          'these are weights of another network',
        this.file,
        0,
      );
    }
    return tensor.data;
  }
}

/**
 * The network's convolutions, in order, as far as a file has their filters: some files end at a lower layer.
 *
 * @throws DatasetFormatError when it lacks even the first
 */
export function convolutionsIn(
  tensors: NamedTensors,
  filterName: (convolution: ShapedConvolution) => string,
): ShapedConvolution[] {
  const all = convolutionsOf(inceptionSteps);
  const end = all.findIndex((convolution) => !tensors.has(filterName(convolution)));
  if (end === 0) tensors.get(filterName(all[0]), all[0].filterShape);
  return end < 0 ? all : all.slice(0, end);
}

/** Elements [a, b, c, d] in another order of axes. */
export function permuteAxes(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  return gather(data, sizes, steps, 0);
}

/** Reads a tensor whose element [i, j, ...] lies at offset + i * steps[0] + j * steps[1] + ... */
export function gather(
  data: Float32Array,
  sizes: readonly number[],
  steps: readonly number[],
  offset: number,
): Float32Array {
  const result = new Float32Array(sizes.reduce((product, size) => product * size, 1));
  const inner = sizes.length - 1;
  const step = steps[inner] ?? 1;
  let written = 0;
  const visit = (axis: number, at: number): void => {
    if (axis < inner) {
      for (let i = 0; i < sizes[axis]; i++) visit(axis + 1, at + i * steps[axis]);
      return;
    }
    for (let i = 0; i < (sizes[inner] ?? 1); i++) result[written++] = data[at + i * step];
  };
  visit(0, offset);
  return result;
}

/** Float32 numbers of a file's bytes, which are little-endian; copied, because they may start at any byte. */
export function littleEndianFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
