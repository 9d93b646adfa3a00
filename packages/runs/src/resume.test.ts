import { mlp, registerCustomObjects, seededInitializer, spectralNorm } from '@dist-gan/architectures';
import { diffAugment, horizontalFlip } from '@dist-gan/augmentations';
import { inspectTensorFlow } from '@dist-gan/compiler';
import type { Architecture, Dataset } from '@dist-gan/core';
import { distGan, methods } from '@dist-gan/methods';
import { fit, type FitOptions } from '@dist-gan/trainer';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { succeeds } from '../../../tooling/test/succeeds.js';
import { allMethods, expectSameBytes, filesAfter, options } from '../test/resuming.js';
import { decodeCheckpoint } from './checkpoints/checkpoint-file.js';

/** Samples that arrive later, as those that other threads decode do. */
function streamed(dataset: Dataset): Dataset {
  return {
    ...dataset,
    batch: async (indices) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return dataset.batch(indices);
    },
  };
}

/** Images that arrive later, changed in the step. */
const augmentedImages = (): Partial<FitOptions> => ({
  dataset: streamed(images()),
  augmentations: [horizontalFlip(), diffAugment()],
  architecture: mlp({ hiddenUnits: [6] }),
});

/** Methods that keep more than weights and an optimizer's moments, and Dist-GAN. `resume.full.test.ts` has all, everywhere. */
const keeping = allMethods.filter(([, { variables = {} }]) => Object.keys(variables).length > 0);
const chosen = [...keeping, ['dist-gan', distGan()] as const];

describe('a resumed run has the bytes of one that was never interrupted', () => {
  describe('eager', () => {
    it.each(chosen)('%s', (_, method) => expectSameBytes({ ...options(method), executor: 'eager' }));

    it('augmented images that arrive later', () =>
      expectSameBytes({ ...options(distGan()), ...augmentedImages(), executor: 'eager' }));

    it('with batch norm and spectral norm', () =>
      expectSameBytes({ ...options(distGan()), ...normalised(), executor: 'eager' }));
  });

  describe('on ONNX Runtime', () => {
    it.each(allMethods)('%s', (_, method) =>
      expectSameBytes({ ...options(method), compiler: { target: 'onnx' } }),
    );

    it.each([1, 3])('with %d threads, augmented images that arrive later', (threads) =>
      expectSameBytes({
        ...options(distGan()),
        ...augmentedImages(),
        compiler: { target: 'onnx', threads },
      }),
    );

    it('with batch norm and spectral norm', () =>
      expectSameBytes({
        ...options(distGan()),
        ...normalised(),
        compiler: { target: 'onnx' },
      }));
  });

  describe.skipIf(!succeeds(inspectTensorFlow))('on TensorFlow', () => {
    it.each(chosen)('%s', (_, method) =>
      expectSameBytes({ ...options(method), compiler: { target: 'tensorflow' } }),
    );

    it.each([1, 3])('with %d threads, augmented images that arrive later', (threads) =>
      expectSameBytes({
        ...options(distGan()),
        ...augmentedImages(),
        compiler: { target: 'tensorflow', threads },
      }),
    );

    it('with batch norm and spectral norm', () =>
      expectSameBytes({ ...options(distGan()), ...normalised(), compiler: { target: 'tensorflow' } }));
  });
});

describe('fit.resume', () => {
  const short = { ...options(distGan()), steps: 2, executor: 'eager' } as const;
  const stateOf = async (given: FitOptions) =>
    decodeCheckpoint((await filesAfter(given, [2])).get(2)!, 'file');

  it('counts steps and seconds of all sittings together', async () => {
    const resume = { ...(await stateOf(short)), seconds: 100 };
    const seen: [number, number][] = [];
    const result = await fit({
      ...short,
      steps: 4,
      resume,
      callbacks: { onStep: ({ step, seconds }) => void seen.push([step, seconds]) },
    });
    expect(seen.map(([step]) => step)).toEqual([3, 4]);
    expect(seen.every(([, seconds]) => seconds > 100 && seconds < 160)).toBe(true);
    expect(result.step).toBe(4);
    await result.dispose();
  });

  it('refuses a state of other networks, of fewer, and of more steps than there shall be', async () => {
    const resume = await stateOf(short);
    const attempt = (changes: Partial<FitOptions>) => fit({ ...short, resume, ...changes });
    await expect(attempt({ architecture: mlp({ hiddenUnits: [4], activation: 'tanh' }) })).rejects.toThrow(
      /fit\.resume: weights\/.* has shape \[.*\], wanted \[.*\]/,
    );
    await expect(attempt({ movingAverage: undefined })).rejects.toThrow(/belongs to no variable of the run/);
    await expect(attempt({ method: methods['wgan-gp']() })).rejects.toMatchObject({
      code: 'CHECKPOINT_INVALID',
    });
    await expect(attempt({ steps: 1 })).rejects.toThrow(
      /fit\.steps: the state to resume has 2 steps already/,
    );
  });

  it('lets a failure be seen with the state that there is', async () => {
    const failures: [unknown, number][] = [];
    const broken = new Error('the disk is full');
    await expect(
      fit({
        ...short,
        callbacks: {
          onStep: () => {
            throw broken;
          },
          async onFailure({ error, state }) {
            failures.push([error, (await state()).step]);
          },
        },
      }),
    ).rejects.toBe(broken);
    expect(failures).toEqual([[broken, 1]]);
  });
});

/** Networks that keep more than weights: moving averages, and the vectors of power iterations. */
function normalised(): Partial<FitOptions> {
  const source = { title: 'Made for tests', year: 2026 };
  const architecture: Architecture = {
    ...{ id: 'normalised', title: 'Normalised', source, options: {} },
    kinds: ['generator', 'encoder', 'discriminator'],
    build(kind, { sampleShape: [samples], latentDimension }, random) {
      registerCustomObjects();
      const dense = (units: number) => {
        const distribution = { id: 'normal', standardDeviation: 0.5 } as const;
        const kernelInitializer = seededInitializer(distribution, random.derive(`${units}`));
        const layer = layers.dense({ units, kernelInitializer, activation: 'tanh' });
        return kind === 'discriminator' ? spectralNorm({ layer }) : layer;
      };
      const inputs = input({ shape: [kind === 'generator' ? latentDimension : samples] });
      const apply = (layer: layers.Layer, x: SymbolicTensor) => layer.apply(x) as SymbolicTensor;
      if (kind === 'discriminator') {
        const features = apply(dense(5), inputs);
        return model({ inputs, outputs: [apply(dense(1), features), features] });
      }
      const hidden = apply(layers.batchNormalization({ momentum: 0.9 }), apply(dense(5), inputs));
      return model({
        inputs,
        outputs: apply(dense(kind === 'generator' ? samples : latentDimension), hidden),
      });
    },
  };
  return { architecture };
}

/** Twelve images of 4 x 4 pixels. */
function images(): Dataset {
  const length = 4 * 4 * 3;
  return {
    id: 'pixels',
    title: 'Pixels',
    source: { title: 'Made for tests', year: 2026 },
    options: {},
    size: 12,
    sampleShape: [4, 4, 3],
    range: [-1, 1],
    batch: (indices) =>
      Uint8Array.from(
        { length: indices.length * length },
        (_, i) => (indices[Math.floor(i / length)] * 37 + i * 11) % 256,
      ),
  };
}
