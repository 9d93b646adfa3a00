import * as onnxruntime from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { float } from '../../emitters/float-attribute.js';
import { OnnxEmitter } from '../../emitters/onnx-emitter.js';
import { withoutBranches } from './branchless.js';
import { encodeModel, type OnnxModel } from './model.js';

const numbers = [-Infinity, -3, -1, -0.25, -0, 0, 2 ** -100, 0.25, 1, 3, Infinity, NaN];
const big = float(3.4028234e38);

/** Each form with what it is by definition. */
const forms: Readonly<Record<string, [(onnx: OnnxEmitter) => string, (x: number) => number]>> = {
  Relu: [(onnx) => onnx.node('Relu', ['x']), (x) => Math.max(0, x)],
  LeakyRelu: [(onnx) => onnx.node('LeakyRelu', ['x'], { alpha: float(0.25) }), (x) => (x < 0 ? 0.25 * x : x)],
  'a slope above 1': [
    (onnx) => onnx.node('LeakyRelu', ['x'], { alpha: float(2) }),
    (x) => (x < 0 ? 2 * x : x),
  ],
  'a step': [
    (onnx) => onnx.node('HardSigmoid', ['x'], { alpha: big, beta: float(0) }),
    (x) => (Number.isNaN(x) ? NaN : x > 0 ? 1 : 0),
  ],
  'another HardSigmoid': [
    (onnx) => onnx.node('HardSigmoid', ['x'], { alpha: float(0.5), beta: float(0.5) }),
    (x) => (Number.isNaN(x) ? NaN : Math.max(0, Math.min(1, 0.5 * x + 0.5))),
  ],
  Clip: [
    (onnx) => onnx.node('Clip', ['x', onnx.scalar(-0.5), onnx.scalar(2)]),
    (x) => (Number.isNaN(x) ? NaN : Math.max(-0.5, Math.min(2, x))),
  ],
};

it.each(Object.entries(forms))('%s gives the same numbers', async (_name, [emit, definition]) => {
  const rewritten = withoutBranches(modelOf(emit));
  const session = await onnxruntime.InferenceSession.create(encodeModel(rewritten));
  const x = new onnxruntime.Tensor('float32', Float32Array.from(numbers), [numbers.length]);
  const { y } = await session.run({ x });
  await session.release();
  numbers.forEach((x, i) => expect((y.data as Float32Array)[i] + 0, `of ${x}`).toBe(definition(x) + 0));
});

it('leaves no node that jumps, and keeps the others', () => {
  const kinds = (name: string) => withoutBranches(modelOf(forms[name][0])).nodes.map(({ opType }) => opType);
  expect(kinds('Relu')).toEqual(['Max']);
  expect(kinds('LeakyRelu')).toEqual(['Mul', 'Max']);
  expect(kinds('a step')).toEqual(['Sign', 'Max']);
  expect(kinds('Clip')).toEqual(['Max', 'Min']);
  expect(kinds('a slope above 1')).toEqual(['LeakyRelu']);
  expect(kinds('another HardSigmoid')).toEqual(['HardSigmoid']);
});

/** One node on `x`. */
function modelOf(emit: (onnx: OnnxEmitter) => string): OnnxModel {
  const onnx = new OnnxEmitter();
  onnx.nameOutput(emit(onnx), 'y');
  const port = (name: string) => ({ name, type: 'float32' as const, shape: [numbers.length] });
  return { nodes: onnx.finish(), initializers: onnx.initializers, inputs: [port('x')], outputs: [port('y')] };
}
