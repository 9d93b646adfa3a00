import {
  OptionError,
  toJson,
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
import { createMetric, metrics, type MetricEnvironment } from '@dist-gan/metrics';
import { InceptionNetwork } from '@dist-gan/metrics/evaluate';
import type { FeatureExtractor } from '@dist-gan/metrics/extractors';
import { makeGuard, type Guard } from '@dist-gan/trainer';
import { noOwnParts, type OwnParts, type PartKind } from './settings/own-parts.js';
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

interface CommonItems extends DataItems {
  readonly architecture: Architecture;
}

interface DataItems {
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
  /**
   * Keeps the latest data set with its metrics, for items of many presets that are made one after the other: to read pictures, and what
   * metrics want of all of them, takes seconds.
   */
  readonly latestData?: { key?: string; items?: Promise<DataItems> };
}

/** What the configuration of the folder at hand brings beside ours. */
let own: OwnParts = noOwnParts;

/**
 * Takes a user's own parts beside ours, in place of those of before.
 *
 * @throws OptionError when one has an id of ours
 */
export function useOwnParts(parts: OwnParts): void {
  const ours = { methods, architectures, datasets, metrics };
  for (const [kind, makers] of Object.entries(parts)) {
    const taken = Object.keys(makers).find((id) => Object.hasOwn(ours[kind as PartKind], id));
    if (taken === undefined) continue;
    throw new OptionError(
      `dist-gan.config: ${kind} has ${taken}, which is an id of ours; choose another`,
      kind,
      taken,
    );
  }
  own = parts;
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
    method: make<Method>('method', { ...methods, ...own.methods }, preset.method),
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
  { latestData: latest = {}, ...environment }: ItemEnvironment,
): Promise<CommonItems> {
  const architecture = make<Architecture>(
    'architecture',
    { ...architectures, ...own.architectures },
    preset.architecture,
  );
  const key = toJson([preset.dataset, preset.evaluation.metrics]);
  if (latest.key !== key || latest.items === undefined) {
    latest.key = key;
    latest.items = createDataItems(preset, environment);
  }
  return { architecture, ...(await latest.items) };
}

async function createDataItems(
  preset: Pick<Preset, 'dataset'> & Pick<RecipePreset, 'evaluation'>,
  environment: ItemEnvironment,
): Promise<DataItems> {
  const dataset = await make<Items['dataset'] | Promise<Items['dataset']>>(
    'dataset',
    { ...datasets, ...own.datasets },
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
    preset.evaluation.metrics.map(async ({ id, options }) =>
      Object.hasOwn(own.metrics, id)
        ? () => [make<Metric>('metric', own.metrics, { id, options })]
        : createMetric(id, options, dataset, metricEnvironment),
    ),
  );
  return {
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
  return make<Method>('method', { ...methods, ...own.methods }, { id, options });
}

/** A recipe from how a run's record tells of it. */
export function recipeOf({ id, ...options }: RecordedItem): Recipe {
  return make<Recipe>('recipe', recipes, { id, options });
}

/** An architecture from how a run's record tells of it. */
export function architectureOf({ id, ...options }: RecordedItem): Architecture {
  return make<Architecture>('architecture', { ...architectures, ...own.architectures }, { id, options });
}

/** A data set from how a run's record tells of it. @throws DataNotFoundError, DatasetFormatError when its files are not there */
export async function datasetOf(
  { id, ...options }: RecordedItem,
  environment: DatasetEnvironment,
): Promise<Items['dataset']> {
  return make<Items['dataset'] | Promise<Items['dataset']>>(
    'dataset',
    { ...datasets, ...own.datasets },
    { id, options },
    environment,
  );
}

type RecordedItem = JsonObject & { readonly id: string };

/** Makers check the options that they are given: no type knows what a preset or a user wrote. */
function make<Item>(
  kind: string,
  makers: Readonly<Record<string, (...parameters: never[]) => unknown>>,
  { id, options }: ItemReference,
  ...more: unknown[]
): Item {
  const maker = lookUp(kind, makers, id) as (...parameters: unknown[]) => Item | Promise<Item>;
  const item = maker(options, ...more);
  if (!Object.values(own).some((parts: OwnParts[PartKind]) => parts[id] === maker)) return item as Item;
  const checked = (made: Item): Item => assertNamed(kind, id, made);
  return (item instanceof Promise ? item.then(checked) : checked(item)) as Item;
}

/** A run's record knows an item by its id. @throws OptionError where a user's own maker gives no item, or one of another id */
function assertNamed<Item>(kind: string, id: string, made: Item): Item {
  const named = typeof made === 'object' && made !== null && 'id' in made ? made.id : undefined;
  if (named === id || (kind === 'metric' && made instanceof Object)) return made;
  throw new OptionError(
    `the ${kind} ${id}: its maker must give a ${kind} with the id ${JSON.stringify(id)}, got ${JSON.stringify(named) ?? 'none'}`,
    kind,
    named,
  );
}

function lookUp<Value>(kind: string, known: Readonly<Record<string, Value>>, id: string): Value {
  if (!Object.hasOwn(known, id)) throw new UnknownItemError(kind, id, Object.keys(known));
  return known[id];
}
