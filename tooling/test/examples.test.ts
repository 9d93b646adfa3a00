/** The parts that examples show how to write, held to the suites that their readers hold theirs to. */
import type { Architecture, Method } from '../../packages/core/src/index.js';
import { skipMlp } from '../../examples/your-own-architecture/skip-mlp.mjs';
import { featureMatching } from '../../examples/your-own-method/feature-matching.mjs';
import { describeArchitecture } from '../../packages/testing/src/architecture/index.js';
import { describeMethod } from '../../packages/testing/src/method/index.js';

describeMethod('feature-matching of examples/your-own-method', {
  method: featureMatching() as unknown as Method,
});

const [units, dimension, latentDimension] = [4, 2, 3];
const dense = (from: number, to: number) => (from + 1) * to;
const network = (inputs: number, outputs: number) =>
  dense(inputs, units) + dense(units, units) + dense(units, outputs);

describeArchitecture('skip-mlp of examples/your-own-architecture', {
  architecture: skipMlp({ units }) as Architecture,
  shape: { sampleShape: [dimension], latentDimension },
  parameters: {
    generator: network(latentDimension, dimension),
    encoder: network(dimension, latentDimension),
    discriminator: network(dimension, 1),
  },
  featureDimension: units,
  unsupported: [{ sampleShape: [2, 2, 1], latentDimension }],
});
