import * as v from 'valibot';
import {
  defaultRampUp,
  deviceNames,
  OptionError,
  positive,
  positiveInteger,
  resolveOptions,
  seed,
  targetNames,
  type Architecture,
  type Augmentation,
  type Dataset,
  type LatentOptions,
  type Method,
  type Metric,
  type MovingAverageOptions,
  type StageTensors,
} from '@dist-gan/core';
import type { Callbacks } from './callbacks.js';
import { nonFinite, type Guard } from './guards/index.js';
import type { RankingMetric } from './history/best.js';
import { measurementIds, type MeasurementId } from './measurements/measurement-id.js';
import type { CompilerOptions, ExecutorId } from './executor/index.js';
import { assertStageTensors } from './inputs/stage-rows.js';
import type { RunKeeper } from './keeping/run-keeper.js';
import { updateRuleIds } from './optimizers/update-rule.js';
import type { RunState } from './step/run-state.js';

export interface FitOptions {
  /** Which networks there are and which losses train them, in which order. */
  readonly method: Method;
  /** Builds the networks. */
  readonly architecture: Architecture;
  /** What the generator is to imitate. */
  readonly dataset: Dataset;
  /** What changes samples inside the step, in this order; default nothing. */
  readonly augmentations?: readonly Augmentation[];
  /** What latents are drawn from. */
  readonly latents: LatentOptions;
  /** Samples in a batch. */
  readonly batchSize: number;
  /** Training steps: in each, every phase of the method runs once in order, as often as it repeats. */
  readonly steps: number;
  /**
   * A whole number from 0 to 2^53 - 1. With the same seed, options and executor a run on the same machine gives the
   * same numbers.
   */
  readonly seed: number;
  /** An average of the generator's weights, which is then what is evaluated and sampled; default none. */
  readonly movingAverage?: MovingAverageOptions;
  /** How the run is watched; default not at all. */
  readonly evaluation?: EvaluationOptions;
  /**
   * What watches over the run; default {@link nonFinite} alone, which is there unless the list has one. At every evaluation, or
   * every step, they are asked in this order.
   */
  readonly guards?: readonly Guard[];
  /** By which metric a state is the best; default by the first that the run has of fid, kid, registered-points, modes-covered and kl-divergence. */
  readonly best?: RankingMetric;
  /**
   * Finds the state of an earlier evaluation, which a guard goes back to, where the run has not seen it itself because it was resumed
   * since.
   */
  readonly findState?: (step: number) => RunState | undefined | Promise<RunState | undefined>;
  /** What is measured beside losses; default nothing. Norms of gradients come with every step, the others with evaluations. */
  readonly measure?: readonly MeasurementId[];
  /** Default `compiled`; `eager` runs on the active TensorFlow.js backend and is many times slower. */
  readonly executor?: ExecutorId;
  /**
   * Where and how the `compiled` executor runs. Default: on the CPU, on TensorFlow where it is installed or set up, else (and for convolutions without AVX-512) on ONNX
   * Runtime; a kept run goes on with what it was begun with.
   */
  readonly compiler?: CompilerOptions;
  readonly callbacks?: Callbacks;
  /** Of a stage of a recipe: what the stages before it left, for inputs of kind `stage`. */
  readonly stageTensors?: StageTensors;
  /**
   * Keeps the run beyond its process: `openRun('my-run')` of `@dist-gan/runs` writes it down, and goes on with it where it
   * is there already. In place of `resume`.
   */
  readonly run?: RunKeeper;
  /**
   * Goes on from a state that a run of the same options and seed had: what follows is, to the bit, what would have followed
   * there, on the same machine and executor. `steps` may be another number; schedules that depend on it follow the new one.
   */
  readonly resume?: RunState;
  /** Ends the run after the step at hand, with a last evaluation and the outcome `aborted`. */
  readonly signal?: AbortSignal;
}

export interface EvaluationOptions {
  /** In training steps. There is always one more evaluation at the end. */
  readonly every: number;
  /** How many samples are generated each time, always from the same latents. */
  readonly samples: number;
  /** Makes the metrics of one evaluation. */
  readonly metrics: () => readonly Metric[];
}

const value = <Value>(what: string, ...keys: string[]) =>
  v.custom<Value>(
    (input) => typeof input === 'object' && input !== null && keys.every((key) => key in input),
    `must be ${what}`,
  );

const callback = v.optional(
  v.custom<(...args: never[]) => unknown>((input) => typeof input === 'function', 'must be a function'),
);

const schema = v.strictObject({
  method: value<Method>('a method, as distGan() returns one', 'roles', 'phases'),
  architecture: value<Architecture>('an architecture, as mlp() returns one', 'build', 'kinds'),
  dataset: value<Dataset>('a data set, as gaussianGrid() returns one', 'batch', 'sampleShape'),
  augmentations: v.optional(
    v.array(
      value<Augmentation>('an augmentation, as diffAugment() returns one', 'apply', 'numbersPerSample'),
      'must be a list of augmentations',
    ),
  ),
  latents: v.strictObject({
    dimension: positiveInteger,
    distribution: v.picklist(['uniform', 'normal'], 'must be uniform or normal'),
  }),
  batchSize: positiveInteger,
  steps: positiveInteger,
  seed,
  movingAverage: v.optional(
    v.strictObject({
      halfLife: positive,
      rampUp: v.optional(v.nullable(positive), defaultRampUp),
    }),
  ),
  evaluation: v.optional(
    v.strictObject({
      every: positiveInteger,
      samples: positiveInteger,
      metrics: v.custom<EvaluationOptions['metrics']>(
        (input) => typeof input === 'function',
        'must be a function that makes metrics',
      ),
    }),
  ),
  guards: v.optional(
    v.array(value<Guard>('a guard, as metricFall() returns one', 'id', 'policy'), 'must be a list of guards'),
    [],
  ),
  best: v.optional(
    v.strictObject({
      metric: v.string('must be the id of a metric'),
      better: v.picklist(['higher', 'lower'], 'must be higher or lower'),
    }),
  ),
  findState: callback,
  measure: v.optional(
    v.array(
      v.picklist(measurementIds, `must be one of ${measurementIds.join(', ')}`),
      'must be a list of measurements',
    ),
    [],
  ),
  executor: v.optional(v.picklist(['eager', 'compiled'], 'must be eager or compiled'), 'compiled'),
  compiler: v.optional(
    v.strictObject({
      target: v.optional(v.picklist(targetNames, 'must be onnx or tensorflow')),
      device: v.optional(v.picklist(deviceNames, 'must be cpu, webgpu, cuda or auto')),
      threads: v.optional(positiveInteger),
      onWarning: callback,
      runtime: v.optional(
        value<NonNullable<CompilerOptions['runtime']>>('an ONNX Runtime module', 'InferenceSession'),
      ),
    }),
  ),
  callbacks: v.optional(
    v.strictObject({
      onStart: callback,
      onStep: callback,
      onEvaluation: callback,
      onGuard: callback,
      onFailure: callback,
      onEnd: callback,
    }),
  ),
  run: v.optional(
    value<RunKeeper>('what keeps a run, as openRun() returns it', 'begin', 'callbacks', 'close'),
  ),
  stageTensors: v.optional(value<StageTensors>('tensors by their names')),
  resume: v.optional(
    value<RunState>('a state, as the events of a run give one', 'step', 'seconds', 'history', 'tensors'),
  ),
  signal: v.optional(v.instance(AbortSignal, 'must be an AbortSignal')),
});

export type ResolvedFitOptions = FitOptions & {
  readonly executor: ExecutorId;
  readonly guards: readonly Guard[];
  readonly measure: readonly MeasurementId[];
  readonly movingAverage?: Required<MovingAverageOptions>;
};

/** The options with their defaults filled in. @throws OptionError naming the option */
export function resolveFitOptions(given: FitOptions): ResolvedFitOptions {
  const options = resolveOptions(schema, given, 'fit') as ResolvedFitOptions;
  assertMethod(options.method);
  assertPacking(options);
  assertStageTensors(options.method, options.stageTensors ?? {}, {
    latentDimension: options.latents.dimension,
    dataset: options.dataset,
  });
  assertGuards(options.guards);
  const { guards } = options;
  if (options.run !== undefined && options.resume !== undefined) {
    throw new OptionError(
      'fit.resume: the run that is given knows what it goes on from; give one of the two',
      'fit.resume',
      options.resume,
    );
  }
  return guards.some(({ id }) => id === 'non-finite')
    ? options
    : { ...options, guards: [nonFinite(), ...guards] };
}

function assertGuards(guards: readonly Guard[]): void {
  const ids = new Set<string>();
  for (const { id, policy } of guards) {
    if (ids.has(id)) {
      throw new OptionError(`fit.guards: two of them are called ${id}; keep one of them`, 'fit.guards', id);
    }
    ids.add(id);
    if (!['warn', 'restore', 'stop'].includes(policy)) {
      throw new OptionError(
        `fit.guards: the policy of ${id} must be warn, restore or stop (got ${JSON.stringify(policy)})`,
        'fit.guards',
        policy,
      );
    }
  }
}

/** @throws OptionError where a state has more steps behind it than the run shall have, or a number of steps that is none */
export function assertResumable({ resume, steps }: Pick<FitOptions, 'resume' | 'steps'>): void {
  if (resume !== undefined && !(Number.isSafeInteger(resume.step) && resume.step >= 0)) {
    throw new OptionError(
      `fit.resume: the steps of a state must be a whole number of at least 0, got ${resume.step}; go on from one that a run gave`,
      'fit.resume.step',
      resume.step,
    );
  }
  if (resume === undefined || resume.step <= steps) return;
  throw new OptionError(
    `fit.steps: the state to resume has ${resume.step} steps already, got ${steps}; give more steps than that`,
    'fit.steps',
    steps,
  );
}

/** A method is often a user's own value: what would fail late and obscurely is refused here. */
function assertMethod({ roles, phases }: Method): void {
  const ids = roles.map(({ id }) => id);
  if (!roles.some(({ kind }) => kind === 'generator')) {
    refuse('roles', ids, 'a method must have a role of kind generator, where samples come from');
  }
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i);
  if (repeated !== undefined) refuse('roles', repeated, 'two roles have this name; rename one');
  const names = new Set<string>();
  for (const { name, updates, repeats, optimizer, intervals = [] } of phases) {
    if (names.has(name)) refuse('phases', name, 'two phases have this name; rename one');
    names.add(name);
    if (updates.length === 0) refuse(`phases.${name}.updates`, updates, 'a phase must update a network');
    for (const role of updates) {
      if (!ids.includes(role)) {
        refuse(`phases.${name}.updates`, role, `no such role; the method has ${ids.join(', ')}`);
      }
    }
    if (!Number.isSafeInteger(repeats) || repeats < 1) {
      refuse(`phases.${name}.repeats`, repeats, 'must be a whole number of at least 1');
    }
    // Of any other step % interval is never 0: what is due then would never happen.
    if (!intervals.every((interval) => Number.isSafeInteger(interval) && interval >= 1)) {
      refuse(`phases.${name}.intervals`, intervals, 'must be whole numbers of at least 1');
    }
    if (!updateRuleIds.includes(optimizer.id)) {
      const why = `no such optimiser; there are ${updateRuleIds.join(', ')}`;
      refuse(`phases.${name}.optimizer`, optimizer.id, why);
    }
  }
}

function assertPacking({ method, batchSize }: FitOptions): void {
  for (const { id, packing = 1 } of method.roles) {
    if (batchSize % packing === 0) continue;
    throw new OptionError(
      `fit.batchSize: must be a multiple of ${packing}, as the ${id} of ${method.id} judges so many samples together (got ${batchSize})`,
      'fit.batchSize',
      batchSize,
    );
  }
}

function refuse(option: string, received: unknown, why: string): never {
  const path = `fit.method.${option}`;
  throw new OptionError(`${path}: ${why} (got ${JSON.stringify(received)})`, path, received);
}
