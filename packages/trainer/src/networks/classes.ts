import { OptionError, type Dataset, type Method, type PhaseInput, type StageTensors } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Networks } from './build-networks.js';

/** How many classes a generator or a discriminator is conditioned on; of one that is not, 0. */
export function classesOf(network: LayersModel): number {
  return network.inputs.length > 1 ? network.inputs[1].shape[1]! : 0;
}

/**
 * How many classes the networks of a run are conditioned on; 0 where none is.
 *
 * @throws OptionError when the data set has no labels, or one beyond the classes; when the method mixes rows of several classes;
 *   or in a stage of a recipe, whose latents have no classes
 */
export function conditionOf(
  {
    method,
    dataset: { id: dataset, labels },
    stageTensors,
  }: { readonly method: Method; readonly dataset: Dataset; readonly stageTensors?: StageTensors },
  networks: Networks,
): number {
  const conditioned = method.roles.filter(
    ({ id, kind }) => (kind === 'generator' || kind === 'discriminator') && classesOf(networks[id]) > 0,
  );
  if (conditioned.length === 0) return 0;
  const classes = classesOf(networks[conditioned[0].id]);
  const refuse = (option: string, received: string, why: string): never => {
    const path = `fit.${option}`;
    throw new OptionError(
      `${path}: the networks are conditioned on ${classes} classes, and ${why}`,
      path,
      received,
    );
  };
  if (labels === undefined) {
    return refuse(
      'dataset',
      dataset,
      `${dataset} has no labels; take a data set that has some, or networks without classes`,
    );
  }
  let largest = 0;
  for (const label of labels) largest = Math.max(largest, label);
  if (largest >= classes) {
    refuse(
      'architecture',
      dataset,
      `${dataset} has a label of ${largest}; give the architecture ${largest + 1} classes`,
    );
  }
  if (stageTensors !== undefined) {
    refuse('stageTensors', method.id, 'latents of a recipe have no classes; take networks without classes');
  }
  for (const { id, packing = 1 } of conditioned) {
    if (packing === 1) continue;
    refuse('method', method.id, `its ${id} judges ${packing} samples, of different classes, together`);
  }
  for (const { name, inputs } of method.phases) {
    const seen = whatRowsAre(inputs);
    if (seen.length <= 1) continue;
    refuse(
      'method',
      method.id,
      `its phase ${name} sees two batches of samples, ${seen.join(' and ')}, so that a row has no one class`,
    );
  }
  return classes;
}

/** Batches of samples that a phase sees, each with classes of its own. */
function whatRowsAre(inputs: readonly PhaseInput[]): string[] {
  return inputs.flatMap((input, i) => {
    if (input.kind !== 'real') return [];
    // All draws of `step` are the same batch.
    const earlier = inputs.slice(0, i);
    const again = earlier.some((other) => other.kind === 'real' && other.draw === 'step');
    return input.draw === 'step' && again ? [] : [input.name];
  });
}

/**
 * Latents as the rows that a conditioned generator is sampled from, or samples as those that are reconstructed: each with its
 * class behind it, one-hot.
 *
 * @param rows `[count, dimension]`, row-major
 * @returns `[count, dimension + classes]`; without classes, the rows themselves
 */
export function withClasses(
  rows: Float32Array,
  { dimension, classes, classOf = (row) => row % classes }: ClassChoice,
): Float32Array {
  if (classes === 0) return rows;
  const count = rows.length / dimension;
  const labelled = new Float32Array(count * (dimension + classes));
  for (let row = 0; row < count; row++) {
    const start = row * (dimension + classes);
    labelled.set(rows.subarray(row * dimension, (row + 1) * dimension), start);
    labelled[start + dimension + (classOf(row) % classes)] = 1;
  }
  return labelled;
}

/**
 * These classes in turn, as {@link withClasses} takes them.
 *
 * @throws OptionError when one is none of the network's, or it has none
 */
export function classInTurn(labels: readonly number[], classes: number): (row: number) => number {
  const wrong = labels.find((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (classes === 0 || wrong !== undefined || labels.length === 0) {
    const known =
      classes === 0
        ? 'the generator is not conditioned on classes; leave them out'
        : `the generator has the classes 0 to ${classes - 1}`;
    throw new OptionError(`labels: got ${labels.join(', ') || 'none'}, and ${known}`, 'labels', labels);
  }
  return (row) => labels[row % labels.length];
}

export interface ClassChoice {
  /** Numbers of a row. */
  readonly dimension: number;
  /** How many classes the networks are conditioned on; 0: none. */
  readonly classes: number;
  /** The class of a row; default the classes in turn. */
  readonly classOf?: (row: number) => number;
}
