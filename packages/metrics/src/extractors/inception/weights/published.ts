import { DatasetFormatError } from '@dist-gan/core';
import type { ConvolutionWeights, InceptionWeights } from './inception-weights.js';

/** The file of pytorch-fid; weights-inception-2015-12-05-6726825d.pth of torch-fidelity has the same bytes. */
export const torchWeightsName = 'pt_inception-2015-12-05-6726825d.pth';
export const torchWeightsSha256 = '6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2';

/**
 * Euclidean length of some folded filters of the published network, spread over the part up to layer 768. They tell
 * its weights from any others, in whatever file they come, to about four digits.
 */
const filterLengths: Readonly<Record<string, number>> = {
  conv: 19.7314,
  conv_4: 14.3488,
  'mixed/tower/conv_1': 5.53716,
  'mixed_3/conv': 20.4038,
  'mixed_5/tower_1/conv_2': 16.0839,
  'mixed_7/conv': 23.1,
};

const tolerance = 1e-3;

/**
 * Makes sure that weights are those of the published network.
 *
 * @throws DatasetFormatError naming a filter that differs
 */
export function verifyValues({ source, convolutions }: Omit<InceptionWeights, 'verifiedBy'>): void {
  for (const [name, wanted] of Object.entries(filterLengths)) {
    const convolution = convolutions.get(name);
    if (convolution === undefined) continue;
    const length = lengthOf(convolution);
    if (Math.abs(length - wanted) <= tolerance * wanted) continue;
    throw new DatasetFormatError(
      `${source}: the filter of ${name} has length ${length.toPrecision(6)}, in the published network ` +
        `${wanted}; these are other weights. To use them all the same, set verify to false`,
      source,
      0,
    );
  }
}

function lengthOf({ filter }: ConvolutionWeights): number {
  return Math.sqrt(filter.reduce((sum, value) => sum + value * value, 0));
}
