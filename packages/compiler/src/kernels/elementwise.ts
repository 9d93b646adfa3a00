import type { CastAttrs, ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import { broadcastShapes } from '../graph/shape.js';
import type { Attributes, DType, Value } from '../graph/types.js';
import { cast, type Kernel, type KernelCall, type Lowering, type Traits } from './kernel.js';
import { float, type OnnxEmitter } from '../emitters/onnx-emitter.js';
import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { float as tensorFlowFloat, type } from '../emitters/tensorflow-nodes.js';
import { native, nativeLogical } from './native.js';

type Onnx = Lowering<OnnxEmitter>;
type TensorFlow = Lowering<TensorFlowEmitter>;
type Element = (...operands: number[]) => number;

/** The ONNX node of that name, with the same operands and nothing else. */
const node = (opType: string): Onnx => ({
  emit: (onnx, _value, inputs) => onnx.node(opType, inputs),
});

/** Which element types a kernel takes; others are cast to the first one while recording. */
type Accepts = readonly DType[];
const floats: Accepts = ['float32'];
const numbers: Accepts = ['float32', 'int32'];
const booleans: Accepts = ['bool'];

interface ElementwiseOptions {
  /** Names of the TensorFlow.js kernel's operands, in order. */
  readonly operands: readonly string[];
  readonly accepts: Accepts;
  /** Type of the result; by default that of the first operand. */
  readonly result?: DType;
  /** The attributes that matter, out of the kernel's own. */
  readonly attributes?: (attributes: object) => Attributes;
  readonly element: (attributes: Attributes) => Element;
  readonly onnx: Onnx;
  /** By default TensorFlow's node of the same name, for these are TensorFlow's names. */
  readonly tensorflow?: TensorFlow;
  readonly traits?: Traits;
}

/** A bool among numbers counts as 0 or 1. */
function accepted(graph: KernelCall['graph'], value: Value, accepts: Accepts): Value {
  if (accepts.includes(value.dtype)) return value;
  return cast(graph, value, value.dtype === 'bool' && accepts.includes('int32') ? 'int32' : accepts[0]);
}

function elementwise(name: string, options: ElementwiseOptions): Kernel {
  const { operands, accepts, result, element, onnx, tensorflow = native(name), traits } = options;
  return {
    name,
    record: ({ graph, inputs, attributes }) => {
      const values = operands.map((operand) => accepted(graph, inputs[operand], accepts));
      return graph.apply(name, values, options.attributes?.(attributes));
    },
    operation: {
      infer: (inputs) => ({
        shape: broadcastShapes(...inputs.map((input) => input.shape)),
        dtype: result ?? inputs[0].dtype,
      }),
      element,
      onnx,
      tensorflow,
      traits,
    },
  };
}

const unary = (
  name: string,
  accepts: Accepts,
  element: Element,
  onnx: Onnx | string = name,
  result?: DType,
  tensorflow?: TensorFlow,
) =>
  elementwise(name, {
    operands: ['x'],
    accepts,
    result,
    element: () => element,
    onnx: typeof onnx === 'string' ? node(onnx) : onnx,
    tensorflow,
  });

const binary = (
  name: string,
  accepts: Accepts,
  element: Element,
  onnx: Onnx | string = name,
  tensorflow?: TensorFlow,
  traits?: Traits,
) =>
  elementwise(name, {
    operands: ['a', 'b'],
    accepts,
    element: () => element,
    onnx: typeof onnx === 'string' ? node(onnx) : onnx,
    tensorflow,
    traits,
  });

const comparison = (
  name: string,
  accepts: Accepts,
  test: (a: number, b: number) => boolean,
  onnx: Onnx | string = name,
  tensorflow?: TensorFlow,
) =>
  elementwise(name, {
    operands: ['a', 'b'],
    accepts,
    result: 'bool',
    element: () => (a, b) => Number(test(a, b)),
    onnx: typeof onnx === 'string' ? node(onnx) : onnx,
    tensorflow,
  });

/** log(1 + x), right to the last digits near 0: with u = 1 + x rounded, log(u) (x / (u - 1)). */
const log1p: Onnx = {
  expand: (graph, { inputs: [x] }) => {
    const one = graph.fill(1);
    const u = graph.apply('Add', [x, one]);
    const exact = graph.apply('Equal', [u, one]);
    const difference = graph.apply('Select', [exact, one, graph.apply('Sub', [u, one])]);
    const product = graph.apply('Multiply', [
      graph.apply('Log', [u]),
      graph.apply('RealDiv', [x, difference]),
    ]);
    const infinite = graph.apply('Equal', [u, graph.fill(Infinity)]);
    return graph.apply('Select', [exact, x, graph.apply('Select', [infinite, u, product])]);
  },
};

/** exp(x) - 1, right near 0: tanh(x / 2) (exp(x) + 1). */
const expm1: Onnx = {
  expand: (graph, { inputs: [x] }) => {
    const half = graph.apply('Tanh', [graph.apply('Multiply', [x, graph.fill(0.5)])]);
    return graph.apply('Multiply', [half, graph.apply('Add', [graph.apply('Exp', [x]), graph.fill(1)])]);
  },
};

/** relu(x) + alpha min(x, 0). */
const prelu = {
  expand: (graph, { inputs: [x, alpha] }) => {
    const negative = graph.apply('Multiply', [alpha, graph.apply('Minimum', [x, graph.fill(0)])]);
    return graph.apply('Add', [graph.apply('Relu', [x]), negative]);
  },
} satisfies Onnx;

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

/** The remainder that has the divisor's sign, as in Python. */
function floorMod(a: number, b: number): number {
  const remainder = a % b;
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? remainder : (remainder + b) % b;
}

const unaryKernels: Kernel[] = [
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

const unaryKernelsWithAttributes: Kernel[] = [
  elementwise('LeakyRelu', {
    operands: ['x'],
    accepts: floats,
    attributes: (attributes) => ({ alpha: (attributes as LeakyReluAttrs).alpha }),
    element:
      ({ alpha }) =>
      (x) =>
        x < 0 ? (alpha as number) * x : x,
    onnx: {
      emit: (onnx, { attributes }, inputs) =>
        onnx.node('LeakyRelu', inputs, { alpha: float(attributes.alpha as number) }),
    },
    tensorflow: native('LeakyRelu', ({ attributes }) => ({
      alpha: tensorFlowFloat(attributes.alpha as number),
    })),
  }),
  elementwise('ClipByValue', {
    operands: ['x'],
    accepts: numbers,
    attributes: (attributes) => {
      const { clipValueMin, clipValueMax } = attributes as ClipByValueAttrs;
      return { low: clipValueMin, high: clipValueMax };
    },
    element:
      ({ low, high }) =>
      (x) =>
        Math.min(Math.max(x, low as number), high as number),
    onnx: {
      emit: (onnx, { attributes, dtype }, [x]) =>
        onnx.node('Clip', [
          x,
          onnx.scalar(attributes.low as number, dtype),
          onnx.scalar(attributes.high as number, dtype),
        ]),
    },
    tensorflow: {
      emit: (tensorflow, { attributes, dtype }, [x]) => {
        const [low, high] = [attributes.low, attributes.high].map((bound) =>
          tensorflow.scalar(bound as number, dtype),
        );
        return tensorflow.node('ClipByValue', [x, low, high], { T: type(dtype) });
      },
    },
  }),
  // 1 above 0, alpha elsewhere: the derivative of relu and of leaky relu.
  elementwise('Step', {
    operands: ['x'],
    accepts: floats,
    attributes: (attributes) => ({ alpha: (attributes as StepAttrs).alpha ?? 0 }),
    element:
      ({ alpha }) =>
      (x) =>
        x > 0 ? 1 : Number.isNaN(x) ? NaN : (alpha as number),
    onnx: {
      // Any normal float above 0 times the largest float is above 1, so clipping gives exactly 1 there.
      emit: (onnx, { attributes }, [x]) => {
        const largest = 3.4028234e38;
        const alpha = attributes.alpha as number;
        if (alpha === 0) return onnx.node('HardSigmoid', [x], { alpha: float(largest), beta: float(0) });
        if (alpha > 0 && alpha < 1) {
          return onnx.node('Clip', [
            onnx.node('Mul', [x, onnx.scalar(largest)]),
            onnx.scalar(alpha),
            onnx.scalar(1),
          ]);
        }
        const positive = onnx.node('HardSigmoid', [x], { alpha: float(largest), beta: float(0) });
        return onnx.node('Add', [onnx.node('Mul', [positive, onnx.scalar(1 - alpha)]), onnx.scalar(alpha)]);
      },
    },
    tensorflow: {
      emit: (tensorflow, { attributes }, [x]) => {
        const float = { T: type('float32') };
        const positive = tensorflow.node('Greater', [x, tensorflow.scalar(0)], float);
        const [one, alpha] = [1, attributes.alpha as number].map((value) => tensorflow.scalar(value));
        const step = tensorflow.node('SelectV2', [positive, one, alpha], float);
        const invalid = tensorflow.node('IsNan', [x], float);
        return tensorflow.node('SelectV2', [invalid, x, step], float);
      },
    },
  }),
  {
    name: 'Cast',
    record: ({ graph, inputs: { x }, attributes }) => {
      const { dtype } = attributes as CastAttrs;
      if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
        throw new Error(`values of type ${dtype} are not supported; use float32, int32 or bool`);
      }
      return cast(graph, x, dtype);
    },
    operation: {
      infer: ([x], { dtype }) => ({ shape: x.shape, dtype: dtype as DType }),
      element: ({ dtype }) =>
        dtype === 'bool' ? (x) => Number(x !== 0) : dtype === 'int32' ? Math.trunc : (x) => x,
      onnx: { emit: (onnx, { dtype }, [x]) => onnx.cast(x, dtype) },
      tensorflow: {
        emit: (tensorflow, { inputs: [x], dtype }, operands) =>
          tensorflow.node('Cast', operands, { SrcT: type(x.dtype), DstT: type(dtype) }),
      },
    },
  },
];

const binaryKernels: Kernel[] = [
  binary('Add', numbers, (a, b) => a + b, 'Add', native('AddV2'), {
    commutative: true,
    neutral: { element: 0, operand: 'either' },
  }),
  binary('Sub', numbers, (a, b) => a - b, 'Sub', native('Sub'), {
    neutral: { element: 0, operand: 'second' },
  }),
  binary('Multiply', numbers, (a, b) => a * b, 'Mul', native('Mul'), {
    commutative: true,
    neutral: { element: 1, operand: 'either' },
    zeroFactor: true,
  }),
  binary('RealDiv', floats, (a, b) => a / b, 'Div', native('RealDiv'), {
    neutral: { element: 1, operand: 'second' },
  }),
  binary('Maximum', numbers, Math.max, 'Max'),
  binary('Minimum', numbers, Math.min, 'Min'),
  binary('Pow', numbers, Math.pow),
  binary('BitwiseAnd', ['int32'], (a, b) => a & b),
  binary('SquaredDifference', numbers, (a, b) => (a - b) * (a - b), {
    emit: (onnx, _value, inputs) => {
      const difference = onnx.node('Sub', inputs);
      return onnx.node('Mul', [difference, difference]);
    },
  }),
  binary('FloorDiv', numbers, (a, b) => Math.floor(a / b), {
    emit: (onnx, { dtype }, inputs) => {
      if (dtype === 'float32') return onnx.node('Floor', [onnx.node('Div', inputs)]);
      // ONNX divides integers toward zero, and 32-bit integers are exact in doubles.
      const doubles = inputs.map((input) => onnx.cast(input, 'float64'));
      return onnx.cast(onnx.node('Floor', [onnx.node('Div', doubles)]), 'int32');
    },
  }),
  binary(
    'Mod',
    numbers,
    floorMod,
    {
      emit: (onnx, { dtype }, [a, b]) => {
        if (dtype === 'int32') return onnx.node('Mod', [a, b]);
        const remainder = onnx.node('Mod', [a, b], { fmod: 1 });
        return onnx.node('Mod', [onnx.node('Add', [remainder, b]), b], { fmod: 1 });
      },
    },
    native('FloorMod'),
  ),
  binary('Atan2', floats, Math.atan2, {
    // atan(a / b) lies in the right half plane; where b < 0 the angle is half a turn away.
    expand: (graph, { inputs: [a, b] }) => {
      const zero = graph.fill(0);
      const angle = graph.apply('Atan', [graph.apply('RealDiv', [a, b])]);
      const turn = graph.apply('Select', [
        graph.apply('Less', [a, zero]),
        graph.fill(-Math.PI),
        graph.fill(Math.PI),
      ]);
      const left = graph.apply('Select', [
        graph.apply('Less', [b, zero]),
        graph.apply('Add', [angle, turn]),
        angle,
      ]);
      const both = graph.apply('LogicalAnd', [
        graph.apply('Equal', [a, zero]),
        graph.apply('Equal', [b, zero]),
      ]);
      return graph.apply('Select', [both, zero, left]);
    },
  }),
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
  elementwise('Prelu', {
    operands: ['x', 'alpha'],
    accepts: floats,
    element: () => (x, alpha) => (x < 0 ? alpha * x : x),
    onnx: prelu,
    tensorflow: prelu,
  }),
  {
    // dy where x > 0, alpha dy elsewhere: what the pass `rectifierGradients` makes of a product with a Step
    name: 'RectifierGradient',
    operation: {
      infer: ([dy]) => dy,
      element:
        ({ alpha }) =>
        (dy, x) =>
          x > 0 ? dy : (alpha as number) * dy,
      tensorflow: {
        emit: (tensorflow, { attributes, dtype }, operands) => {
          const alpha = attributes.alpha as number;
          return alpha === 0
            ? tensorflow.node('ReluGrad', operands, { T: type(dtype) })
            : tensorflow.node('LeakyReluGrad', operands, { T: type(dtype), alpha: tensorFlowFloat(alpha) });
        },
      },
    },
  },
  {
    // dy where y >= 0, dy (y + 1) elsewhere
    name: 'EluGrad',
    record: ({ graph, inputs: { dy, y } }) => {
      const negative = graph.apply('Minimum', [y, graph.fill(0)]);
      return graph.apply('Multiply', [dy, graph.apply('Add', [negative, graph.fill(1)])]);
    },
  },
  {
    name: 'AddN',
    record: ({ graph, list }) => list.reduce((sum, term) => graph.apply('Add', [sum, term])),
  },
];

const select: Kernel = {
  name: 'Select',
  record: ({ graph, inputs: { condition, t, e } }) => {
    // A condition of rank 1 chooses whole rows.
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const mask = rows
      ? graph.reshape(condition, [condition.shape[0], ...t.shape.slice(1).map(() => 1)])
      : condition;
    return graph.apply('Select', [mask, t, e]);
  },
  operation: {
    infer: ([condition, t, e]) => ({
      shape: broadcastShapes(condition.shape, t.shape, e.shape),
      dtype: t.dtype,
    }),
    element: () => (condition, t, e) => (condition ? t : e),
    onnx: {
      emit: (onnx, { dtype }, [condition, t, e]) => {
        if (dtype !== 'bool') return onnx.node('Where', [condition, t, e]);
        const [ones, others] = [t, e].map((branch) => onnx.cast(branch, 'int32'));
        return onnx.cast(onnx.node('Where', [condition, ones, others]), 'bool');
      },
    },
    tensorflow: {
      emit: (tensorflow, { dtype }, inputs) => tensorflow.node('SelectV2', inputs, { T: type(dtype) }),
    },
  },
};

export const elementwiseKernels: readonly Kernel[] = [
  ...unaryKernels,
  ...unaryKernelsWithAttributes,
  ...binaryKernels,
  select,
];
