import { float } from '../../emitters/float-attribute.js';
import { nativeLogical } from '../native.js';
import { booleans, floats, numbers, unary } from './elementwise.js';

function errorFunction(x: number): number {
  // Abramowitz and Stegun 7.1.26, the formula of TensorFlow.js itself.
  const sign = Math.sign(x);
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign * (1 - polynomial * Math.exp(-x * x));
}

const seluFactors = { alpha: 1.7580993408473766, scale: 1.0507009873554805 };

function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

export const abs = unary('Abs', numbers, Math.abs);
export const acos = unary('Acos', floats, Math.acos);
export const acosh = unary('Acosh', floats, Math.acosh);
export const asin = unary('Asin', floats, Math.asin);
export const asinh = unary('Asinh', floats, Math.asinh);
export const atan = unary('Atan', floats, Math.atan);
export const atanh = unary('Atanh', floats, Math.atanh);
export const ceil = unary('Ceil', floats, Math.ceil);
export const cos = unary('Cos', floats, Math.cos);
export const cosh = unary('Cosh', floats, Math.cosh);
export const elu = unary('Elu', floats, (x) => (x >= 0 ? x : Math.expm1(x)));
export const erf = unary('Erf', floats, errorFunction);
export const exp = unary('Exp', floats, Math.exp);
export const floor = unary('Floor', floats, Math.floor);
export const log = unary('Log', floats, Math.log);
export const negate = unary('Neg', numbers, (x) => -x);
export const reciprocal = unary('Reciprocal', floats, (x) => 1 / x);
export const relu = unary('Relu', numbers, (x) => Math.max(0, x));
export const relu6 = unary('Relu6', floats, (x) => Math.min(Math.max(0, x), 6), {
  emit: (onnx, _value, [x]) => onnx.node('Clip', [x, onnx.scalar(0), onnx.scalar(6)]),
});
export const round = unary('Round', floats, roundHalfToEven);
export const rsqrt = unary('Rsqrt', floats, (x) => 1 / Math.sqrt(x), {
  emit: (onnx, _value, [x]) => onnx.node('Reciprocal', [onnx.node('Sqrt', [x])]),
});
export const selu = unary(
  'Selu',
  floats,
  (x) => (x >= 0 ? seluFactors.scale * x : seluFactors.alpha * Math.expm1(x)),
  {
    emit: (onnx, _value, inputs) =>
      onnx.node('Selu', inputs, {
        alpha: float(seluFactors.alpha / seluFactors.scale),
        gamma: float(seluFactors.scale),
      }),
  },
);
/** ONNX Runtime's own is right to 2e-8 and no nearer to zero, which it is below -17: its logarithm would be infinite there. */
export const sigmoid = unary('Sigmoid', floats, (x) => 1 / (1 + Math.exp(-x)), {
  emit: (onnx, _value, [x]) => {
    const inverse = onnx.node('Add', [onnx.scalar(1), onnx.node('Exp', [onnx.node('Neg', [x])])]);
    return onnx.node('Reciprocal', [inverse]);
  },
});
export const sign = unary('Sign', numbers, Math.sign);
export const sin = unary('Sin', floats, Math.sin);
export const sinh = unary('Sinh', floats, Math.sinh);
export const softplus = unary('Softplus', floats, (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
export const sqrt = unary('Sqrt', floats, Math.sqrt);
export const square = unary('Square', numbers, (x) => x * x, {
  emit: (onnx, _value, [x]) => onnx.node('Mul', [x, x]),
});
export const tan = unary('Tan', floats, Math.tan);
export const tanh = unary('Tanh', floats, Math.tanh);
export const logicalNot = unary(
  'LogicalNot',
  booleans,
  (x) => 1 - x,
  'Not',
  undefined,
  nativeLogical('LogicalNot'),
);
export const isNan = unary('IsNan', floats, (x) => Number(Number.isNaN(x)), 'IsNaN', 'bool');
export const isInfinite = unary('IsInf', floats, (x) => Number(Math.abs(x) === Infinity), 'IsInf', 'bool');
export const isFinite = unary(
  'IsFinite',
  floats,
  (x) => Number(Number.isFinite(x)),
  {
    emit: (onnx, _value, [x]) =>
      onnx.node('Not', [onnx.node('Or', [onnx.node('IsNaN', [x]), onnx.node('IsInf', [x])])]),
  },
  'bool',
);
