import type { Data, DType, Shape } from './types.js';

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}

/** The common shape of element-by-element operands, by the rule of NumPy. */
export function broadcastShapes(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    shape.forEach((dimension, axis) => {
      const at = axis + rank - shape.length;
      if (result[at] === 1) result[at] = dimension;
      else if (dimension !== 1 && dimension !== result[at]) {
        throw new Error(`shapes ${shapes.map((s) => `[${s.join(', ')}]`).join(' and ')} do not broadcast`);
      }
    });
  }
  return result;
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Axes counted from the front, ascending; a missing list means all of them, an empty one none. */
export function normalizeAxes(axes: number | readonly number[] | null | undefined, rank: number): number[] {
  if (axes === null || axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === 'number' ? [axes] : axes;
  return list.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
}

export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): number[] {
  if (keepDims) return shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension));
  return shape.filter((_, axis) => !axes.includes(axis));
}

export function permuted(shape: Shape, permutation: readonly number[]): number[] {
  return permutation.map((axis) => shape[axis]);
}

export function inversePermutation(permutation: readonly number[]): number[] {
  const inverse = new Array<number>(permutation.length);
  permutation.forEach((axis, at) => (inverse[axis] = at));
  return inverse;
}

/** The elements of a tensor after its axes are permuted. */
export function permuteElements<T extends Data>(data: T, shape: Shape, permutation: readonly number[]): T {
  const strides = permuted(stridesOf(shape), permutation);
  const result = data.slice() as T;
  const target = permuted(shape, permutation);
  const index = new Array<number>(target.length).fill(0);
  for (let at = 0, source = 0; at < result.length; at++) {
    result[at] = data[source];
    for (let axis = index.length - 1; axis >= 0; axis--) {
      source += strides[axis];
      if (++index[axis] < target[axis]) break;
      source -= strides[axis] * target[axis];
      index[axis] = 0;
    }
  }
  return result;
}

export function allocate(dtype: DType, length: number): Data {
  if (dtype === 'float32') return new Float32Array(length);
  return dtype === 'int32' ? new Int32Array(length) : new Uint8Array(length);
}
