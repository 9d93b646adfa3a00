import {
  upcastType,
  type CastAttrs,
  type ClipByValueAttrs,
  type LeakyReluAttrs,
  type StepAttrs,
} from '@tensorflow/tfjs-core';
import type { DType, NoAttributes, Operation } from '../graph/types.js';
import { expm1, log1p } from '../operations/elementwise/accurate.js';
import * as arithmetic from '../operations/elementwise/arithmetic.js';
import { castTo } from '../operations/elementwise/cast.js';
import { clipByValue } from '../operations/elementwise/clip.js';
import * as comparison from '../operations/elementwise/comparison.js';
import { leakyRelu, prelu, step } from '../operations/elementwise/rectifiers.js';
import { select } from '../operations/elementwise/select.js';
import * as unary from '../operations/elementwise/unary.js';
import { reshape } from '../operations/movement/reshape.js';
import { accepted } from './accepted.js';
import { supportedType } from './element-type.js';
import type { Kernel } from './kernel.js';

const { add, minimum, multiply } = arithmetic;

/** A kernel that is the operation of its name, its operands cast to what that takes. */
const same = (operation: Operation<NoAttributes>, ...operands: readonly string[]): Kernel => ({
  name: operation.name,
  record: ({ graph, inputs }) =>
    graph.apply(
      operation,
      operands.map((operand) => accepted(graph, inputs[operand], operation)),
      {},
    ),
});

const clip: Kernel<ClipByValueAttrs> = {
  name: 'ClipByValue',
  record: ({ graph, inputs: { x }, attributes: { clipValueMin, clipValueMax } }) =>
    clipByValue(graph, accepted(graph, x, clipByValue), { low: clipValueMin, high: clipValueMax }),
};

const castKernel: Kernel<CastAttrs> = {
  name: 'Cast',
  record: ({ graph, inputs: { x }, attributes: { dtype } }) =>
    castTo(graph, x, supportedType(dtype, 'tf.cast')),
};

const leakyReluKernel: Kernel<LeakyReluAttrs> = {
  name: 'LeakyRelu',
  record: ({ graph, inputs: { x }, attributes: { alpha } }) =>
    leakyRelu(graph, accepted(graph, x, leakyRelu), { alpha }),
};

const stepKernel: Kernel<StepAttrs> = {
  name: 'Step',
  record: ({ graph, inputs: { x }, attributes: { alpha = 0 } }) =>
    step(graph, accepted(graph, x, step), { alpha }),
};

const addN: Kernel = {
  name: 'AddN',
  record: ({ graph, list }) => list.reduce((sum, term) => add(graph, sum, term)),
};

/** dy where y >= 0, dy (y + 1) elsewhere. */
const eluGradient: Kernel = {
  name: 'EluGrad',
  record: ({ graph, inputs: { dy, y } }) => {
    const negative = minimum(graph, y, graph.fill(0));
    return multiply(graph, dy, add(graph, negative, graph.fill(1)));
  },
};

const selectKernel: Kernel = {
  name: 'Select',
  record: ({ graph, inputs: { condition, t, e } }) => {
    // A condition of rank 1 chooses whole rows.
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const shape = [condition.shape[0], ...t.shape.slice(1).map(() => 1)];
    const [then, otherwise] = [t, e].map((branch) =>
      castTo(graph, branch, upcastType(t.dtype, e.dtype) as DType),
    );
    return select(graph, rows ? reshape(graph, condition, { shape }) : condition, then, otherwise);
  },
};

export const elementwiseKernels: readonly Kernel[] = [
  ...[...Object.values(unary), log1p, expm1].map((operation) => same(operation, 'x')),
  ...[...Object.values(arithmetic), ...Object.values(comparison)].map((operation) =>
    same(operation, 'a', 'b'),
  ),
  same(prelu, 'x', 'alpha'),
  leakyReluKernel,
  stepKernel,
  clip,
  castKernel,
  addN,
  eluGradient,
  selectKernel,
];
