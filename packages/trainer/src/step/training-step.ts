import * as tf from '@tensorflow/tfjs-core';
import type { Method, Phase, PhaseContext } from '@dist-gan/core';
import { AdaptiveProbability, augmentationProbability } from '../augmentation/adaptive-probability.js';
import type { Augmenters } from '../augmentation/augmenter.js';
import type { InputLayout, InputPlace } from '../inputs/input-layout.js';
import { updateAverage } from '../averaging/update-average.js';
import { networkCalls } from '../networks/apply-network.js';
import { updateRule } from '../optimizers/update-rule.js';
import { runPhase } from './run-phase.js';
import type { TrainingState } from './training-state.js';

/**
 * One training step: inputs (see {@link InputLayout}) to scalars named `phase/total` and `phase/<term>`, of each
 * phase's last repeat. Reads and assigns the variables of the state, and depends on nothing else: no random
 * number, no clock, no counter. The caller owns the scalars.
 */
export type TrainingStep = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Scalar>;

/** The training step of a method: every phase in order, each as often as it repeats. */
export function createTrainingStep(
  method: Method,
  state: TrainingState,
  layout: InputLayout,
  augmenters: Augmenters = {},
): TrainingStep {
  const rules = new Map(method.phases.map((phase) => [phase, updateRule(phase.optimizer)]));

  const { adapts } = augmenters.discriminated ?? {};
  const probability: tf.Variable | undefined = state.variables[augmentationProbability];
  const adaptive =
    adapts === undefined || probability === undefined
      ? undefined
      : new AdaptiveProbability(probability, adapts);

  return (inputs) => {
    const losses: Record<string, tf.Scalar> = {};
    for (const phase of method.phases) {
      for (let repeat = 0; repeat < phase.repeats; repeat++) {
        const ofRepeat = tf.tidy((): Record<string, tf.Scalar> => {
          const context: PhaseContext = {
            ...networkCalls(method, state.networks, augment(phase, repeat, inputs)),
            inputs: readInputs(phase, repeat, inputs),
            variables: state.variables,
          };
          const steers = adaptive !== undefined && trainsDiscriminator(method, phase);
          const losses = runPhase({
            phase,
            context: steers ? adaptive.watch(context) : context,
            rule: rules.get(phase)!,
            rate: readRow(inputs, { feed: 'rate', row: layout.call(phase, repeat) }) as tf.Scalar,
            weights: state.slots[phase.name],
          });
          if (!steers) return losses;
          adaptive.move(layout.batchSize);
          return { ...losses, [augmentationProbability]: tf.clone<tf.Tensor>(probability) as tf.Scalar };
        });
        if (repeat < phase.repeats - 1) tf.dispose(ofRepeat);
        else for (const [term, loss] of Object.entries(ofRepeat)) losses[`${phase.name}/${term}`] = loss;
      }
    }
    const { average } = state;
    if (average !== undefined) {
      const rate = readRow(inputs, { feed: 'average', row: 0 }) as tf.Scalar;
      updateAverage(average.network, state.networks[average.role], rate);
    }
    return losses;
  };

  function readInputs(
    phase: Phase,
    repeat: number,
    inputs: Record<string, tf.Tensor>,
  ): PhaseContext['inputs'] {
    const places = layout.places(phase, repeat);
    return Object.fromEntries(
      Object.entries(places).map(([name, place]) => {
        const values = readRow(inputs, place);
        if (place.feed !== 'real' || augmenters.real === undefined) return [name, values];
        return [name, augmenters.real.apply(values, readNumbers(inputs, 'augmentReal', place.row))];
      }),
    );
  }

  /** What a repeat of a phase does to whatever a discriminator sees. */
  function augment(phase: Phase, repeat: number, inputs: Record<string, tf.Tensor>) {
    const { discriminated } = augmenters;
    if (discriminated === undefined) return undefined;
    const numbers = readNumbers(inputs, 'augmentDiscriminated', layout.call(phase, repeat));
    return (samples: tf.Tensor) =>
      discriminated.apply(samples, numbers, probability as unknown as tf.Scalar | undefined);
  }
}

function trainsDiscriminator({ roles }: Method, { updates, inputs }: Phase): boolean {
  const trained = roles.filter(({ id }) => updates.includes(id));
  return (
    inputs.some(({ name }) => name === 'real') && trained.some(({ kind }) => kind.endsWith('discriminator'))
  );
}

function readNumbers(
  inputs: Record<string, tf.Tensor>,
  feed: 'augmentReal' | 'augmentDiscriminated',
  row: number,
): tf.Tensor2D {
  return readRow(inputs, { feed, row }) as tf.Tensor2D;
}

/** One row of a stacked input, without the row's axis. */
function readRow(inputs: Record<string, tf.Tensor>, { feed, row }: InputPlace): tf.Tensor {
  const stacked = inputs[feed];
  const [rows, ...shape] = stacked.shape;
  if (rows === 1) return tf.reshape(stacked, shape);
  const begin = [row, ...shape.map(() => 0)];
  return tf.reshape(tf.slice(stacked, begin, [1, ...shape]), shape); // [1, ...shape] -> [...shape]
}
