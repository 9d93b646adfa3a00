import { float } from '../../emitters/float-attribute.js';
import { ofFloat32, type } from '../../emitters/tensorflow-nodes.js';
import type { GraphBuilder } from '../../graph/builder.js';
import type { NoAttributes, Value } from '../../graph/types.js';
import { defineOperation } from '../definition.js';
import { native } from '../native.js';
import { add, minimum, multiply } from './arithmetic.js';
import { elementwise, floats } from './elementwise.js';
import { relu } from './unary.js';

/** The slope on the negative side. */
type Slope = Readonly<{ alpha: number }>;

export const leakyRelu = elementwise<Slope, [x: Value]>('LeakyRelu', {
  accepts: floats,
  element:
    ({ alpha }) =>
    (x) =>
      x < 0 ? alpha * x : x,
  onnx: {
    emit: (onnx, { attributes: { alpha } }, inputs) =>
      onnx.node('LeakyRelu', inputs, { alpha: float(alpha) }),
  },
  tensorflow: native('LeakyRelu', ({ attributes: { alpha } }) => ({ alpha: float(alpha) })),
});

/** 1 above 0, alpha elsewhere: the derivative of relu and of leaky relu. */
export const step = elementwise<Slope, [x: Value]>('Step', {
  accepts: floats,
  element:
    ({ alpha }) =>
    (x) =>
      x > 0 ? 1 : Number.isNaN(x) ? NaN : alpha,
  onnx: {
    // Any normal float above 0 times the largest float is above 1, so clipping gives exactly 1 there.
    emit: (onnx, { attributes: { alpha } }, [x]) => {
      const largest = 3.4028234e38;
      if (alpha === 0) return onnx.node('HardSigmoid', [x], { alpha: float(largest), beta: float(0) });
      if (alpha > 0 && alpha < 1) {
        const scaled = onnx.node('Mul', [x, onnx.scalar(largest)]);
        return onnx.node('Clip', [scaled, onnx.scalar(alpha), onnx.scalar(1)]);
      }
      const positive = onnx.node('HardSigmoid', [x], { alpha: float(largest), beta: float(0) });
      return onnx.node('Add', [onnx.node('Mul', [positive, onnx.scalar(1 - alpha)]), onnx.scalar(alpha)]);
    },
  },
  tensorflow: {
    emit: (tensorflow, { attributes: { alpha } }, [x]) => {
      const positive = tensorflow.node('Greater', [x, tensorflow.scalar(0)], ofFloat32);
      const [one, slope] = [1, alpha].map((value) => tensorflow.scalar(value));
      const mask = tensorflow.node('SelectV2', [positive, one, slope], ofFloat32);
      const invalid = tensorflow.node('IsNan', [x], ofFloat32);
      return tensorflow.node('SelectV2', [invalid, x, mask], ofFloat32);
    },
  },
});

/** relu(x) + alpha min(x, 0). */
const written = {
  expand: (graph: GraphBuilder, { inputs: [x, alpha] }: Value): Value => {
    const negative = multiply(graph, alpha, minimum(graph, x, graph.fill(0)));
    return add(graph, relu(graph, x), negative);
  },
};

export const prelu = elementwise<NoAttributes, [x: Value, alpha: Value]>('Prelu', {
  accepts: floats,
  element: () => (x, alpha) => (x < 0 ? alpha * x : x),
  onnx: written,
  tensorflow: written,
});

/** dy where x > 0, alpha dy elsewhere: what the pass `rectifierGradients` makes of a product with a Step. */
export const rectifierGradient = defineOperation<Slope, [dy: Value, x: Value]>({
  name: 'RectifierGradient',
  infer: ([dy]) => dy,
  element:
    ({ alpha }) =>
    (dy, x) =>
      x > 0 ? dy : alpha * dy,
  tensorflow: {
    emit: (tensorflow, { attributes: { alpha }, dtype }, operands) =>
      alpha === 0
        ? tensorflow.node('ReluGrad', operands, { T: type(dtype) })
        : tensorflow.node('LeakyReluGrad', operands, { T: type(dtype), alpha: float(alpha) }),
  },
});
