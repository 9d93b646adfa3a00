import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../graph/builder.js';
import type { Graph, NoAttributes, Operation, State, Value } from '../../graph/types.js';
import { add, divide, multiply, subtract } from '../../operations/elementwise/arithmetic.js';
import { abs, exp, negate, sqrt, square } from '../../operations/elementwise/unary.js';
import { lowerToTensorFlow } from '../../targets/tensorflow/lower.js';
import { adamUpdates } from './adam-updates.js';
import { findAdamUpdates } from './find-adam-updates.js';

/** Weights of two elements with moments, and gradients that come from outside. */
function workshop() {
  const builder = new GraphBuilder();
  const apply = (operation: Operation<NoAttributes>, ...inputs: Value[]) =>
    builder.apply(operation, inputs, {});
  const [rate, epsilon, correction] = ['rate', 'epsilon', 'correction'].map((name) =>
    builder.input(name, [], 'float32'),
  );
  const state = (name: string) => builder.state(name, [2], 'float32');
  const constant = (value: number) => builder.fill(value);

  /** a + (x - a) rate, as TensorFlow's optimizer has it, or a (1 - rate) + x rate, as the paper has it. */
  const average = (form: 'difference' | 'sum', a: Value, x: Value, by: number) =>
    form === 'difference'
      ? apply(add, a, apply(multiply, apply(subtract, x, a), constant(by)))
      : apply(add, apply(multiply, a, constant(1 - by)), apply(multiply, x, constant(by)));

  const update = (
    form: 'difference' | 'sum',
    gradient: Value,
    before: { weight: Value; first: Value; second: Value },
  ) => {
    const first = average(form, before.first, gradient, 0.2);
    const second = average(form, before.second, apply(square, gradient), 0.001);
    const root = apply(sqrt, second);
    const denominator = apply(add, form === 'sum' ? apply(divide, root, correction) : root, epsilon);
    const change = apply(divide, apply(multiply, first, rate), denominator);
    return { weight: apply(subtract, before.weight, change), first, second };
  };

  const graph = (outputs: Record<string, Value>, states: [State['input'], Value][]): Graph => ({
    inputs: [rate, epsilon, correction].map((value) => ({ name: value.attributes.name, value })),
    states: states.map(([input, output], variable): State => ({
      name: input.attributes.name,
      input,
      output,
      parts: [{ variable, offset: 0, size: 2 }],
    })),
    outputs: Object.entries(outputs).map(([name, value]) => ({ name, value })),
  });
  return { builder, apply, state, update, graph, epsilon, correction };
}

describe('findAdamUpdates', () => {
  it.each(['difference', 'sum'] as const)('finds an update in the form of a %s', (form) => {
    const { builder, apply, state, update, graph, epsilon, correction } = workshop();
    const before = { weight: state('w'), first: state('m'), second: state('v') };
    const after = update(form, apply(negate, before.weight), before);
    const whole = graph({}, [
      [before.weight, after.weight],
      [before.first, after.first],
      [before.second, after.second],
    ]);
    const [found, ...others] = findAdamUpdates(whole);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ epsilon, correction: form === 'sum' ? correction : undefined });
    expect([found.firstRate, found.secondRate].map((rate) => Number(rate.toFixed(6)))).toEqual([0.2, 0.001]);
    expect(found.states.second.name).toBe('v');
    const operations = lowerToTensorFlow(adamUpdates(whole, builder)).nodes.map(({ op }) => op);
    expect(operations.filter((op) => op === 'ResourceApplyAdam')).toHaveLength(1);
    expect(operations).not.toContain('Sqrt');
  });

  it('finds every update of a weight that a step updates more than once, in order', () => {
    const { apply, state, update, graph } = workshop();
    const before = { weight: state('w'), first: state('m'), second: state('v') };
    const middle = update('difference', apply(negate, before.weight), before);
    const after = update('difference', apply(exp, middle.weight), middle);
    const found = findAdamUpdates(
      graph({}, [
        [before.weight, after.weight],
        [before.first, after.first],
        [before.second, after.second],
      ]),
    );
    expect(found.map(({ gradient }) => gradient.operation)).toEqual([negate, exp]);
  });

  it('leaves alone what something else reads or changes', () => {
    const { apply, state, update, graph } = workshop();
    const before = { weight: state('w'), first: state('m'), second: state('v') };
    const after = update('sum', apply(negate, before.weight), before);
    const moments: [State['input'], Value][] = [
      [before.first, after.first],
      [before.second, after.second],
    ];
    expect(
      findAdamUpdates(graph({ first: after.first }, [[before.weight, after.weight], ...moments])),
    ).toEqual([]);
    const clipped = apply(abs, after.weight);
    expect(findAdamUpdates(graph({}, [[before.weight, clipped], ...moments]))).toEqual([]);
    expect(
      findAdamUpdates(
        graph({}, [[before.weight, after.weight], moments[0], [before.second, apply(abs, after.second)]]),
      ),
    ).toEqual([]);
  });
});
