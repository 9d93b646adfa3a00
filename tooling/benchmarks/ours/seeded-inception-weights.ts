import {
  inceptionConvolutions,
  type ConvolutionWeights,
  type InceptionWeights,
} from '@dist-gan/metrics/inception';
import { uniform } from './seeded.js';

/** Random weights of the whole network: a filter for every name that the network asks for. */
export function seededInceptionWeights(): InceptionWeights {
  const made = new Map<string, ConvolutionWeights>();
  for (const { name, filterShape } of inceptionConvolutions('2048')) {
    const [height, width, inputs, outputs] = filterShape;
    const count = height * width * inputs;
    const bound = Math.sqrt(6 / count);
    const filter = Float32Array.from(uniform(name, count * outputs), (value) => bound * (2 * value - 1));
    made.set(name, { filter, bias: new Float32Array(outputs) });
  }
  return { source: 'seeded', verifiedBy: 'nothing', convolutions: made };
}
