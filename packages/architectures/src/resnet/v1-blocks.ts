import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ConvolutionOptions, NetworkBuilder } from '../network/network-builder.js';
import type { ResidualBlocks } from './residual-blocks.js';
import { upBlock } from './up-block.js';

const leakySlope = 0.2;

/** A 3 x 3 convolution inside a block, drawn from tflib's range. */
function convolution(
  network: NetworkBuilder,
  x: SymbolicTensor,
  options: Omit<ConvolutionOptions, 'kernelSize' | 'distribution'>,
): SymbolicTensor {
  const distribution = { id: 'tflib-uniform', stride: options.stride ?? 1 } as const;
  return network.convolution(x, { kernelSize: 3, distribution, ...options });
}

/** The blocks of the authors' December 2018 release (models_resnet_v1.py:45-127), after those of WGAN-GP. */
export const v1Blocks: ResidualBlocks = {
  up: (network, x, filters) => upBlock(network, x, filters, { id: 'tflib-uniform', stride: 1 }),

  encode(network, x, filters) {
    const activate = (x: SymbolicTensor): SymbolicTensor =>
      network.leakyRelu(network.batchNorm(x), leakySlope);
    let main = convolution(network, activate(x), { filters: x.shape[3]!, bias: false });
    main = convolution(network, activate(main), { filters, stride: 2, bias: false });
    const shortcut = network.convolution(x, { filters, kernelSize: 1, bias: false });
    return network.add(network.averagePool(shortcut), main);
  },

  first(network, x, filters) {
    let main = network.relu(convolution(network, x, { filters }));
    main = convolution(network, main, { filters, stride: 2 });
    const shortcut = network.convolution(network.averagePool(x), { filters, kernelSize: 1 });
    return network.add(shortcut, main);
  },

  discriminate(network, x, filters, halves) {
    const channels = x.shape[3]!;
    let main = convolution(network, network.relu(x), { filters: halves ? channels : filters });
    main = convolution(network, network.relu(main), { filters, stride: halves ? 2 : 1 });
    let shortcut = x;
    if (halves || channels !== filters) {
      shortcut = network.convolution(x, { filters, kernelSize: 1 });
    }
    return network.add(halves ? network.averagePool(shortcut) : shortcut, main);
  },

  pool: (network, x) => network.globalAveragePool(x),
};
