import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Method, RoleId } from '@dist-gan/core';
import { allWeights, trainableWeights, type Networks } from '../networks/build-networks.js';
import { updateRule } from '../optimizers/update-rule.js';
import { mapValues } from '../map-values.js';

/** What a phase's optimiser remembers of one weight. */
export interface WeightSlots {
  readonly role: RoleId;
  /** The weight's place among the trainable weights of its network. */
  readonly index: number;
  readonly weight: tf.Variable;
  readonly slots: Readonly<Record<string, tf.Variable>>;
}

/** A network that follows the weights of another. */
export interface MovingAverage {
  /** Whose weights it follows. */
  readonly role: RoleId;
  readonly network: LayersModel;
}

/** Everything that a training step changes. */
export interface TrainingState {
  readonly networks: Networks;
  /** A second generator, whose weights are a moving average of the first one's. */
  readonly average?: MovingAverage;
  /** By phase: each phase has slots of its own, even for weights that another phase updates too. */
  readonly slots: Readonly<Record<string, readonly WeightSlots[]>>;
  /** The method's variables. */
  readonly variables: Readonly<Record<string, tf.Variable>>;
  /**
   * Every variable under a name that does not depend on what else lives in the process:
   * `weights/<role>/<index>`, `average/<role>/<index>`, `slots/<phase>/<role>/<index>/<slot>`,
   * `variables/<name>`.
   */
  named(): Record<string, tf.Variable>;
  /** Frees slots and method variables; the networks belong to whoever built them. */
  dispose(): void;
}

/** The state before the first step: slots and method variables at their first values. */
export function createTrainingState(
  method: Method,
  networks: Networks,
  average?: MovingAverage,
): TrainingState {
  const slots: Record<string, WeightSlots[]> = {};
  for (const { name, updates, optimizer } of method.phases) {
    const rule = updateRule(optimizer);
    slots[name] = updates.flatMap((role) =>
      trainableWeights(networks[role]).map((weight, index) => ({
        role,
        index,
        weight,
        slots: mapValues(rule.slots, (value) =>
          tf.tidy(() => tf.variable(tf.fill(weight.shape, value), false)),
        ),
      })),
    );
  }
  const variables = mapValues(method.variables ?? {}, (value) =>
    tf.tidy(() => tf.variable(tf.scalar(value), false)),
  );

  return {
    networks,
    ...(average !== undefined && { average }),
    slots,
    variables,
    named() {
      const named: Record<string, tf.Variable> = {};
      for (const [role, network] of Object.entries(networks)) {
        allWeights(network).forEach((weight, index) => (named[`weights/${role}/${index}`] = weight));
      }
      if (average !== undefined) {
        const { role, network } = average;
        allWeights(network).forEach((weight, index) => (named[`average/${role}/${index}`] = weight));
      }
      for (const [phase, ofPhase] of Object.entries(slots)) {
        for (const { role, index, slots: ofWeight } of ofPhase) {
          for (const [slot, variable] of Object.entries(ofWeight)) {
            named[`slots/${phase}/${role}/${index}/${slot}`] = variable;
          }
        }
      }
      for (const [name, variable] of Object.entries(variables)) named[`variables/${name}`] = variable;
      return named;
    },
    dispose() {
      for (const ofPhase of Object.values(slots)) {
        for (const { slots: ofWeight } of ofPhase) tf.dispose(ofWeight);
      }
      tf.dispose(variables);
    },
  };
}
