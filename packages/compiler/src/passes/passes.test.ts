import { describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describeOnTargets, expectLikeEager } from '../../test/against-eager.js';
import { batchNormForms } from '../../test/batch-norm-forms.js';
import { variablesOf } from '../../test/gaussian-step.js';
import { comparePerceptrons, passCombinations, patience } from '../../test/pass-combinations.js';
import { GraphBuilder } from '../graph/builder.js';
import { isOperation } from '../graph/operation.js';
import { printGraph } from '../graph/print.js';
import { input } from '../graph/sources.js';
import { countOperations, valuesOf } from '../graph/traverse.js';
import type { Graph, State, Value } from '../graph/types.js';
import { validateGraph } from '../graph/validate.js';
import { add, divide, multiply, subtract } from '../operations/elementwise/arithmetic.js';
import { leakyRelu, rectifierGradient, step } from '../operations/elementwise/rectifiers.js';
import { exp, negate, relu, square } from '../operations/elementwise/unary.js';
import { matMul } from '../operations/matmul.js';
import { broadcastTo } from '../operations/movement/broadcast.js';
import { pad } from '../operations/movement/padding.js';
import { reshape } from '../operations/movement/reshape.js';
import { transpose } from '../operations/movement/transpose.js';
import { mean, sum } from '../operations/reduction.js';
import { record } from '../record/record.js';
import { batchNorms } from './batch-norm/batch-norms.js';
import { biasFusion } from './bias-fusion.js';
import { columnSums } from './column-sums.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { constantFolding } from './constant-folding.js';
import { flatUpdates } from './flat-updates.js';
import { fusions } from './fusions.js';
import { optimizeGraph } from './index.js';
import { narrowFactors } from './narrow-factors.js';
import type { Pass } from './pass.js';
import { rectifierGradients } from './rectifier-gradients.js';
import { rectifierMasks } from './rectifier-masks.js';
import { simplification } from './simplification.js';
import { stateLayouts } from './state-layouts.js';
import { transposeSinking } from './transpose-sinking.js';
import { zeroSums } from './zero-sums.js';

const product = { transposeA: false, transposeB: false };

/** A graph with one output. */
function graphOf(output: Value, states: State[] = []): Graph {
  const values = valuesOf({ inputs: [], states, outputs: [{ name: 'y', value: output }] });
  const inputs = values
    .filter((value) => isOperation(value, input))
    .map((value) => ({ name: String(value.attributes.name), value }));
  return { inputs, states, outputs: [{ name: 'y', value: output }] };
}

const operations = (graph: Graph) =>
  valuesOf(graph)
    .filter((value) => value.inputs.length > 0)
    .map((value) => value.operation.name);

/** Rules make room for one another, so the compiler too runs them until nothing changes. */
function repeat(pass: Pass, graph: Graph, builder: GraphBuilder): Graph {
  const next = pass(graph, builder);
  return next === graph ? graph : repeat(pass, next, builder);
}

describe('passes', () => {
  it('constantFolding computes what depends on constants alone', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2, 3], 'float32');
    const row = builder.constant(Float32Array.of(1, 2, 3), [3], 'float32');
    const doubled = multiply(builder, row, builder.fill(2));
    const folded = constantFolding(graphOf(add(builder, x, doubled)), builder);
    expect(operations(folded)).toEqual(['Add']);
    expect(Array.from(folded.outputs[0].value.inputs[1].attributes.data as Float32Array)).toEqual([2, 4, 6]);
  });

  it('commonSubexpressions keeps one of two equal operations', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2], 'float32');
    const [a, b] = [exp(builder, x), exp(builder, x)];
    expect(operations(commonSubexpressions(graphOf(add(builder, a, b)), builder))).toEqual(['Exp', 'Add']);
  });

  it('commonSubexpressions tells infinities, NaN and the two zeros apart', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2], 'float32');
    const padded = [-Infinity, Infinity, NaN, 0, -0].map((value) =>
      pad(builder, x, { paddings: [[1, 1]], value }),
    );
    const total = padded.reduce((a, b) => add(builder, a, b));
    const kept = operations(commonSubexpressions(graphOf(total), builder));
    expect(kept.filter((name) => name === 'PadV2')).toHaveLength(5);
  });

  it('simplification removes neutral elements, double negations, reshapes of reshapes and needless broadcasts', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2, 3], 'float32');
    const plusZero = add(builder, multiply(builder, x, builder.fill(1, [2, 3])), builder.fill(0));
    const negated = negate(builder, negate(builder, plusZero));
    const reshaped = reshape(builder, reshape(builder, negated, { shape: [6] }), { shape: [2, 3] });
    expect(simplification(graphOf(reshaped), builder).outputs[0].value).toBe(x);

    const row = builder.input('row', [3], 'float32');
    const spread = broadcastTo(builder, row, { shape: [2, 3] });
    const narrow = simplification(graphOf(add(builder, square(builder, spread), x)), builder);
    expect(operations(narrow)).toEqual(['Square', 'Add']);
    const total = simplification(graphOf(sum(builder, spread, { axes: [0], keepDims: false })), builder);
    expect(operations(total)).toEqual(['Multiply']);
  });

  it('simplification turns batched products of one matrix into plain ones', () => {
    const builder = new GraphBuilder();
    const a = reshape(builder, builder.input('a', [4, 5], 'float32'), { shape: [1, 4, 5] });
    const b = reshape(builder, builder.input('b', [5, 2], 'float32'), { shape: [1, 5, 2] });
    const biased = add(builder, matMul(builder, a, b, product), builder.input('c', [2], 'float32'));
    const simple = repeat(simplification, graphOf(reshape(builder, biased, { shape: [4, 2] })), builder);
    expect(operations(simple)).toEqual(['BatchMatMul', 'Add']);
  });

  it('rectifierMasks reads the rectified value', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2], 'float32');
    const y = relu(builder, x);
    const masked = multiply(builder, y, step(builder, x, { alpha: 0 }));
    const mask = rectifierMasks(graphOf(masked), builder).outputs[0].value.inputs[1];
    expect(mask.inputs[0].operation).toBe(relu);
  });

  it('rectifierGradients makes one operation of a gradient and a mask', () => {
    const builder = new GraphBuilder();
    const [x, dy] = ['x', 'dy'].map((name) => builder.input(name, [2], 'float32'));
    const masked = (alpha: number) => multiply(builder, step(builder, x, { alpha }), dy);
    for (const alpha of [0, 0.2]) {
      const fused = rectifierGradients(graphOf(masked(alpha)), builder).outputs[0].value;
      expect(fused).toMatchObject({ inputs: [dy, x], attributes: { alpha } });
      expect(fused.operation).toBe(rectifierGradient);
    }
    const narrow = multiply(builder, step(builder, x, { alpha: 0 }), builder.fill(2));
    expect(operations(rectifierGradients(graphOf(narrow), builder))).toEqual(['Step', 'Multiply']);
  });

  it('a pass does not run without those that it needs, nor one of a target unless it is given', () => {
    const builder = new GraphBuilder();
    const [x, dy] = ['x', 'dy'].map((name) => builder.input(name, [2], 'float32'));
    const graph = graphOf(multiply(builder, step(builder, x, { alpha: 0 }), dy));
    expect(operations(optimizeGraph(graph, builder))).toEqual(['Step', 'Multiply']);
    expect(operations(optimizeGraph(graph, builder, {}, fusions))).toEqual(['RectifierGradient']);
    const off = { rectifierGradients: false };
    expect(operations(optimizeGraph(graph, builder, off, fusions))).toEqual(['Step', 'Multiply']);
    for (const pass of [batchNorms, zeroSums]) expect(pass.needs).toEqual([narrowFactors]);
  });

  it('columnSums and biasFusion use matrix products', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [4, 5], 'float32');
    const total = columnSums(graphOf(sum(builder, x, { axes: [0], keepDims: false })), builder);
    expect(operations(repeat(simplification, total, builder))).toEqual(['BatchMatMul', 'Reshape']);
    const w = builder.input('w', [5, 3], 'float32');
    const biased = add(builder, matMul(builder, x, w, product), builder.input('b', [3], 'float32'));
    expect(operations(biasFusion(graphOf(biased), builder))).toEqual(['MatMulBias']);
  });

  it('transposeSinking leaves the kernel of one number of a convolution from one channel to one', () => {
    const builder = new GraphBuilder();
    const kernel = builder.input('kernel', [1, 1, 1, 1], 'float32');
    const gradient = builder.input('gradient', [1, 1, 1, 1], 'float32');
    const [a, b] = [kernel, gradient].map((value) => transpose(builder, value, { perm: [2, 3, 1, 0] }));
    const updated = transposeSinking(graphOf(subtract(builder, a, b)), builder);
    validateGraph(updated, 'transposeSinking');
    expect(updated.outputs[0].value.shape).toEqual([1, 1, 1, 1]);
  });

  it('transposeSinking lets the transposes between two convolutions cancel', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [1, 2, 4, 4], 'float32');
    const last = transpose(builder, x, { perm: [0, 2, 3, 1] });
    const biased = relu(builder, add(builder, last, builder.input('b', [2], 'float32')));
    const back = transpose(builder, biased, { perm: [0, 3, 1, 2] });
    const clean = simplification(transposeSinking(graphOf(back), builder), builder);
    expect(operations(clean).filter((name) => name === 'Transpose')).toEqual([]);
    validateGraph(clean, 'transposeSinking');
  });

  it('narrowFactors brings factors together and out of sums', () => {
    const builder = new GraphBuilder();
    const [x, y] = ['x', 'y'].map((name) => builder.input(name, [4, 3], 'float32'));
    const [a, b] = ['a', 'b'].map((name) => builder.input(name, [3], 'float32'));
    const scaled = divide(builder, multiply(builder, x, a), b);
    expect(operations(narrowFactors(graphOf(scaled), builder))).toEqual(['RealDiv', 'Multiply']);
    const opposite = negate(builder, multiply(builder, y, scaled));
    const total = sum(builder, opposite, { axes: [0], keepDims: false });
    const outside = simplification(narrowFactors(graphOf(total), builder), builder);
    expect(operations(outside)).toEqual(['RealDiv', 'Multiply', 'Sum', 'Multiply', 'Multiply']);
    validateGraph(outside, 'narrowFactors');
  });

  it('narrowFactors knows what sums to zero, and sums a sum by its terms where those are known', () => {
    const builder = new GraphBuilder();
    const [x, y] = ['x', 'y'].map((name) => builder.input(name, [4, 3], 'float32'));
    const over = { axes: [0], keepDims: false };
    const centred = subtract(builder, x, mean(builder, x, over));
    const known = sum(builder, y, over);
    const total = sum(builder, add(builder, centred, y), over);
    const graph = graphOf(multiply(builder, total, known));
    expect(operations(optimizeGraph(graph, builder, { columnSums: false }))).toEqual(['Sum', 'Multiply']);
  });

  it.each(batchNormForms)(
    'the gradient of a batch normalisation made of %s is seven operations on images',
    (_, normalize) => {
      const images = { shape: [5, 4, 4, 8] };
      const { builder, inputs, outputs } = record(
        ({ x, w, scale, offset }) => {
          const loss = (...at: tf.Tensor[]) =>
            tf.sum<tf.Scalar>(tf.mul(normalize(tf.exp(at[0]), at[1], at[2]), w));
          const [dx, dScale, dOffset] = tf.grads(loss)([x, scale, offset]);
          return { dx, dScale, dOffset };
        },
        { x: images, w: images, scale: { shape: [8] }, offset: { shape: [8] } },
      );
      const graph = optimizeGraph({ inputs, outputs, states: [] }, builder, { columnSums: false });
      const large = valuesOf(graph).filter(
        ({ inputs }) => inputs.length > 0 && inputs.some(({ shape }) => shape.length === 4 && shape[0] === 5),
      );
      // exp, the two means, the square, the centred images; then the gradient; then exp's own.
      expect(large.length).toBeLessThanOrEqual(5 + 7 + 1);
    },
  );

  it('flatUpdates makes one state of the weights that are updated alike', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [1, 2], 'float32');
    const state = (name: string, shape: number[], variable: number): State => {
      const input = builder.state(name, shape, 'float32');
      const gradient = matMul(builder, x, builder.fill(variable, [2, shape[1]]), product);
      const output = subtract(
        builder,
        input,
        multiply(builder, reshape(builder, gradient, { shape }), builder.fill(0.1)),
      );
      return { name, input, output, parts: [{ variable, offset: 0, size: shape[1] }] };
    };
    const states = [state('a', [1, 3], 0), state('b', [1, 4], 1)];
    const graph: Graph = { ...graphOf(negate(builder, states[0].output)), states };
    const flat = flatUpdates(commonSubexpressions(graph, builder), builder);
    expect(flat.states).toHaveLength(1);
    expect(flat.states[0].input.shape).toEqual([7]);
    expect(new Set(flat.states[0].parts.map(({ variable }) => variable))).toEqual(new Set([0, 1]));
    expect(operations(flat).filter((name) => name === 'Sub')).toHaveLength(1);
    validateGraph(flat, 'flatUpdates');
  });

  it('flatUpdates leaves alone weights whose gradients need one another', () => {
    const builder = new GraphBuilder();
    const update = (input: Value, gradient: Value) =>
      subtract(builder, input, multiply(builder, gradient, builder.fill(0.1)));
    const [a, b] = ['a', 'b'].map((name) => builder.state(name, [2, 2], 'float32'));
    const newA = update(a, matMul(builder, b, b, product));
    const newB = update(b, matMul(builder, newA, b, product));
    const contents = [
      { input: a, output: newA },
      { input: b, output: newB },
    ];
    const states = contents.map(({ input, output }, variable) => ({
      name: String(variable),
      input,
      output,
      parts: [{ variable, offset: 0, size: 4 }],
    }));
    const graph: Graph = { inputs: [], outputs: [], states };
    expect(flatUpdates(graph, builder)).toBe(graph);
  });

  it('flatUpdates keeps the states that an update reads and does not write', () => {
    const builder = new GraphBuilder();
    const rate = builder.fill(0.1);
    const states = [3, 4].flatMap((size, at): State[] => {
      const [average, weight] = ['average', 'weight'].map((name) =>
        builder.state(`${name}${at}`, [size], 'float32'),
      );
      const change = multiply(builder, subtract(builder, weight, average), rate);
      const part = (variable: number) => [{ variable, offset: 0, size }];
      return [
        { name: `average${at}`, input: average, output: add(builder, average, change), parts: part(2 * at) },
        { name: `weight${at}`, input: weight, output: weight, parts: part(2 * at + 1) },
      ];
    });
    const flat = flatUpdates({ inputs: [], outputs: [], states }, builder);
    expect(flat.states.map(({ input }) => input.shape)).toEqual([[3], [4], [7]]);
    validateGraph(flat, 'flatUpdates');
  });

  it('stateLayouts keeps a filter as its users want it', () => {
    const builder = new GraphBuilder();
    const filter = builder.state('filter', [3, 3, 2, 4], 'float32');
    const used = transpose(builder, filter, { perm: [3, 2, 0, 1] });
    const output = multiply(builder, filter, builder.fill(0.5));
    const states = [{ name: 'filter', input: filter, output, parts: [{ variable: 0, offset: 0, size: 72 }] }];
    const kept = stateLayouts({ ...graphOf(used), states }, builder);
    const clean = simplification(transposeSinking(simplification(kept, builder), builder), builder);
    expect(clean.states[0]).toMatchObject({ permutation: [3, 2, 0, 1] });
    expect(clean.states[0].input.shape).toEqual([4, 2, 3, 3]);
    expect(operations(clean)).toEqual(['Multiply']);
    validateGraph(clean, 'stateLayouts');
  });

  it('prints a graph that a person can read', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2], 'float32');
    const graph = graphOf(leakyRelu(builder, x, { alpha: 0.2 }));
    expect(printGraph(graph)).toBe(
      '%0 = Input(name="x"): float32[2]\n%1 = LeakyRelu(%0, alpha=0.2): float32[2]\nreturn y = %1',
    );
    expect(countOperations(graph)).toBe(1);
  });
});

describeOnTargets('whichever passes run, the numbers are the same', (target) => {
  const { none, allButOne, onlyOne } = passCombinations(target);

  // On TensorFlow those that the network below does not need; `passes.full.test.ts` has all.
  const ofPerceptrons = ['flatUpdates', ...Object.keys(fusions)];
  it(
    'for three perceptrons',
    () =>
      comparePerceptrons(target, [
        none,
        ...Object.keys(allButOne)
          .filter((name) => target === 'onnx' || ofPerceptrons.includes(name))
          .map((name) => allButOne[name]),
      ]),
    patience,
  );

  it(
    'for a convolutional network',
    async () => {
      const kernelInitializer = tfl.initializers.randomNormal({ stddev: 0.2, seed: 3 });
      const model = tfl.sequential({
        layers: [
          tfl.layers.conv2d({
            inputShape: [4, 4, 2],
            filters: 3,
            kernelSize: 3,
            padding: 'same',
            kernelInitializer,
          }),
          tfl.layers.leakyReLU({ alpha: 0.2 }),
          tfl.layers.conv2dTranspose({
            filters: 2,
            kernelSize: 3,
            strides: 2,
            padding: 'same',
            kernelInitializer,
          }),
          tfl.layers.batchNormalization({}),
          tfl.layers.flatten(),
          tfl.layers.dense({ units: 2, kernelInitializer }),
        ],
      });
      const variables = variablesOf(model);
      const fn = ({ x }: Record<string, tf.Tensor>) => {
        const { value, grads } = tf.variableGrads(
          () => tf.mean<tf.Scalar>(tf.square(model.apply(x, { training: true }) as tf.Tensor)),
          variables,
        );
        for (const variable of variables)
          variable.assign(tf.sub(variable, tf.mul(grads[variable.name], 0.001)));
        return { loss: value };
      };
      const feeds = (call: number) => ({
        x: Float32Array.from({ length: 64 }, (_, at) => Math.sin(at * 1.1 + call)),
      });
      // Each alone on TensorFlow, too, in `npm run test:full`.
      const alone = target === 'onnx' || process.env.DIST_GAN_TESTS === 'full' ? Object.values(onlyOne) : [];
      for (const passes of [none, ...Object.values(allButOne), ...alone]) {
        await expectLikeEager({
          target,
          fn,
          inputs: { x: { shape: [2, 4, 4, 2] } },
          feeds,
          variables,
          calls: 2,
          options: { passes },
        });
      }
      model.dispose();
    },
    patience,
  );
});
