import { join } from 'node:path';
import { exportOnnx, exportSavedModel } from '@dist-gan/compiler';
import { makeFolder, writeAtomically, writeSafetensors } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { saveNetwork } from './saved-network.js';

/** What a network can be written as. */
export const networkForms = ['onnx', 'saved-model', 'layers-model', 'safetensors'] as const;

/**
 * - `onnx`: an ONNX file, in inference mode, for any batch size.
 * - `saved-model`: a folder as TensorFlow's `tf.saved_model.load` takes it, likewise.
 * - `layers-model`: `model.json` and `weights.bin`, as `tf.loadLayersModel` of TensorFlow.js takes them.
 * - `safetensors`: the weights alone, named `<layer>/<weight>`, in TensorFlow's layouts: {@link weightLayouts}.
 */
export type NetworkForm = (typeof networkForms)[number];

export interface ExportNetworkOptions {
  readonly form: NetworkForm;
  /** Is made. */
  readonly folder: string;
  /** Of the file, without its ending, or of the folder in it: `generator`. */
  readonly name: string;
  /** What the inputs are called in `onnx` and `saved-model`. Default `input`, of several `input_0`, `input_1`, ... */
  readonly inputNames?: readonly string[];
  /** What the output is called in `onnx` and `saved-model`. Default `output`. */
  readonly outputName?: string;
}

/** How weights lie in a safetensors file of {@link exportNetwork}; it says so in its metadata, too. */
export const weightLayouts =
  'TensorFlow: dense kernels [in, out], convolutions [height, width, in, out], transposed ones [height, width, out, in]; ' +
  'images [batch, height, width, channels]';

/**
 * Writes a network for use elsewhere. `onnx` and `saved-model` hold its first output alone: of a generator the samples, of a
 * discriminator the logits.
 *
 * @returns the file, or the folder, below `folder`
 * @throws OptionError when there are not as many names as the network has inputs
 * @throws CompileError when a layer does something that these formats have no word for
 * @throws OutputError when the folder cannot be made
 */
export async function exportNetwork(network: LayersModel, options: ExportNetworkOptions): Promise<string> {
  const { form, folder, name, inputNames, outputName = 'output' } = options;
  const ports = { ...(inputNames !== undefined && { inputNames }), outputName };
  makeFolder(folder);
  switch (form) {
    case 'onnx':
      writeAtomically(join(folder, `${name}.onnx`), exportOnnx(network, ports));
      return `${name}.onnx`;
    case 'saved-model':
      exportSavedModel(network, join(folder, name), ports);
      return name;
    case 'layers-model':
      await saveNetwork(join(folder, name), network, { portable: true });
      return `${name}/model.json`;
    case 'safetensors':
      writeAtomically(join(folder, `${name}.safetensors`), encodeWeights(network));
      return `${name}.safetensors`;
  }
}

function encodeWeights(network: LayersModel): Uint8Array {
  const tensors = new Map(
    network.weights.map((weight) => {
      const tensor = weight.read();
      return [
        weight.originalName,
        { shape: tensor.shape, data: tensor.dataSync<'float32'>().slice() },
      ] as const;
    }),
  );
  return writeSafetensors(tensors, { layout: weightLayouts });
}
