import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import type { NetworkBuilder } from '../network/network-builder.js';

/**
 * The generator's block, the same in both forms: batch norm, ReLU and a 3 x 3 convolution, twice, on images twice as
 * large, beside a 1 x 1 convolution.
 *
 * @param distribution what the 3 x 3 kernels are drawn from; default that of the network
 */
export function upBlock(
  network: NetworkBuilder,
  x: SymbolicTensor,
  filters: number,
  distribution?: WeightDistribution,
): SymbolicTensor {
  const options = { filters, kernelSize: 3, bias: false, distribution };
  let main = network.upsample(network.relu(network.classBatchNorm(x)));
  main = network.convolution(main, options);
  main = network.convolution(network.relu(network.classBatchNorm(main)), options);
  const shortcut = network.convolution(network.upsample(x), { filters, kernelSize: 1, bias: false });
  return network.add(shortcut, main);
}
