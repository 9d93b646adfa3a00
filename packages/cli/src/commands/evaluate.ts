import { statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  checkFileWritable,
  DataNotFoundError,
  makeFolder,
  OptionError,
  OutputError,
  toJson,
  type MetricResult,
} from '@dist-gan/core';
import { dataFolder as defaultDataFolder } from '@dist-gan/datasets';
import { evaluationProtocols, type EvaluationProtocol, type StatisticsCache } from '@dist-gan/metrics';
import { inceptionLayers, type InceptionLayer } from '@dist-gan/metrics/inception';
import type { ParsedArguments } from '../arguments/index.js';
import { workUntilEnding } from '../ending/index.js';
import { evaluateSets } from '../evaluation/evaluate-sets.js';
import { openSet, type EvaluatedSet } from '../evaluation/image-sets.js';
import { InceptionNetwork } from '../evaluation/inception-network.js';
import { measures, readMeasures, type MeasureId } from '../evaluation/measures.js';
import { StageProgress } from '../evaluation/stage-progress.js';
import { openStatisticsCache } from '../evaluation/statistics-folder.js';
import { number, table } from '../progress/index.js';
import type { Terminal } from '../terminal.js';
import { endingCodes, exitCodes, type Command } from './command.js';

const layers = inceptionLayers.filter((layer) => !layer.startsWith('logits'));
const measureList = Object.entries(measures)
  .map(([id, { description }]) => `  ${id.padEnd(13)} ${description}`)
  .join('\n');

export const evaluate: Command = {
  name: 'evaluate',
  summary: 'measure generated images against real ones: FID, KID, precision, recall, ...',
  positionals: [
    {
      name: 'generated',
      description:
        'a folder of pictures, the folder of a run, an .npz file, or a data set such as cifar10-test',
    },
  ],
  flags: [
    { name: 'against', value: 'real', description: 'the real images: as the generated ones' },
    { name: 'metrics', value: 'list', description: 'metrics, with commas between them (default fid)' },
    {
      name: 'protocol',
      value: 'protocol',
      choices: Object.keys(evaluationProtocols),
      description: 'whose way of measuring (default clean-fid)',
    },
    {
      name: 'layer',
      value: 'layer',
      choices: layers,
      description: "layer of the network, in place of the protocol's 2048",
    },
    {
      name: 'weights',
      value: 'path',
      description: "the network's weights (default: looked for in the data folder)",
    },
    { name: 'samples', value: 'n', description: 'the first n generated images (default all)' },
    { name: 'against-samples', value: 'n', description: 'the first n real images (default all)' },
    { name: 'skip-corrupt', description: 'leave out pictures that cannot be decoded' },
    { name: 'data', value: 'folder', description: 'folder with data files (default: DIST_GAN_DATA)' },
    { name: 'batch', value: 'n', description: 'images in one call of the network (default 4)' },
    { name: 'threads', value: 'n', description: 'threads of the network (default: as many as cores)' },
    {
      name: 'cache',
      value: 'folder',
      description:
        "where means and covariances of data sets are kept (default: the user's folder for caches)",
    },
    { name: 'no-cache', description: 'keep none, and look for none' },
    { name: 'out', value: 'file', description: 'write the results as JSON into a file, too' },
    { name: 'json', description: 'print the results as JSON' },
  ],
  details: [
    `Metrics:\n${measureList}`,
    "The network is Inception-v3 as FID knows it; its weights are TensorFlow's classify_image_graph_def.pb or\n" +
      "pytorch-fid's pt_inception-2015-12-05-6726825d.pth. Numbers of different protocols, layers or sample counts\n" +
      'must not be compared: each result carries all three.',
    `Exit codes: 0 done, 2 bad input, ${endingCodes}, 1 anything unforeseen.`,
  ],
  examples: [
    'dist-gan evaluate samples --against cifar10-train --metrics fid,kid,prdc',
    'dist-gan evaluate samples --against real-pictures --protocol pytorch-fid --json',
    'dist-gan evaluate runs/mnist-seed0 --against mnist-test --metrics fid,prdc',
    'dist-gan evaluate samples --against stats.npz --metrics fid',
    'dist-gan evaluate cifar10-test --against cifar10-train --layer 768 --samples 5000 --against-samples 5000',
  ],
  run: runEvaluation,
};

async function runEvaluation(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const word = given.positional('generated');
  if (word === undefined) {
    throw new OptionError(
      'evaluate needs generated images: dist-gan evaluate <folder | run | stats.npz | data set> --against <real images>',
      'generated',
      word,
    );
  }
  const out = outputFile(given, terminal);
  // Hours later would be too late.
  if (out !== undefined) checkFileWritable(out, 'choose another file with --out');
  const metrics = readMeasures(given.text('metrics') ?? 'fid');
  const protocol = chooseProtocol(given);
  const layer = (given.text('layer') ?? protocol.layer) as InceptionLayer;
  const json = given.has('json');
  const progress = new StageProgress(json ? terminal.stderr : terminal.stdout);
  const network = inceptionNetwork(given, protocol, terminal);
  const work = async (signal: AbortSignal) => {
    const open = openSetWith(given, terminal, progress, signal);
    const counts = sampleCounts(given, protocol);
    const generated = await open(word, counts.generated);
    const against = given.text('against');
    const real = against === undefined ? undefined : await open(against, counts.real);
    const results = await evaluateSets({
      generated,
      ...(real !== undefined && { real }),
      metrics,
      protocol,
      layer,
      network,
      cache: chooseCache(given, terminal),
      progress,
      signal,
    });
    progress.end();
    report({ generated, real, metrics, protocol, layer, results }, given, terminal);
    return exitCodes.success;
  };
  try {
    return await workUntilEnding(terminal, work, { stopped: 'interrupted; nothing was measured' });
  } finally {
    progress.end();
    await network.dispose();
  }
}

function chooseProtocol(given: ParsedArguments): EvaluationProtocol {
  const id = (given.text('protocol') ?? 'clean-fid') as keyof typeof evaluationProtocols;
  return evaluationProtocols[id];
}

function sampleCounts(given: ParsedArguments, { samples }: EvaluationProtocol) {
  return {
    generated: given.wholeNumber('samples', 2) ?? samples?.generated,
    real: given.wholeNumber('against-samples', 2) ?? samples?.real.count,
  };
}

function openSetWith(
  given: ParsedArguments,
  terminal: Terminal,
  progress: StageProgress,
  signal: AbortSignal,
) {
  const folder = dataFolder(given, terminal);
  return (word: string, count: number | undefined): Promise<EvaluatedSet> =>
    openSet(word, {
      workingDirectory: terminal.workingDirectory,
      ...(count !== undefined && { count }),
      skipCorrupt: given.has('skip-corrupt'),
      environment: {
        ...(folder !== undefined && { dataFolder: folder }),
        onNotice: (message) => progress.notice(message),
      },
      onProgress: progress.stage(`${word}: looking at the pictures`),
      signal,
    });
}

function chooseCache(given: ParsedArguments, terminal: Terminal): StatisticsCache | undefined {
  if (given.has('no-cache')) return undefined;
  const named = given.text('cache');
  return openStatisticsCache(named === undefined ? undefined : resolve(terminal.workingDirectory, named));
}

function inceptionNetwork(
  given: ParsedArguments,
  { preparation }: EvaluationProtocol,
  terminal: Terminal,
): InceptionNetwork {
  const [weights, folder] = [given.text('weights'), dataFolder(given, terminal)];
  const [batchSize, threads] = [given.wholeNumber('batch', 1), given.wholeNumber('threads', 1)];
  return new InceptionNetwork({
    preparation,
    workingDirectory: terminal.workingDirectory,
    ...(weights !== undefined && { weights }),
    ...(folder !== undefined && { dataFolder: folder }),
    ...(batchSize !== undefined && { batchSize }),
    ...(threads !== undefined && { threads }),
  });
}

function dataFolder(given: ParsedArguments, terminal: Terminal): string | undefined {
  const path = given.text('data');
  if (path === undefined) return defaultDataFolder();
  const folder = resolve(terminal.workingDirectory, path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new DataNotFoundError(`--data ${path}: there is no such folder; check the path`, folder);
}

interface Report {
  readonly generated: EvaluatedSet;
  readonly real: EvaluatedSet | undefined;
  readonly metrics: readonly MeasureId[];
  readonly protocol: EvaluationProtocol;
  readonly layer: InceptionLayer;
  readonly results: readonly MetricResult[];
}

function report(
  { generated, real, protocol, layer, results }: Report,
  given: ParsedArguments,
  terminal: Terminal,
): void {
  const notices = [...generated.notices, ...(real?.notices ?? [])];
  const record = {
    generated: generated.name,
    against: real?.name ?? null,
    protocol: protocol.id,
    layer,
    notices,
    results,
  };
  const text = `${toJson(record, 2)}\n`;
  const file = outputFile(given, terminal);
  if (file !== undefined) write(file, text);
  if (given.has('json')) {
    terminal.stdout.write(text);
    return;
  }
  const rows = results.map(({ id, value, samples, protocol: { neighbours } }) => [
    // With `pr` and `prdc`, precision and recall are there twice.
    typeof neighbours === 'number' ? `${id}, k = ${neighbours}` : id,
    number(value),
    samples.generated === undefined ? '' : String(samples.generated),
    samples.real === undefined ? '' : String(samples.real),
  ]);
  const warnings = [...notices, ...new Set(results.flatMap((result) => result.warnings))];
  terminal.stdout.write(`
${generated.name}${real === undefined ? '' : ` against ${real.name}`}: ${protocol.id}, layer ${layer}

${table([['metric', 'value', 'generated', 'real'], ...rows])}${warnings.map((warning) => `\nwarning: ${warning}`).join('')}${warnings.length > 0 ? '\n' : ''}`);
}

function outputFile(given: ParsedArguments, { workingDirectory }: Terminal): string | undefined {
  const file = given.text('out');
  return file === undefined ? undefined : resolve(workingDirectory, file);
}

function write(path: string, content: string): void {
  makeFolder(dirname(path), 'choose another file with --out');
  try {
    writeFileSync(path, content);
  } catch (cause) {
    throw new OutputError(
      `--out ${path} cannot be written (${(cause as Error).message}); choose another file`,
      path,
      { cause },
    );
  }
}
