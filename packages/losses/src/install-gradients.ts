import { installSecondOrderGradients } from '@dist-gan/gradients';

/**
 * `@tensorflow/tfjs-core` alone registers no gradients, and looks each one up when the operation runs: a
 * discriminator that runs before its own penalty would be recorded without them. So they are there from the
 * moment that a loss is imported.
 */
installSecondOrderGradients();
