/** Which parts of the product a workload is made of. */
import { cifarDcgan, mlp, resnet, snganCnn } from '@dist-gan/architectures';
import type { Architecture, Method, NetworkShape, Preset } from '@dist-gan/core';
import { distGan, wganGp } from '@dist-gan/methods';
import { presets } from '@dist-gan/presets';
import * as layers from '@tensorflow/tfjs-layers';
import type {
  AdamSettings,
  DcganWorkload,
  MlpWorkload,
  ResnetCriticWorkload,
  Workload,
} from './workloads.js';

/** A preset's method as it is, or one with the settings that all rows of a workload read. */
export function methodOf(workload: Workload): Method {
  switch (workload.step) {
    case 'mlp':
    case 'dcgan':
      return withEpsilonOf(workload, distGanOf(workload));
    case 'resnet-critic':
      return withEpsilonOf(workload, criticOf(workload));
    case 'preset':
      return distGan(presets[workload.preset].method.options);
  }
}

function distGanOf(workload: MlpWorkload | DcganWorkload): Method {
  return distGan({
    ...(workload.step === 'mlp' && {
      reconstructionLoss: 'sigmoid-cross-entropy',
      latentDataSpace: 'samples',
      latentWeight: 1,
    }),
    latentDataWeight: workload.latentDistanceWeight,
    realWeight: workload.realWeight,
    reconstructedWeight: workload.reconstructionWeight,
    reconstructedFade: 'none',
    gradientPenaltyWeight: workload.gradientPenaltyWeight,
    discriminatorSteps: workload.criticSteps,
    learningRate: workload.learningRate,
    beta1: workload.beta1,
    beta2: workload.beta2,
  });
}

/** WGAN-GP without its generator's phase. */
function criticOf({ gradientPenaltyWeight, learningRate, beta1, beta2 }: ResnetCriticWorkload): Method {
  const method = wganGp({ gradientPenaltyWeight, discriminatorSteps: 1, learningRate, beta1, beta2 });
  return { ...method, phases: method.phases.filter(({ name }) => name === 'discriminator') };
}

/**
 * The peers add Adam's epsilon to the corrected root, the trainer to the root as it is: multiplied by the root of the first
 * step's correction it is the same there, and nearly so in the two that are compared next.
 */
function withEpsilonOf({ epsilon, beta2 }: AdamSettings, method: Method): Method {
  return {
    ...method,
    phases: method.phases.map((phase) => ({
      ...phase,
      optimizer: { ...phase.optimizer, epsilon: epsilon * Math.sqrt(1 - beta2) },
    })),
  };
}

/** The networks of a workload, at its width. */
export function architectureOf(workload: Workload): Architecture {
  const { width } = workload;
  switch (workload.step) {
    case 'mlp':
      return mlp({ hiddenUnits: Array<number>(workload.hiddenLayers).fill(width) });
    case 'dcgan':
      return cifarDcgan({ width });
    case 'resnet-critic':
      return givingItsLatents(resnet({ width }));
    case 'preset':
      return presetArchitecture(presets[workload.preset], width);
  }
}

/** The preset's architecture, at another width where one is given. */
export function presetArchitecture({ architecture: { id, options } }: Preset, width?: number): Architecture {
  const make: (options: object) => Architecture = id === 'cifar-dcgan' ? cifarDcgan : snganCnn;
  return make({ ...options, width });
}

/** With a generator that gives its latents in the shape of samples, so that generated images come in as inputs. */
function givingItsLatents(architecture: Architecture): Architecture {
  return {
    ...architecture,
    build(kind, shape, random) {
      if (kind !== 'generator') return architecture.build(kind, shape, random);
      const inputs = layers.input({ shape: [shape.latentDimension] });
      const reshape = layers.layers.reshape({ targetShape: [...shape.sampleShape] });
      return layers.model({ inputs, outputs: reshape.apply(inputs) as layers.SymbolicTensor });
    },
  };
}

export function networkShape(workload: Workload): NetworkShape {
  if (workload.step === 'mlp') return { sampleShape: [2], latentDimension: workload.latentSize };
  const { imageSize, channels } = workload;
  return {
    sampleShape: [imageSize, imageSize, channels],
    latentDimension:
      workload.step === 'resnet-critic' ? imageSize * imageSize * channels : workload.latentSize,
  };
}
