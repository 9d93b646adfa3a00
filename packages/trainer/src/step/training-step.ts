import * as tf from '@tensorflow/tfjs-core';
import type { Method, Phase, PhaseContext } from '@dist-gan/core';
import { AdaptiveProbability, augmentationProbability } from '../augmentation/adaptive-probability.js';
import type { Augmenters } from '../augmentation/augmenter.js';
import type { InputLayout, InputPlace } from '../inputs/input-layout.js';
import { updateAverage } from '../averaging/update-average.js';
import { networkCalls } from '../networks/apply-network.js';
import { trainableWeights } from '../networks/build-networks.js';
import { updateRule } from '../optimizers/update-rule.js';
import { runPhase } from './run-phase.js';
import type { TrainingState } from './training-state.js';

/**
 * One training step: inputs (see {@link InputLayout}) to scalars. Reads and assigns the variables of the state, and depends on
 * nothing else: no random number, no clock, no counter. The caller owns the scalars.
 */
export type TrainingStep = (inputs: Record<string, tf.Tensor>) => StepScalars;

export interface StepScalars {
  /** By `phase/total` and `phase/<term>`, of each phase's last repeat. */
  readonly losses: Record<string, tf.Scalar>;
  /** The sum of each trained weight after the step, by `weights/<role>/<index>`: not finite where one of its numbers is not. */
  readonly weightSums: Record<string, tf.Scalar>;
  /** The norm of all gradients of each phase's last repeat before any limit, where it is wanted. */
  readonly gradientNorms: Record<string, tf.Scalar>;
}

export interface TrainingStepOptions {
  readonly augmenters?: Augmenters;
  /** Whether what happens every so many steps happens in this one; default everything does. */
  readonly isDue?: (interval: number) => boolean;
  /** Whether norms of gradients are wanted. */
  readonly gradientNorms?: boolean;
}

/** The training step of a method: every phase in order, each as often as it repeats. */
export function createTrainingStep(
  method: Method,
  state: TrainingState,
  layout: InputLayout,
  { augmenters = {}, isDue = () => true, gradientNorms: measured = false }: TrainingStepOptions = {},
): TrainingStep {
  const rules = new Map(method.phases.map((phase) => [phase, updateRule(phase.optimizer)]));
  const updated = new Set(method.phases.flatMap(({ updates }) => updates));

  const { adapts } = augmenters.discriminated ?? {};
  const probability: tf.Variable | undefined = state.variables[augmentationProbability];
  const adaptive =
    adapts === undefined || probability === undefined
      ? undefined
      : new AdaptiveProbability(probability, adapts);

  return (inputs) => {
    const losses: Record<string, tf.Scalar> = {};
    const gradientNorms: Record<string, tf.Scalar> = {};
    for (const phase of method.phases) {
      for (let repeat = 0; repeat < phase.repeats; repeat++) {
        const isLast = repeat === phase.repeats - 1;
        const ofRepeat = tf.tidy((): ReturnType<typeof runPhase> => {
          const context: PhaseContext = {
            ...networkCalls(method, state.networks, {
              augment: augment(phase, repeat, inputs),
              labels:
                layout.classes === 0
                  ? undefined
                  : (readRow(inputs, { feed: 'labels', row: layout.call(phase, repeat) }) as tf.Tensor2D),
            }),
            inputs: readInputs(phase, repeat, inputs),
            variables: state.variables,
            isDue,
          };
          const steers = adaptive !== undefined && trainsDiscriminator(method, phase);
          const computed = runPhase({
            phase,
            context: steers ? adaptive.watch(context) : context,
            rule: rules.get(phase)!,
            rate: readRow(inputs, { feed: 'rate', row: layout.call(phase, repeat) }) as tf.Scalar,
            weights: state.slots[phase.name],
            gradientNormLimit: phase.optimizer.gradientNormLimit,
            measured: measured && isLast,
          });
          if (!steers) return computed;
          adaptive.move(layout.batchSize);
          const moved = tf.clone<tf.Tensor>(probability) as tf.Scalar;
          return { ...computed, losses: { ...computed.losses, [augmentationProbability]: moved } };
        });
        if (!isLast) tf.dispose(ofRepeat.losses);
        else
          for (const [term, loss] of Object.entries(ofRepeat.losses)) losses[`${phase.name}/${term}`] = loss;
        if (ofRepeat.gradientNorm !== undefined) gradientNorms[phase.name] = ofRepeat.gradientNorm;
      }
    }
    const { average } = state;
    if (average !== undefined) {
      const rate = readRow(inputs, { feed: 'average', row: 0 }) as tf.Scalar;
      updateAverage(average.network, state.networks[average.role], rate);
    }
    const weightSums: Record<string, tf.Scalar> = {};
    for (const role of updated) {
      trainableWeights(state.networks[role]).forEach((weight, index) => {
        weightSums[`weights/${role}/${index}`] = tf.sum(weight);
      });
    }
    return { losses, weightSums, gradientNorms };
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
