import {
  BatchWalk,
  OptionError,
  ShapeError,
  type Dataset,
  type Method,
  type RandomStream,
  type StageTensor,
  type StageTensors,
} from '@dist-gan/core';
import type { DrawRow, StageDraws } from './input-layout.js';
import { floatConversion } from './real-samples.js';

/**
 * What the inputs of kind `stage` read must be there, and of their shape.
 *
 * @throws OptionError naming the tensor that no earlier stage left
 * @throws ShapeError when its rows are no latents of the run, or name no samples of the data set
 */
export function assertStageTensors(
  { id, phases }: Method,
  tensors: StageTensors,
  { latentDimension, dataset }: { latentDimension: number; dataset: Pick<Dataset, 'size'> },
): void {
  for (const { name: phase, inputs } of phases) {
    for (const input of inputs) {
      if (input.kind !== 'stage') continue;
      const { tensor: name, of } = input;
      const where = `fit.stageTensors.${name}`;
      const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
      if (tensor === undefined) {
        throw new OptionError(
          `${where}: phase ${phase} of ${id} reads it, and no earlier stage left it; train ${id} as a stage of a recipe, after ` +
            'the stage that makes it',
          where,
          Object.keys(tensors),
        );
      }
      const [rows, ...shape] = tensor.shape;
      const wanted = of === 'latents' ? [latentDimension] : [];
      if (
        rows > 0 &&
        shape.join() === wanted.join() &&
        (of === 'latents' || areIndices(tensor, dataset.size))
      )
        continue;
      const expected =
        of === 'latents'
          ? `[at least 1, ${latentDimension}], latents of the run`
          : `[at least 1], numbers of samples from 0 to ${dataset.size - 1}`;
      throw new ShapeError(
        `${where}: an earlier stage left a tensor of shape [${tensor.shape.join(', ')}], and phase ${phase} of ${id} reads ${expected}`,
        where,
        [...tensor.shape],
        expected,
      );
    }
  }
}

function areIndices({ data }: StageTensor, size: number): boolean {
  return data.every((value) => Number.isInteger(value) && value >= 0 && value < size);
}

/** @returns all draws of a feed at step `step`, counted from 0, row after row */
export function stageRows(
  { tensor: name, of, rows }: StageDraws,
  {
    tensors,
    dataset,
    batchSize,
    random,
    repeatsOf,
  }: {
    tensors: StageTensors;
    dataset: Dataset;
    batchSize: number;
    /** Of stage inputs. */
    random: RandomStream;
    /** How often a phase runs in a step. */
    repeatsOf: (phase: string) => number;
  },
): (step: number) => Promise<Float32Array> {
  const tensor = tensors[name];
  const [size, ...shape] = tensor.shape;
  const rowLength = shape.reduce((product, length) => product * length, 1);
  const toFloat = floatConversion(dataset.range);
  // The order depends on the phase and on the number of rows alone: tensors that belong together are drawn together.
  const stream = random.derive(size);
  const walks = rows.map((row) => {
    const walk = new BatchWalk({ stream: streamOf(stream, row), size, batchSize });
    return (step: number) =>
      walk.indices(row.draw === 'step' ? step : step * repeatsOf(row.phase) + row.repeat);
  });
  return async (step) => {
    const indices = walks.flatMap((indicesAt) => Array.from(indicesAt(step)));
    if (of === 'samples') return toFloat(await dataset.batch(indices.map((index) => tensor.data[index])));
    const drawn = new Float32Array(indices.length * rowLength);
    indices.forEach((index, i) =>
      drawn.set(tensor.data.subarray(index * rowLength, (index + 1) * rowLength), i * rowLength),
    );
    return drawn;
  };
}

function streamOf(stream: RandomStream, row: DrawRow): RandomStream {
  return row.draw === 'step' ? stream.derive('step') : stream.derive('repeat').derive(row.phase);
}
