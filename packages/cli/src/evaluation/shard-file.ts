import { basename, resolve } from 'node:path';
import { checkFileWritable, OptionError } from '@dist-gan/core';
import {
  measureShard,
  writeMomentsPart,
  type FeatureMetricId,
  type MeasureShardOptions,
  type Shard,
} from '@dist-gan/metrics/evaluate';
import { otherFile, writeOutputFile } from '../output-file.js';
import type { Terminal } from '../terminal.js';

/** `3/8`: shard 3 of the shards 0 to 7. */
export function readShard(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index < shard.of) return shard;
  throw new OptionError(
    `--shard must be k/n with k from 0 to n - 1, for instance 0/8 to 7/8 (got ${text})`,
    '--shard',
    text,
  );
}

/** @throws OptionError for metrics that no sums over shards give */
export function metricOfShards(ids: readonly FeatureMetricId[]): 'fid' | 'frechet-distance' {
  const [id, ...more] = ids;
  if (more.length === 0 && (id === 'fid' || id === 'frechet-distance')) return id;
  throw new OptionError(
    `--shard is for fid and frechet-distance, which need a mean and a covariance alone (got ${ids.join(',')})`,
    '--metrics',
    ids,
  );
}

/** Measures a shard of a set, and writes its part into a file. @throws OutputError when it cannot be written */
export async function writeShard(
  out: string | undefined,
  options: MeasureShardOptions,
  { workingDirectory, stdout }: Terminal,
): Promise<void> {
  if (out === undefined) {
    throw new OptionError('--shard writes a part of the set; say where with --out part.npz', '--out', out);
  }
  const file = resolve(workingDirectory, out);
  // Hours later would be too late.
  checkFileWritable(file, otherFile);
  const part = await measureShard(options);
  writeOutputFile(file, await writeMomentsPart(part));
  const { shard, set, sums } = part;
  stdout.write(
    `${basename(file)}: shard ${shard.index} of ${shard.of}, ${sums.count} of ${set.size} samples of ${set.name}; dist-gan merge-shards makes the whole of all\n`,
  );
}
