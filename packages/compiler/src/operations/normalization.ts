import { ofFloat32 } from '../emitters/tensorflow-nodes.js';
import type { Value } from '../graph/types.js';
import { defineOperation } from './definition.js';

const alongAxis = (name: 'Softmax' | 'LogSoftmax') =>
  defineOperation<Readonly<{ axis: number }>, [x: Value]>({
    name,
    infer: ([x]) => x,
    onnx: { emit: (onnx, { attributes: { axis } }, inputs) => onnx.node(name, inputs, { axis }) },
    tensorflow: {
      // TensorFlow normalizes over the last axis; another one changes places with it.
      emit: (tensorflow, { attributes: { axis }, shape }, [x]) => {
        const last = shape.length - 1;
        if (axis === last) return tensorflow.node(name, [x], ofFloat32);
        const order = shape.map((_, at) => (at === axis ? last : at === last ? axis : at));
        const swap = (tensor: string) =>
          tensorflow.node('Transpose', [tensor, tensorflow.integers(order)], ofFloat32);
        return swap(tensorflow.node(name, [swap(x)], ofFloat32));
      },
    },
  });

/** exp(x) / sum of exp(x) along an axis. */
export const softmax = alongAxis('Softmax');
/** Its logarithm. */
export const logSoftmax = alongAxis('LogSoftmax');
