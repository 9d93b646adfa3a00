import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { OptionError, UnknownItemError } from '@dist-gan/core';
import type { ParsedArguments } from '../arguments/index.js';
import { activateBackend, tryOnnxRuntime, tryTensorFlow, type InventoryLine } from '../engine/index.js';
import { workUntilEnding } from '../ending/index.js';
import {
  defaultTensorFlow,
  setUpOnnxCuda,
  setUpOnnxRuntime,
  setUpTensorFlow,
  tryOnnxCuda,
} from '../setup/index.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';

const engines = ['onnx', 'tensorflow', 'onnx-cuda'] as const;

export const setup: Command = {
  name: 'setup',
  positionals: [
    {
      name: 'engine',
      complete: () => engines.map((value) => ({ value })),
      description: `what to bring: ${engines.join(', ')}`,
    },
  ],
  flags: [
    { name: 'gpu', description: 'TensorFlow for an NVIDIA GPU, with the CUDA libraries that it needs' },
    {
      name: 'version',
      value: 'version',
      description: `version of TensorFlow (default ${defaultTensorFlow})`,
    },
  ],
  details: [
    'onnx: the package onnxruntime-node without its install script, for where an install has left it out.',
    "tensorflow: @tensorflow/tfjs-node with the libraries of TensorFlow's Python wheel. Linux; needs Python 3 with pip\n" +
      'and a C++ compiler. Not needed where tfjs-node is installed and works.',
    'onnx-cuda: the CUDA provider of the installed ONNX Runtime. Linux; needs Python 3 with pip, and CUDA 13 to run.',
    'Everything is kept in DIST_GAN_CACHE, or in dist-gan of the folder for caches of the system; nothing is built\n' +
      'twice. To undo it, remove that folder.',
  ],
  examples: [
    'dist-gan setup onnx',
    'dist-gan setup tensorflow',
    'dist-gan setup tensorflow --gpu',
    'dist-gan setup onnx-cuda',
  ],
  async run(given, terminal) {
    const engine = given.positional('engine');
    if (engine === undefined) {
      throw new OptionError(`setup needs an engine: ${engines.join(', ')}`, 'engine', engine);
    }
    if (!isEngine(engine)) throw new UnknownItemError('engine', engine, engines);
    const misplaced = ['gpu', 'version'].find((flag) => engine !== 'tensorflow' && given.has(flag));
    if (misplaced !== undefined) {
      throw new OptionError(`--${misplaced} is of setup tensorflow; leave it out`, `--${misplaced}`, engine);
    }
    const bring = { onnx: bringOnnxRuntime, tensorflow: bringTensorFlow, 'onnx-cuda': bringOnnxCuda }[engine];
    return workUntilEnding(
      terminal,
      (signal) => bring(given, terminal, { environment: terminal.environment, signal }),
      { stopped: 'stopped; nothing is left behind' },
    );
  },
};

function isEngine(name: string): name is (typeof engines)[number] {
  return (engines as readonly string[]).includes(name);
}

type Options = Parameters<typeof setUpTensorFlow>[1];

async function bringOnnxRuntime(
  _given: ParsedArguments,
  { stdout }: Terminal,
  options: Options,
): Promise<number> {
  const found = await setUpOnnxRuntime((text) => stdout.write(`${text}\n`), options);
  return tried(found, tryOnnxRuntime, stdout, 'dist-gan train gaussian-grid');
}

async function bringTensorFlow(
  given: ParsedArguments,
  { stdout }: Terminal,
  options: Options,
): Promise<number> {
  const found = await setUpTensorFlow(
    {
      gpu: given.has('gpu'),
      version: given.text('version') ?? defaultTensorFlow,
      onStep: (text) => stdout.write(`${text}\n`),
    },
    options,
  );
  return tried(
    found,
    tryTensorFlow,
    stdout,
    'dist-gan train gaussian-grid (what names no target takes it by itself)',
  );
}

/** Says where an engine is, whether it works now, and how to use it. */
async function tried(
  { folder, built }: { readonly folder: string; readonly built: boolean },
  tryEngine: () => Promise<InventoryLine>,
  stdout: Terminal['stdout'],
  use: string,
): Promise<number> {
  stdout.write(`${built ? 'made' : 'is there already:'} ${folder}\n`);
  await activateBackend('cpu');
  const { name, version, note, folder: used } = await tryEngine();
  if (version === undefined) {
    const anew = built
      ? ''
      : `What is there does not work here. To make it anew, remove ${folder} and run this again.\n`;
    stdout.write(`${note}\n${anew}`);
    return exitCodes.failure;
  }
  stdout.write(`${name} ${version}: ${note}\n`);
  if (used !== undefined && !used.startsWith(realpathSync(folder) + sep)) {
    stdout.write(`Runs use that one; the one in ${folder} only where that is not.\n`);
  }
  stdout.write(`\nUse it: ${use}\n`);
  return exitCodes.success;
}

async function bringOnnxCuda(
  _given: ParsedArguments,
  { stdout }: Terminal,
  options: Options,
): Promise<number> {
  const { folder, version, built } = await setUpOnnxCuda((text) => stdout.write(`${text}\n`), options);
  stdout.write(`ONNX Runtime ${version}: ${built ? 'made' : 'is there already:'} ${folder}\n`);
  await activateBackend('cpu');
  const refusal = await tryOnnxCuda();
  if (refusal === undefined) {
    stdout.write('CUDA works\n\nUse it: dist-gan train gaussian-grid --device cuda\n');
    return exitCodes.success;
  }
  stdout.write(
    `CUDA does not work yet: ${refusal}\n` +
      'The driver and the libraries of CUDA itself are not part of this set-up; ONNX Runtime has said above which it misses.\n',
  );
  return exitCodes.failure;
}
