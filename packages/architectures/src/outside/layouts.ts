import { OptionError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { LayerSource } from './weight-mapping.js';

/** One shape in which a file may have a weight, and how it becomes ours. Runs inside a tidy. */
interface Form {
  readonly shape: readonly number[];
  readonly convert: (stored: tf.Tensor) => tf.Tensor;
}

/** Where a weight of a layer is in a file. */
export interface WeightSource {
  /** The tensor's name. */
  readonly tensor: string;
  readonly forms: readonly Form[];
  /** A tensor whose numbers are subtracted. */
  readonly minus?: Omit<WeightSource, 'minus'>;
}

/** The sources of a layer's weights, by our name of each: `kernel`. */
export type LayerWeights = ReadonlyMap<string, WeightSource>;

type Shapes = ReadonlyMap<string, readonly number[]>;

/** Kernels here are [height, width, in, out], transposed ones [height, width, out, in]: the same order of axes there. */
const convolution: Form['convert'] = (stored) => tf.transpose(stored, [2, 3, 1, 0]);

/**
 * @throws OptionError when an image has another number of pixels than the layer has inputs or outputs
 * @returns nothing for a class of layers whose weights PyTorch has in no fixed form
 */
export function pytorchWeights(
  layer: layers.Layer,
  source: LayerSource,
  shapes: Shapes,
): LayerWeights | undefined {
  assertFits(layer, source, shapes);
  switch (layer.getClassName()) {
    case 'Dense':
      return renamed(shapes, source.from, { kernel: 'weight', bias: 'bias' }, (name, shape) =>
        name === 'kernel' ? denseForms(shape, source) : vectorForms(shape, source),
      );
    case 'Conv2D':
    case 'Conv2DTranspose':
      return renamed(shapes, source.from, { kernel: 'weight', bias: 'bias' }, (name, shape) =>
        name === 'kernel'
          ? [{ shape: [shape[3], shape[2], shape[0], shape[1]], convert: convolution }]
          : vectorForms(shape, source),
      );
    case 'BatchNormalization': {
      const names = {
        gamma: 'weight',
        beta: 'bias',
        moving_mean: 'running_mean',
        moving_variance: 'running_var',
      };
      const weights = renamed(shapes, source.from, names, (_, shape) => vectorForms(shape, source));
      return withPrecedingBias(weights, shapes, source);
    }
    default:
      return undefined;
  }
}

function assertFits(of: layers.Layer, source: LayerSource, shapes: Shapes): void {
  const { name: layer } = of;
  const isImage = of.getClassName().startsWith('Conv');
  const units = [...shapes.values()].map((shape) => shape.at(-1)!);
  const inputs = shapes.get('kernel')?.[0];
  const assertFit = (key: 'inputs' | 'outputs', wanted: number | undefined) => {
    const image = source[key];
    if (image === undefined) return;
    if (isImage) {
      throw new OptionError(
        `weights.layers.${layer}.${key}: a convolution's ${key} are images here and there (got [${image.join(', ')}]); leave it out`,
        `weights.layers.${layer}.${key}`,
        image,
      );
    }
    if (image[0] * image[1] * image[2] === wanted) return;
    throw new OptionError(
      `weights.layers.${layer}.${key}: an image of [${image.join(', ')}] (channels, height, width) is ${image[0] * image[1] * image[2]} numbers, ` +
        `the layer has ${wanted ?? 'no'} ${key}`,
      `weights.layers.${layer}.${key}`,
      image,
    );
  };
  assertFit('outputs', units[0]);
  assertFit('inputs', inputs);
}

/** Names after a slash, layouts as here. @throws OptionError as {@link pytorchWeights} */
export function tensorflowWeights(layer: layers.Layer, source: LayerSource, shapes: Shapes): LayerWeights {
  assertFits(layer, source, shapes);
  const weights = new Map(
    [...shapes].map(([name, shape]) => [
      name,
      {
        tensor: `${source.from}/${name}`,
        forms: [{ shape, convert: (stored: tf.Tensor) => tf.clone(stored) }],
      },
    ]),
  );
  return withPrecedingBias(weights, shapes, source);
}

/** Whether a weight is what a batch norm subtracts, or divides by the root of; conditional batch norm's names have a dash. */
export function isMoving(of: 'mean' | 'variance', name: string): boolean {
  return name === `moving_${of}` || name === `moving-${of}`;
}

function withPrecedingBias(weights: LayerWeights, shapes: Shapes, source: LayerSource): LayerWeights {
  const { precedingBias: tensor } = source;
  const mean = [...weights].find(([name]) => isMoving('mean', name));
  if (tensor === undefined || mean === undefined) return weights;
  const [name, weight] = mean;
  const minus = { tensor, forms: vectorForms(shapes.get(name)!, source) };
  return new Map([...weights, [name, { ...weight, minus }]]);
}

function renamed(
  shapes: Shapes,
  from: string,
  names: Readonly<Record<string, string>>,
  formsOf: (name: string, shape: readonly number[]) => Form[],
): LayerWeights {
  return new Map(
    [...shapes].map(([name, shape]) => [
      name,
      { tensor: `${from}.${names[name]}`, forms: formsOf(name, shape) },
    ]),
  );
}

/** A kernel [in, out] from one of a linear layer, or of a transposed convolution of a single pixel. */
function denseForms([inputs, outputs]: readonly number[], source: LayerSource): Form[] {
  const ins = source.inputs ?? [inputs];
  const outs = source.outputs ?? [outputs];
  const channelsLast = (axes: number, first: number) =>
    axes === 1 ? [first] : [first + 1, first + 2, first];
  const linear: Form = {
    shape: [outputs, inputs],
    convert: (stored) =>
      tf.reshape(
        tf.transpose(tf.reshape(stored, [...outs, ...ins]), [
          ...channelsLast(ins.length, outs.length),
          ...channelsLast(outs.length, 0),
        ]),
        [inputs, outputs],
      ),
  };
  if (source.outputs === undefined || source.inputs !== undefined) return [linear];
  const ofOnePixel: Form = {
    shape: [inputs, ...source.outputs],
    convert: (stored) => tf.reshape(tf.transpose(stored, [0, 2, 3, 1]), [inputs, outputs]),
  };
  return [linear, ofOnePixel];
}

/** One number for each unit; with `outputs`, also one for each channel, the same for all of its pixels. */
function vectorForms([length]: readonly number[], { outputs }: LayerSource): Form[] {
  if (outputs === undefined) return [{ shape: [length], convert: (stored) => tf.clone(stored) }];
  const [channels, height, width] = outputs;
  return [
    {
      shape: [length],
      convert: (stored) =>
        tf.reshape(tf.transpose(tf.reshape(stored, [channels, height, width]), [1, 2, 0]), [length]),
    },
    { shape: [channels], convert: (stored) => tf.tile(stored, [height * width]) },
  ];
}
