import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportLayersModel, type ExportLayersModelOptions } from '@dist-gan/compiler';
import { DatasetFormatError, makeFolder, writeAtomically } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { models, type LayersModel } from '@tensorflow/tfjs-layers';
import { checkTopology } from './check-topology.js';

const weightsFile = 'weights.bin';

export type SaveNetworkOptions = ExportLayersModelOptions;

/**
 * Writes a network as `tf.loadLayersModel` reads it: `model.json` and `weights.bin`. Written again over itself, the
 * topology stays as it was and the weights change at once.
 */
export async function saveNetwork(
  folder: string,
  network: LayersModel,
  options?: SaveNetworkOptions,
): Promise<void> {
  const files = await exportLayersModel(network, options);
  makeFolder(folder);
  for (const name of ['model.json', weightsFile] as const) writeAtomically(join(folder, name), files[name]);
}

/**
 * Reads what {@link saveNetwork} wrote. The classes of its layers must be registered. The caller disposes it; of one that cannot
 * be loaded nothing stays in memory. It has its weights and can be trained on; what they were first drawn from is not kept, so that
 * its topology without them begins with zeros.
 *
 * @throws DatasetFormatError when a file is missing or damaged
 */
export async function loadNetwork(folder: string): Promise<LayersModel> {
  try {
    const { modelTopology, weightsManifest } = JSON.parse(
      readFileSync(join(folder, 'model.json'), 'utf8'),
      withoutInitializers,
    ) as tf.io.ModelJSON;
    const weightData = new Uint8Array(readFileSync(join(folder, weightsFile))).buffer;
    const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
    checkLength(weightSpecs, weightData.byteLength);
    checkTopology(modelTopology);
    return await assemble(modelTopology, { weightSpecs, weightData });
  } catch (cause) {
    throw new DatasetFormatError(
      `${folder} holds no network that can be loaded (${(cause as Error).message}); train again`,
      folder,
      0,
      { cause },
    );
  }
}

/** Weights that are loaded need nothing to be drawn from. */
function withoutInitializers(key: string, value: unknown): unknown {
  return /initializer$/i.test(key) && value !== null ? { class_name: 'Zeros', config: {} } : value;
}

/**
 * As `tf.loadLayersModel`, which leaves the variables of a network behind that does not take its weights, or whose layers
 * do not fit.
 */
async function assemble(
  modelTopology: tf.io.ModelJSON['modelTopology'],
  { weightSpecs, weightData }: Required<Pick<tf.io.ModelArtifacts, 'weightSpecs' | 'weightData'>>,
): Promise<LayersModel> {
  const registered = () => Object.values(tf.engine().registeredVariables);
  const before = new Set(registered());
  // Layers are built before it returns its promise: what is new then is theirs, and nobody else's.
  const building = models.modelFromJSON({ modelTopology });
  const variables = registered().filter((variable) => !before.has(variable));
  try {
    const network = await building;
    tf.tidy(() => network.loadWeights(tf.io.decodeWeights(weightData, weightSpecs)));
    return network;
  } catch (error) {
    tf.dispose(variables);
    throw error;
  }
}

/** TensorFlow.js would keep the weights that it had read when it met the end. */
function checkLength(specs: readonly tf.io.WeightsManifestEntry[], got: number): void {
  const wanted = specs.reduce(
    (sum, { shape, dtype }) => sum + tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype),
    0,
  );
  if (got !== wanted) throw new RangeError(`${weightsFile} has ${got} bytes in place of ${wanted}`);
}
