import { exportOnnx } from '@dist-gan/compiler';
import { writeSafetensors } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ExportedFile, ExportForm } from './messages.js';

/**
 * A generator as files, in the forms of docs/exports.md that need no folder: latents `[batch, dimension]` to points
 * `[batch, 2]` in [-1, 1].
 */
export async function exportGenerator(generator: LayersModel, form: ExportForm): Promise<ExportedFile[]> {
  switch (form) {
    case 'onnx':
      return [{ name: 'generator.onnx', bytes: copied(exportOnnx(generator, { outputName: 'output' })) }];
    case 'safetensors':
      return [{ name: 'generator.safetensors', bytes: writeSafetensors(weightsOf(generator)) }];
    case 'layers-model':
      return layersModel(generator);
  }
}

function weightsOf(network: LayersModel) {
  return new Map(
    network.weights.map((weight) => {
      const tensor = weight.read();
      return [weight.originalName, { shape: tensor.shape, data: tensor.dataSync<'float32'>().slice() }];
    }),
  );
}

/** `model.json` and `weights.bin`, as `tf.loadLayersModel` takes them. */
async function layersModel(network: LayersModel): Promise<ExportedFile[]> {
  let files: ExportedFile[] = [];
  await network.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const manifest = {
        format: 'layers-model',
        generatedBy: 'dist-gan',
        modelTopology,
        weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
      };
      const numbers = tf.io.CompositeArrayBuffer.join(weightData);
      files = [
        {
          name: 'model.json',
          bytes: copied(new TextEncoder().encode(JSON.stringify(manifest, withoutInitializers))),
        },
        { name: 'weights.bin', bytes: new Uint8Array(numbers) },
      ];
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return files;
}

/** Weights that are loaded need nothing to be drawn from, and stock TensorFlow.js does not know what they were drawn from. */
function withoutInitializers(key: string, value: unknown): unknown {
  return /initializer$/i.test(key) && value !== null ? { class_name: 'Zeros', config: {} } : value;
}

/** In memory of its own, which can be handed over. */
const copied = (bytes: Uint8Array) => new Uint8Array(bytes);
