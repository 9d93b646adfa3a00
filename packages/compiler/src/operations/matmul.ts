import type { OnnxEmitter } from '../emitters/onnx-emitter.js';
import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { ofFloat32 } from '../emitters/tensorflow-nodes.js';
import { broadcastShapes, sizeOf } from '../graph/shape.js';
import type { Value, ValueType } from '../graph/types.js';
import { defineOperation } from './definition.js';
import { floats } from './elementwise/elementwise.js';

/** Whether a matrix stands for its transpose. */
type Transposes = Readonly<{ transposeA: boolean; transposeB: boolean }>;

/** Neither matrix is transposed. */
export const asTheyAre: Transposes = { transposeA: false, transposeB: false };

/** Rows and columns of the product, after the outer dimensions, which broadcast. */
function productType([a, b]: readonly Value[], { transposeA, transposeB }: Transposes): ValueType {
  const [rowsA, columnsA] = a.shape.slice(-2);
  const [rowsB, columnsB] = b.shape.slice(-2);
  const [inner, otherInner] = [transposeA ? rowsA : columnsA, transposeB ? columnsB : rowsB];
  if (inner !== otherInner) throw new Error(`matrices [${a.shape}] and [${b.shape}] do not fit`);
  const outer = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...outer, transposeA ? columnsA : rowsA, transposeB ? rowsB : columnsB];
  return { shape, dtype: 'float32' };
}

/** The matrix with its last two axes swapped. */
function transposed(onnx: OnnxEmitter, name: string, rank: number): string {
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  return onnx.node('Transpose', [name], { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

/** Every element of the product takes one for every column of the left matrix. */
const multiplications = ({ inputs: [a], attributes, shape }: Value<Transposes>) =>
  sizeOf(shape) * a.shape.at(attributes.transposeA ? -2 : -1)!;

/** Products of the matrices in the last two axes. */
export const matMul = defineOperation<Transposes, [a: Value, b: Value]>({
  name: 'BatchMatMul',
  accepts: floats,
  traits: { zeroFactor: true, multiplications },
  infer: productType,
  onnx: {
    emit: (onnx, { attributes: { transposeA, transposeB }, inputs, shape }, [a, b]) => {
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
  tensorflow: { emit: (tensorflow, value, operands) => tensorFlowProduct(tensorflow, value, operands) },
});

function tensorFlowProduct(
  tensorflow: TensorFlowEmitter,
  { attributes: { transposeA, transposeB }, shape }: Value<Transposes>,
  [a, b]: readonly string[],
  { batched = false } = {},
): string {
  return shape.length === 2 && !batched
    ? tensorflow.node('MatMul', [a, b], {
        ...ofFloat32,
        transpose_a: transposeA,
        transpose_b: transposeB,
      })
    : tensorflow.node('BatchMatMulV2', [a, b], { ...ofFloat32, adj_x: transposeA, adj_y: transposeB });
}

/** A product of two matrices plus a row that is the same for every row of the result. */
export const matMulBias = defineOperation<Transposes, [a: Value, b: Value, bias: Value]>({
  name: 'MatMulBias',
  traits: { multiplications },
  infer: productType,
  onnx: {
    emit: (onnx, { attributes: { transposeA, transposeB } }, inputs) =>
      onnx.node('Gemm', inputs, { transA: Number(transposeA), transB: Number(transposeB) }),
  },
  // TensorFlow itself fuses the two, with an activation that follows.
  tensorflow: {
    emit: (tensorflow, value, [a, b, bias]) => {
      const [, , { shape }] = value.inputs;
      const row =
        shape.length === 1
          ? bias
          : tensorflow.node('Reshape', [bias, tensorflow.integers([shape[1]])], ofFloat32);
      /*
       * TensorFlow fuses a sigmoid or tanh that follows, too, for which it has no kernel where the left matrix is
       * transposed: the step would fail. Products of batches are not fused.
       */
      const product = tensorFlowProduct(tensorflow, value, [a, b], { batched: value.attributes.transposeA });
      return tensorflow.node('BiasAdd', [product, row], ofFloat32);
    },
  },
});

/** Sums of products, by Einstein's notation without spaces: `ij,jk->ik`. */
export const einsum = defineOperation<Readonly<{ equation: string }>, readonly Value[]>({
  name: 'Einsum',
  infer: (inputs, { equation }) => {
    const [operands, result] = equation.split('->');
    const sizes = new Map<string, number>();
    operands.split(',').forEach((letters, at) => {
      [...letters].forEach((letter, axis) => sizes.set(letter, inputs[at].shape[axis]));
    });
    return { shape: [...result].map((letter) => sizes.get(letter)!), dtype: 'float32' };
  },
  onnx: {
    emit: (onnx, { attributes: { equation } }, inputs) => onnx.node('Einsum', inputs, { equation }),
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { equation } }, inputs) =>
      tensorflow.node('Einsum', inputs, { ...ofFloat32, N: inputs.length, equation }),
  },
});
