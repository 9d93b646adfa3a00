import type { Kernel } from '../kernel.js';
import { native } from '../native.js';
import { binary, floats, numbers } from './elementwise.js';

/** The remainder that has the divisor's sign, as in Python. */
function floorMod(a: number, b: number): number {
  const remainder = a % b;
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? remainder : (remainder + b) % b;
}

export const arithmeticKernels: readonly Kernel[] = [
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
  {
    name: 'AddN',
    record: ({ graph, list }) => list.reduce((sum, term) => graph.apply('Add', [sum, term])),
  },
];
