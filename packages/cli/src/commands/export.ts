import { join, resolve } from 'node:path';
import { checkFolderWritable, makeFolder, OptionError, writeAtomically } from '@dist-gan/core';
import { exportNetwork, type NetworkForm, networkForms, openRunPath } from '@dist-gan/runs';
import type { ParsedArguments } from '../arguments/index.js';
import { modelCard, portsOf } from '../evaluation/model-card.js';
import { loadRunNetwork } from '../evaluation/run-network.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';

export const exportCommand: Command = {
  name: 'export',
  positionals: [
    {
      name: 'run',
      description:
        'the folder of a run (its newest checkpoint), or a checkpoint: <run>/checkpoints/best-fid.safetensors',
    },
  ],
  flags: [
    {
      name: 'to',
      value: 'form',
      choices: networkForms,
      description:
        'onnx (default), saved-model (TensorFlow), layers-model (TensorFlow.js), safetensors (weights alone)',
    },
    {
      name: 'network',
      value: 'name',
      description: "generator (default), encoder, discriminator, or another network of the run's method",
    },
    { name: 'raw', description: 'the generator that is trained, in place of its moving average' },
    { name: 'out', value: 'folder', description: 'where to (default <run>/export-<form>)' },
  ],
  details: [
    'ONNX and SavedModel files hold the network in inference mode, for any batch size: float32 [batch, ...] in, the first output out; of a\n' +
      "generator latents in, samples in the run's range out, images as [batch, height, width, channels]. Where the run keeps a moving\n" +
      'average of the generator, it is what is written. README.md beside the file says how to call it, and how good it was.',
  ],
  examples: [
    'dist-gan export runs/mnist-seed0',
    'dist-gan export runs/mnist-seed0/checkpoints/best-fid.safetensors --to saved-model --network encoder',
    'dist-gan export runs/mnist-seed0 --to safetensors --out mnist',
  ],
  run: exportRun,
};

async function exportRun(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const path = given.positional('run');
  if (path === undefined) {
    throw new OptionError(
      'export needs the folder of a run, for instance runs/gaussian-grid-seed0',
      'run',
      path,
    );
  }
  const form = (given.text('to') ?? 'onnx') as NetworkForm;
  const role = given.text('network') ?? 'generator';
  const opened = openRunPath(resolve(terminal.workingDirectory, path));
  const shown =
    given.text('out') ?? join(opened.checkpoint === undefined ? path : join(path, '../..'), `export-${form}`);
  const folder = resolve(terminal.workingDirectory, shown);
  checkFolderWritable(folder, 'choose another folder with --out');
  const network = await loadRunNetwork(opened, { role, raw: given.has('raw') });
  try {
    makeFolder(folder, 'choose another folder with --out');
    const file = await exportNetwork(network.network, {
      form,
      folder,
      name: role,
      ...portsOf(network),
    });
    const card = role === 'generator' ? 'README.md' : `README-${role}.md`;
    writeAtomically(join(folder, card), modelCard({ opened, network, role, form, file }));
    terminal.stdout.write(`${join(shown, file)}\n${join(shown, card)}\n`);
    return exitCodes.success;
  } finally {
    network.network.dispose();
  }
}
