import {
  RandomStream,
  toJson,
  type Architecture,
  type Method,
  type NetworkKind,
  type NetworkShape,
} from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { buildNetworks, type Networks } from './build-networks.js';

/** What `fit` is about to build. */
export interface BuildAheadOptions {
  readonly method: Method;
  readonly architecture: Architecture;
  readonly shape: NetworkShape;
  readonly seed: number;
}

/** Networks that were built before the run that trains them. */
export interface BuiltAhead {
  readonly networks: Networks;
  /** For `fit` or `runRecipe`, in place of the one that built them: it gives each away when it is asked for it, and builds all others. */
  readonly architecture: Architecture;
  /** Frees those that nobody asked for; a second call does nothing. */
  readonly dispose: () => void;
}

/**
 * The networks that `fit` builds with these options, for whoever must look at them before: to choose a backend that has what they
 * need.
 *
 * @throws OptionError, ShapeError as `fit` does
 */
export function buildAhead({ method, architecture, shape, seed }: BuildAheadOptions): BuiltAhead {
  const waiting = new Map<string, LayersModel>();
  const build: Architecture['build'] = (...asked) => {
    const network = architecture.build(...asked);
    waiting.set(keyOf(...asked), network);
    return network;
  };
  const random = RandomStream.fromSeed(seed).derive('weights');
  const networks = buildNetworks(method, { ...architecture, build }, shape, random);
  return {
    networks,
    architecture: {
      ...architecture,
      build(...asked) {
        const key = keyOf(...asked);
        const network = waiting.get(key);
        waiting.delete(key);
        return network ?? architecture.build(...asked);
      },
    },
    dispose() {
      for (const network of waiting.values()) network.dispose();
      waiting.clear();
    },
  };
}

/** Everything that a network depends on: what is derived from a stream is another for every stream. */
function keyOf(
  kind: NetworkKind,
  { sampleShape, latentDimension }: NetworkShape,
  random: RandomStream,
): string {
  const stream = random.derive('key');
  return toJson([kind, sampleShape, latentDimension, stream.nextUint32(), stream.nextUint32()]);
}
