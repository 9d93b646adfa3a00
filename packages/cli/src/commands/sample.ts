import { OptionError } from '@dist-gan/core';
import type { ParsedArguments } from '../arguments/index.js';
import {
  labelsFlag,
  labelsOf,
  openGenerator,
  outsideFlags,
  outsideFlagsOf,
} from '../evaluation/generator-source.js';
import { drawSampleGrid } from '../pictures/index.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';
import { sampleFile, writeSampleFile } from './sample-file.js';

export const sample: Command = {
  name: 'sample',
  positionals: [
    {
      name: 'run',
      description:
        'the folder of a run (its newest checkpoint), a checkpoint in it, or weights from outside (.safetensors)',
    },
  ],
  flags: [
    { name: 'count', value: 'n', description: 'how many (default 64)' },
    { name: 'seed', value: 'n', description: "seed of the latents (default the run's: those it evaluated)" },
    {
      name: 'out',
      value: 'file',
      description:
        'grid.png: a grid of images; samples.npz: all numbers (default samples.npz, of images samples.png)',
    },
    labelsFlag,
    ...outsideFlags,
  ],
  details: [
    'Samples are made in batches of the run, in training mode, as the run makes those that it evaluates; where the run keeps a moving\n' +
      'average, of that. samples.npz holds the array samples, float32 [count, ...shape], in the range of the run (run.json); of a recipe, whose\n' +
      'latents its stages make, those too.',
    'Weights from outside are those of a generator that was trained elsewhere, for instance in PyTorch, and are sampled in inference mode;\n' +
      'docs/weights-from-outside.md has the form of the mapping.',
  ],
  examples: [
    'dist-gan sample runs/mnist-seed0 --out grid.png',
    'dist-gan sample sngan-cifar10.safetensors --architecture mimicry-sngan --out grid.png',
    'dist-gan sample runs/cifar10-seed0 --labels 3,5 --out cats-and-dogs.png',
    'dist-gan sample runs/gaussian-grid-seed0 --count 2000 --seed 7 --out points.npz',
  ],
  run: writeSamples,
};

async function writeSamples(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const path = given.positional('run');
  if (path === undefined) {
    throw new OptionError(
      'sample needs the folder of a run, for instance runs/gaussian-grid-seed0',
      'run',
      path,
    );
  }
  const count = given.wholeNumber('count', 1) ?? 64;
  const seed = given.wholeNumber('seed', 0);
  const chosen = sampleFile(given);
  const labels = labelsOf(given);
  const generator = await openGenerator(path, outsideFlagsOf(given), terminal);
  try {
    const made = await generator.sample({ seed, count, labels });
    const picture = await drawSampleGrid(made, generator.range, `${generator.title}, ${count} samples`);
    const out = await writeSampleFile(chosen, {
      name: 'samples',
      picture,
      arrays: { samples: made, ...(made.latents !== undefined && { latents: made.latents }) },
      terminal,
    });
    terminal.stdout.write(`${made.count} samples of shape [${made.sampleShape.join(', ')}] in ${out}\n`);
    return exitCodes.success;
  } finally {
    generator.network.dispose();
  }
}
