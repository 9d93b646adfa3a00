import type { Kernel } from '../kernel.js';
import { nativeLogical } from '../native.js';
import { booleans, comparison, numbers } from './elementwise.js';

export const comparisonKernels: readonly Kernel[] = [
  comparison('Equal', numbers, (a, b) => a === b),
  comparison('NotEqual', numbers, (a, b) => a !== b, {
    emit: (onnx, _value, inputs) => onnx.node('Not', [onnx.node('Equal', inputs)]),
  }),
  comparison('Greater', numbers, (a, b) => a > b),
  comparison('GreaterEqual', numbers, (a, b) => a >= b, 'GreaterOrEqual'),
  comparison('Less', numbers, (a, b) => a < b),
  comparison('LessEqual', numbers, (a, b) => a <= b, 'LessOrEqual'),
  comparison('LogicalAnd', booleans, (a, b) => Boolean(a && b), 'And', nativeLogical('LogicalAnd')),
  comparison('LogicalOr', booleans, (a, b) => Boolean(a || b), 'Or', nativeLogical('LogicalOr')),
];
