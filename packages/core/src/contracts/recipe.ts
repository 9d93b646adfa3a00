import type { RoleId, Method } from './method.js';
import type { JsonObject } from './json.js';
import type { RandomStream } from '../random/index.js';
import type { Source } from './source.js';

/** Numbers that a stage leaves behind: weights, codes, heights of a potential, ... Row-major. */
export interface StageTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** By name. Weights of a role are `weights/<role>/<number>`, in the order of the network's weights. */
export type StageTensors = Readonly<Record<string, StageTensor>>;

/**
 * A training in stages as a value: each trains networks, or computes something of what the stages before it left. A plain
 * method is the recipe of one stage.
 */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** The resolved options that made it. */
  readonly options: JsonObject;
  /** In order. Names differ. */
  readonly stages: readonly Stage[];
  /**
   * Latents for the role `generator`, of what all stages left: `[count, latentDimension]`, row-major.
   */
  readonly latents: (tensors: StageTensors, count: number, random: RandomStream) => Promise<Float32Array>;
}

export type Stage = TrainingStage | ComputingStage;

/** Trains the roles of a method. A role that an earlier stage trained begins as that left it. */
export interface TrainingStage {
  readonly name: string;
  readonly method: Method;
  readonly steps: number;
}

/** Computes tensors of what earlier stages left, and of the data. */
export interface ComputingStage {
  readonly name: string;
  /** What the result depends on, beside the earlier stages: with other options a stage is not resumed. */
  readonly options: JsonObject;
  /** Before any stage runs: throws where the stage could not do with what the run is. */
  readonly check?: (run: Pick<StageContext, 'dataSize' | 'latentDimension'>) => void;
  /**
   * @returns tensors whose names no earlier stage has used
   * @throws the signal's reason once it is aborted
   */
  readonly compute: (context: StageContext) => Promise<StageTensors>;
}

/** What a computing stage sees. */
export interface StageContext {
  /** Of all earlier stages. */
  readonly tensors: StageTensors;
  readonly latentDimension: number;
  /** Samples in the data set. */
  readonly dataSize: number;
  /** Samples of the data set as networks see them, `[indices, ...sampleShape]`, row-major. */
  readonly samples: (indices: ArrayLike<number>) => Promise<Float32Array>;
  /** Rows through a trained network, in training mode and batches of the run's size: its first output, row-major. */
  readonly apply: (role: RoleId, rows: Float32Array) => Promise<Float32Array>;
  /** A stream of the stage's own. */
  readonly random: RandomStream;
  /** What {@link save} kept when the stage was interrupted; missing when it begins. */
  readonly partial?: StageTensors;
  /** Keeps what the stage can go on from. */
  readonly save: (partial: StageTensors) => Promise<void>;
  /** Tells how far it is. */
  readonly report: (values: Readonly<Record<string, number>>) => void;
  readonly signal?: AbortSignal;
}
