import * as tf from '@tensorflow/tfjs-core';

/** What {@link exportLayersModel} needs of a `tf.LayersModel`. */
interface SavableModel {
  save(handler: tf.io.IOHandler): Promise<unknown>;
}

export interface ExportLayersModelOptions {
  /**
   * Leave out what the weights were first drawn from, whose class only the package knows that built the network: stock
   * TensorFlow.js loads it then, unless it has layers of such a package. The topology without the weights begins with zeros.
   * Default false.
   */
  readonly portable?: boolean;
}

/** The two files that `tf.loadLayersModel` reads; the first names the second. */
export interface LayersModelFiles {
  readonly 'model.json': string;
  readonly 'weights.bin': Uint8Array<ArrayBuffer>;
}

/** A network as `tf.loadLayersModel` reads it, in memory; TensorFlow.js itself saves to a server, a download or the storage of a browser. */
export async function exportLayersModel(
  network: SavableModel,
  { portable = false }: ExportLayersModelOptions = {},
): Promise<LayersModelFiles> {
  let files: LayersModelFiles | undefined;
  await network.save(
    tf.io.withSaveHandler(({ modelTopology, weightSpecs = [], weightData, format, generatedBy }) => {
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      const json = { modelTopology, weightsManifest, format, generatedBy };
      files = {
        'model.json': JSON.stringify(json, portable ? withoutInitializers : undefined),
        'weights.bin': new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
      };
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }),
  );
  return files!;
}

/** Weights that are loaded need nothing to be drawn from. */
function withoutInitializers(key: string, value: unknown): unknown {
  return /initializer$/i.test(key) && value !== null ? { class_name: 'Zeros', config: {} } : value;
}
