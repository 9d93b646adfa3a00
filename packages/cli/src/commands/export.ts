import { join, resolve } from 'node:path';
import { exportOnnx, exportSavedModel } from '@dist-gan/compiler';
import { checkFolderWritable, makeFolder, OptionError, writeSafetensors } from '@dist-gan/core';
import { writeAtomically } from '@dist-gan/runs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ParsedArguments } from '../arguments/index.js';
import { modelCard } from '../evaluation/model-card.js';
import { loadRunGenerator } from '../evaluation/run-generator.js';
import { saveModel } from '../run-folder/index.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';

const forms = ['onnx', 'saved-model', 'layers-model', 'safetensors'] as const;
type Form = (typeof forms)[number];

export const exportCommand: Command = {
  name: 'export',
  positionals: [{ name: 'run', description: 'the folder of the run' }],
  flags: [
    {
      name: 'to',
      value: 'form',
      choices: forms,
      description:
        'onnx (default), saved-model (TensorFlow), layers-model (TensorFlow.js), safetensors (weights alone)',
    },
    { name: 'out', value: 'folder', description: 'where to (default <run>/export-<form>)' },
  ],
  details: [
    'ONNX and SavedModel files hold the generator in inference mode, for any number of latents: float32 [batch, dimension] in, samples in\n' +
      "the run's range out, images as [batch, height, width, channels]. Where the run keeps a moving average, it is what is written.",
  ],
  examples: [
    'dist-gan export runs/mnist-seed0',
    'dist-gan export runs/mnist-seed0 --to safetensors --out mnist',
  ],
  run: exportGenerator,
};

async function exportGenerator(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const path = given.positional('run');
  if (path === undefined) {
    throw new OptionError(
      'export needs the folder of a run, for instance runs/gaussian-grid-seed0',
      'run',
      path,
    );
  }
  const form = (given.text('to') ?? 'onnx') as Form;
  const run = resolve(terminal.workingDirectory, path);
  const shown = given.text('out') ?? join(path, `export-${form}`);
  const folder = resolve(terminal.workingDirectory, shown);
  checkFolderWritable(folder, 'choose another folder with --out');
  const { generator, record, settings } = await loadRunGenerator(run);
  try {
    makeFolder(folder, 'choose another folder with --out');
    const file = await writers[form](generator, folder);
    writeAtomically(
      join(folder, 'README.md'),
      modelCard({ run, record, settings, form, file, batchNorm: keepsStatistics(generator) }),
    );
    terminal.stdout.write(`${join(shown, file)}\n${join(shown, 'README.md')}\n`);
    return exitCodes.success;
  } finally {
    generator.dispose();
  }
}

/** Each writes the network into a folder and gives the file, or `.` for the folder itself. */
const writers: Readonly<Record<Form, (network: LayersModel, folder: string) => string | Promise<string>>> = {
  onnx(network, folder) {
    writeAtomically(join(folder, 'generator.onnx'), exportOnnx(network, latentsIn));
    return 'generator.onnx';
  },
  'saved-model'(network, folder) {
    exportSavedModel(network, join(folder, 'generator'), latentsIn);
    return 'generator';
  },
  async 'layers-model'(network, folder) {
    await saveModel(join(folder, 'generator'), network);
    return 'generator/model.json';
  },
  safetensors(network, folder) {
    const tensors = new Map(
      network.weights.map((weight) => {
        const tensor = weight.read();
        return [weight.originalName, { shape: tensor.shape, data: tensor.dataSync<'float32'>().slice() }];
      }),
    );
    const layout =
      'TensorFlow: dense kernels [in, out], convolutions [height, width, in, out], transposed ones [height, width, out, in]';
    writeAtomically(join(folder, 'generator.safetensors'), writeSafetensors(tensors, { layout }));
    return 'generator.safetensors';
  },
};

const latentsIn = { inputName: 'latents', outputName: 'samples' };

function keepsStatistics(network: LayersModel): boolean {
  return network.layers.some((layer) => layer.getClassName() === 'BatchNormalization');
}
