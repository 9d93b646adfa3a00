import type { OnnxEmitter } from '../../emitters/onnx-emitter.js';
import type { TensorFlowEmitter } from '../../emitters/tensorflow-emitter.js';
import { broadcastShapes } from '../../graph/shape.js';
import type { Attributes, DType, NoAttributes, Traits, Value } from '../../graph/types.js';
import { defineOperation, type DefinedOperation, type Lowering } from '../definition.js';
import { native } from '../native.js';

type Onnx<Own extends Attributes = NoAttributes> = Lowering<OnnxEmitter, Own>;
type TensorFlow<Own extends Attributes = NoAttributes> = Lowering<TensorFlowEmitter, Own>;
type Element = (...operands: number[]) => number;

/** The ONNX node of that name, with the same operands and nothing else. */
const node = (opType: string): Onnx => ({
  emit: (onnx, _value, inputs) => onnx.node(opType, inputs),
});

type Accepts = readonly DType[];
export const floats: Accepts = ['float32'];
export const numbers: Accepts = ['float32', 'int32'];
export const booleans: Accepts = ['bool'];

interface ElementwiseOptions<Own extends Attributes> {
  readonly accepts: Accepts;
  /** Type of the result; by default that of the first operand. */
  readonly result?: DType;
  readonly element: (attributes: Own) => Element;
  readonly onnx: Onnx<Own>;
  /** By default TensorFlow's node of the same name, for these are TensorFlow's names. */
  readonly tensorflow?: TensorFlow<Own>;
  readonly traits?: Traits<Own>;
}

/** An operation that computes each element from those at the same place in its operands, which broadcast. */
export function elementwise<Own extends Attributes, Operands extends readonly Value[]>(
  name: string,
  { result, tensorflow = native(name), ...rest }: ElementwiseOptions<Own>,
): DefinedOperation<Own, Operands> {
  return defineOperation({
    ...rest,
    name,
    infer: (inputs) => ({
      shape: broadcastShapes(...inputs.map((input) => input.shape)),
      dtype: result ?? inputs[0].dtype,
    }),
    tensorflow,
  });
}

export const unary = (
  name: string,
  accepts: Accepts,
  element: Element,
  onnx: Onnx | string = name,
  result?: DType,
  tensorflow?: TensorFlow,
) =>
  elementwise<NoAttributes, [x: Value]>(name, {
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
  traits?: Traits<NoAttributes>,
) =>
  elementwise<NoAttributes, [a: Value, b: Value]>(name, {
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
  elementwise<NoAttributes, [a: Value, b: Value]>(name, {
    accepts,
    result: 'bool',
    element: () => (a, b) => Number(test(a, b)),
    onnx: typeof onnx === 'string' ? node(onnx) : onnx,
    tensorflow,
  });
