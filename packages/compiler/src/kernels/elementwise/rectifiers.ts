import type { LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import { float } from '../../emitters/onnx-emitter.js';
import { float as tensorFlowFloat, type } from '../../emitters/tensorflow-nodes.js';
import type { Kernel } from '../kernel.js';
import { native } from '../native.js';
import { elementwise, floats, type Onnx } from './elementwise.js';

/** relu(x) + alpha min(x, 0). */
const prelu = {
  expand: (graph, { inputs: [x, alpha] }) => {
    const negative = graph.apply('Multiply', [alpha, graph.apply('Minimum', [x, graph.fill(0)])]);
    return graph.apply('Add', [graph.apply('Relu', [x]), negative]);
  },
} satisfies Onnx;

/** Leaky relu and its like, and the gradients of rectifiers. */
export const rectifierKernels: readonly Kernel[] = [
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
];
