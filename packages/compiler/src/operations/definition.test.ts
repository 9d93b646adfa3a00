import { expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import { isOperation } from '../graph/operation.js';
import type { Value } from '../graph/types.js';
import { definitionOf } from './definition.js';
import { add } from './elementwise/arithmetic.js';
import { concat } from './movement/concat.js';
import { mean, sum } from './reduction.js';

const builder = new GraphBuilder();
const x = builder.input('x', [2, 3], 'float32');
const y = builder.input('y', [2, 3], 'float32');

it('an operation adds itself to a graph, with its operands in order and its attributes after them', () => {
  expect(add(builder, x, y)).toMatchObject({ inputs: [x, y], attributes: {}, shape: [2, 3] });
  const along = { axis: 1 };
  expect(concat(builder, x, y, x, along)).toMatchObject({
    inputs: [x, y, x],
    attributes: along,
    shape: [2, 9],
  });
  expect(sum.name).toBe('Sum');
});

it('types the attributes of a call, and of a value whose operation is known', () => {
  const total: Value = sum(builder, x, { axes: [0], keepDims: false });
  // @ts-expect-error the attributes of a value that may be of any operation are not known
  expect(total.attributes.axes.length).toBe(1);
  if (!isOperation(total, mean, sum)) throw new Error('a sum is a sum');
  expect(total.attributes.axes.length).toBe(1);
  // @ts-expect-error a sum has axes, not an axis
  expect(() => sum(builder, x, { axis: 0 })).toThrow();
  expect(isOperation(total, mean)).toBe(false);
});

it('knows how an operation runs, and that what a graph begins with does not', () => {
  expect(definitionOf(add(builder, x, y))?.onnx).toBeDefined();
  expect(definitionOf(x)).toBeUndefined();
  expect(definitionOf(builder.fill(1))).toBeUndefined();
});
