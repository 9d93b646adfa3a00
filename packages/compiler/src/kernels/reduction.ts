import type { ArgMaxAttrs, CumsumAttrs, SumAttrs } from '@tensorflow/tfjs-core';
import { normalizeAxes, reducedShape } from '../graph/shape.js';
import type { DType, Value } from '../graph/types.js';
import { type } from '../emitters/tensorflow-nodes.js';
import { cast, type Kernel, type Traits } from './kernel.js';

interface ReductionOptions {
  readonly opType: string;
  /** What the elements are cast to first; the result has the same type. */
  readonly computedAs: (dtype: DType) => DType;
  /** ONNX reduces no booleans: All and Any run on integers. */
  readonly onIntegers?: boolean;
  readonly traits?: Traits;
}

/** Reduces over `axes`, which are counted from the front; `keepDims` leaves them with size 1. */
function reduction(name: string, { opType, computedAs, onIntegers, traits }: ReductionOptions): Kernel {
  return {
    name,
    record: ({ graph, inputs: { x }, attributes }) => {
      const { axis, reductionIndices, keepDims } = attributes as SumAttrs & { reductionIndices?: number[] };
      const axes = normalizeAxes(reductionIndices ?? axis, x.shape.length);
      return graph.apply(name, [cast(graph, x, computedAs(x.dtype))], { axes, keepDims: keepDims ?? false });
    },
    operation: {
      traits,
      infer: ([x], { axes, keepDims }) => ({
        shape: reducedShape(x.shape, axes as number[], keepDims as boolean),
        dtype: x.dtype,
      }),
      onnx: {
        emit: (onnx, { attributes }, [x]) => {
          const axes = attributes.axes as number[];
          if (axes.length === 0) return onnx.node('Identity', [x]);
          const operand = onIntegers ? onnx.cast(x, 'int32') : x;
          const result = onnx.node(opType, [operand, onnx.integers(axes)], {
            keepdims: Number(attributes.keepDims),
          });
          return onIntegers ? onnx.cast(result, 'bool') : result;
        },
      },
      tensorflow: {
        emit: (tensorflow, { attributes, inputs: [operand], dtype, shape }, [x]) => {
          const axes = attributes.axes as number[];
          const keepDims = attributes.keepDims as boolean;
          const rank = operand.shape.length;
          const perChannel = axes.length === rank - 1 && !axes.includes(rank - 1);
          if ((name === 'Sum' || name === 'Mean') && perChannel && rank > 1 && dtype === 'float32') {
            // The gradient of a bias, a sum over all but the channels, has a faster kernel.
            const float = { T: type(dtype) };
            const rows = reducedSize(operand, axes);
            let sum = x;
            let rest = rows * operand.shape[rank - 1];
            for (const count of stagesOfSum(rows)) {
              rest /= count;
              const matrix = tensorflow.integers([count, rest]);
              const stage = count === rows ? sum : tensorflow.node('Reshape', [sum, matrix], float);
              sum = tensorflow.node('BiasAddGrad', [stage], float);
            }
            const factor = 1 / rows;
            const scaled =
              name === 'Sum' ? sum : tensorflow.node('Mul', [sum, tensorflow.scalar(factor)], float);
            return keepDims
              ? tensorflow.node('Reshape', [scaled, tensorflow.integers(shape)], float)
              : scaled;
          }
          return tensorflow.node(name, [x, tensorflow.integers(axes)], {
            ...(dtype === 'bool' ? {} : { T: type(dtype) }),
            keep_dims: keepDims,
          });
        },
      },
    },
  };
}

const boolToInt = (dtype: DType): DType => (dtype === 'bool' ? 'int32' : dtype);
const always = (dtype: DType) => () => dtype;

function positionOfExtreme(name: 'ArgMax' | 'ArgMin'): Kernel {
  return {
    name,
    record: ({ graph, inputs: { x }, attributes }) => {
      const [axis] = normalizeAxes((attributes as ArgMaxAttrs).axis, x.shape.length);
      return graph.apply(name, [cast(graph, x, boolToInt(x.dtype))], { axis });
    },
    operation: {
      infer: ([x], { axis }) => ({ shape: reducedShape(x.shape, [axis as number], false), dtype: 'int32' }),
      onnx: {
        emit: (onnx, { attributes }, inputs) =>
          onnx.cast(onnx.node(name, inputs, { axis: attributes.axis as number, keepdims: 0 }), 'int32'),
      },
      tensorflow: {
        emit: (tensorflow, { attributes, inputs: [operand] }, [x]) =>
          tensorflow.node(name, [x, tensorflow.scalar(attributes.axis as number, 'int32')], {
            T: type(operand.dtype),
            output_type: type('int32'),
          }),
      },
    },
  };
}

const cumsum: Kernel = {
  name: 'Cumsum',
  record: ({ graph, inputs: { x }, attributes }) => {
    const { axis, exclusive, reverse } = attributes as CumsumAttrs;
    const [from] = normalizeAxes(axis, x.shape.length);
    return graph.apply('Cumsum', [cast(graph, x, boolToInt(x.dtype))], { axis: from, exclusive, reverse });
  },
  operation: {
    infer: ([x]) => x,
    onnx: {
      emit: (onnx, { attributes }, [x]) =>
        onnx.node('CumSum', [x, onnx.scalar(attributes.axis as number, 'int32')], {
          exclusive: Number(attributes.exclusive),
          reverse: Number(attributes.reverse),
        }),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) =>
        tensorflow.node('Cumsum', [x, tensorflow.scalar(attributes.axis as number, 'int32')], {
          T: type(dtype),
          exclusive: attributes.exclusive as boolean,
          reverse: attributes.reverse as boolean,
        }),
    },
  },
};

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

export const reductionKernels: readonly Kernel[] = [
  reduction('Sum', {
    opType: 'ReduceSum',
    computedAs: boolToInt,
    traits: { reduction: true, zeroFactor: true },
  }),
  reduction('Mean', {
    opType: 'ReduceMean',
    computedAs: always('float32'),
    traits: { reduction: true, zeroFactor: true },
  }),
  reduction('Prod', { opType: 'ReduceProd', computedAs: boolToInt, traits: { reduction: true } }),
  reduction('Max', { opType: 'ReduceMax', computedAs: boolToInt, traits: { reduction: true } }),
  reduction('Min', { opType: 'ReduceMin', computedAs: boolToInt, traits: { reduction: true } }),
  reduction('All', { opType: 'ReduceMin', computedAs: always('bool'), onIntegers: true }),
  reduction('Any', { opType: 'ReduceMax', computedAs: always('bool'), onIntegers: true }),
  positionOfExtreme('ArgMax'),
  positionOfExtreme('ArgMin'),
  cumsum,
];
