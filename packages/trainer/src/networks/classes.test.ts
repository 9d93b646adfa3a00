import { cifarDcgan } from '@dist-gan/architectures';
import { inspectTensorFlow } from '@dist-gan/compiler';
import { RandomStream, type Architecture, type Dataset } from '@dist-gan/core';
import { distGan, gan } from '@dist-gan/methods';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { countingDataset, linearArchitecture, methodOf, regressionPhase, sgd } from '../../test/tiny.js';
import type { FitOptions } from '../fit-options.js';
import { runNetworks, sampleGenerator } from '../evaluation/sample-generator.js';
import { fit } from '../fit.js';
import { inputLayout } from '../inputs/input-layout.js';
import { stepInputs } from '../inputs/step-inputs.js';
import { networkCalls } from './apply-network.js';
import { withClasses } from './classes.js';

const classes = 3;
const labels = Uint8Array.from({ length: 12 }, (_, i) => (i * 7) % classes);

/** A generator whose samples depend on the class alone, by one weight for each. */
const classTable: Architecture = {
  ...linearArchitecture(),
  id: 'class-table',
  build: (_, { latentDimension }) => {
    const inputs = [tfl.input({ shape: [latentDimension] }), tfl.input({ shape: [classes] })];
    const units = 1;
    const layer = tfl.layers.dense({ units, useBias: false, kernelInitializer: 'zeros' });
    const outputs = layer.apply(inputs[1]) as tfl.SymbolicTensor;
    return tfl.model({ inputs, outputs });
  },
};

/** Sample i is 10 times its label. */
const tens: Dataset = {
  ...countingDataset(),
  labels,
  range: [0, 20],
  batch: (indices) => Float32Array.from(indices, (index) => 10 * labels[index]),
};

const options: FitOptions = {
  method: methodOf([regressionPhase({ optimizer: sgd(0.2) })]),
  architecture: classTable,
  dataset: tens,
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 4,
  steps: 60,
  seed: 1,
  executor: 'eager',
};

const images: Dataset = {
  ...countingDataset({ dimension: 8 * 8 * 3 }),
  labels,
  sampleShape: [8, 8, 3],
};

describe('networks that are conditioned on classes', () => {
  it('see the class of the real sample in their row, and are sampled class by class', async () => {
    const result = await fit(options);
    const close = (data: Float32Array, wanted: number[]) =>
      wanted.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 2));
    close((await result.generate(7)).data, [0, 10, 20, 0, 10, 20, 0]);
    const rows = Float32Array.of(0.5, 0.5, 0, 0, 1, -0.5, 0.5, 1, 0, 0);
    close((await result.generate(rows)).data, [20, 0]);
    const settings = { latents: options.latents, batchSize: 4, seed: 1, count: 3 };
    const chosen = await sampleGenerator(result.generator, { ...settings, labels: [2, 0] });
    close(chosen.data, [20, 0, 20]);
    await expect(sampleGenerator(result.generator, { ...settings, labels: [3] })).rejects.toThrow(
      /labels: got 3, and the generator has the classes 0 to 2/,
    );
    // Through an encoder, which knows no classes.
    const encoder = linearArchitecture().build(
      'encoder',
      { sampleShape: [1], latentDimension: 2 },
      RandomStream.fromSeed(1),
    );
    const real = withClasses(Float32Array.of(7, 8, 9), { dimension: 1, classes, classOf: (row) => 2 - row });
    close((await runNetworks([encoder, result.generator], real, { batchSize: 2 })).data, [20, 10, 0]);
    encoder.dispose();
    await expect(result.generate(new Float32Array(4))).rejects.toThrow(/whole rows of 5 numbers/);
    await result.dispose();
  });

  it('draw classes from the data set in a phase that sees no real sample', async () => {
    const [real, latents] = (['real', 'latents'] as const).map((kind) => ({
      name: kind,
      kind,
      draw: 'repeat' as const,
    }));
    const method = methodOf([
      regressionPhase({ name: 'both', repeats: 2, inputs: [latents, real] }),
      regressionPhase({ name: 'latents', inputs: [latents] }),
    ]);
    const shape = { sampleShape: [1], latentDimension: 2 };
    const layout = inputLayout(method, { batchSize: 4, classes, ...shape });
    expect(layout.shapes.labels).toEqual([3, 4, classes]);
    const { dataset, latents: of, batchSize, steps } = options;
    const random = RandomStream.fromSeed(2);
    const inputsAt = stepInputs({ method, layout, dataset, latents: of, batchSize, steps, random });
    const drawn = new Set<string>();
    for (let step = 0; step < 8; step++) {
      const { feeds } = await inputsAt(step);
      const hot = Array.from({ length: 12 }, (_, row) => [
        ...feeds.labels.slice(classes * row, classes * (row + 1)),
      ]);
      expect(hot.every((row) => row.filter((value) => value === 1).length === 1)).toBe(true);
      const label = hot.map((row) => row.indexOf(1));
      expect(label.slice(0, 8)).toEqual(Array.from(feeds.real, (value) => Math.round(value / 10)));
      drawn.add(label.slice(8).join());
      expect((await inputsAt(step)).feeds.labels).toEqual(feeds.labels);
    }
    expect(drawn.size).toBeGreaterThan(4);
  });

  const engines = (['onnx', 'tensorflow'] as const).filter(
    (target) => target === 'onnx' || succeeds(inspectTensorFlow),
  );
  const trained = [
    ['gan', gan()],
    ['dist-gan', distGan()],
  ] as const;
  it.each(trained)('train by %s compiled as eagerly', async (_, method) => {
    const train = async (changes: Partial<FitOptions>) => {
      const losses: Record<string, number>[] = [];
      const result = await fit({
        ...options,
        method,
        dataset: images,
        architecture: cifarDcgan({ width: 2, classes }),
        steps: 2,
        callbacks: { onStep: (event) => void losses.push({ ...event.losses }) },
        ...changes,
      });
      const { data } = await result.generate(5);
      await result.dispose();
      return { losses: losses.flatMap((each) => Object.values(each)), data };
    };
    const eager = await train({});
    expect(eager.losses.every(Number.isFinite)).toBe(true);
    for (const target of engines) {
      const compiled = await train({ executor: 'compiled', compiler: { target } });
      compiled.losses.forEach((loss, i) => expect(loss).toBeCloseTo(eager.losses[i], 4));
      compiled.data.forEach((value, i) => expect(value).toBeCloseTo(eager.data[i], 4));
    }
  });

  const network = cifarDcgan({ width: 2, classes });
  const refused: [string, Partial<FitOptions>, RegExp][] = [
    [
      'a data set without labels',
      { dataset: { ...images, labels: undefined }, architecture: network },
      /^fit.dataset: the networks are conditioned on 3 classes, and counting has no labels; take a data set/,
    ],
    [
      'a label beyond the classes',
      { dataset: { ...images, labels: labels.map((label) => 2 * label) }, architecture: network },
      /^fit.architecture: .* counting has a label of 4; give the architecture 5 classes/,
    ],
    [
      'samples that are judged together',
      { dataset: images, architecture: network, method: gan({ packing: 2 }) },
      /^fit.method: .* its discriminator judges 2 samples, of different classes, together/,
    ],
    [
      'two batches in one phase',
      {
        method: methodOf([
          regressionPhase({
            inputs: ['real', 'more'].map((name) => ({ name, kind: 'real', draw: 'repeat' })),
          }),
        ]),
      },
      /its phase generator sees two batches of samples, real and more, so that a row has no one class/,
    ],
    [
      'a stage of a recipe',
      { stageTensors: {} },
      /^fit.stageTensors: .* latents of a recipe have no classes/,
    ],
  ];
  it.each(refused)('refuse %s', async (_, changes, message) => {
    const before = tf.memory().numTensors;
    await expect(fit({ ...options, ...changes, steps: 1 })).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuse rows that are none of the inputs', () => {
    const shape = { sampleShape: [1], latentDimension: 2 };
    const generator = classTable.build('generator', shape, RandomStream.fromSeed(1));
    tf.tidy(() => {
      const labels = tf.oneHot([0, 1, 2, 0], classes, 1, 0, 'float32') as tf.Tensor2D;
      const { generate } = networkCalls(options.method, { generator }, { labels });
      expect(generate(tf.zeros([4, 2])).samples.shape).toEqual([4, 1]);
      expect(() => generate(tf.zeros([2, 2]))).toThrow(
        /^generator: it is conditioned on classes, and was given 2 rows where the step has the classes of 4 rows/,
      );
    });
    generator.dispose();
  });
});

describe('withClasses', () => {
  it('lays the class of each row behind its latents', () => {
    const latents = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect(withClasses(latents, { dimension: 2, classes: 0 })).toBe(latents);
    expect([...withClasses(latents, { dimension: 2, classes: 2 })]).toEqual([
      1, 2, 1, 0, 3, 4, 0, 1, 5, 6, 1, 0,
    ]);
    expect([...withClasses(latents, { dimension: 3, classes: 2, classOf: () => 1 })]).toEqual([
      1, 2, 3, 0, 1, 4, 5, 6, 0, 1,
    ]);
  });
});
