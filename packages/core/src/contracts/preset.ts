import type { JsonObject } from './json.js';
import type { LatentOptions } from './latent-options.js';
import type { MovingAverageOptions } from './moving-average.js';
import type { Source } from './source.js';

/** An item by its id, with the options that differ from its defaults. */
export interface ItemReference {
  readonly id: string;
  readonly options?: JsonObject;
}

/** A complete, named set-up: everything that a run needs but the seed. Plain JSON. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what it shows, and how it differs from its source. */
  readonly description: string;
  readonly source: Source;
  readonly method: ItemReference;
  readonly architecture: ItemReference;
  readonly dataset: ItemReference;
  /** What changes samples inside the step, in this order; default nothing. */
  readonly augmentations?: readonly ItemReference[];
  readonly latents: LatentOptions;
  readonly batchSize: number;
  /** Training steps of a full run. */
  readonly steps: number;
  /** Of the generator; default none. */
  readonly movingAverage?: MovingAverageOptions;
  /** What watches over the run beside numbers that are not finite; default nothing. */
  readonly guards?: readonly ItemReference[];
  /** What is measured beside losses, by the ids that `measure` of `fit` has; default nothing. */
  readonly measure?: readonly string[];
  readonly evaluation: {
    /** In training steps. */
    readonly every: number;
    /** How many samples are generated each time. */
    readonly samples: number;
    readonly metrics: readonly ItemReference[];
  };
  readonly published: readonly PublishedNumber[];
}

/** The same of a recipe, whose stages say how long they train and whose latents are its own. Plain JSON. */
export interface RecipePreset extends Pick<
  Preset,
  'id' | 'title' | 'description' | 'source' | 'architecture' | 'dataset' | 'batchSize' | 'published'
> {
  readonly recipe: ItemReference;
  readonly latentDimension: number;
  /** Once, of samples that are made when all stages are done. */
  readonly evaluation: Pick<Preset['evaluation'], 'samples' | 'metrics'>;
}

/** A number from the literature that a run's result can be laid beside. */
export interface PublishedNumber {
  /** The id of the metric it belongs to. */
  readonly metric: string;
  /** As published: `25`, `0.01`, `25 in all 8 runs after about 50 epochs`. */
  readonly text: string;
  /** The one number of it that a curve of this metric may be laid beside. */
  readonly value?: number;
  /** Paper and place in it. */
  readonly source: string;
}
