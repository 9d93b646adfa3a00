import type { Method } from '@dist-gan/core';
import { distGan, gan, gnGan, r3gan, wganGp } from '@dist-gan/methods';

export const methodIds = ['gan', 'wgan-gp', 'r3gan', 'dist-gan', 'gn-gan'] as const;
export type MethodId = (typeof methodIds)[number];

/** Options of a method by the keys of {@link MethodEntry.options}. */
export type MethodOptions = Readonly<Record<string, number>>;

/** An option that the page shows: a number. */
export interface OptionEntry {
  readonly key: string;
  readonly label: string;
  readonly low: number;
  readonly high: number;
  /** Only whole numbers. */
  readonly whole?: boolean;
  readonly default: number;
}

export interface MethodEntry {
  readonly title: string;
  /** What it does against mode collapse, in a sentence. */
  readonly idea: string;
  readonly options: readonly OptionEntry[];
  /** @param options with every key of {@link options} */
  make(options: MethodOptions): Method;
}

const learningRate = (value: number): OptionEntry => ({
  key: 'learningRate',
  label: 'Learning rate',
  low: 1e-6,
  high: 0.1,
  default: value,
});
const discriminatorSteps = (value: number): OptionEntry => ({
  key: 'discriminatorSteps',
  label: 'Discriminator updates a step',
  low: 1,
  high: 10,
  whole: true,
  default: value,
});
const weight = (key: string, label: string, value: number): OptionEntry => ({
  key,
  label,
  low: 0,
  high: 1000,
  default: value,
});

/** From its full height down to 0 over the last two thirds of a run. */
const schedule = { learningRateSchedule: { id: 'linear', ceiling: 0.67 } } as const;
/** Without a first moment, as R3GAN has it: gradients of a game turn, and yesterday's point elsewhere. */
const adam = { beta1: 0, beta2: 0.99, ...schedule } as const;

/**
 * What Dist-GAN and GN-GAN have here in common: as `gaussian-grid` of @dist-gan/presets has it, with all numbers of the form. With lower
 * ones modes were missing at the end.
 */
const asPreset = {
  ...schedule,
  beta1: 0.8,
  beta2: 0.999,
  reconstructionLoss: 'sigmoid-cross-entropy',
  gradientPenaltyNorm: 'l2',
  batches: 'shared-outside-discriminator',
} as const;

/** The methods, with defaults of our own for small networks and points of the plane. */
export const methodEntries: Readonly<Record<MethodId, MethodEntry>> = {
  gan: {
    title: 'GAN',
    idea: 'Cross-entropy and nothing beside it: the one whose modes collapse.',
    options: [learningRate(1e-3), discriminatorSteps(1)],
    make: (options) => gan({ ...adam, ...options }),
  },
  'wgan-gp': {
    title: 'WGAN-GP',
    idea: 'A critic held to slope 1 by a gradient penalty.',
    options: [
      learningRate(1e-3),
      discriminatorSteps(3),
      weight('gradientPenaltyWeight', 'Gradient penalty', 0.1),
    ],
    make: (options) => wganGp({ ...adam, ...options }),
  },
  r3gan: {
    title: 'R3GAN',
    idea: 'Real and generated scores in pairs, and both zero-centred penalties.',
    options: [learningRate(2e-3), discriminatorSteps(1), weight('gamma', 'Weight of R1 and R2, gamma', 5e-4)],
    make: (options) => r3gan({ ...adam, ...options }),
  },
  'dist-gan': {
    title: 'Dist-GAN',
    idea: 'An auto-encoder whose reconstructions count as real, and distances of latents that follow those of samples.',
    options: [
      learningRate(4.5e-3),
      discriminatorSteps(3),
      weight('latentDataWeight', 'Latent-data distance', 0.1),
      weight('gradientPenaltyWeight', 'Gradient penalty', 0.1),
    ],
    make: (options) =>
      distGan({
        ...asPreset,
        latentDataSpace: 'samples',
        latentWeight: 1,
        realWeight: 0.5,
        reconstructedWeight: 0.5,
        reconstructedFade: 'none',
        ...options,
      }),
  },
  'gn-gan': {
    title: 'GN-GAN',
    idea: 'Neighbours in the latents stay neighbours in the samples, and the generator matches slopes, too.',
    options: [
      learningRate(4.5e-3),
      discriminatorSteps(3),
      weight('neighbourEmbedding', 'Neighbour embedding', 0.01),
      weight('gradientMatching', 'Gradient matching', 0.01),
      weight('gradientPenaltyWeight', 'Gradient penalty', 0.1),
    ],
    make: ({ neighbourEmbedding, gradientMatching, ...options }) =>
      gnGan({
        ...asPreset,
        neighbourEmbedding: { weight: neighbourEmbedding, space: 'samples' },
        gradientMatching: { weight: gradientMatching },
        alpha: 0.5,
        ...options,
      }),
  },
};

/** The value of every option of a method: what was chosen, and defaults. */
export function withDefaults(id: MethodId, chosen: MethodOptions): MethodOptions {
  return Object.fromEntries(
    methodEntries[id].options.map((entry) => [entry.key, chosen[entry.key] ?? entry.default]),
  );
}
