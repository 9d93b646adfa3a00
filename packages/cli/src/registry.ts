import {
  OptionError,
  UnknownItemError,
  type Architecture,
  type Augmentation,
  type Dataset,
  type ItemReference,
  type JsonObject,
  type Method,
  type Metric,
  type Preset,
  type Recipe,
  type RecipePreset,
} from '@dist-gan/core';
import { architectures } from '@dist-gan/architectures';
import { datasets, type DatasetEnvironment, type Mixture } from '@dist-gan/datasets';
import { augmentations } from '@dist-gan/augmentations';
import { methods, recipes } from '@dist-gan/methods';
import { presets, recipePresets } from '@dist-gan/presets';
import { createMetric, type MetricEnvironment } from '@dist-gan/metrics';
import { InceptionNetwork } from '@dist-gan/metrics/evaluate';
import type { FeatureExtractor } from '@dist-gan/metrics/extractors';
import { makeGuard, type Guard } from '@dist-gan/trainer';
import { findClassifier } from './classifier/classifier-folder.js';
import { activateBackend } from './engine/index.js';
import { openStatisticsCache } from './evaluation/statistics-folder.js';

export { presets, recipePresets };

/** The values that a preset's ids stand for. */
export interface Items extends CommonItems {
  readonly method: Method;
  readonly augmentations: readonly Augmentation[];
  readonly guards: readonly Guard[];
}

/** The same of a recipe's. */
export interface RecipeItems extends CommonItems {
  readonly recipe: Recipe;
}

interface CommonItems {
  readonly architecture: Architecture;
  readonly dataset: Dataset & { readonly mixture?: Mixture };
  /** New metrics, which have seen nothing yet. */
  readonly metrics: () => Metric[];
  /** The classifier of digits, where a metric has one. */
  readonly classifier?: FeatureExtractor;
  /** Frees what metrics share: networks of their own. */
  readonly dispose: () => Promise<void>;
}

/** What items take from where they are made. */
export interface ItemEnvironment extends DatasetEnvironment {
  /** What relative paths begin at. */
  readonly workingDirectory: string;
}

/** @throws UnknownItemError naming the nearest presets */
export function findPreset(id: string | undefined): Preset {
  const known: Readonly<Record<string, Preset>> = presets;
  if (id === undefined) {
    throw new OptionError(
      `train needs a preset, for instance dist-gan train ${Object.keys(known)[0]}; dist-gan presets lists them`,
      'preset',
      id,
    );
  }
  if (Object.hasOwn(known, id)) return known[id];
  throw new UnknownItemError('preset', id, [...Object.keys(known), ...Object.keys(recipePresets)]);
}

/** The preset of a recipe, if it is one that the id names. */
export function findRecipePreset(id: string | undefined): RecipePreset | undefined {
  const known: Readonly<Record<string, RecipePreset>> = recipePresets;
  return id !== undefined && Object.hasOwn(known, id) ? known[id] : undefined;
}

/**
 * Makes the items of a preset.
 *
 * @throws UnknownItemError for an id that nothing stands behind
 * @throws OptionError for options that an item does not take
 * @throws DataNotFoundError, DatasetFormatError when the data set's files are not as they should be
 */
export async function createItems(preset: Preset, environment: ItemEnvironment): Promise<Items> {
  return {
    method: make<Method>('method', methods, preset.method),
    augmentations: (preset.augmentations ?? []).map((reference) =>
      make<Augmentation>('augmentation', augmentations, reference),
    ),
    guards: (preset.guards ?? []).map(({ id, options }) => makeGuard(id, options)),
    ...(await createCommonItems(preset, environment)),
  };
}

/** The same of a recipe. */
export async function createRecipeItems(
  preset: RecipePreset,
  environment: ItemEnvironment,
): Promise<RecipeItems> {
  return {
    recipe: make<Recipe>('recipe', recipes, preset.recipe),
    ...(await createCommonItems(preset, environment)),
  };
}

async function createCommonItems(
  preset: Pick<Preset, 'architecture' | 'dataset'> & Pick<RecipePreset, 'evaluation'>,
  environment: ItemEnvironment,
): Promise<CommonItems> {
  const architecture = make<Architecture>('architecture', architectures, preset.architecture);
  const dataset = await make<Items['dataset'] | Promise<Items['dataset']>>(
    'dataset',
    datasets,
    preset.dataset,
    environment,
  );
  const owned: (() => Promise<void>)[] = [];
  let classifier: FeatureExtractor | undefined;
  const { onNotice = () => undefined, ...places } = environment;
  const cache = openStatisticsCache(onNotice);
  const metricEnvironment: MetricEnvironment = {
    onNotice,
    onDispose: (dispose) => void owned.push(dispose),
    inception: (options) =>
      // The network is built there; it does not run there.
      new InceptionNetwork({ ...places, ...options, activateBackend: () => activateBackend('cpu') }),
    digitClassifier: async (folder) => {
      classifier = await findClassifier(folder);
      return classifier;
    },
    ...(cache && { statisticsCache: cache }),
  };
  const makeMetrics = await Promise.all(
    preset.evaluation.metrics.map(({ id, options }) => createMetric(id, options, dataset, metricEnvironment)),
  );
  return {
    architecture,
    dataset,
    metrics: () => makeMetrics.flatMap((makeMetric) => makeMetric?.() ?? []),
    ...(classifier !== undefined && { classifier }),
    dispose: async () => {
      for (const free of owned) await free();
    },
  };
}

/** A method from how a run's record tells of it: its id among its options. */
export function methodOf({ id, ...options }: RecordedItem): Method {
  return make<Method>('method', methods, { id, options });
}

/** A recipe from how a run's record tells of it. */
export function recipeOf({ id, ...options }: RecordedItem): Recipe {
  return make<Recipe>('recipe', recipes, { id, options });
}

/** An architecture from how a run's record tells of it. */
export function architectureOf({ id, ...options }: RecordedItem): Architecture {
  return make<Architecture>('architecture', architectures, { id, options });
}

/** A data set from how a run's record tells of it. @throws DataNotFoundError, DatasetFormatError when its files are not there */
export async function datasetOf(
  { id, ...options }: RecordedItem,
  environment: DatasetEnvironment,
): Promise<Items['dataset']> {
  return make<Items['dataset'] | Promise<Items['dataset']>>(
    'dataset',
    datasets,
    { id, options },
    environment,
  );
}

type RecordedItem = JsonObject & { readonly id: string };

/** Makers check the options that they are given: no type knows what a preset or a user wrote. */
function make<Item>(
  kind: string,
  makers: Readonly<Record<string, (...parameters: never[]) => Item>>,
  { id, options }: ItemReference,
  ...more: unknown[]
): Item {
  const maker = lookUp(kind, makers, id) as (...parameters: unknown[]) => Item;
  return maker(options, ...more);
}

function lookUp<Value>(kind: string, known: Readonly<Record<string, Value>>, id: string): Value {
  if (!Object.hasOwn(known, id)) throw new UnknownItemError(kind, id, Object.keys(known));
  return known[id];
}
