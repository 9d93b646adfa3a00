import type { _FusedMatMulAttrs, BatchMatMulAttrs, EinsumAttrs } from '@tensorflow/tfjs-core';
import { broadcastShapes, sizeOf } from '../graph/shape.js';
import type { Value } from '../graph/types.js';
import type { OnnxEmitter } from '../emitters/onnx-emitter.js';
import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { type } from '../emitters/tensorflow-nodes.js';
import { biasAndActivation } from './activation.js';
import { cast, type Kernel, type Operation } from './kernel.js';

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Rows and columns of the product, after the outer dimensions, which broadcast. */
function productShape([a, b]: readonly Value[], { transposeA, transposeB }: Transposes): number[] {
  const [rowsA, columnsA] = a.shape.slice(-2);
  const [rowsB, columnsB] = b.shape.slice(-2);
  const [inner, otherInner] = [transposeA ? rowsA : columnsA, transposeB ? columnsB : rowsB];
  if (inner !== otherInner) throw new Error(`matrices [${a.shape}] and [${b.shape}] do not fit`);
  const outer = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return [...outer, transposeA ? columnsA : rowsA, transposeB ? rowsB : columnsB];
}

/** The matrix with its last two axes swapped. */
function transposed(onnx: OnnxEmitter, name: string, rank: number): string {
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  return onnx.node('Transpose', [name], { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

/** Every element of the product takes one for every column of the left matrix. */
const multiplications = ({ inputs: [a], attributes, shape }: Value) =>
  sizeOf(shape) * a.shape.at(attributes.transposeA ? -2 : -1)!;

const batchMatMul: Operation = {
  traits: { zeroFactor: true, multiplications },
  infer: (inputs, attributes) => ({
    shape: productShape(inputs, attributes as unknown as Transposes),
    dtype: 'float32',
  }),
  onnx: {
    emit: (onnx, { attributes, inputs, shape }, [a, b]) => {
      const { transposeA, transposeB } = attributes as unknown as Transposes;
      if (!transposeA && !transposeB) return onnx.node('MatMul', [a, b]);
      if (shape.length === 2) {
        return onnx.node('Gemm', [a, b], { transA: Number(transposeA), transB: Number(transposeB) });
      }
      return onnx.node('MatMul', [
        transposeA ? transposed(onnx, a, inputs[0].shape.length) : a,
        transposeB ? transposed(onnx, b, inputs[1].shape.length) : b,
      ]);
    },
  },
  tensorflow: { emit: tensorFlowProduct },
};

function tensorFlowProduct(
  tensorflow: TensorFlowEmitter,
  { attributes, shape }: Value,
  [a, b]: readonly string[],
  { batched = false } = {},
): string {
  const { transposeA, transposeB } = attributes as unknown as Transposes;
  return shape.length === 2 && !batched
    ? tensorflow.node('MatMul', [a, b], {
        T: type('float32'),
        transpose_a: transposeA,
        transpose_b: transposeB,
      })
    : tensorflow.node('BatchMatMulV2', [a, b], { T: type('float32'), adj_x: transposeA, adj_y: transposeB });
}

/** A product of two matrices plus a row that is the same for every row of the result. */
const matMulBias: Kernel = {
  name: 'MatMulBias',
  operation: {
    traits: { multiplications },
    infer: batchMatMul.infer,
    onnx: {
      emit: (onnx, { attributes }, inputs) => {
        const { transposeA, transposeB } = attributes as unknown as Transposes;
        return onnx.node('Gemm', inputs, { transA: Number(transposeA), transB: Number(transposeB) });
      },
    },
    // TensorFlow itself fuses the two, with an activation that follows.
    tensorflow: {
      emit: (tensorflow, value, [a, b, bias]) => {
        const [, , { shape }] = value.inputs;
        const float = { T: type('float32') };
        const row =
          shape.length === 1
            ? bias
            : tensorflow.node('Reshape', [bias, tensorflow.integers([shape[1]])], float);
        /*
         * TensorFlow fuses a sigmoid or tanh that follows, too, for which it has no kernel where the left matrix is
         * transposed: the step would fail. Products of batches are not fused.
         */
        const batched = value.attributes.transposeA === true;
        const product = tensorFlowProduct(tensorflow, value, [a, b], { batched });
        return tensorflow.node('BiasAdd', [product, row], float);
      },
    },
  },
};

export const matmulKernels: readonly Kernel[] = [
  {
    name: 'BatchMatMul',
    record: ({ graph, inputs: { a, b }, attributes }) => {
      const { transposeA, transposeB } = attributes as BatchMatMulAttrs;
      const operands = [cast(graph, a, 'float32'), cast(graph, b, 'float32')];
      return graph.apply('BatchMatMul', operands, { transposeA, transposeB });
    },
    operation: batchMatMul,
  },
  matMulBias,
  {
    name: '_FusedMatMul',
    record: ({ graph, inputs: { a, b, bias, preluActivationWeights }, attributes }) => {
      const { transposeA, transposeB, activation, leakyreluAlpha } =
        attributes as unknown as _FusedMatMulAttrs;
      const product = graph.apply('BatchMatMul', [a, b], { transposeA, transposeB });
      return biasAndActivation(graph, product, { activation, leakyreluAlpha, bias, preluActivationWeights });
    },
  },
  {
    name: 'Einsum',
    record: ({ graph, list, attributes }) => {
      const equation = (attributes as unknown as EinsumAttrs).equation.replace(/\s/g, '');
      return graph.apply('Einsum', list, { equation });
    },
    operation: {
      infer: (inputs, { equation }) => {
        const [operands, result] = (equation as string).split('->');
        const sizes = new Map<string, number>();
        operands.split(',').forEach((letters, at) => {
          [...letters].forEach((letter, axis) => sizes.set(letter, inputs[at].shape[axis]));
        });
        return { shape: [...result].map((letter) => sizes.get(letter)!), dtype: 'float32' };
      },
      onnx: {
        emit: (onnx, { attributes }, inputs) =>
          onnx.node('Einsum', inputs, { equation: attributes.equation as string }),
      },
      tensorflow: {
        emit: (tensorflow, { attributes }, inputs) =>
          tensorflow.node('Einsum', inputs, {
            T: type('float32'),
            N: inputs.length,
            equation: attributes.equation as string,
          }),
      },
    },
  },
];
