import { OptionError, type Architecture, type LatentOptions, type NetworkShape } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { WeightMapping } from './weight-mapping.js';

/** A generator that others published: its network, how it is sampled, and what its weights are called. */
export interface PublishedGenerator {
  /** Builds a `generator` alone, for `shape`. */
  readonly architecture: Architecture;
  readonly shape: NetworkShape;
  readonly latents: LatentOptions;
  /** Of its samples. */
  readonly range: readonly [low: number, high: number];
  /** What its authors' code calls the weights. */
  readonly mapping: WeightMapping;
}

/** An architecture that is a generator, of one shape. */
export function generatorAlone(
  known: Pick<Architecture, 'id' | 'title' | 'source' | 'options'>,
  { sampleShape, latentDimension }: NetworkShape,
  build: (random: Parameters<Architecture['build']>[2]) => LayersModel,
): Architecture {
  return {
    ...known,
    kinds: ['generator'],
    build(kind, shape, random) {
      if (kind !== 'generator') {
        throw new OptionError(
          `${known.id} is a generator that others published, and builds no ${kind}`,
          'kind',
          kind,
        );
      }
      const [given, own] = [shape, { sampleShape, latentDimension }].map((each) =>
        [...each.sampleShape, each.latentDimension].join(),
      );
      if (given === own) return build(random);
      throw new OptionError(
        `${known.id}: with these options samples have shape [${sampleShape.join(', ')}] and there are ${latentDimension} latents, got ` +
          `[${shape.sampleShape.join(', ')}] and ${shape.latentDimension}`,
        'shape',
        shape,
      );
    },
  };
}
