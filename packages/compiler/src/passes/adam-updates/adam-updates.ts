import type { GraphBuilder } from '../../graph/builder.js';
import { replaceValues, type Replacement } from '../../graph/replace.js';
import type { Value } from '../../graph/types.js';
import { adamUpdate } from '../../operations/adam.js';
import { multiply } from '../../operations/elementwise/arithmetic.js';
import { reshape } from '../../operations/movement/reshape.js';
import type { Pass } from '../pass.js';
import { findAdamUpdates, type AdamUpdate } from './find-adam-updates.js';

/** Updates by Adam as one operation each, which changes a weight and its moments in place. */
export const adamUpdates: Pass = (graph, builder) => {
  const replacements = new Map<Value, Replacement>();
  for (const update of findAdamUpdates(graph)) {
    const { before, after, gradient, rate, epsilon, correction } = update;
    const operands = [before.weight, before.first, before.second, gradient, rate, epsilon];
    let results: Value[] | undefined;
    const replace = (value: Value, index: number) =>
      replacements.set(value, {
        operands: correction ? [...operands, correction] : operands,
        build: (given) => (results ??= fuse(builder, update, given))[index],
      });
    replace(after.weight, 0);
    replace(after.first, 1);
    replace(after.second, 2);
  }
  return replaceValues(graph, builder, replacements);
};

function fuse(
  builder: GraphBuilder,
  { firstRate, secondRate }: AdamUpdate,
  [weight, first, second, gradient, ...numbers]: readonly Value[],
): Value[] {
  const [rate, epsilon, correction] = numbers.map((value) =>
    value.shape.length === 0 ? value : reshape(builder, value, { shape: [] }),
  );
  // The operation takes no correction; both sides of the quotient are multiplied by it.
  const corrected = (value: Value) =>
    correction === undefined ? value : multiply(builder, value, correction);
  const decays = { firstDecay: 1 - firstRate, secondDecay: 1 - secondRate };
  return builder.results(
    adamUpdate(builder, weight, first, second, gradient, corrected(rate), corrected(epsilon), decays),
  );
}
