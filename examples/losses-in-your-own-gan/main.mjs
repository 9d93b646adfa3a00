/**
 * Two losses of dist-gan in a GAN that knows nothing else of dist-gan: plain TensorFlow.js models, plain
 * optimisers. The data are points on a circle; the generator must find the whole circle.
 *
 * The gradient penalty needs second-order gradients. Stock TensorFlow.js would give silently wrong ones
 * through the tanh layers of this discriminator; `gradientPenalty` puts that right by itself.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  discriminatorScoreDistance,
  gradientPenalty,
  interpolate,
  minimaxDiscriminatorLoss,
} from '@dist-gan/losses';

tf.env().set('IS_TEST', true); // silences the advice to install another backend
const batchSize = 64;
const steps = Number(process.argv[2] ?? 1500);

const network = (outputs) =>
  sequential({
    layers: [
      layers.dense({ inputShape: [2], units: 32, activation: 'tanh' }),
      layers.dense({ units: 32, activation: 'tanh' }),
      layers.dense({ units: outputs }),
    ],
  });
const generator = network(2);
const discriminator = network(1);
const optimizers = { generator: tf.train.adam(1e-3, 0.5, 0.9), discriminator: tf.train.adam(5e-3, 0.5, 0.9) };
const weightsOf = (model) => model.trainableWeights.map((weight) => weight.read());

const pointsOnCircle = () =>
  tf.tidy(() => {
    const angle = tf.randomUniform([batchSize, 1], 0, 2 * Math.PI);
    return tf.concat([tf.cos(angle), tf.sin(angle)], 1);
  });

function trainDiscriminator() {
  return optimizers.discriminator.minimize(
    () => {
      const realSamples = pointsOnCircle();
      const fakeSamples = generator.apply(tf.randomNormal([batchSize, 2]));
      const samples = interpolate({ realSamples, fakeSamples, coefficients: tf.randomUniform([batchSize]) });
      const penalty = gradientPenalty(
        { discriminate: (x) => discriminator.apply(x), samples },
        { norm: 'l2' },
      );
      const loss = minimaxDiscriminatorLoss({
        realLogits: discriminator.apply(realSamples),
        fakeLogits: discriminator.apply(fakeSamples),
      });
      return tf.add(loss, tf.mul(0.1, penalty));
    },
    true,
    weightsOf(discriminator),
  );
}

function trainGenerator() {
  return optimizers.generator.minimize(
    () =>
      discriminatorScoreDistance({
        realLogits: discriminator.apply(pointsOnCircle()),
        fakeLogits: discriminator.apply(generator.apply(tf.randomNormal([batchSize, 2]))),
      }),
    true,
    weightsOf(generator),
  );
}

/** Mean distance of 1000 generated points from the circle, and how many of its 12 arcs they reach. */
function judge() {
  const points = tf.tidy(() => generator.apply(tf.randomNormal([1000, 2])).arraySync());
  const distance = points.reduce((sum, [x, y]) => sum + Math.abs(Math.hypot(x, y) - 1), 0) / points.length;
  const arcs = new Set(points.map(([x, y]) => Math.floor(((Math.atan2(y, x) / Math.PI + 1) / 2) * 12) % 12));
  return `${distance.toFixed(3)} from the circle, ${arcs.size} of 12 arcs reached`;
}

for (let step = 0; step <= steps; step++) {
  if (step % 300 === 0) console.log(`step ${step}: ${judge()}`);
  tf.dispose([trainDiscriminator(), trainGenerator()]);
}
