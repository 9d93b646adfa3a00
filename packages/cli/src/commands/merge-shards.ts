import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { checkFileWritable, DataNotFoundError, OptionError } from '@dist-gan/core';
import { writeStatistics } from '@dist-gan/metrics';
import { mergeMomentsParts, readMomentsPart, type MomentsPart } from '@dist-gan/metrics/evaluate';
import type { ParsedArguments } from '../arguments/index.js';
import { otherFile, writeOutputFile } from '../output-file.js';
import type { Terminal } from '../terminal.js';
import { codesOfAll, exitCodes, type Command } from './command.js';

export const mergeShards: Command = {
  name: 'merge-shards',
  positionals: [
    {
      name: 'part',
      repeatable: true,
      description: 'the files of all shards of a set, in any order',
    },
  ],
  flags: [
    { name: 'out', short: 'o', value: 'file', description: 'the .npz file of mean and covariance to write' },
  ],
  details: [
    'Makes mean and covariance of a whole set from the parts that dist-gan evaluate --shard k/n has written, in float64. The file is what dist-gan evaluate,\n' +
      'pytorch-fid and clean-fid compare with. Parts of different sets, networks or protocols, and parts that are missing or there twice, are refused.',
    `Exit codes: 0 done, 2 bad input, ${codesOfAll}.`,
  ],
  examples: [
    'dist-gan merge-shards part-*.npz --out samples.npz && dist-gan evaluate samples.npz --against cifar10-train',
  ],
  run: merge,
};

async function merge(given: ParsedArguments, { workingDirectory, stdout }: Terminal): Promise<number> {
  const names = given.positionalList('part');
  const out = given.text('out');
  if (names.length === 0 || out === undefined) {
    throw new OptionError(
      'merge-shards needs the parts and a file to write, for instance dist-gan merge-shards part-*.npz --out samples.npz',
      names.length === 0 ? 'part' : '--out',
      undefined,
    );
  }
  const file = resolve(workingDirectory, out);
  checkFileWritable(file, otherFile);
  const parts: MomentsPart[] = [];
  for (const name of names) parts.push(await readMomentsPart(read(resolve(workingDirectory, name)), name));
  const statistics = await mergeMomentsParts(parts);
  writeOutputFile(file, await writeStatistics(statistics));
  stdout.write(
    `${basename(file)}: mean and covariance of ${statistics.count} samples of ${parts[0].set.name}, from ${parts.length} parts\n`,
  );
  return exitCodes.success;
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new DataNotFoundError(
      `${file} cannot be read (${(cause as Error).message}); check the path`,
      file,
      {
        cause,
      },
    );
  }
}
