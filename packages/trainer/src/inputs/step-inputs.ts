import type {
  Dataset,
  LatentOptions,
  Method,
  MovingAverageOptions,
  RandomStream,
  StageTensors,
} from '@dist-gan/core';
import { averagingRate } from '../averaging/averaging-rate.js';
import { updateRule } from '../optimizers/update-rule.js';
import { learningRateAt } from '../schedules/learning-rate.js';
import type { DrawKind, DrawRow, InputLayout } from './input-layout.js';
import { labelRows } from './label-rows.js';
import { drawLatents } from './latents.js';
import { RealSamples } from './real-samples.js';
import { stageRows } from './stage-rows.js';

export interface StepInputs {
  readonly feeds: Readonly<Record<string, Float32Array>>;
  /** The scheduled learning rate of each phase's last optimiser call in the step. */
  readonly learningRates: Readonly<Record<string, number>>;
}

export interface StepInputsOptions {
  readonly method: Method;
  readonly dataset: Dataset;
  readonly latents: LatentOptions;
  readonly batchSize: number;
  /** Training steps of the whole run: schedules depend on it. */
  readonly steps: number;
  readonly movingAverage?: Required<MovingAverageOptions>;
  /** What earlier stages left. */
  readonly stageTensors?: StageTensors;
  /** The run's root stream. */
  readonly random: RandomStream;
  readonly layout: InputLayout;
}

/**
 * Makes what each training step is fed. The inputs of a step depend on the seed and the step's number alone,
 * not on what was asked for before.
 *
 * @returns the inputs of step `step`, counted from 0, for weights that have so many steps' updates behind them: as many as
 *   there were steps, unless the run went back to earlier weights
 */
export function stepInputs(
  options: StepInputsOptions,
): (step: number, updatesBehind?: number) => Promise<StepInputs> {
  const { method, dataset, latents, batchSize, steps, movingAverage, random, layout } = options;
  const samples = batchSize * dataset.sampleShape.reduce((product, size) => product * size, 1);
  const order = random.derive('data-order');
  const real = new RealSamples(dataset, layout.rows.real, batchSize, steps, order);
  const draws = {
    latents: drawRows(layout, 'latents', random, batchSize * latents.dimension, (stream) =>
      drawLatents(latents, batchSize, stream),
    ),
    uniform: drawRows(layout, 'uniform', random, batchSize, (stream) => stream.uniform(batchSize)),
    normal: drawRows(layout, 'normal', random, samples, (stream) => stream.normal(samples)),
    latentNormal: drawRows(layout, 'latentNormal', random, batchSize * latents.dimension, (stream) =>
      stream.normal(batchSize * latents.dimension),
    ),
  };
  const repeatsOf = (name: string) => method.phases.find((phase) => phase.name === name)!.repeats;
  const stages = layout.stages.map((draws) => ({
    feed: draws.feed,
    at: stageRows(draws, {
      tensors: options.stageTensors ?? {},
      dataset,
      batchSize,
      random: random.derive('stage-rows'),
      repeatsOf,
    }),
  }));
  const augmentations = augmentationNumbers(method, layout, random.derive('augmentation'));
  const rates = rateRows(method, layout, steps);
  const labels =
    layout.classes === 0 ? undefined : labelRows(method, layout, real, dataset, random.derive('labels'));

  return async (step, updatesBehind = step) => {
    const { rate, learningRates } = rates(step, updatesBehind);
    const feeds: Record<string, Float32Array> = { rate };
    if (layout.rows.real.length > 0) feeds.real = await real.at(step);
    for (const kind of ['latents', 'uniform', 'normal', 'latentNormal'] as const) {
      if (layout.rows[kind].length > 0) feeds[kind] = draws[kind](step);
    }
    for (const { feed, at } of stages) feeds[feed] = await at(step);
    if (labels !== undefined) feeds.labels = labels(step);
    if (movingAverage !== undefined) {
      feeds.average = Float32Array.of(averagingRate(movingAverage, { stepsDone: step, batchSize }));
    }
    Object.assign(feeds, augmentations(step));
    if (layout.schedules.length > 0) {
      feeds.schedule = Float32Array.from(layout.schedules, (value) => value(step / steps));
    }
    return { feeds, learningRates };
  };
}

/** Every row of a kind has a stream of its own, and every step a stream below it. */
function drawRows(
  layout: InputLayout,
  kind: DrawKind,
  random: RandomStream,
  length: number,
  draw: (stream: RandomStream) => Float32Array,
): (step: number) => Float32Array {
  return drawEach(
    layout.rows[kind].map((row) => rowStream(random.derive(kind), row)),
    length,
    draw,
  );
}

/** One draw of each stream, one after the other. */
function drawEach(
  streams: readonly RandomStream[],
  length: number,
  draw: (stream: RandomStream) => Float32Array,
): (step: number) => Float32Array {
  return (step) => {
    const values = new Float32Array(streams.length * length);
    streams.forEach((stream, row) => values.set(draw(stream.derive(step)), row * length));
    return values;
  };
}

/** The numbers by which augmentations change the samples of a step, for the feeds that the layout has. */
function augmentationNumbers(
  method: Method,
  { shapes, rows }: InputLayout,
  random: RandomStream,
): (step: number) => Record<string, Float32Array> {
  const streams: Readonly<Record<string, readonly RandomStream[]>> = {
    augmentReal: rows.real.map((row) => rowStream(random.derive('real'), row)),
    augmentDiscriminated: method.phases.flatMap(({ name, repeats }) =>
      Array.from({ length: repeats }, (_, repeat) =>
        random.derive('discriminated').derive(name).derive(repeat),
      ),
    ),
  };
  const draws = Object.entries(streams)
    .filter(([feed]) => feed in shapes)
    .map(([feed, ofFeed]) => {
      const [, batchSize, numbers] = shapes[feed];
      const length = batchSize * numbers;
      return [feed, drawEach(ofFeed, length, (stream) => stream.uniform(length))] as const;
    });
  return (step) => Object.fromEntries(draws.map(([feed, draw]) => [feed, draw(step)]));
}

function rowStream(ofKind: RandomStream, row: DrawRow): RandomStream {
  if (row.draw === 'step') return ofKind.derive('step');
  return ofKind.derive('repeat').derive(row.phase).derive(row.input).derive(row.repeat);
}

/** The rates of all optimiser calls of a step, in the order in which the step makes them. */
function rateRows(method: Method, layout: InputLayout, steps: number) {
  const rules = method.phases.map(({ optimizer }) => updateRule(optimizer));
  return (step: number, updatesBehind: number) => {
    const rate = new Float32Array(layout.calls);
    const learningRates: Record<string, number> = {};
    let call = 0;
    method.phases.forEach((phase, index) => {
      for (let repeat = 0; repeat < phase.repeats; repeat++) {
        const optimizerCallsDone = step * layout.calls + call;
        const learningRate = learningRateAt(phase.optimizer, { stepsDone: step, steps, optimizerCallsDone });
        rate[call++] = rules[index].rate(learningRate, updatesBehind * phase.repeats + repeat + 1);
        learningRates[phase.name] = learningRate;
      }
    });
    return { rate, learningRates };
  };
}
