import { exportLayersModel, exportOnnx } from '@dist-gan/compiler';
import { writeSafetensors } from '@dist-gan/core';
import { model, type LayersModel } from '@tensorflow/tfjs-layers';
import type { ExportedFile, ExportForm } from './messages.js';

/**
 * A generator as files, in the forms of docs/exports.md that need no folder: latents `[batch, dimension]` to points
 * `[batch, 2]` in [0, 1].
 */
export async function exportGenerator(generator: LayersModel, form: ExportForm): Promise<ExportedFile[]> {
  switch (form) {
    case 'onnx':
      return [{ name: 'generator.onnx', bytes: copied(exportOnnx(generator, { outputName: 'output' })) }];
    case 'safetensors':
      return [{ name: 'generator.safetensors', bytes: writeSafetensors(weightsOf(generator)) }];
    case 'layers-model': {
      // Of its two outputs the points, not their logits.
      const {
        inputs,
        outputs: [points],
      } = generator;
      const files = await exportLayersModel(model({ inputs, outputs: points }), { portable: true });
      return [
        { name: 'model.json', bytes: copied(new TextEncoder().encode(files['model.json'])) },
        { name: 'weights.bin', bytes: files['weights.bin'] },
      ];
    }
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

/** In memory of its own, which can be handed over. */
const copied = (bytes: Uint8Array) => new Uint8Array(bytes);
