import { native } from '../native.js';
import { equal, less, logicalAnd } from './comparison.js';
import { binary, floats, numbers } from './elementwise.js';
import { select } from './select.js';
import { abs, atan } from './unary.js';

/** The remainder that has the divisor's sign, as in Python. */
function pythonRemainder(a: number, b: number): number {
  const remainder = a % b;
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? remainder : (remainder + b) % b;
}

export const add = binary('Add', numbers, (a, b) => a + b, 'Add', native('AddV2'), {
  commutative: true,
  neutral: { element: 0, operand: 'either' },
});
export const subtract = binary('Sub', numbers, (a, b) => a - b, 'Sub', native('Sub'), {
  neutral: { element: 0, operand: 'second' },
});
export const multiply = binary('Multiply', numbers, (a, b) => a * b, 'Mul', native('Mul'), {
  commutative: true,
  neutral: { element: 1, operand: 'either' },
  zeroFactor: true,
});
export const divide = binary('RealDiv', floats, (a, b) => a / b, 'Div', native('RealDiv'), {
  neutral: { element: 1, operand: 'second' },
});
export const maximum = binary('Maximum', numbers, Math.max, 'Max');
export const minimum = binary('Minimum', numbers, Math.min, 'Min');
export const power = binary('Pow', numbers, Math.pow);
export const bitwiseAnd = binary('BitwiseAnd', ['int32'], (a, b) => a & b);
export const squaredDifference = binary('SquaredDifference', numbers, (a, b) => (a - b) * (a - b), {
  emit: (onnx, _value, inputs) => {
    const difference = onnx.node('Sub', inputs);
    return onnx.node('Mul', [difference, difference]);
  },
});
export const floorDivide = binary('FloorDiv', numbers, (a, b) => Math.floor(a / b), {
  emit: (onnx, { dtype }, inputs) => {
    if (dtype === 'float32') return onnx.node('Floor', [onnx.node('Div', inputs)]);
    // ONNX divides integers toward zero, and 32-bit integers are exact in doubles.
    const doubles = inputs.map((input) => onnx.cast(input, 'float64'));
    return onnx.cast(onnx.node('Floor', [onnx.node('Div', doubles)]), 'int32');
  },
});
export const floorMod = binary(
  'Mod',
  numbers,
  pythonRemainder,
  {
    emit: (onnx, { dtype }, [a, b]) => {
      if (dtype === 'int32') return onnx.node('Mod', [a, b]);
      const remainder = onnx.node('Mod', [a, b], { fmod: 1 });
      // Where the signs differ, and nowhere else: next to a large divisor a remainder would lose its digits.
      const signs = onnx.node(
        'Mul',
        [remainder, b].map((x) => onnx.node('Sign', [x])),
      );
      const differ = onnx.node('Less', [signs, onnx.scalar(0)]);
      return onnx.node('Where', [differ, onnx.node('Add', [remainder, b]), remainder]);
    },
  },
  native('FloorMod'),
);
export const atan2 = binary('Atan2', floats, Math.atan2, {
  // atan(a / |b|) lies in the right half plane; where b < 0 it is its mirror image. (At b = -0 the quotient keeps its sign.)
  expand: (graph, { inputs: [a, b] }) => {
    const zero = graph.fill(0);
    const angle = atan(graph, divide(graph, a, abs(graph, b)));
    const turn = select(graph, less(graph, a, zero), graph.fill(-Math.PI), graph.fill(Math.PI));
    const left = select(graph, less(graph, b, zero), subtract(graph, turn, angle), angle);
    const both = logicalAnd(graph, equal(graph, a, zero), equal(graph, b, zero));
    return select(graph, both, zero, left);
  },
});
