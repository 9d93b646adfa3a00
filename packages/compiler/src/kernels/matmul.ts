import type { _FusedMatMulAttrs, BatchMatMulAttrs, EinsumAttrs } from '@tensorflow/tfjs-core';
import { einsum, matMul } from '../operations/matmul.js';
import { accepted } from './accepted.js';
import { biasAndActivation } from './activation.js';
import type { Kernel } from './kernel.js';

const batchMatMul: Kernel<BatchMatMulAttrs> = {
  name: 'BatchMatMul',
  record: ({ graph, inputs: { a, b }, attributes: { transposeA, transposeB } }) => {
    const [left, right] = [a, b].map((matrix) => accepted(graph, matrix, matMul));
    return matMul(graph, left, right, { transposeA, transposeB });
  },
};

const fusedMatMul: Kernel<_FusedMatMulAttrs> = {
  name: '_FusedMatMul',
  record: ({ graph, inputs: { a, b, bias, preluActivationWeights }, attributes }) => {
    const { transposeA, transposeB, activation, leakyreluAlpha } = attributes;
    const product = matMul(graph, a, b, { transposeA, transposeB });
    return biasAndActivation(graph, product, { activation, leakyreluAlpha, bias, preluActivationWeights });
  },
};

const einsumKernel: Kernel<EinsumAttrs> = {
  name: 'Einsum',
  record: ({ graph, list, attributes: { equation } }) =>
    einsum(graph, ...list, { equation: equation.replace(/\s/g, '') }),
};

export const matmulKernels: readonly Kernel[] = [batchMatMul, fusedMatMul, einsumKernel];
