import { RandomStream, type ComputingStage, type StageContext, type StageTensors } from '@dist-gan/core';
import { describeRecipe } from '@dist-gan/testing/recipe';
import { sobolPoints } from '@dist-gan/transport';
import { describe, expect, it } from 'vitest';
import { aeOt } from './ae-ot.js';
import { aeOtGan } from './ae-ot-gan.js';

const recipe = aeOt({ codes: 40, threshold: 0.4, interpolation: 'pair', neighbours: 1 });
const [embed, transport] = recipe.stages.slice(2) as ComputingStage[];

function contextOf(changes: Partial<StageContext> = {}): StageContext {
  return {
    tensors: {},
    latentDimension: 2,
    dataSize: 60,
    // Sample i is (i, -i); sample 59 is sample 0 again.
    samples: async (indices) => Float32Array.from(Array.from(indices, (i) => i % 59).flatMap((i) => [i, -i])),
    apply: async (_, rows) => rows.map((value) => 2 * value),
    random: RandomStream.fromSeed(1),
    save: async () => {},
    report() {},
    ...changes,
  };
}

/** In order, so that samples 0 to 39 are embedded. */
const permutation = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

/** Codes of two groups, far from each other. */
const codes: StageTensors = {
  codes: {
    shape: [40, 2],
    data: RandomStream.fromSeed(2)
      .normal(80)
      .map((value, i) => 0.1 * value + (i % 4 < 2 ? 3 : -1)),
  },
  masses: { shape: [40], data: new Float64Array(40).fill(1) },
};

describe('aeOt', () => {
  it('trains the autoencoder, refines the decoder, embeds and transports', () => {
    expect(recipe.stages.map(({ name }) => name)).toEqual(['autoencoder', 'refine', 'embed', 'transport']);
    const updates = recipe.stages.map((stage) => ('method' in stage ? stage.method.phases[0].updates : []));
    expect(updates).toEqual([['encoder', 'generator'], ['generator'], [], []]);
  });

  it('embeds samples that it draws, equal ones once', async () => {
    const some = await embed.compute(contextOf());
    const data = Array.from(some.codes.data);
    expect(Array.from(some.masses.data).reduce((sum, mass) => sum + mass, 0)).toBe(40);
    expect(new Set(data.filter((_, i) => i % 2 === 0)).size).toBe(some.masses.data.length);
    const everything = aeOt({}).stages[2] as ComputingStage;
    const { codes: whole, masses } = await everything.compute(contextOf());
    expect(whole.shape).toEqual([59, 2]);
    expect(masses.data[0]).toBe(2);
    expect(Array.from(whole.data.slice(0, 4))).toEqual([0, -0, 2, -2]);
  });

  it('refuses fewer codes than they have numbers, before anything is trained', async () => {
    const few = (codes: number | undefined) => aeOt({ ...(codes && { codes }) }).stages[2] as ComputingStage;
    expect(() => few(16).check!({ dataSize: 60, latentDimension: 16 })).not.toThrow();
    expect(() => few(15).check!({ dataSize: 60, latentDimension: 16 })).toThrow(
      'ae-ot.codes: codes of 16 numbers need at least 16 samples for a transport map, and 15 of the 60 of the data set would be ' +
        'embedded; raise codes',
    );
    expect(() => few(undefined).check!({ dataSize: 1, latentDimension: 1 })).toThrow(
      'take a larger data set',
    );
  });

  it.each([aeOt(), aeOtGan()])(
    'refuses more dimensions than Sobol points have, before anything is trained: $id',
    (recipe) => {
      const stage = recipe.stages[3] as ComputingStage;
      expect(() => stage.check!({ dataSize: 60_000, latentDimension: 1111 })).not.toThrow();
      expect(() => sobolPoints(1111, 1)).not.toThrow();
      expect(() => stage.check!({ dataSize: 60_000, latentDimension: 1112 })).toThrow(
        'ae-ot: latents of 1112 numbers have no transport map here: its cells are counted on Sobol points, which have at most 1111; lower ' +
          'latentDimension',
      );
      expect(() => sobolPoints(1112, 1)).toThrow('sobolPoints.dimension');
    },
  );

  it.each([
    [
      'an encoder that tells no samples apart',
      { apply: async (_: string, rows: Float32Array) => rows.map(() => 1) },
      'SHAPE_MISMATCH',
      /^embed: 40 samples have 1 different code of 2 numbers, and a transport map needs at least 2; raise codes/,
    ],
    [
      'a code that is no number',
      { apply: async (_: string, rows: Float32Array) => rows.map((value) => (value === -7 ? NaN : value)) },
      'VALUE_NON_FINITE',
      /^embed: the code of sample 7 holds NaN; lower the learning rate of the autoencoder$/,
    ],
  ])('refuses %s', async (_, changes, code, message) => {
    const all = aeOt({ codes: 40 }).stages[2] as ComputingStage;
    const everyFirst = { ...contextOf(changes), random: { permutation } as unknown as RandomStream };
    await expect(all.compute(everyFirst)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it('draws latents of both groups alike and none between them', async () => {
    const tensors = { ...codes, ...(await transport.compute(contextOf({ tensors: codes }))) };
    const latents = await recipe.latents(tensors, 1000, RandomStream.fromSeed(1));
    const first = latents.filter((_, i) => i % 2 === 0);
    const right = first.filter((value) => value > 2.3).length;
    expect(right + first.filter((value) => value < -0.3).length).toBe(1000);
    expect(Math.abs(right - 500)).toBeLessThan(4 * Math.sqrt(250));
  });

  it('goes on with a transport that was interrupted', async () => {
    const stream = RandomStream.fromSeed(3);
    const tensors: StageTensors = {
      codes: { shape: [30, 3], data: stream.normal(90) },
      masses: { shape: [30], data: new Float64Array(30).fill(1) },
    };
    const whole = await transport.compute(contextOf({ tensors, latentDimension: 3 }));
    const controller = new AbortController();
    let partial: StageTensors | undefined;
    const cut = transport.compute(
      contextOf({
        tensors,
        latentDimension: 3,
        signal: controller.signal,
        report: ({ step }) => void (step === 20 && controller.abort()),
        save: async (saved) => void (partial = structuredClone(saved)),
      }),
    );
    await expect(cut).rejects.toMatchObject({ name: 'AbortError' });
    const resumed = await transport.compute(contextOf({ tensors, latentDimension: 3, partial: partial! }));
    expect(resumed).toEqual(whole);
  });

  it('refuses options out of range', () => {
    expect(() => aeOt({ threshold: 4 })).toThrow('ae-ot.threshold: must be at most pi');
    expect(() => aeOt({ maximumSamples: 2 ** 24 + 1 })).toThrow('ae-ot.maximumSamples: must be at most 2^24');
    expect(() => aeOt({ stepz: 4 } as never)).toThrow('did you mean steps?');
  });
});

describeRecipe('ae-ot', { recipe });
