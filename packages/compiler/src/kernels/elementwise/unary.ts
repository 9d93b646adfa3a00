import { float } from '../../emitters/onnx-emitter.js';
import type { Kernel } from '../kernel.js';
import { nativeLogical } from '../native.js';
import { expm1, log1p } from './accurate.js';
import { booleans, floats, numbers, unary } from './elementwise.js';

function erf(x: number): number {
  // Abramowitz and Stegun 7.1.26, the formula of TensorFlow.js itself.
  const sign = Math.sign(x);
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign * (1 - polynomial * Math.exp(-x * x));
}

const selu = { alpha: 1.7580993408473766, scale: 1.0507009873554805 };

function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

export const unaryKernels: readonly Kernel[] = [
  unary('Abs', numbers, Math.abs),
  unary('Acos', floats, Math.acos),
  unary('Acosh', floats, Math.acosh),
  unary('Asin', floats, Math.asin),
  unary('Asinh', floats, Math.asinh),
  unary('Atan', floats, Math.atan),
  unary('Atanh', floats, Math.atanh),
  unary('Ceil', floats, Math.ceil),
  unary('Cos', floats, Math.cos),
  unary('Cosh', floats, Math.cosh),
  unary('Elu', floats, (x) => (x >= 0 ? x : Math.expm1(x))),
  unary('Erf', floats, erf),
  unary('Exp', floats, Math.exp),
  unary('Expm1', floats, Math.expm1, expm1),
  unary('Floor', floats, Math.floor),
  unary('Log', floats, Math.log),
  unary('Log1p', floats, Math.log1p, log1p),
  unary('Neg', numbers, (x) => -x),
  unary('Reciprocal', floats, (x) => 1 / x),
  unary('Relu', numbers, (x) => Math.max(0, x)),
  unary('Relu6', floats, (x) => Math.min(Math.max(0, x), 6), {
    emit: (onnx, _value, [x]) => onnx.node('Clip', [x, onnx.scalar(0), onnx.scalar(6)]),
  }),
  unary('Round', floats, roundHalfToEven),
  unary('Rsqrt', floats, (x) => 1 / Math.sqrt(x), {
    emit: (onnx, _value, [x]) => onnx.node('Reciprocal', [onnx.node('Sqrt', [x])]),
  }),
  unary('Selu', floats, (x) => (x >= 0 ? selu.scale * x : selu.alpha * Math.expm1(x)), {
    emit: (onnx, _value, inputs) =>
      onnx.node('Selu', inputs, { alpha: float(selu.alpha / selu.scale), gamma: float(selu.scale) }),
  }),
  unary('Sigmoid', floats, (x) => 1 / (1 + Math.exp(-x))),
  unary('Sign', numbers, Math.sign),
  unary('Sin', floats, Math.sin),
  unary('Sinh', floats, Math.sinh),
  unary('Softplus', floats, (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  unary('Sqrt', floats, Math.sqrt),
  unary('Square', numbers, (x) => x * x, { emit: (onnx, _value, [x]) => onnx.node('Mul', [x, x]) }),
  unary('Tan', floats, Math.tan),
  unary('Tanh', floats, Math.tanh),
  unary('LogicalNot', booleans, (x) => 1 - x, 'Not', undefined, nativeLogical('LogicalNot')),
  unary('IsNan', floats, (x) => Number(Number.isNaN(x)), 'IsNaN', 'bool'),
  unary('IsInf', floats, (x) => Number(Math.abs(x) === Infinity), 'IsInf', 'bool'),
  unary(
    'IsFinite',
    floats,
    (x) => Number(Number.isFinite(x)),
    {
      emit: (onnx, _value, [x]) =>
        onnx.node('Not', [onnx.node('Or', [onnx.node('IsNaN', [x]), onnx.node('IsInf', [x])])]),
    },
    'bool',
  ),
];
