import { describeArchitecture } from '@dist-gan/testing/architecture';
import { gaussian1d } from './gaussian-1d.js';

describeArchitecture('gaussian-1d', {
  architecture: gaussian1d(),
  shape: { sampleShape: [1], latentDimension: 1 },
  // 4 kernels and 4 biases, then 4 kernels and 1 bias, in every network.
  parameters: { generator: 13, encoder: 13, discriminator: 13 },
  featureDimension: 4,
});
