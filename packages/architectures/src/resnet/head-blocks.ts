import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { NetworkBuilder } from '../network/network-builder.js';
import type { ResidualBlocks } from './residual-blocks.js';
import { upBlock } from './up-block.js';

const leakySlope = 0.2;

/** Half the size with a 1 x 1 convolution of stride 2, which sees one pixel of four. */
function halve(network: NetworkBuilder, x: SymbolicTensor): SymbolicTensor {
  return network.convolution(x, { filters: x.shape[3]!, kernelSize: 1, stride: 2 });
}

/** The blocks of the authors' last release (models_resnet.py:61-233), which they took from SAGAN's code. */
export const headBlocks: ResidualBlocks = {
  up: (network, x, filters) => upBlock(network, x, filters),

  encode(network, x, filters) {
    const activate = (x: SymbolicTensor): SymbolicTensor =>
      network.leakyRelu(network.batchNorm(x), leakySlope);
    let main = network.convolution(activate(x), { filters, kernelSize: 3, bias: false });
    main = network.convolution(activate(main), { filters, kernelSize: 3, bias: false });
    const shortcut = network.convolution(x, { filters, kernelSize: 1, bias: false });
    return network.add(network.averagePool(shortcut), network.averagePool(main));
  },

  first(network, x, filters) {
    let main = network.relu(network.convolution(x, { filters, kernelSize: 3 }));
    main = halve(network, network.convolution(main, { filters, kernelSize: 3 }));
    const shortcut = network.convolution(halve(network, x), { filters, kernelSize: 1 });
    return network.add(shortcut, main);
  },

  discriminate(network, x, filters, halves) {
    let main = network.convolution(network.relu(x), { filters, kernelSize: 3 });
    main = network.convolution(network.relu(main), { filters, kernelSize: 3 });
    let shortcut = x;
    if (halves || x.shape[3] !== filters) {
      shortcut = network.convolution(x, { filters, kernelSize: 1 });
    }
    return halves ? network.add(halve(network, shortcut), halve(network, main)) : network.add(shortcut, main);
  },

  pool: (network, x) => network.globalSumPool(x),
};
