/**
 * GAN Lab's own model, input providers and two updates a step, out of a clone of its repository (see README.md), without what
 * its page draws. Its page makes one step for each frame of the screen.
 */
import * as tf from '../.gan-lab/node_modules/@tensorflow/tfjs-core/dist/tf-core.esm.js';
import {
  GANLabNoiseProviderBuilder,
  GANLabTrueSampleProviderBuilder,
} from '../.gan-lab/demo/ganlab_input_providers.ts';
import { GANLabModel } from '../.gan-lab/demo/ganlab_models.ts';
import { readOptions, serve, versionsOf } from '#host';
import { runCheckSteps } from './measure.js';

const options = readOptions(['cpu', 'webgl']);
const [batch, atlas, noise] = [150, 12_000, 2];
const [layers, neurons] = [1, 8];
let model;
let latents;
let samples;

/** `iterateTraining` of its ganlab.ts. */
function step() {
  return tf.tidy(() => {
    const discriminator = model.dOptimizer.minimize(
      () =>
        model.dLoss(
          model.discriminator(samples.getNextCopy()),
          model.discriminator(model.generator(latents.getNextCopy())),
        ),
      true,
      model.dVariables,
    );
    const generator = model.gOptimizer.minimize(
      () => model.gLoss(model.discriminator(model.generator(latents.getNextCopy()))),
      true,
      model.gVariables,
    );
    return { discriminator: discriminator.get(), generator: generator.get() };
  });
}

await serve(options, {
  versions: versionsOf(),
  async prepare() {
    tf.setBackend(options.mode);
    const noiseBuilder = new GANLabNoiseProviderBuilder(noise, '2D Uniform', atlas, batch);
    const sampleBuilder = new GANLabTrueSampleProviderBuilder(atlas, 'gaussians', [], batch);
    for (const builder of [noiseBuilder, sampleBuilder]) builder.generateAtlas();
    latents = noiseBuilder.getInputProvider();
    samples = sampleBuilder.getInputProvider();
    model = new GANLabModel(noise, layers, layers, neurons, neurons, batch, 'Log loss');
    model.initializeModelVariables();
    model.updateOptimizer('D', 'Adam', 1e-3);
    model.updateOptimizer('G', 'Adam', 1e-3);
    return runCheckSteps(async () => step());
  },
  async runBlock(steps) {
    for (let done = 0; done < steps; done++) step();
  },
});
