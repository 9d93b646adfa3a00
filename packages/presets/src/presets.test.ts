import { architectures } from '@dist-gan/architectures';
import {
  RandomStream,
  type Architecture,
  type Dataset,
  type JsonObject,
  type Method,
  type NetworkKind,
  type Preset,
  type RecipePreset,
} from '@dist-gan/core';
import { datasets } from '@dist-gan/datasets';
import { methods, recipes, regularisers } from '@dist-gan/methods';
import { describe, expect, it } from 'vitest';
import { mixtureBaselines } from './baselines.js';
import { presets } from './presets.js';
import { recipePresets } from './recipes.js';
import type { TypedPreset } from './typed-preset.js';

/** What a sample of data sets is that are read from files, or take long to draw. */
const sampleShapes: Readonly<Record<string, readonly number[]>> = {
  'embedded-gaussians': [1200],
  mnist: [28, 28, 1],
  'mnist-1k': [28, 28, 3],
  celeba: [64, 64, 3],
  cifar10: [32, 32, 3],
  stl10: [48, 48, 3],
  'image-folder': [32, 32, 3],
};

const drawnShapes = new Map<string, readonly number[]>();

/** The same of those that are drawn, as they say it. */
function sampleShapeOf({ id, options }: Preset['dataset']): readonly number[] {
  const key = JSON.stringify([id, options]);
  const known = sampleShapes[id] ?? drawnShapes.get(key);
  if (known !== undefined) return known;
  const make = datasets[id as keyof typeof datasets] as (options?: JsonObject) => Dataset | Promise<Dataset>;
  const dataset = make(options);
  if (dataset instanceof Promise) {
    void dataset.catch(() => undefined);
    throw new Error(
      `the data set ${id} is read from files; say in sampleShapes of presets.test.ts what a sample is`,
    );
  }
  drawnShapes.set(key, dataset.sampleShape);
  return dataset.sampleShape;
}

/** What makes networks small that are so by no `width`. */
const tiny: Readonly<Record<string, JsonObject>> = {
  mlp: { hiddenUnits: [4] },
  'ali-mlp': { units: 4, discriminatorUnits: 3 },
  r3gan: { widths: [2, 2, 2, 2], cardinalities: [1, 1, 1, 1] },
};

/** Networks of a preset, made small where an option does that. */
function smallArchitectureOf(preset: Preset): Architecture {
  const { id } = preset.architecture;
  return architectureOf(preset, tiny[id] ?? ('width' in architectureOf(preset).options ? { width: 4 } : {}));
}

function architectureOf(
  { architecture: { id, options } }: Pick<Preset, 'architecture'>,
  changes: JsonObject = {},
): Architecture {
  const make = architectures[id as keyof typeof architectures] as (options: JsonObject) => Architecture;
  return make({ ...options, ...changes });
}

function build(
  preset: Preset,
  architecture: Architecture,
  kind: NetworkKind,
  sampleShape = sampleShapeOf(preset.dataset),
) {
  const shape = { sampleShape, latentDimension: preset.latents.dimension };
  return architecture.build(kind, shape, RandomStream.fromSeed(1));
}

describe.each(Object.entries<Preset>(presets))('preset %s', (id, preset) => {
  it('stands under its id and is plain JSON', () => {
    expect(preset.id).toBe(id);
    expect(JSON.parse(JSON.stringify(preset))).toStrictEqual(preset);
  });

  it('names a method of this package and options that it accepts', () => {
    const make = methods[preset.method.id as keyof typeof methods];
    const method = make(preset.method.options);
    expect(method.options).toMatchObject(preset.method.options ?? {});
  });

  it('lays what papers call FID beside the metric of that name, not beside a distance of any features', () => {
    expect(preset.published.map(({ metric }) => metric)).not.toContain('frechet-distance');
  });

  it('evaluates a whole number of times', () => {
    expect(preset.steps % preset.evaluation.every).toBe(0);
  });

  it('names networks for its samples and latents, one for each role of its method', () => {
    const architecture = smallArchitectureOf(preset);
    const { roles } = methods[preset.method.id as keyof typeof methods](preset.method.options);
    for (const { kind, packing = 1 } of roles) {
      const sets = kind.endsWith('set-discriminator');
      const one = sampleShapeOf(preset.dataset);
      const packed = [...one.slice(0, -1), packing * one.at(-1)!];
      const samples = sets ? [packing, ...one] : packed;
      const network = build(preset, architecture, kind, samples);
      const latents = [preset.latents.dimension];
      expect(network.inputs[0].shape.slice(1)).toEqual(kind === 'generator' ? latents : samples);
      const first = {
        generator: samples,
        autoencoder: samples,
        encoder: latents,
        'gaussian-encoder': latents,
        discriminator: [1],
        'joint-discriminator': [1],
        'latent-discriminator': [1],
        'recognition-discriminator': [1],
        'set-discriminator': [1],
        'two-set-discriminator': [1],
      }[kind];
      expect(network.outputs[0].shape.slice(1)).toEqual(first);
      network.dispose();
    }
  });
});

/** The weights that the authors' scripts state: the root of latent dimension by feature dimension. */
it.each([
  ['mnist', 0.15625],
  ['mnist-1k-quarter-released', 1.414],
  ['mnist-1k-half-released', 1],
  ['celeba-dcgan', 0.1105],
  ['cifar10-dcgan', 0.2209],
  ['cifar10-sncnn-log', 0.125],
  ['cifar10-resnet-hinge-released', 0.125],
  ['stl10-sncnn-hinge', 0.0833],
  ['stl10-resnet-hinge-released', 0.1179],
] as const)('the features of %s have the size that the latent weight %d was computed for', (id, weight) => {
  const preset: Preset = presets[id];
  const discriminator = build(preset, architectureOf(preset), 'discriminator');
  const features = discriminator.outputs[1].shape[1]!;
  discriminator.dispose();
  expect(Math.abs(Math.sqrt(preset.latents.dimension / features) - weight)).toBeLessThan(3e-4);
});

it.each(Object.entries(mixtureBaselines))('%s has the name and the source of its method', (_, preset) => {
  const make: (options?: JsonObject) => Method = methods[preset.method.id];
  // A baseline that is a regulariser of a GAN has the regulariser's name.
  const [regulariser] = (preset.method.options as { regularisers?: { id: 'gdpp' }[] })?.regularisers ?? [];
  const { title, source } = regulariser ? regularisers[regulariser.id]() : make(preset.method.options);
  expect(preset.title.split(', ')[1]).toBe(title);
  expect(source).toMatchObject(preset.source);
});

it('is checked by the compiler against what the makers take', () => {
  type Metrics = TypedPreset['evaluation']['metrics'];
  const grid: TypedPreset = presets['gaussian-grid'];
  // @ts-expect-error -- no method has this id
  const method: TypedPreset['method'] = { id: 'dist-gann' };
  // @ts-expect-error -- nor has this one this option
  const options: TypedPreset['method'] = { id: 'wgan', options: { beta1: 0.5 } };
  // @ts-expect-error -- a value that the option does not take
  const value: TypedPreset['architecture'] = { id: 'resnet', options: { resolution: '32' } };
  // @ts-expect-error -- an option that the metric does not have
  const misspelt: Metrics = [{ id: 'mode-coverage', options: { rules: 'nearest' } }];
  // @ts-expect-error -- a word that its option does not take
  const word: Metrics = [{ id: 'label-histogram', options: { reference: 'datum' } }];
  // @ts-expect-error -- a number for a word
  const ofInception: Metrics = [{ id: 'fid', options: { protocol: 'clean-fid', layer: 64 } }];
  // @ts-expect-error -- real samples, of a metric that looks at none
  const alone: Metrics = [{ id: 'vendi-score', options: { realSamples: 100 } }];
  // @ts-expect-error -- and of one that takes the statistics of all
  const all: Metrics = [{ id: 'frechet-distance', options: { ddof: 0, realSamples: 100 } }];
  const right: Metrics = [
    { id: 'fid', options: { protocol: 'clean-fid', ddof: 0, realSamples: 5000 } },
    { id: 'kernel-distance', options: { sampling: 'all', realSamples: 100 } },
  ];
  expect([method, options, value, misspelt, word, ofInception, alone, all, right]).not.toContain(grid);
});

describe('variants of the paper and of the released code', () => {
  it.each(Object.keys(presets).filter((id) => id.endsWith('-released')))(
    '%s stands beside the other',
    (id) => {
      const other: Preset = presets[id.replace(/-released$/, '') as keyof typeof presets];
      const { dataset, published } = presets[id as keyof typeof presets];
      expect({ dataset, published }).toEqual({ dataset: other.dataset, published: other.published });
    },
  );
});

describe('the settings of the paper', () => {
  it('last 500 epochs of 50,000 points, the last batch of an epoch being partial', () => {
    const { steps, batchSize } = presets['gaussian-grid-paper'];
    expect(steps).toBe(500 * Math.ceil(50_000 / batchSize));
  });

  it('differ from the fast ones in what makes those fast', () => {
    const paper: JsonObject = presets['gaussian-grid-paper'].method.options!;
    const fast: JsonObject = presets['gaussian-grid'].method.options!;
    const changed = Object.keys(fast).filter((key) => paper[key] !== fast[key]);
    expect(changed.sort()).toEqual([
      'discriminatorSteps',
      'gradientPenaltyNorm',
      'learningRate',
      'learningRateSchedule',
    ]);
  });
});

describe('the settings of other papers', () => {
  const method = (id: keyof typeof presets) => presets[id].method.options as Readonly<Record<string, number>>;

  it('count a batch of PacGAN in groups, 100 of them', () => {
    for (const layout of ['gaussian-ring', 'gaussian-grid'] as const) {
      for (const [variant, samples] of [
        ['gan', 1],
        ['pacgan2', 2],
        ['pacgan4', 4],
      ] as const) {
        const { batchSize } = presets[`${layout}-pacgan-${variant}`];
        expect(batchSize / samples).toBe(100);
      }
    }
  });

  it("count the study's 100 epochs of 50,000 images in updates of the discriminator", () => {
    for (const id of Object.keys(presets) as (keyof typeof presets)[]) {
      if (!id.startsWith('cifar10-infogan-')) continue;
      const { steps, batchSize, method } = presets[id];
      const made = methods[method.id as 'gan'](method.options as object);
      const { repeats } = made.phases.find(({ name }) => name === 'discriminator')!;
      const epochs = (steps * repeats * batchSize) / 50_000;
      expect(Math.abs(epochs - 100), id).toBeLessThan(0.5);
    }
  });

  it('have the rates of both networks of Unrolled GAN on stacked digits', () => {
    for (const id of ['mnist-1k-quarter-gan', 'mnist-1k-half-unrolled'] as const) {
      expect(method(id)).toMatchObject({ learningRate: 2e-4, generatorLearningRate: 1e-4 });
    }
  });

  it("have R3GAN's gamma of images in [-1, 1] for slopes of images in [0, 1]", () => {
    // With y = 2 x - 1 the slope along x is twice that along y.
    expect(method('cifar10-r3gan').gamma * 2 ** 2).toBeCloseTo(0.005, 12);
  });

  it("have EBGAN's margin in units of one sample's error", () => {
    // Of 64 samples that all have the error 8: the root of the sum of squares, by 64.
    expect(Math.sqrt(64 * method('cifar10-infogan-ebgan').margin ** 2) / 64).toBe(1);
  });
});

describe.each(Object.entries<RecipePreset>(recipePresets))('preset %s of a recipe', (id, preset) => {
  it('stands under its id, which no other preset has, and is plain JSON', () => {
    expect(preset.id).toBe(id);
    expect(id in presets).toBe(false);
    expect(JSON.parse(JSON.stringify(preset))).toStrictEqual(preset);
  });

  it('names a recipe of this project with options that it accepts, and networks that its stages need', () => {
    const make = recipes[preset.recipe.id as keyof typeof recipes];
    const recipe = make(preset.recipe.options);
    expect(recipe.options).toMatchObject(preset.recipe.options ?? {});
    const { kinds } = architectureOf(preset);
    for (const stage of recipe.stages) {
      if (!('method' in stage)) continue;
      expect(kinds).toEqual(expect.arrayContaining(stage.method.roles.map(({ kind }) => kind)));
    }
  });
});
