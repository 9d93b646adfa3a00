import { nativeLogical } from '../native.js';
import { booleans, comparison, numbers } from './elementwise.js';

export const equal = comparison('Equal', numbers, (a, b) => a === b);
export const notEqual = comparison('NotEqual', numbers, (a, b) => a !== b, {
  emit: (onnx, _value, inputs) => onnx.node('Not', [onnx.node('Equal', inputs)]),
});
export const greater = comparison('Greater', numbers, (a, b) => a > b);
export const greaterEqual = comparison('GreaterEqual', numbers, (a, b) => a >= b, 'GreaterOrEqual');
export const less = comparison('Less', numbers, (a, b) => a < b);
export const lessEqual = comparison('LessEqual', numbers, (a, b) => a <= b, 'LessOrEqual');
export const logicalAnd = comparison(
  'LogicalAnd',
  booleans,
  (a, b) => Boolean(a && b),
  'And',
  nativeLogical('LogicalAnd'),
);
export const logicalOr = comparison(
  'LogicalOr',
  booleans,
  (a, b) => Boolean(a || b),
  'Or',
  nativeLogical('LogicalOr'),
);
