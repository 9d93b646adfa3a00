import { mlp } from '@dist-gan/architectures';
import type { Architecture } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';

/** Of the sines and cosines beside each coordinate: half a period, one, and two, from -1 to 1. */
const frequencies = [Math.PI / 2, Math.PI, 2 * Math.PI];
const widened = (dimension: number) => dimension * (1 + 2 * frequencies.length);

interface NetworksOptions {
  readonly hiddenUnits: readonly number[];
  /** Whether every network sees sines and cosines of its input beside the input itself. */
  readonly waves: boolean;
}

/**
 * Dense networks for points of the square [0, 1]^2; a generator ends in sigmoids. With waves, each input x, where it is a point
 * moved to [-1, 1], becomes x, sin(f x), cos(f x) for three frequencies f: a small network of ReLUs then bends in many places at
 * once, where it otherwise takes thousands of steps to fold the latents into separate modes. (Tancik et al., "Fourier features
 * let networks learn high frequency functions in low dimensional domains", 2020, arXiv 2006.10739.)
 */
export function pointNetworks({ hiddenUnits, waves }: NetworksOptions): Architecture {
  const dense = mlp({ hiddenUnits });
  if (!waves) return dense;
  return {
    ...dense,
    id: 'waved-mlp',
    title: 'Multi-layer perceptron on sines and cosines',
    options: { ...dense.options, frequencies },
    build(kind, { sampleShape, latentDimension }, random) {
      const isGenerator = kind === 'generator';
      const network = dense.build(
        kind,
        isGenerator
          ? { sampleShape, latentDimension: widened(latentDimension) }
          : { sampleShape: [widened(sampleShape[0])], latentDimension },
        random,
      );
      const inputs = input({
        shape: isGenerator ? [latentDimension] : [...sampleShape],
        name: `${kind}-input`,
      });
      const outputs = network.apply(
        new Waves({ name: `${kind}-waves`, ofPoints: !isGenerator }).apply(inputs),
      );
      return model({ name: kind, inputs, outputs: outputs as never });
    },
  };
}

/** [batch, n] to [batch, n (1 + 2 frequencies)]. */
class Waves extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'LaboratoryWaves';
  /** Whether the input is points of [0, 1]^2, and not latents. */
  private readonly ofPoints: boolean;

  constructor({ ofPoints, ...config }: { readonly name: string; readonly ofPoints: boolean }) {
    super(config);
    this.ofPoints = ofPoints;
  }

  override computeOutputShape([batch, dimension]: number[]): number[] {
    return [batch, widened(dimension)];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [given] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.tidy(() => {
      const x = this.ofPoints ? tf.sub(tf.mul(given, 2), 1) : given;
      const phases = tf.concat(
        frequencies.map((frequency) => tf.mul(x, frequency)),
        1,
      );
      return tf.concat([x, tf.sin(phases), tf.cos(phases)], 1);
    });
  }
}
tf.serialization.registerClass(Waves);

/** An architecture that also hands each network that it builds to `built`, for whoever wants to look into a run. */
export function watched(
  architecture: Architecture,
  built: (kind: string, network: LayersModel) => void,
): Architecture {
  return {
    ...architecture,
    build(kind, shape, random) {
      const network = architecture.build(kind, shape, random);
      built(kind, network);
      return network;
    },
  };
}
