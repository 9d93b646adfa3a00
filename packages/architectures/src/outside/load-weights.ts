import { DatasetFormatError, OptionError, UnknownItemError, type StoredTensor } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { isMoving, pytorchWeights, tensorflowWeights, type WeightSource } from './layouts.js';
import { checkWeightMapping, type LayerSource, type WeightMapping } from './weight-mapping.js';

/** What a variable of a layer is called, and is. */
type Weight = layers.Layer['weights'][number];

const pytorchEpsilon = 1e-5;

/**
 * Gives a network the weights of a file that another program wrote, all of them or, where one does not fit, none. In
 * inference mode it computes then what the other program's network computes in its own (`eval()` in PyTorch): batch norm
 * with the moving averages of the file.
 *
 * @param tensors of the file, by name: `readSafetensors(bytes, file).tensors` of `@dist-gan/core`
 * @param file what the file is called in messages
 * @throws OptionError, UnknownItemError when the mapping does not fit the network
 * @throws DatasetFormatError when a tensor is missing, has another shape, is not finite, has a variance below 0, or belongs to no
 *   layer
 *
 * @example
 * const { shape, architecture, mapping } = mimicrySngan();
 * const generator = architecture.build('generator', shape, RandomStream.fromSeed(0));
 * loadWeights(generator, readSafetensors(readFileSync(file), file).tensors, mapping, file);
 */
export function loadWeights(
  network: LayersModel,
  tensors: ReadonlyMap<string, StoredTensor>,
  mapping: WeightMapping,
  file = 'the file',
): void {
  const { layout, epsilon, layers: sources, ignore } = checkWeightMapping(mapping);
  const withWeights = network.layers.filter((layer) => layer.weights.length > 0);
  for (const name of Object.keys(sources)) {
    const known = withWeights.map((layer) => layer.name);
    if (!known.includes(name)) throw new UnknownItemError('layer in weights.layers', name, known);
  }
  const used = new Set<string>();
  const found: [Weight, tf.Tensor][] = [];
  try {
    for (const layer of withWeights) {
      const source = sourceOf(layer, layout, sources);
      const weights = weightsOf(layer);
      const shapes = new Map([...weights].map(([name, weight]) => [name, weight.shape as number[]]));
      const layerWeights =
        layout === 'pytorch'
          ? pytorchWeights(layer, source, shapes)
          : tensorflowWeights(layer, source, shapes);
      if (layerWeights === undefined) throw noForm(layer);
      const shift = varianceShift(layer, epsilon ?? (layout === 'pytorch' ? pytorchEpsilon : undefined));
      for (const [name, weight] of weights) {
        const read = (wanted: WeightSource) => take(tensors, wanted, { layer: layer.name, file, used });
        const wanted = layerWeights.get(name)!;
        const isVariance = isMoving('variance', name);
        const tensor = tf.tidy(() => {
          const value = read(wanted);
          if (isVariance) assertVariances(value, wanted.tensor, file);
          const shifted = isVariance && shift !== 0 ? tf.add(value, shift) : value;
          // The wasm backend takes a reshaped tensor for one of the shape it had before, and refuses it as a bias.
          return tf.tensor(shifted.dataSync<'float32'>(), shifted.shape, 'float32');
        });
        found.push([weight, tensor]);
      }
      used.add(`${source.from}.num_batches_tracked`);
    }
    assertNoneLeft(
      [...tensors.keys()].filter((name) => !used.has(name)),
      ignore,
      file,
    );
    for (const [weight, tensor] of found) weight.write(tensor);
  } finally {
    tf.dispose(found.map(([, tensor]) => tensor));
  }
}

function sourceOf(
  { name }: layers.Layer,
  layout: WeightMapping['layout'],
  sources: Readonly<Record<string, string | LayerSource>>,
): LayerSource {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (source !== undefined) return typeof source === 'string' ? { from: source } : source;
  if (layout === 'tensorflow') return { from: name };
  throw new OptionError(
    `weights.layers says nothing of ${name}, a layer of the network with weights; add what the file calls it`,
    `weights.layers.${name}`,
    undefined,
  );
}

/** A layer's variables by what they are: `kernel` of `dense-1/kernel`. */
function weightsOf(layer: layers.Layer): Map<string, Weight> {
  return new Map(
    layer.weights.map((weight) => {
      const { originalName } = weight;
      const prefix = `${layer.name}/`;
      return [originalName.startsWith(prefix) ? originalName.slice(prefix.length) : originalName, weight];
    }),
  );
}

function noForm(layer: layers.Layer): OptionError {
  return new OptionError(
    `weights.layers.${layer.name}: layers of class ${layer.getClassName()} have no fixed form in PyTorch; write the file with the names and ` +
      'layouts of TensorFlow, and say "layout": "tensorflow"',
    `weights.layers.${layer.name}`,
    layer.getClassName(),
  );
}

/** Their root would be NaN. */
function assertVariances(value: tf.Tensor, tensor: string, file: string): void {
  if (value.dataSync<'float32'>().every((number) => number >= 0)) return;
  throw new DatasetFormatError(
    `${file}: ${tensor} has a variance below 0; the file is damaged, or these are no variances: means, for instance`,
    file,
    0,
  );
}

/** What moving variances grow by, so that sqrt(variance + epsilon) stays what it was. */
function varianceShift(layer: layers.Layer, epsilon: number | undefined): number {
  const own = layer.getConfig().epsilon;
  return epsilon === undefined || typeof own !== 'number' ? 0 : epsilon - own;
}

interface Place {
  readonly layer: string;
  readonly file: string;
  /** Names of tensors that were read. */
  readonly used: Set<string>;
}

/** Reads a weight, in our form. @throws DatasetFormatError when the file has it not, or not so */
function take(tensors: ReadonlyMap<string, StoredTensor>, source: WeightSource, place: Place): tf.Tensor {
  const { tensor: name, forms, minus } = source;
  const { layer, file, used } = place;
  const fail = (what: string): never => {
    throw new DatasetFormatError(`${file}: ${what}`, file, 0);
  };
  const stored = tensors.get(name);
  if (stored === undefined) {
    const like = [...tensors.keys()].filter((other) => other.endsWith(name.slice(name.lastIndexOf('.'))));
    return fail(
      `there is no tensor ${name}, which the layer ${layer} takes; ${like.length > 0 ? `there are ${some(like)}` : `it has ${some([...tensors.keys()])}`}`,
    );
  }
  const { shape, data, type } = stored;
  const form = forms.find((each) => each.shape.join() === shape.join());
  if (form === undefined) {
    const wanted = forms.map((each) => `[${each.shape.join(', ')}]`).join(' or ');
    return fail(
      `${name} has shape [${shape.join(', ')}], the layer ${layer} takes ${wanted}; these are weights of another network`,
    );
  }
  if (!(data instanceof Float32Array) && !(data instanceof Float64Array)) {
    return fail(`${name} is of type ${type}, and weights are floating-point numbers`);
  }
  const numbers = Float32Array.from(data);
  if (!numbers.every(Number.isFinite)) return fail(`${name} has a number that is not finite; train again`);
  used.add(name);
  const value = form.convert(tf.tensor(numbers, [...shape], 'float32'));
  return minus === undefined ? value : tf.sub(value, take(tensors, minus, place));
}

function assertNoneLeft(left: readonly string[], ignore: readonly string[], file: string): void {
  const unknown = left.filter((name) => !ignore.some((beginning) => name.startsWith(beginning)));
  if (unknown.length === 0) return;
  throw new DatasetFormatError(
    `${file}: ${unknown.length} tensors belong to no layer of the network: ${some(unknown)}; these are weights of another network, or name ` +
      'what shall be passed by in weights.ignore',
    file,
    0,
  );
}

/** The first few of many names. */
function some(names: readonly string[]): string {
  const few = 6;
  return `${names.slice(0, few).join(', ')}${names.length > few ? `, and ${names.length - few} more` : ''}`;
}
