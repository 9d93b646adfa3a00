import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/**
 * The model as it comes back from a file: saved, through JSON, and loaded. The caller disposes it.
 *
 * The classes of its own layers and initialisers must be registered.
 */
export async function reload(model: LayersModel): Promise<LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  const { weightData, ...topology } = saved!;
  return loadLayersModel(
    tf.io.fromMemory({ ...(JSON.parse(JSON.stringify(topology)) as tf.io.ModelArtifacts), weightData }),
  );
}
