import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import { afterAll, beforeAll, it } from 'vitest';
import { convolution, dense, expectParameters } from '../../test/parameters.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { beganNetworks } from './began-networks.js';

/** Of width w and two halvings, for images whose smallest maps have so many pixels. */
function parameters(w: number, smallest: number, latents: number, code: number) {
  const decoder = (inputs: number) =>
    dense(inputs, smallest * w) + 6 * convolution(3, w, w) + convolution(3, w, 3);
  const encoder =
    convolution(3, 3, w) +
    2 * convolution(3, w, w) +
    convolution(3, w, 2 * w) +
    2 * convolution(3, 2 * w, 2 * w) +
    convolution(3, 2 * w, 3 * w) +
    2 * convolution(3, 3 * w, 3 * w) +
    dense(smallest * 3 * w, code);
  return { generator: decoder(latents), autoencoder: encoder + decoder(code) };
}

// TensorFlow.js's backend of plain JavaScript enlarges every sample of a batch rightly, but its gradient is that of the first.
beforeAll(() => installSecondOrderGradients());
afterAll(() => uninstallSecondOrderGradients());

describeArchitecture('began', {
  ...tinyArchitecture('began'),
  parameters: parameters(2, 4, 3, 3),
  unsupported: [
    { sampleShape: [2], latentDimension: 3 },
    { sampleShape: [30, 32, 3], latentDimension: 3 },
  ],
});

it('began at full width, for 32 x 32', () => {
  expectParameters(
    beganNetworks(),
    { sampleShape: [32, 32, 3], latentDimension: 64 },
    parameters(64, 64, 64, 64),
  );
});
