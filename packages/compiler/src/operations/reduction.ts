import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { ofFloat32, type } from '../emitters/tensorflow-nodes.js';
import { reducedShape } from '../graph/shape.js';
import type { DType, Reduction, Traits, Value } from '../graph/types.js';
import { defineOperation } from './definition.js';
import { booleans, floats, numbers } from './elementwise/elementwise.js';

interface ReductionOptions {
  readonly opType: string;
  readonly accepts: readonly DType[];
  /** ONNX reduces no booleans: All is the least of integers, Any whether their sum is not 0, which it is of none. */
  readonly onIntegers?: boolean;
  readonly traits?: Traits<Reduction>;
}

/** Reduces over `axes`, which are counted from the front; `keepDims` leaves them with size 1. */
const reduction = (name: string, { opType, accepts, onIntegers, traits }: ReductionOptions) =>
  defineOperation<Reduction, [x: Value]>({
    name,
    accepts,
    traits,
    infer: ([x], { axes, keepDims }) => ({ shape: reducedShape(x.shape, axes, keepDims), dtype: x.dtype }),
    onnx: {
      emit: (onnx, { attributes: { axes, keepDims } }, [x]) => {
        if (axes.length === 0) return onnx.node('Identity', [x]);
        const operand = onIntegers ? onnx.cast(x, 'int32') : x;
        const result = onnx.node(opType, [operand, onnx.integers(axes)], { keepdims: Number(keepDims) });
        return onIntegers ? onnx.cast(result, 'bool') : result;
      },
    },
    tensorflow: {
      emit: (tensorflow, value, [x]) => {
        if ((name === 'Sum' || name === 'Mean') && isPerChannel(value))
          return sumPerChannel(tensorflow, value, x, name === 'Mean');
        const { axes, keepDims } = value.attributes;
        return tensorflow.node(name, [x, tensorflow.integers(axes)], {
          ...(value.dtype === 'bool' ? {} : { T: type(value.dtype) }),
          keep_dims: keepDims,
        });
      },
    },
  });

/** Over all but the last axis, that of the channels. */
function isPerChannel({ attributes: { axes }, inputs: [operand], dtype }: Value<Reduction>): boolean {
  const rank = operand.shape.length;
  return rank > 1 && axes.length === rank - 1 && !axes.includes(rank - 1) && dtype === 'float32';
}

/** The gradient of a bias, a sum over all but the channels, has a faster kernel. */
function sumPerChannel(
  tensorflow: TensorFlowEmitter,
  { attributes: { axes, keepDims }, inputs: [operand], shape }: Value<Reduction>,
  x: string,
  isMean: boolean,
): string {
  const rows = reducedSize(operand, axes);
  let total = x;
  let rest = rows * operand.shape[operand.shape.length - 1];
  for (const count of stagesOfSum(rows)) {
    rest /= count;
    const matrix = tensorflow.integers([count, rest]);
    const stage = count === rows ? total : tensorflow.node('Reshape', [total, matrix], ofFloat32);
    total = tensorflow.node('BiasAddGrad', [stage], ofFloat32);
  }
  const scaled = isMean ? tensorflow.node('Mul', [total, tensorflow.scalar(1 / rows)], ofFloat32) : total;
  return keepDims ? tensorflow.node('Reshape', [scaled, tensorflow.integers(shape)], ofFloat32) : scaled;
}

type Along = Readonly<{ axis: number }>;

const positionOfExtreme = (name: 'ArgMax' | 'ArgMin') =>
  defineOperation<Along, [x: Value]>({
    name,
    accepts: numbers,
    infer: ([x], { axis }) => ({ shape: reducedShape(x.shape, [axis], false), dtype: 'int32' }),
    onnx: {
      emit: (onnx, { attributes: { axis } }, inputs) =>
        onnx.cast(onnx.node(name, inputs, { axis, keepdims: 0 }), 'int32'),
    },
    tensorflow: {
      emit: (tensorflow, { attributes: { axis }, inputs: [operand] }, [x]) =>
        tensorflow.node(name, [x, tensorflow.scalar(axis, 'int32')], {
          T: type(operand.dtype),
          output_type: type('int32'),
        }),
    },
  });

type Running = Readonly<{ axis: number; exclusive: boolean; reverse: boolean }>;

/** The sum of all elements up to each one along an axis. */
export const cumulativeSum = defineOperation<Running, [x: Value]>({
  name: 'Cumsum',
  accepts: numbers,
  infer: ([x]) => x,
  onnx: {
    emit: (onnx, { attributes: { axis, exclusive, reverse } }, [x]) =>
      onnx.node('CumSum', [x, onnx.scalar(axis, 'int32')], {
        exclusive: Number(exclusive),
        reverse: Number(reverse),
      }),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { axis, exclusive, reverse }, dtype }, [x]) =>
      tensorflow.node('Cumsum', [x, tensorflow.scalar(axis, 'int32')], {
        T: type(dtype),
        exclusive,
        reverse,
      }),
  },
});

/** Rows that are added up in one go. */
const longestSum = 64;

/**
 * How many rows are added up at once: engines add one row after the other, so that the rounding errors of many rows
 * add up too, and sums of sums lose less. The product is the number of rows; a number without small divisors is left.
 */
export function stagesOfSum(rows: number): readonly number[] {
  if (rows <= longestSum) return [rows];
  let count = longestSum;
  while (rows % count !== 0) count--;
  return count === 1 ? [rows] : [count, ...stagesOfSum(rows / count)];
}

/** The number of elements that go into each element of a reduction. */
export function reducedSize(x: Value, axes: readonly number[]): number {
  return axes.reduce((size, axis) => size * x.shape[axis], 1);
}

const reduces: Traits<Reduction> = { reduction: (attributes) => attributes };
const sums: Traits<Reduction> = { ...reduces, zeroFactor: true };

export const sum = reduction('Sum', { opType: 'ReduceSum', accepts: numbers, traits: sums });
export const mean = reduction('Mean', { opType: 'ReduceMean', accepts: floats, traits: sums });
export const product = reduction('Prod', { opType: 'ReduceProd', accepts: numbers, traits: reduces });
export const max = reduction('Max', { opType: 'ReduceMax', accepts: numbers, traits: reduces });
export const min = reduction('Min', { opType: 'ReduceMin', accepts: numbers, traits: reduces });
export const all = reduction('All', { opType: 'ReduceMin', accepts: booleans, onIntegers: true });
export const any = reduction('Any', { opType: 'ReduceSum', accepts: booleans, onIntegers: true });
export const argMax = positionOfExtreme('ArgMax');
export const argMin = positionOfExtreme('ArgMin');
