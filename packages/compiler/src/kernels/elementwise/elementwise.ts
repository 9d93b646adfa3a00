import type { OnnxEmitter } from '../../emitters/onnx-emitter.js';
import type { TensorFlowEmitter } from '../../emitters/tensorflow-emitter.js';
import { broadcastShapes } from '../../graph/shape.js';
import type { Attributes, DType, Value } from '../../graph/types.js';
import { cast, type Kernel, type KernelCall, type Lowering, type Traits } from '../kernel.js';
import { native } from '../native.js';

export type Onnx = Lowering<OnnxEmitter>;
type TensorFlow = Lowering<TensorFlowEmitter>;
type Element = (...operands: number[]) => number;

/** The ONNX node of that name, with the same operands and nothing else. */
const node = (opType: string): Onnx => ({
  emit: (onnx, _value, inputs) => onnx.node(opType, inputs),
});

/** Which element types a kernel takes; others are cast to the first one while recording. */
type Accepts = readonly DType[];
export const floats: Accepts = ['float32'];
export const numbers: Accepts = ['float32', 'int32'];
export const booleans: Accepts = ['bool'];

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

export function elementwise(name: string, options: ElementwiseOptions): Kernel {
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

export const unary = (
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

export const binary = (
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

export const comparison = (
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
