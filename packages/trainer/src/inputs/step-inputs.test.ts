import { describe, expect, it } from 'vitest';
import { RandomStream, type Dataset, type LatentOptions, type Method, type PhaseInput } from '@dist-gan/core';
import { countingDataset, methodOf, regressionPhase } from '../../test/tiny.js';
import { inputLayout } from './input-layout.js';
import { stepInputs } from './step-inputs.js';

const drawn = (draw: 'step' | 'repeat'): PhaseInput[] => [
  { name: 'real', kind: 'real', draw },
  { name: 'latents', kind: 'latents', draw },
  { name: 'coefficients', kind: 'uniform', draw },
  { name: 'noise', kind: 'normal', draw },
  { name: 'latentNoise', kind: 'normal', of: 'latents', draw },
];

/** First and last phase draw once a step, the middle one anew for each of its three repeats. */
const method = methodOf([
  regressionPhase({ name: 'first', inputs: drawn('step') }),
  regressionPhase({
    name: 'middle',
    repeats: 3,
    inputs: [...drawn('repeat'), { name: 'progress', kind: 'schedule', value: (progress) => progress }],
  }),
  regressionPhase({ name: 'last', inputs: drawn('step') }),
]);

const batchSize = 4;

function inputsOf({
  of = method,
  seed = 3,
  dataset = countingDataset(),
  latents = { dimension: 2, distribution: 'uniform' },
}: { of?: Method; seed?: number; dataset?: Dataset; latents?: LatentOptions } = {}) {
  const layout = inputLayout(of, {
    batchSize,
    sampleShape: dataset.sampleShape,
    latentDimension: latents.dimension,
  });
  const random = RandomStream.fromSeed(seed);
  const at = stepInputs({ method: of, dataset, latents, batchSize, steps: 10, random, layout });
  return { layout, at };
}

/** The numbers that a repeat of a phase gets for an input. */
async function read(
  { layout, at }: ReturnType<typeof inputsOf>,
  step: number,
  phase: number,
  repeat: number,
  input: string,
): Promise<number[]> {
  const { feed, row } = layout.places(method.phases[phase], repeat)[input];
  const values = (await at(step)).feeds[feed];
  const length = values.length / layout.shapes[feed][0];
  return Array.from(values.subarray(row * length, (row + 1) * length));
}

describe('inputLayout', () => {
  it('stacks all draws of a kind', () => {
    expect(inputsOf().layout.shapes).toEqual({
      real: [4, 4, 1],
      latents: [4, 4, 2],
      uniform: [4, 4, 1],
      normal: [4, 4, 1],
      latentNormal: [4, 4, 2],
      schedule: [1],
      rate: [5],
    });
  });

  it('names no feed that the method does not need', () => {
    expect(Object.keys(inputsOf({ of: methodOf([regressionPhase()]) }).layout.shapes).sort()).toEqual([
      'latents',
      'rate',
      'real',
    ]);
  });
});

describe('stepInputs', () => {
  const names = ['real', 'latents', 'coefficients', 'noise', 'latentNoise'];

  it.each(names)('shares a draw of the step between phases: %s', async (name) => {
    const inputs = inputsOf();
    expect(await read(inputs, 2, 0, 0, name)).toEqual(await read(inputs, 2, 2, 0, name));
  });

  it.each(names)('draws anew for each repeat, and for each step: %s', async (name) => {
    const inputs = inputsOf();
    const draws = [await read(inputs, 0, 0, 0, name), await read(inputs, 1, 0, 0, name)];
    for (const step of [0, 1]) {
      for (const repeat of [0, 1, 2]) draws.push(await read(inputs, step, 1, repeat, name));
    }
    expect(new Set(draws.map(String)).size).toBe(draws.length);
  });

  it('walks through the data set in both kinds of draw, each sample once an epoch', async () => {
    const inputs = inputsOf();
    const all = Array.from({ length: 12 }, (_, i) => Math.fround(i / 12));
    const ofSteps = await Promise.all([0, 1, 2].map((step) => read(inputs, step, 0, 0, 'real')));
    const ofRepeats = await Promise.all([0, 1, 2].map((repeat) => read(inputs, 5, 1, repeat, 'real')));
    for (const epoch of [ofSteps, ofRepeats]) expect(epoch.flat().sort((a, b) => a - b)).toEqual(all);
  });

  it('depends on seed and step, not on what was asked for before', async () => {
    const inOrder = inputsOf();
    const first = [await inOrder.at(0), await inOrder.at(1), await inOrder.at(2)];
    const other = inputsOf();
    expect(await other.at(2)).toEqual(first[2]);
    expect(await other.at(0)).toEqual(first[0]);
    const otherSeed = await inputsOf({ seed: 4 }).at(0);
    for (const feed of ['real', 'latents', 'uniform', 'normal', 'latentNormal'] as const) {
      expect(otherSeed.feeds[feed]).not.toEqual(first[0].feeds[feed]);
    }
  });

  it('draws latents in the range of their distribution', async () => {
    const wide = { of: methodOf([regressionPhase({ repeats: 500 })]) };
    const uniform = (await inputsOf(wide).at(0)).feeds.latents;
    const normal = (await inputsOf({ ...wide, latents: { dimension: 2, distribution: 'normal' } }).at(0))
      .feeds.latents;
    const second = (values: Float32Array) =>
      values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    expect(uniform.every((value) => value >= -1 && value < 1)).toBe(true);
    // 4,000 numbers. The mean square of U[-1, 1) is 1/3 (standard error 0.0047), of N(0, 1) it is 1 (0.0224).
    expect(Math.abs(second(uniform) - 1 / 3)).toBeLessThan(0.024);
    expect(Math.abs(second(normal) - 1)).toBeLessThan(0.112);
  });

  it('gives schedules the progress of the run', async () => {
    const { at } = inputsOf();
    expect(Array.from((await at(0)).feeds.schedule)).toEqual([0]);
    expect(Array.from((await at(7)).feeds.schedule)).toEqual([Math.fround(0.7)]);
  });

  it('counts the optimiser calls of all phases for the schedule, and of its phase for Adam', async () => {
    const adam = {
      id: 'adam',
      learningRate: 1,
      beta1: 0.5,
      beta2: 0.75,
      schedule: { id: 'staircase', factor: 0.1, every: 3, counter: 'optimizer-calls' },
    } as const;
    const sgd = { id: 'sgd', learningRate: 1, schedule: adam.schedule } as const;
    const of = methodOf([
      regressionPhase({ name: 'first', optimizer: sgd }),
      regressionPhase({ name: 'second', repeats: 2, optimizer: adam }),
    ]);
    const { feeds, learningRates } = await inputsOf({ of }).at(1);
    // Calls 3, 4, 5 of the run: all after the first fall. The second phase's are its own third and fourth.
    const correction = (t: number) => Math.sqrt(1 - 0.75 ** t) / (1 - 0.5 ** t);
    const wanted = [0.1, 0.1 * correction(3), 0.1 * correction(4)];
    feeds.rate.forEach((rate, i) => expect(Math.abs(rate - wanted[i])).toBeLessThan(1e-8));
    expect(learningRates).toEqual({ first: 0.1, second: 0.1 });
  });

  describe('of a data set that gives promises', () => {
    const inMemory = countingDataset();

    /** The same samples after a while, and how often each batch of indices was asked for. */
    function fetching(fail?: Error) {
      const asked: string[] = [];
      const dataset: Dataset = {
        ...inMemory,
        batch: (indices) => {
          asked.push(Array.from(indices).join());
          if (fail !== undefined && asked.length > 1) return Promise.reject(fail);
          return new Promise((resolve) => setTimeout(() => resolve(inMemory.batch(indices)), 1));
        },
      };
      return { asked, dataset };
    }

    it('is the same, asked for two steps ahead, once each, and not beyond the last', async () => {
      const { asked, dataset } = fetching();
      const [plain, ahead] = [inputsOf(), inputsOf({ dataset })];
      for (let step = 0; step < 10; step++) {
        expect((await ahead.at(step)).feeds.real).toEqual((await plain.at(step)).feeds.real);
        expect(asked.length).toBe(Math.min(step + 3, 10));
      }
      const again = inputsOf({ dataset });
      expect((await again.at(7)).feeds.real).toEqual((await plain.at(7)).feeds.real);
    });

    it('fails at the step that needs what could not be fetched', async () => {
      const { at } = inputsOf({ dataset: fetching(new Error('the disk is gone')).dataset });
      await at(0);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await expect(at(1)).rejects.toThrow('the disk is gone');
    });
  });

  it('puts bytes into the range that the networks see', async () => {
    const bytes = [0, 1, 51, 254, 255];
    const dataset: Dataset = {
      ...countingDataset({ size: 5 }),
      range: [-1, 1],
      batch: (indices) => Uint8Array.from(indices, (index) => bytes[index]),
    };
    const { feeds } = await inputsOf({ of: methodOf([regressionPhase({ repeats: 5 })]), dataset }).at(0);
    const seen = [...new Set(feeds.real)].sort((a, b) => a - b);
    expect(seen).toEqual(bytes.map((byte) => Math.fround(-1 + (2 * byte) / 255)));
  });
});
