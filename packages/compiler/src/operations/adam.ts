import { ofFloat32, type } from '../emitters/tensorflow-nodes.js';
import type { Value } from '../graph/types.js';
import { defineOperation } from './definition.js';

type Decays = Readonly<{ firstDecay: number; secondDecay: number }>;
type Operands = [
  ...[weight: Value, first: Value, second: Value],
  ...[gradient: Value, rate: Value, epsilon: Value],
];

/**
 * One update by Adam, in place: of a weight and its moments (each the content of a state), the gradient, the rate with
 * the bias correction in it, and epsilon. Results: the weight, which may be read, and the moments, which only the next
 * update may take. Made by the pass `adamUpdates`.
 */
export const adamUpdate = defineOperation<Decays, Operands>({
  name: 'AdamUpdate',
  infer: ([weight, first, second]) => [weight, first, second],
  tensorflow: {
    emit: (tensorflow, value, [weight, , , gradient, rate, epsilon]) => {
      const variables = value.inputs.slice(0, 3).map((content) => tensorflow.variableOf(content));
      const { firstDecay, secondDecay } = value.attributes;
      const node = tensorflow.node(
        'ResourceApplyAdam',
        [
          ...variables,
          // The bias correction is part of the rate: no power of a decay is left to correct for.
          ...[tensorflow.scalar(0), tensorflow.scalar(0)],
          rate,
          ...[tensorflow.scalar(firstDecay), tensorflow.scalar(secondDecay)],
          epsilon,
          gradient,
          // The weight is read before it is changed.
          `^${weight}`,
        ],
        ofFloat32,
      );
      tensorflow.changedInPlace(value, variables, node);
      const content = [variables[0], `^${node}`];
      const read = tensorflow.node('ReadVariableOp', content, { dtype: type('float32') });
      return [read, node, node];
    },
  },
});
