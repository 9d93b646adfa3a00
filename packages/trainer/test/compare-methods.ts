/** Methods trained compiled and eagerly, for `src/executor/methods.test.ts` and its long sibling. */
import { mlp, snganCnn } from '@dist-gan/architectures';
import type { TargetName } from '@dist-gan/compiler';
import { RandomStream, type Architecture, type Dataset, type Method } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { installSecondOrderGradients } from '@dist-gan/gradients';
import {
  balancedConsistency,
  distGan,
  diversityPenalty,
  gan,
  gdpp,
  gnGan,
  leCam,
  methods,
} from '@dist-gan/methods';
import { expect, it } from 'vitest';
import { smallMethods } from '../../../tooling/test/small-methods.js';
import { inputLayout } from '../src/inputs/input-layout.js';
import { stepInputs } from '../src/inputs/step-inputs.js';
import { buildNetworks, disposeNetworks } from '../src/networks/build-networks.js';
import { createTrainingState } from '../src/step/training-state.js';
import { createTrainingStep } from '../src/step/training-step.js';
import { createCompiledExecutor, createEagerExecutor } from '../src/executor/index.js';
import { countingDataset } from './tiny.js';

installSecondOrderGradients();

const batchSize = 8;
const latents = { dimension: 2, distribution: 'uniform' } as const;
/** What a method is trained with. */
interface Setting {
  readonly dataset: Dataset;
  readonly architecture: Architecture;
}

const points: Setting = {
  dataset: gaussianGrid(),
  // tanh has a curvature everywhere, so that second-order gradients reach every weight.
  architecture: mlp({ hiddenUnits: [6, 5], activation: 'tanh' }),
};
const images: Setting = {
  dataset: { ...countingDataset({ dimension: 8 * 8 * 3 }), sampleShape: [8, 8, 3] },
  // Its discriminator has no batch norm, which takes weights away from the loss: their gradients would be rounding errors.
  architecture: snganCnn({ width: 1 }),
};

/** Three steps; then every weight, slot and method variable, and the losses of every step. */
async function train(
  method: Method,
  { dataset, architecture }: Setting,
  on: 'eager' | TargetName,
): Promise<Record<string, ArrayLike<number>>> {
  const random = RandomStream.fromSeed(11);
  const shape = { sampleShape: dataset.sampleShape, latentDimension: 2 };
  const networks = buildNetworks(method, architecture, shape, random.derive('weights'));
  const state = createTrainingState(method, networks);
  const layout = inputLayout(method, { batchSize, ...shape });
  const inputsAt = stepInputs({ method, dataset, latents, batchSize, steps: 3, random, layout });
  const step = createTrainingStep(method, state, layout);
  const options = { steps: [step], shapes: layout.shapes, batchSize };
  const executor =
    on === 'eager' ? createEagerExecutor(options) : await createCompiledExecutor(options, { target: on });
  const seen: Record<string, ArrayLike<number>> = {};
  for (let i = 0; i < 3; i++) {
    const { losses } = await executor.run((await inputsAt(i)).feeds);
    for (const [name, value] of Object.entries(losses)) seen[`step ${i + 1}: ${name}`] = [value];
  }
  await executor.readState();
  for (const [name, variable] of Object.entries(state.named())) seen[name] = await variable.data();
  await executor.dispose();
  state.dispose();
  disposeNetworks(networks);
  return seen;
}

const eagerRuns = new Map<Method, ReturnType<typeof train>>();

/** Once for all targets. */
function trainEagerly(method: Method, setting: Setting): ReturnType<typeof train> {
  const run = eagerRuns.get(method) ?? train(method, setting, 'eager');
  eagerRuns.set(method, run);
  return run;
}

/** Every method, and forms of some that their defaults do not have. */
export const allCases: [string, Method, Setting?][] = [
  ...Object.entries(methods).map(([id, make]): [string, Method] => [id, make(smallMethods[id])]),
  [
    'dist-gan as in the two-dimensional presets',
    distGan({
      reconstructionLoss: 'sigmoid-cross-entropy',
      latentDataSpace: 'samples',
      discriminatorSteps: 2,
      batches: 'shared-outside-discriminator',
    }),
  ],
  [
    'gan with averages, consistency and diversity',
    gan({
      regularisers: [
        leCam(),
        balancedConsistency({ flip: false, translation: false, noise: 0.1 }),
        diversityPenalty(),
      ],
    }),
  ],
  ['gan with the diversity of real samples', gan({ regularisers: [gdpp()] })],
  ['ali of pairs of pairs', methods.ali({ packing: 2 })],
  ['aae of pairs of latents', methods.aae({ packing: 2 })],
  ['unrolled through convolutions', methods.unrolled({ unrolledSteps: 2 }), images],
  [
    'dist-gan as GAAN',
    distGan({
      latentDataSource: 'real',
      realWeight: 0.5,
      reconstructedWeight: 0.5,
      reconstructedFade: 'none',
    }),
  ],
  [
    'gn-gan with a hinge, of samples',
    gnGan({ discriminatorLoss: 'hinge', neighbourEmbedding: { space: 'samples' } }),
  ],
  ['dist-gan with a hinge', distGan({ discriminatorLoss: 'hinge', gradientPenaltyNorm: 'squared' })],
];

/** Holds each of these, compiled for a target, to itself run eagerly. */
export function compareMethods(target: TargetName, cases: typeof allCases): void {
  it.each(cases)('%s: losses, weights and slots of three steps', async (_, method, setting = points) => {
    const [eager, compiled] = [await trainEagerly(method, setting), await train(method, setting, target)];
    expect(Object.keys(compiled)).toEqual(Object.keys(eager));
    for (const [name, wanted] of Object.entries(eager)) {
      const largest = Math.max(...Array.from(wanted, Math.abs), 1e-3);
      Array.from(wanted).forEach((value, i) => {
        const difference = Math.abs(compiled[name][i] - value) / largest;
        expect(difference, `${name}[${i}] is ${compiled[name][i]}, eager ${value}`).toBeLessThan(1e-4);
      });
    }
  });
}
