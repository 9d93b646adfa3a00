import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import { afterAll, beforeAll, it } from 'vitest';
import type { TargetName } from '@dist-gan/core';
import { describeOnTargets, expectLikeEager } from '../test/against-eager.js';
import { variablesOf } from '../test/gaussian-step.js';

type Tensors = Record<string, tf.Tensor>;
const { layers, initializers } = tfl;

beforeAll(() => installSecondOrderGradients());
afterAll(() => uninstallSecondOrderGradients());

const wave = (length: number, phase: number) =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 2.3 + phase + (at % 5)));
const kernelInitializer = initializers.randomNormal({ stddev: 0.2, seed: 5 });

/** All weights, moving averages too. */
const allVariables = (model: tfl.LayersModel) => model.weights.map((weight) => weight.read() as tf.Variable);

/** One step of plain gradient descent on the mean square of a model's output. */
function descent(model: tfl.LayersModel) {
  const variables = variablesOf(model);
  return ({ x }: Tensors): Tensors => {
    const { value, grads } = tf.variableGrads(() => {
      const output = model.apply(x, { training: true }) as tf.Tensor;
      return tf.mean<tf.Scalar>(tf.square(output));
    }, variables);
    for (const variable of variables) variable.assign(tf.sub(variable, tf.mul(grads[variable.name], 0.1)));
    return { loss: value, output: model.apply(x) as tf.Tensor };
  };
}

async function expectTrainsLikeEager(
  target: TargetName,
  model: tfl.LayersModel,
  shape: number[],
): Promise<void> {
  const length = shape.reduce((a, b) => a * b, 1);
  await expectLikeEager({
    target,
    fn: descent(model),
    inputs: { x: { shape } },
    feeds: (call) => ({ x: wave(length, call) }),
    variables: allVariables(model),
    calls: 3,
    tolerance: 2e-5,
  });
  model.dispose();
}

describeOnTargets('models of tfjs-layers train like eager TensorFlow.js', (target) => {
  it('a convolutional generator with batch normalisation, whose moving averages are state', async () => {
    const model = tfl.sequential({
      layers: [
        layers.dense({ inputShape: [5], units: 2 * 2 * 6, useBias: false, kernelInitializer }),
        layers.reshape({ targetShape: [2, 2, 6] }),
        layers.batchNormalization({ momentum: 0.8 }),
        layers.reLU(),
        layers.conv2dTranspose({
          filters: 4,
          kernelSize: 5,
          strides: 2,
          padding: 'same',
          useBias: false,
          kernelInitializer,
        }),
        layers.batchNormalization({}),
        layers.leakyReLU({ alpha: 0.2 }),
        layers.upSampling2d({ size: [2, 2] }),
        layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh', kernelInitializer }),
      ],
    });
    await expectTrainsLikeEager(target, model, [4, 5]);
  });

  it('a convolutional discriminator with pooling and residual branches', async () => {
    const input = tfl.input({ shape: [8, 8, 3] });
    const first = layers
      .conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'elu', kernelInitializer })
      .apply(input);
    const main = layers
      .separableConv2d({
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        depthwiseInitializer: kernelInitializer,
        pointwiseInitializer: kernelInitializer,
      })
      .apply(first) as tfl.SymbolicTensor;
    const sum = layers.add().apply([first as tfl.SymbolicTensor, main]);
    const down = layers.averagePooling2d({ poolSize: 2 }).apply(sum);
    const strided = layers
      .conv2d({
        filters: 5,
        kernelSize: 4,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        kernelInitializer,
      })
      .apply(down);
    const pooled = layers.globalAveragePooling2d({}).apply(strided);
    const output = layers.dense({ units: 1, kernelInitializer }).apply(pooled) as tfl.SymbolicTensor;
    await expectTrainsLikeEager(target, tfl.model({ inputs: input, outputs: output }), [3, 8, 8, 3]);
  });

  it('other layers: embedding, layer normalisation, max pooling, padding, softmax, concatenation', async () => {
    const input = tfl.input({ shape: [6, 6, 2] });
    const padded = layers.zeroPadding2d({ padding: 1 }).apply(input);
    const pooled = layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(padded);
    const depth = layers
      .depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, depthwiseInitializer: kernelInitializer })
      .apply(pooled);
    const flat = layers.flatten().apply(depth);
    const normal = layers.layerNormalization({}).apply(flat) as tfl.SymbolicTensor;
    const gate = layers
      .dense({ units: 16, activation: 'sigmoid', kernelInitializer })
      .apply(normal) as tfl.SymbolicTensor;
    const joined = layers.concatenate().apply([gate, normal]);
    const output = layers
      .dense({ units: 4, activation: 'softmax', kernelInitializer })
      .apply(joined) as tfl.SymbolicTensor;
    await expectTrainsLikeEager(target, tfl.model({ inputs: input, outputs: output }), [3, 6, 6, 2]);
  });

  it('an optimizer of TensorFlow.js whose slots exist', async () => {
    const weight = tf.tidy(() => tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])));
    const optimizer = tf.train.rmsprop(0.01, 0.9, 0.5, 1e-6, true);
    const step = ({ x }: Tensors): Tensors => {
      const { value, grads } = tf.variableGrads(
        () => tf.mean<tf.Scalar>(tf.square(tf.matMul(x, weight))),
        [weight],
      );
      optimizer.applyGradients(grads);
      return { loss: value };
    };
    tf.tidy(() => void step({ x: tf.ones([4, 3]) }));
    await expectLikeEager({
      target,
      fn: step,
      inputs: { x: { shape: [4, 3] } },
      feeds: (call) => ({ x: wave(12, call) }),
      variables: Object.values(tf.engine().registeredVariables),
      calls: 3,
    });
    weight.dispose();
    optimizer.dispose();
  });
});
