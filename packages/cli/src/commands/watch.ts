import { resolve } from 'node:path';
import { registerCustomObjects } from '@dist-gan/architectures';
import { exportOnnx } from '@dist-gan/compiler';
import { generatorFolder, loadNetwork } from '@dist-gan/runs';
import { watchRuns, type PresetWords } from '@dist-gan/viewer';
import type { ParsedArguments } from '../arguments/index.js';
import { workUntilEnding } from '../ending/index.js';
import { activateBackend } from '../engine/index.js';
import { portsOf } from '../evaluation/model-card.js';
import { presets, recipePresets } from '../registry.js';
import { sweepViews } from '../sweeps/sweep-views.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';

export const watch: Command = {
  name: 'watch',
  positionals: [
    {
      name: 'runs',
      description: 'the folder of a run or a sweep, or a folder that holds runs (default runs)',
    },
  ],
  flags: [
    { name: 'port', short: 'p', value: 'n', description: 'port to serve on (default any that is free)' },
  ],
  details: [
    'Prints an address to open in a browser on this machine: curves, newest samples, the generator at work between two latents, events,\n' +
      'several runs beside each other; of a sweep its progress, tables and curves. The page follows what the runs write, also when they end and begin again. It is served on\n' +
      '127.0.0.1 alone, to whoever has the address with its random token, and asks nothing of the network. For the generator,\n' +
      'onnxruntime-web must be installed beside dist-gan. Ctrl-C ends it; runs are never touched.',
  ],
  examples: [
    'dist-gan watch',
    'dist-gan watch sweeps/grid',
    'dist-gan watch runs/gaussian-grid-seed0 --port 8420',
  ],
  run: serveRuns,
};

async function serveRuns(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const known: Readonly<Record<string, PresetWords>> = { ...presets, ...recipePresets };
  const port = given.wholeNumber('port', 1);
  const folder = resolve(terminal.workingDirectory, given.positional('runs') ?? 'runs');
  const watched = await watchRuns({
    folder,
    ...(port !== undefined && { port }),
    wordsOf: (preset) => (Object.hasOwn(known, preset) ? known[preset] : undefined),
    sweep: sweepViews(folder),
    generatorOnnx: oneAtATime(exportGenerator),
    workingDirectory: terminal.workingDirectory,
  });
  return workUntilEnding(terminal, async (signal) => {
    terminal.stdout.write(`${watched.address}\n`);
    await new Promise((end) => signal.addEventListener('abort', end));
    await watched.close();
    return exitCodes.success;
  });
}

/** The one that was saved with the newest samples: checkpoints may be of other steps. */
async function exportGenerator(folder: string): Promise<Uint8Array> {
  await activateBackend('wasm');
  registerCustomObjects();
  const network = await loadNetwork(generatorFolder(folder));
  try {
    return exportOnnx(network, portsOf({ kind: 'generator', network }));
  } finally {
    network.dispose();
  }
}

/** Networks are loaded on one backend of the process: one request after the other. */
function oneAtATime<Input, Output>(work: (input: Input) => Promise<Output>): typeof work {
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const next = last.then(() => work(input));
    last = next.catch(() => undefined);
    return next;
  };
}
