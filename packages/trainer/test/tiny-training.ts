/** A few hundred steps of every method on the 25 Gaussians, for `tiny-training.test.ts` and its long sibling. */
import { mlp } from '@dist-gan/architectures';
import type { Architecture, Method } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import {
  distGan,
  gan,
  gdpp,
  latentDataDistance,
  methods,
  r1,
  r2,
  reconstruction,
  rpGan,
} from '@dist-gan/methods';
import { expect } from 'vitest';
import { fit } from '../src/fit.js';

const dataset = gaussianGrid();
const batchSize = 64;
const adam = { learningRate: 2e-3, beta1: 0.5, beta2: 0.9 };

/** Mean and standard deviation of both coordinates. */
function momentsOf(points: ArrayLike<number>): number[] {
  return [0, 1].flatMap((axis) => {
    const values = Array.from(points).filter((_, i) => i % 2 === axis);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return [mean, Math.sqrt(variance)];
  });
}

/** As in the presets of points. */
const weights = { realWeight: 0.5, reconstructedWeight: 0.5, reconstructedFade: 'none' } as const;
const reconstructed = { ...adam, ...weights, reconstructionLoss: 'squared-error' } as const;
const penalty = { gradientPenaltyWeight: 0.1, gradientPenaltyNorm: 'l2' } as const;
const points = {
  ...reconstructed,
  ...penalty,
  latentDataWeight: 0.1,
  latentDataSpace: 'samples',
  latentWeight: 1,
} as const;

const networks = mlp({ hiddenUnits: [32, 32] });
const narrow = mlp({ hiddenUnits: [32, 32, 1, 32], activation: 'leaky-relu' });
/** An auto-encoder of points whose code is as wide as they are copies whatever it is given. */
const narrowAutoencoder: Architecture = {
  ...networks,
  build: (kind, ...more) => (kind === 'autoencoder' ? narrow : networks).build(kind, ...more),
};

interface Case {
  readonly method: Method;
  readonly architecture?: Architecture;
  /** Default 300. */
  readonly steps?: number;
  /** How far each moment may lie from the data's; the standard deviation of collapsed points lies 0.33 away. Default 0.15. */
  readonly within?: number;
}

/** Methods that learn with other settings than {@link adam}, or take no such. */
const ofMethods: { readonly [Id in keyof typeof methods]?: Case } = {
  'dist-gan': { method: distGan(points) },
  'dist-gan-1-real': { method: methods['dist-gan-1-real'](reconstructed) },
  'dist-gan-1-fake': { method: methods['dist-gan-1-fake'](reconstructed) },
  'dist-gan-1-none': { method: methods['dist-gan-1-none'](reconstructed) },
  'dist-gan-2': { method: methods['dist-gan-2']({ ...reconstructed, ...penalty }) },
  'gn-gan': {
    method: methods['gn-gan']({
      ...adam,
      ...penalty,
      reconstructionLoss: 'squared-error',
      neighbourEmbedding: { weight: 0.1, space: 'samples' },
      alpha: 0.5,
    }),
  },
  'gan-2': { method: methods['gan-2']({ ...adam, ...penalty }) },
  wgan: { method: methods.wgan({ learningRate: 1e-3, weightLimit: 0.1 }) },
  'wgan-gp': { method: methods['wgan-gp']({ ...adam, gradientPenaltyWeight: 0.1 }) },
  dragan: { method: methods.dragan({ ...adam, penaltyWeight: 0.1 }) },
  'sn-gan': {
    method: methods['sn-gan']({ ...adam, discriminatorSteps: 2 }),
    architecture: mlp({ hiddenUnits: [32, 32], discriminatorSpectralNorm: true }),
  },
  r3gan: { method: methods.r3gan({ ...adam, gamma: 0.1 }) },
  // Its equilibrium is a loose one where an auto-encoder of points can only be bad at most of them.
  began: {
    method: methods.began({ ...adam, learningRate: 1e-3, balanceRate: 0.02, gamma: 1 }),
    architecture: narrowAutoencoder,
    steps: 600,
    within: 0.2,
  },
  ali: { method: methods.ali({ ...adam, learningRate: 4e-3, beta2: 0.999 }), steps: 400 },
  bigan: { method: methods.bigan({ ...adam, learningRate: 4e-3 }), steps: 600 },
  vaegan: { method: methods.vaegan() },
  mdgan: { method: methods.mdgan() },
  veegan: { method: methods.veegan({ ...adam, learningRate: 5e-4 }), steps: 450 },
  'dan-s': { method: methods['dan-s']({ ...adam, setSize: 16, singleSamples: true }) },
  'dan-2s': { method: methods['dan-2s']({ ...adam, setSize: 8, singleSamples: true }) },
  'info-gan': { method: methods['info-gan']({ ...adam, categories: 0, continuous: 2 }) },
  aae: { method: methods.aae({ ...adam, reconstructionWeight: 0.9, adversarialWeight: 0.1 }) },
  unrolled: {
    method: methods.unrolled({
      learningRate: 4e-3,
      generatorLearningRate: 2e-3,
      beta2: 0.9,
      unrolledSteps: 2,
    }),
  },
};

const compositions: Record<string, Case> = {
  'dist-gan as GAAN': {
    method: distGan({ ...points, latentDataSource: 'real', reconstructedLabel: 'fake' }),
  },
  'rp-gan with R1, R2 and an auto-encoder': {
    method: rpGan({
      ...adam,
      penalties: [r1({ gamma: 0.1 }), r2({ gamma: 0.1 })],
      regularisers: [reconstruction({ loss: 'squared-error' }), latentDataDistance({ space: 'samples' })],
    }),
  },
  'gan of pairs of points': { method: gan({ ...adam, packing: 2 }) },
  // Twelve features: it decomposes matrices of that size.
  'gan with GDPP': {
    method: gan({ ...adam, regularisers: [gdpp()] }),
    architecture: mlp({ hiddenUnits: [32, 12] }),
  },
};

const own: Readonly<Record<string, Case | undefined>> = { ...ofMethods, ...compositions };

/** Every method, and what is made of some. */
export const cases = [...Object.keys(methods), ...Object.keys(compositions)];

function caseOf(name: string): Case {
  const make: (options: object) => Method = methods[name as keyof typeof methods];
  return own[name] ?? { method: make(adam) };
}

/** Trains one of the {@link cases}: generated points spread as the data do. */
export async function expectSpread(name: string): Promise<void> {
  const { method, architecture = networks, steps = 300, within = 0.15 } = caseOf(name);
  const result = await fit({
    method,
    architecture,
    dataset,
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize,
    steps,
    seed: 1,
    // Adversaries go round each other: an average of 40 steps tells where.
    movingAverage: { halfLife: 40 * batchSize, rampUp: null },
  });
  const { data } = await result.generate(1024);
  await result.dispose();
  // The points lie in the order of their modes: every so-many-th of them is one of each.
  const every = Math.floor(dataset.size / 2000);
  const all = dataset.batch(Uint32Array.from({ length: 2000 }, (_, i) => i * every));
  const [generated, real] = [data, all].map(momentsOf);
  generated.forEach((value, i) =>
    expect(
      Math.abs(value - real[i]),
      `moments ${generated.join(', ')} beside ${real.join(', ')}; settings by which ${name} learns are an entry of packages/trainer/test/tiny-training.ts`,
    ).toBeLessThan(within),
  );
}
