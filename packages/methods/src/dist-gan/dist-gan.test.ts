import type { PhaseContext, PhaseInput, PhaseLoss } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withoutOtherNetworks } from '../../test/contexts.js';
import { distGan1Fake, distGan1None, distGan1Real, distGan2, gan1, gan2 } from './ablations.js';
import { distGan } from './dist-gan.js';
import type { DistGanOptions } from './options.js';

/*
 * Every loss of every phase beside a float64 derivation on networks small enough to write out:
 * G(z) = sigmoid(z * a + b) entry by entry, E(x) = x * e, D(x) = x . w + c, and three features of x.
 */
type Row = readonly number[];
type Rows = readonly Row[];

const generatorScale = [1.5, -0.75];
const generatorShift = [0.25, 0.5];
const encoderScale = [0.5, -2];
const slope = [1.25, -2.5];
const offset = 0.375;

const real: Rows = [
  [0.1, 0.9],
  [0.4, 0.2],
  [0.7, 0.35],
];
const latents: Rows = [
  [-0.5, 0.25],
  [0.75, -1],
  [0.125, 0.5],
];
const coefficients = [0.25, 0.5, 0.875];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const generatorLogits = (rows: Rows): Rows =>
  rows.map((z) => z.map((v, i) => v * generatorScale[i] + generatorShift[i]));
const generate = (rows: Rows): Rows => generatorLogits(rows).map((row) => row.map(sigmoid));
const encode = (rows: Rows): Rows => rows.map((x) => x.map((v, i) => v * encoderScale[i]));
const logits = (rows: Rows): Row => rows.map(([x, y]) => x * slope[0] + y * slope[1] + offset);
const features = (rows: Rows): Rows => rows.map(([x, y]) => [x + y, x * y, x - 2 * y]);

const mean = (values: Row): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOfAll = (rows: Rows): number => mean(rows.flat());
const squaredError = (a: Rows, b: Rows): number =>
  mean(a.flatMap((row, i) => row.map((v, j) => (v - b[i][j]) ** 2)));
/** Cross-entropy of logits with one label for all. */
const crossEntropy = (values: Row, label: 0 | 1): number =>
  mean(values.map((value) => -Math.log(label === 1 ? sigmoid(value) : 1 - sigmoid(value))));

const reconstructed = generate(encode(real));
const fake = generate(latents);

/** Phases see tensors of the same networks. */
function context(progress: number, inputsOfPhase: readonly PhaseInput[]): PhaseContext {
  const values = {
    real: tf.tensor2d(real.map((row) => [...row])),
    latents: tf.tensor2d(latents.map((row) => [...row])),
  };
  const inputs: Record<string, tf.Tensor> = {};
  for (const input of inputsOfPhase) {
    if (input.kind === 'schedule') inputs[input.name] = tf.scalar(input.value(progress));
    else if (input.kind === 'uniform') inputs[input.name] = tf.tensor2d(coefficients, [3, 1]);
    else inputs[input.name] = input.kind === 'real' ? values.real : values.latents;
  }
  return {
    ...withoutOtherNetworks,
    inputs,
    variables: {},
    generate: (z) => {
      const logits = tf.add(tf.mul(z, generatorScale), generatorShift);
      return { samples: tf.sigmoid(logits), logits };
    },
    encode: (x) => tf.mul(x, encoderScale),
    discriminate: (samples) => {
      const [x, y] = tf.split(samples as tf.Tensor2D, 2, 1);
      return {
        logits: tf.add(tf.matMul(samples as tf.Tensor2D, tf.tensor2d(slope, [2, 1])), offset),
        features: tf.concat<tf.Tensor2D>([tf.add(x, y), tf.mul(x, y), tf.sub(x, tf.mul(2, y))], 1),
      };
    },
    weights: () => [],
  };
}

/** Total and terms of every phase, by phase. */
function losses(method: ReturnType<typeof distGan>, progress = 0): Record<string, Record<string, number>> {
  return Object.fromEntries(
    method.phases.map((phase) => [
      phase.name,
      tf.tidy(() => {
        const { total, terms }: PhaseLoss = phase.loss(context(progress, phase.inputs));
        const all = { total, ...terms };
        return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value.dataSync()[0]]));
      }),
    ]),
  );
}

function expectLosses(
  actual: Record<string, Record<string, number>>,
  wanted: Record<string, Record<string, number>>,
): void {
  expect(Object.keys(actual)).toEqual(Object.keys(wanted));
  for (const [phase, values] of Object.entries(wanted)) {
    expect(Object.keys(actual[phase]).sort(), phase).toEqual(Object.keys(values).sort());
    for (const [name, value] of Object.entries(values)) {
      expect(Math.abs(actual[phase][name] - value), `${phase}/${name}`).toBeLessThan(
        2e-6 * (1 + Math.abs(value)),
      );
    }
  }
}

const terms = {
  real: crossEntropy(logits(real), 1),
  reconstructed: crossEntropy(logits(reconstructed), 1),
  reconstructedAsFake: crossEntropy(logits(reconstructed), 0),
  fake: crossEntropy(logits(fake), 0),
  // D is linear: its gradient is the slope wherever the penalty looks.
  rmsPenalty: (Math.sqrt((1.25 ** 2 + 2.5 ** 2) / 2) - 1) ** 2,
  scoreDistance: Math.abs(mean(logits(real).map(sigmoid)) - mean(logits(fake).map(sigmoid))),
};
const generator = { total: terms.scoreDistance, scoreDistance: terms.scoreDistance };

function latentDataDistance(data: Rows, generated: Rows, latentWeight: number): number {
  const f = meanOfAll(data) - meanOfAll(generated);
  const g = meanOfAll(encode(real)) - meanOfAll(latents);
  return (f - latentWeight * g) ** 2;
}

describe('distGan', () => {
  it.each([
    { progress: 0, moved: 0 },
    { progress: 0.5, moved: 0 },
    { progress: 0.625, moved: 0.025 },
    { progress: 0.75, moved: 0.05 },
    { progress: 1, moved: 0.05 },
  ])('has by default the losses for images, at progress $progress', ({ progress, moved }) => {
    const reconstruction = squaredError(features(real), features(reconstructed));
    // Two latent dimensions, three features.
    const distance = latentDataDistance(features(reconstructed), features(fake), Math.sqrt(2 / 3));
    expectLosses(losses(distGan(), progress), {
      reconstruction: { total: reconstruction + distance, reconstruction, latentDataDistance: distance },
      discriminator: {
        total:
          (0.95 + moved) * terms.real + (0.05 - moved) * terms.reconstructed + terms.fake + terms.rmsPenalty,
        real: terms.real,
        reconstructed: terms.reconstructed,
        fake: terms.fake,
        gradientPenalty: terms.rmsPenalty,
      },
      generator,
    });
  });

  const points: DistGanOptions = {
    reconstructionLoss: 'sigmoid-cross-entropy',
    latentDataWeight: 0.1,
    latentDataSpace: 'samples',
    latentWeight: 1,
    realWeight: 0.5,
    reconstructedWeight: 0.5,
    reconstructedFade: 'none',
    gradientPenaltyWeight: 0.1,
  };

  it.each(['real', 'fake'] as const)(
    'has the losses of the two-dimensional code, reconstructions %s',
    (label) => {
      const decoded = generatorLogits(encode(real));
      const reconstruction = mean(
        real.flatMap((row, i) =>
          row.map(
            (x, j) => -x * Math.log(sigmoid(decoded[i][j])) - (1 - x) * Math.log(1 - sigmoid(decoded[i][j])),
          ),
        ),
      );
      const distance = latentDataDistance(reconstructed, fake, 1);
      const asLabelled = label === 'real' ? terms.reconstructed : terms.reconstructedAsFake;
      expectLosses(losses(distGan({ ...points, reconstructedLabel: label }), 1), {
        reconstruction: {
          total: reconstruction + 0.1 * distance,
          reconstruction,
          latentDataDistance: distance,
        },
        discriminator: {
          total: 0.5 * (terms.real + asLabelled) + terms.fake + 0.1 * terms.rmsPenalty,
          real: terms.real,
          reconstructed: asLabelled,
          fake: terms.fake,
          gradientPenalty: terms.rmsPenalty,
        },
        generator,
      });
    },
  );

  it('compares real samples in the latent-data distance where asked to', () => {
    const reconstruction = squaredError(real, reconstructed);
    const distance = latentDataDistance(real, fake, 1);
    const method = distGan({ ...points, reconstructionLoss: 'squared-error', latentDataSource: 'real' });
    expectLosses(
      { reconstruction: losses(method)['reconstruction'] },
      {
        reconstruction: {
          total: reconstruction + 0.1 * distance,
          reconstruction,
          latentDataDistance: distance,
        },
      },
    );
  });

  it.each([
    { hingeOn: 'logits', score: (x: number) => x },
    { hingeOn: 'sigmoid', score: sigmoid },
  ] as const)('has a hinge on $hingeOn, and the released sign of its penalty', ({ hingeOn, score }) => {
    const asReal = (values: Row) => mean(values.map((value) => Math.max(0, 1 - score(value))));
    const asFake = (values: Row) => mean(values.map((value) => Math.max(0, 1 + score(value))));
    const method = distGan({ discriminatorLoss: 'hinge', hingeOn, gradientPenaltySign: 'minus' });
    expectLosses(
      { discriminator: losses(method)['discriminator'] },
      {
        discriminator: {
          total:
            0.95 * asReal(logits(real)) +
            0.05 * asReal(logits(reconstructed)) +
            asFake(logits(fake)) -
            terms.rmsPenalty,
          real: asReal(logits(real)),
          reconstructed: asReal(logits(reconstructed)),
          fake: asFake(logits(fake)),
          gradientPenalty: terms.rmsPenalty,
        },
      },
    );
  });

  it.each([
    { norm: 'l2', penalty: (Math.sqrt(1.25 ** 2 + 2.5 ** 2) - 1) ** 2 },
    { norm: 'squared', penalty: (1.25 ** 2 + 2.5 ** 2 - 1) ** 2 },
  ] as const)('takes the penalty with the norm $norm', ({ norm, penalty }) => {
    const { gradientPenalty } = losses(distGan({ gradientPenaltyNorm: norm }))['discriminator'];
    expect(gradientPenalty / penalty).toBeCloseTo(1, 5);
  });

  it('updates the encoder alone where asked to', () => {
    const updates = (options: DistGanOptions) => distGan(options).phases.map((phase) => phase.updates);
    expect(updates({})).toEqual([['encoder', 'generator'], ['discriminator'], ['generator']]);
    expect(updates({ autoencoderUpdates: 'encoder' })).toEqual([
      ['encoder'],
      ['discriminator'],
      ['generator'],
    ]);
  });

  it('draws batches as the code for images, as the paper, and as the two-dimensional code', () => {
    const drawn = (batches: DistGanOptions['batches']) =>
      distGan({ batches }).phases.map(({ inputs }) =>
        inputs.flatMap((input) => (input.kind === 'schedule' ? [] : [`${input.name} ${input.draw}`])),
      );
    expect(drawn('fresh')).toEqual([
      ['real repeat', 'latents repeat'],
      ['real repeat', 'latents repeat', 'coefficients repeat'],
      ['real repeat', 'latents repeat'],
    ]);
    expect(drawn('shared')).toEqual([
      ['real step', 'latents step'],
      ['real step', 'latents step', 'coefficients repeat'],
      ['real step', 'latents step'],
    ]);
    expect(drawn('shared-outside-discriminator')).toEqual([
      ['real step', 'latents repeat'],
      ['real repeat', 'latents repeat', 'coefficients repeat'],
      ['real step', 'latents repeat'],
    ]);
  });

  it('passes on its optimiser, schedule and repeats', () => {
    const schedule = { id: 'staircase', factor: 0.9, every: 10_000, counter: 'steps' } as const;
    const method = distGan({
      discriminatorSteps: 5,
      learningRate: 1e-3,
      beta1: 0.8,
      beta2: 0.999,
      learningRateSchedule: schedule,
    });
    expect(method.phases.map(({ repeats }) => repeats)).toEqual([1, 5, 1]);
    for (const { optimizer } of method.phases) {
      expect(optimizer).toEqual({ id: 'adam', learningRate: 1e-3, beta1: 0.8, beta2: 0.999, schedule });
    }
    expect(method.options).toMatchObject({ discriminatorSteps: 5, learningRateSchedule: schedule });
  });

  it('names a generator that has no logits', () => {
    const [phase] = distGan({ reconstructionLoss: 'sigmoid-cross-entropy' }).phases;
    tf.tidy(() => {
      const given = context(0, phase.inputs);
      const linear: PhaseContext = { ...given, generate: (z) => ({ samples: given.generate(z).samples }) };
      expect(() => phase.loss(linear)).toThrow(/this generator has no sigmoid output; choose squared-error/);
    });
  });

  it.each([
    [
      { gradientPenaltyWeigth: 1 },
      'dist-gan.gradientPenaltyWeigth is not an option; did you mean gradientPenaltyWeight',
    ],
    [
      { reconstructedLabel: 'maybe' },
      'dist-gan.reconstructedLabel: must be one of real, fake, none (got "maybe")',
    ],
    [{ latentWeight: -1 }, 'dist-gan.latentWeight: must be 0 or more (got -1)'],
    [{ learningRate: 0 }, 'dist-gan.learningRate: must be above 0 (got 0)'],
    [{ discriminatorSteps: 1.5 }, 'dist-gan.discriminatorSteps: must be a whole number (got 1.5)'],
    [{ beta1: 1 }, 'dist-gan.beta1: must be from 0 to below 1 (got 1)'],
    [{ learningRateSchedule: { id: 'exponential' } }, 'dist-gan.learningRateSchedule'],
  ])('refuses %j', (options, message) => {
    expect(() => distGan(options as DistGanOptions)).toThrow(message);
  });
});

describe('the ablations of the paper', () => {
  const withoutEncoder = {
    total: terms.real + terms.fake,
    real: terms.real,
    fake: terms.fake,
  };
  const reconstruction = squaredError(features(real), features(reconstructed));
  const autoencoder = { total: reconstruction, reconstruction };

  it('GAN1 is the score distance alone', () => {
    expectLosses(losses(gan1()), { discriminator: withoutEncoder, generator });
    expect(gan1().roles.map(({ id }) => id)).toEqual(['generator', 'discriminator']);
  });

  it('GAN2 adds the gradient penalty', () => {
    expectLosses(losses(gan2({ gradientPenaltyWeight: 0.1 })), {
      discriminator: {
        ...withoutEncoder,
        total: withoutEncoder.total + 0.1 * terms.rmsPenalty,
        gradientPenalty: terms.rmsPenalty,
      },
      generator,
    });
  });

  it('DistGAN1 adds the auto-encoder to GAN1', () => {
    expectLosses(losses(distGan1None()), {
      reconstruction: autoencoder,
      discriminator: withoutEncoder,
      generator,
    });
    expectLosses(losses(distGan1Real()), {
      reconstruction: autoencoder,
      discriminator: {
        total: 0.95 * terms.real + 0.05 * terms.reconstructed + terms.fake,
        real: terms.real,
        reconstructed: terms.reconstructed,
        fake: terms.fake,
      },
      generator,
    });
    // Called fake, reconstructions keep their weight to the end.
    expectLosses(losses(distGan1Fake({ realWeight: 0.5, reconstructedWeight: 0.5 }), 1), {
      reconstruction: autoencoder,
      discriminator: {
        total: 0.5 * (terms.real + terms.reconstructedAsFake) + terms.fake,
        real: terms.real,
        reconstructed: terms.reconstructedAsFake,
        fake: terms.fake,
      },
      generator,
    });
  });

  it('DistGAN2 is Dist-GAN without the latent-data distance', () => {
    const { discriminator } = losses(distGan());
    expectLosses(losses(distGan2()), { reconstruction: autoencoder, discriminator, generator });
  });

  it('refuse to be changed into something else', () => {
    expect(() => gan1({ gradientPenaltyWeight: 1 })).toThrow(
      'gan-1.gradientPenaltyWeight is fixed to 0 (got 1); it is what makes this ablation: use dist-gan to choose it',
    );
    const { options } = gan1();
    expect(gan1(options as DistGanOptions).options).toEqual(options);
  });
});

it('the standard generator losses can stand in for the score distance', () => {
  const fakeLogits = logits(fake);
  const total = (generatorLoss: DistGanOptions['generatorLoss']) =>
    losses(distGan({ generatorLoss }))['generator'].total;
  expect(total('non-saturating')).toBeCloseTo(crossEntropy(fakeLogits, 1), 5);
  expect(total('minimax')).toBeCloseTo(-crossEntropy(fakeLogits, 0), 5);
});
