/**
 * A plain TensorFlow.js training loop, with neither the trainer nor the methods of dist-gan, takes the losses of Dist-GAN and GN-GAN
 * one after the other: the result before, and with each of them. The same step runs eagerly and, through `compile`, as one graph.
 *
 *     node main.mjs [steps]
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { compile } from '@dist-gan/compiler';
import {
  discriminatorScoreDistance,
  gradientMatching,
  latentDataDistance,
  minimaxDiscriminatorLoss,
  neighbourEmbedding,
  nonSaturatingGeneratorLoss,
  squaredErrorReconstructionLoss,
} from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';

tf.env().set('IS_TEST', true); // silences the advice to install another backend
const [batchSize, units, modes] = [64, 24, 8];
const steps = Number(process.argv[2] ?? 3000);
/** Steps that are run eagerly, too: each takes ten times as long as a compiled one. */
const eagerSteps = Math.min(100, steps);

/** What a generator and an encoder are trained by, beside the reconstruction; everything else stays as it is. */
const variants = {
  'before: a plain GAN': { generator: ({ fakeLogits }) => nonSaturatingGeneratorLoss({ fakeLogits }) },
  discriminatorScoreDistance: { generator: (logits) => discriminatorScoreDistance(logits) },
  latentDataDistance: {
    generator: ({ fakeLogits }) => nonSaturatingGeneratorLoss({ fakeLogits }),
    autoencoder: ({ codes, latents, reconstructed, generated }) =>
      latentDataDistance({ reconstructed, generated, encoded: codes, latents }),
  },
  neighbourEmbedding: {
    generator: ({ fakeLogits }) => nonSaturatingGeneratorLoss({ fakeLogits }),
    autoencoder: ({ codes, latents, reconstructed, generated }) =>
      neighbourEmbedding({
        latents: tf.concat([codes, latents]),
        samples: tf.concat([reconstructed, generated]),
      }),
  },
  gradientMatching: {
    generator: ({ fakeLogits }, { real, fake, discriminate }) =>
      tf.add(
        nonSaturatingGeneratorLoss({ fakeLogits }),
        gradientMatching({ discriminate, realSamples: real, fakeSamples: fake }).total,
      ),
  },
};

/** Random numbers that are the same for every variant and engine (mulberry32). */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function makeNetworks() {
  const random = randomNumbers(7);
  const dense = (rows, columns) => {
    const limit = Math.sqrt(6 / (rows + columns));
    const values = Float32Array.from({ length: rows * columns }, () => limit * (2 * random() - 1));
    return [tf.variable(tf.tensor2d(values, [rows, columns])), tf.variable(tf.zeros([columns]))];
  };
  const network = (inputs, outputs) => {
    const weights = [dense(inputs, units), dense(units, units), dense(units, outputs)].flat();
    const [a, b, c, d, e, f] = weights;
    const apply = (x) => {
      const hidden = tf.tanh(tf.add(tf.matMul(tf.tanh(tf.add(tf.matMul(x, a), b)), c), d));
      return tf.add(tf.matMul(hidden, e), f);
    };
    // Adam's moments, which a compiled step keeps where it keeps the weights.
    const moments = weights.map((weight) => [0, 1].map(() => tf.variable(tf.zerosLike(weight), false)));
    return { apply, weights, moments };
  };
  return { generator: network(2, 2), encoder: network(2, 2), discriminator: network(2, 1) };
}

/** One update by Adam, without the correction of its first steps. */
function update(networks, loss, rate = 2e-3) {
  const weights = networks.flatMap((network) => network.weights);
  const moments = networks.flatMap((network) => network.moments);
  const { value, grads } = tf.variableGrads(loss, weights);
  weights.forEach((weight, i) => {
    const gradient = grads[weight.name];
    const [first, second] = moments[i];
    first.assign(tf.add(tf.mul(0.5, first), tf.mul(0.5, gradient)));
    second.assign(tf.add(tf.mul(0.99, second), tf.mul(0.01, tf.square(gradient))));
    weight.assign(tf.sub(weight, tf.div(tf.mul(rate, first), tf.add(tf.sqrt(second), 1e-6))));
  });
  return value;
}

/** A training step: real points and latents in, losses out. */
function makeStep({ generator, encoder, discriminator }, variant) {
  const discriminate = discriminator.apply;
  return ({ real, latents }) => {
    const autoencoder = update([encoder, generator], () => {
      const codes = encoder.apply(real);
      const reconstructed = generator.apply(codes);
      const reconstruction = squaredErrorReconstructionLoss({ target: real, reconstruction: reconstructed });
      const extra = variant.autoencoder?.({
        codes,
        latents,
        reconstructed,
        generated: generator.apply(latents),
      });
      return extra === undefined ? reconstruction : tf.add(reconstruction, extra);
    });
    const judge = () => ({
      realLogits: discriminate(real),
      fakeLogits: discriminate(generator.apply(latents)),
    });
    const discriminatorLoss = update([discriminator], () => minimaxDiscriminatorLoss(judge()));
    const generatorLoss = update([generator], () =>
      variant.generator(judge(), { real, fake: generator.apply(latents), discriminate }),
    );
    return { autoencoder, discriminatorLoss, generatorLoss };
  };
}

/** What a step is fed: points of a ring of eight Gaussians, and latents. */
function makeFeeds(random) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const real = new Float32Array(2 * batchSize);
  for (let i = 0; i < batchSize; i++) {
    const angle = (2 * Math.PI * Math.floor(random() * modes)) / modes;
    real[2 * i] = Math.cos(angle) + 0.03 * normal();
    real[2 * i + 1] = Math.sin(angle) + 0.03 * normal();
  }
  return { real, latents: Float32Array.from({ length: 2 * batchSize }, () => 2 * random() - 1) };
}

const shapes = { real: [batchSize, 2], latents: [batchSize, 2] };

/** Of 2000 generated points: modes with at least 20 within 0.15, and how many points are within that of any. */
function judge({ generator }) {
  const random = randomNumbers(99);
  const latents = Float32Array.from({ length: 4000 }, () => 2 * random() - 1);
  const points = tf.tidy(() => generator.apply(tf.tensor2d(latents, [2000, 2])).dataSync());
  const counts = new Array(modes).fill(0);
  for (let i = 0; i < 2000; i++) {
    const [x, y] = points.subarray(2 * i, 2 * i + 2);
    const mode = (Math.round((Math.atan2(y, x) / (2 * Math.PI)) * modes) + modes) % modes;
    const angle = (2 * Math.PI * mode) / modes;
    if (Math.hypot(x - Math.cos(angle), y - Math.sin(angle)) < 0.15) counts[mode]++;
  }
  const registered = counts.reduce((sum, count) => sum + count, 0);
  return `${counts.filter((count) => count >= 20).length} modes, ${registered} of 2000 points`;
}

async function train(variant, count, compiled) {
  const networks = makeNetworks();
  const step = makeStep(networks, variant);
  const random = randomNumbers(1);
  const program = compiled
    ? await compile(step, { inputs: { real: { shape: shapes.real }, latents: { shape: shapes.latents } } })
    : undefined;
  for (let i = 0; i < count; i++) {
    const feeds = makeFeeds(random);
    if (program !== undefined) await program.run(feeds);
    else {
      tf.tidy(() => {
        step({
          real: tf.tensor2d(feeds.real, shapes.real),
          latents: tf.tensor2d(feeds.latents, shapes.latents),
        });
      });
    }
  }
  await program?.readVariables();
  program?.dispose();
  const result = judge(networks);
  for (const { weights, moments } of Object.values(networks)) tf.dispose([weights, moments]);
  return result;
}

for (const [name, variant] of Object.entries(variants)) {
  console.log(`\n${name}`);
  console.log(`  eagerly, ${eagerSteps} steps: ${await train(variant, eagerSteps, false)}`);
  console.log(`  compiled, ${eagerSteps} steps: ${await train(variant, eagerSteps, true)}`);
  console.log(`  compiled, ${steps} steps: ${await train(variant, steps, true)}`);
}
