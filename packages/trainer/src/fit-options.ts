import * as v from 'valibot';
import {
  choice,
  deviceNames,
  latentOptions,
  movingAverageOptions,
  oneOf,
  OptionError,
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
import { callbackNames, type Callbacks } from './callbacks.js';
import { guardPolicies } from './guards/guard.js';
import { nonFinite, type Guard } from './guards/index.js';
import { rankingMetric, type RankingMetric } from './history/best.js';
import { measurementIds } from './measurements/measurement-id.js';
import { executorIds, type CompilerOptions } from './executor/index.js';
import { assertStageTensors } from './inputs/stage-rows.js';
import type { RunKeeper } from './keeping/run-keeper.js';
import { updateRuleIds } from './optimizers/update-rule.js';
import type { RunState } from './step/run-state.js';

/** A value that only its maker can check inside: refused where it lacks one of the keys. */
const value = <Value>(what: string, ...keys: string[]) =>
  v.custom<Value>(
    (input) => typeof input === 'object' && input !== null && keys.every((key) => key in input),
    `must be ${what}`,
  );

const functionValue = <Value>(what = 'a function') =>
  v.custom<Value>((input) => typeof input === 'function', `must be ${what}`);

/** A list, which the caller may keep constant. */
const list = <Item>(item: v.GenericSchema<Item>, what: string): v.GenericSchema<readonly Item[]> =>
  v.array(item, `must be a list of ${what}`);

/** The same schema by the names of its types, which declarations then keep, with what they say of every option. */
const named = <Input, Output = Input>(schema: v.GenericSchema<Input, Output>) => schema;

/** Names of functions that may all be missing. Their types are in the interface, where each has its event beside it. */
const callbacks: v.GenericSchema<Callbacks> = v.strictObject(
  Object.fromEntries(callbackNames.map((name) => [name, v.optional(functionValue())])),
);

/**
 * The options are the compiler's, which checks them when it is called. Here it is not called yet, nor has anything been built,
 * and what is misspelt is said at once.
 */
const compilerOptions: v.GenericSchema<CompilerOptions> = v.strictObject({
  target: v.optional(choice(targetNames)),
  device: v.optional(choice(deviceNames)),
  threads: v.optional(positiveInteger),
  onWarning: v.optional(functionValue<NonNullable<CompilerOptions['onWarning']>>()),
  runtime: v.optional(
    value<NonNullable<CompilerOptions['runtime']>>('an ONNX Runtime module', 'InferenceSession'),
  ),
} satisfies Record<keyof CompilerOptions, v.GenericSchema>);

const evaluationOptions = v.strictObject({
  /** In training steps. There is always one more evaluation at the end. */
  every: positiveInteger,
  /** How many samples are generated each time, always from the same latents. */
  samples: positiveInteger,
  /** Makes the metrics of one evaluation. */
  metrics: functionValue<() => readonly Metric[]>('a function that makes metrics'),
});

export interface EvaluationOptions extends Readonly<v.InferInput<typeof evaluationOptions>> {}

const schema = v.strictObject({
  /** Which networks there are and which losses train them, in which order. */
  method: value<Method>('a method, as distGan() returns one', 'roles', 'phases'),
  /** Builds the networks. */
  architecture: value<Architecture>('an architecture, as mlp() returns one', 'build', 'kinds'),
  /** What the generator is to imitate. */
  dataset: value<Dataset>('a data set, as gaussianGrid() returns one', 'batch', 'sampleShape'),
  /** What changes samples inside the step, in this order; default nothing. */
  augmentations: v.optional(
    list(
      value<Augmentation>('an augmentation, as diffAugment() returns one', 'apply', 'numbersPerSample'),
      'augmentations',
    ),
  ),
  /** What latents are drawn from. */
  latents: named<LatentOptions>(latentOptions),
  /** Samples in a batch. */
  batchSize: positiveInteger,
  /** Training steps: in each, every phase of the method runs once in order, as often as it repeats. */
  steps: positiveInteger,
  /**
   * A whole number from 0 to 2^53 - 1. With the same seed, options and executor a run on the same machine gives the
   * same numbers.
   */
  seed,
  /** An average of the generator's weights, which is then what is evaluated and sampled; default none. */
  movingAverage: v.optional(
    named<MovingAverageOptions, Required<MovingAverageOptions>>(movingAverageOptions),
  ),
  /** How the run is watched; default not at all. */
  evaluation: v.optional(named<EvaluationOptions>(evaluationOptions)),
  /**
   * What watches over the run; default {@link nonFinite} alone, which is there unless the list has one. At every evaluation, or
   * every step, they are asked in this order.
   */
  guards: v.optional(
    list(value<Guard>('a guard, as metricFall() returns one', 'id', 'policy'), 'guards'),
    [],
  ),
  /** By which metric a state is the best; default by the first that the run has of fid, kid, registered-points, modes-covered and kl-divergence. */
  best: v.optional(named<RankingMetric>(rankingMetric)),
  /**
   * Finds the state of an earlier evaluation, which a guard goes back to, where the run has not seen it itself because it was resumed
   * since.
   */
  findState:
    v.optional(functionValue<(step: number) => RunState | undefined | Promise<RunState | undefined>>()),
  /** What is measured beside losses; default nothing. Norms of gradients come with every step, the others with evaluations. */
  measure: v.optional(list(oneOf(measurementIds), 'measurements'), []),
  /** Default `compiled`; `eager` runs on the active TensorFlow.js backend and is many times slower. */
  executor: v.optional(choice(executorIds), 'compiled'),
  /**
   * Where and how the `compiled` executor runs. Default: on the CPU, on TensorFlow where it is installed or set up, else (and for convolutions without AVX-512) on ONNX
   * Runtime; a kept run goes on with what it was begun with.
   */
  compiler: v.optional(compilerOptions),
  /** What is told while the run goes on. */
  callbacks: v.optional(callbacks),
  /** Of a stage of a recipe: what the stages before it left, for inputs of kind `stage`. */
  stageTensors: v.optional(value<StageTensors>('tensors by their names')),
  /**
   * Keeps the run beyond its process: `openRun('my-run')` of `@dist-gan/runs` writes it down, and goes on with it where it
   * is there already. In place of `resume`.
   */
  run: v.optional(
    value<RunKeeper>('what keeps a run, as openRun() returns it', 'begin', 'callbacks', 'close'),
  ),
  /**
   * Goes on from a state that a run of the same options and seed had: what follows is, to the bit, what would have followed
   * there, on the same machine and executor. `steps` may be another number; schedules that depend on it follow the new one.
   */
  resume: v.optional(
    value<RunState>('a state, as the events of a run give one', 'step', 'seconds', 'history', 'tensors'),
  ),
  /** Ends the run after the step at hand, with a last evaluation and the outcome `aborted`. */
  signal: v.optional(
    v.custom<AbortSignal>((input) => input instanceof AbortSignal, 'must be an AbortSignal'),
  ),
});

export interface FitOptions extends Readonly<v.InferInput<typeof schema>> {}

export type ResolvedFitOptions = Readonly<v.InferOutput<typeof schema>>;

/** The options with their defaults filled in. @throws OptionError naming the option */
export function resolveFitOptions(given: FitOptions): ResolvedFitOptions {
  const options: ResolvedFitOptions = resolveOptions(schema, given, 'fit');
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
    const [issue] = v.safeParse(choice(guardPolicies), policy).issues ?? [];
    if (issue !== undefined) {
      throw new OptionError(
        `fit.guards: the policy of ${id} ${issue.message} (got ${JSON.stringify(policy)})`,
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
