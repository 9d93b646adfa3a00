import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { modelCard } from '../../packages/cli/src/evaluation/model-card.js';
import { RunFolder } from '../../packages/runs/src/folder/run-folder.js';
import { openRunPath } from '../../packages/runs/src/folder/run-path.js';
import { readConfigFile } from '../../packages/cli/src/settings/config-file.js';
import { toJson, writeSafetensors } from '../../packages/core/src/index.js';
import { readZip, writeZip } from '../../packages/datasets/src/files/zip.js';
import { statisticsCache } from '../../packages/metrics/src/evaluate/statistics/statistics-cache.js';
import {
  readStatistics,
  writeStatistics,
} from '../../packages/metrics/src/evaluate/statistics/statistics-file.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../packages/runs/src/checkpoints/checkpoint-file.js';
import { stageFolder } from '../../packages/runs/src/stages/stage-folder.js';
import { RunReader } from '../../packages/viewer/src/reading/run-reader.js';
import { lockRun } from '../../packages/runs/src/lock/run-lock.js';
import { attack } from './attack.js';
import { altered, damaged } from './damage.js';
import { asFile, scratch, text } from './scratch.js';

const result = {
  id: 'fid',
  value: NaN,
  protocol: { extractor: 'x' },
  samples: { real: 9 },
  warnings: ['few'],
};
const record = {
  preset: 'mnist',
  seed: 3,
  options: {
    method: { id: 'dist-gan', options: {} },
    architecture: { id: 'mlp' },
    dataset: { id: 'mnist' },
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 64,
    steps: 7,
    movingAverage: { halfLife: 10, rampUp: null },
    evaluation: { samples: 20, metrics: [{ id: 'fid' }] },
  },
  samples: { shape: [28, 28, 1], range: [0, 1] },
  versions: { 'dist-gan': '1.0.0', node: '22' },
};
const finished = { preset: 'mnist', seed: 3, steps: 7, seconds: 9, stepsPerSecond: 1, executor: 'eager' };
const events = [
  {
    event: 'step',
    step: 1,
    losses: { 'generator/total': 1 },
    learningRates: { generator: 1 },
    seconds: 1,
    memoryBytes: 9,
  },
  { event: 'evaluation', step: 2, metrics: [result], rawMetrics: [result], seconds: 1, memoryBytes: 9 },
  { event: 'failure', step: 2, message: 'NaN', seconds: 1 },
];
const lines = text(toJson(events));

const statistics = {
  dimension: 2,
  mean: Float64Array.of(1, 2),
  covariance: Float64Array.of(2, 1, 1, 3),
  ddof: 1,
  count: 100,
  protocol: { extractor: 'x', split: { first: 3 } },
} as const;
const key = { images: 'a', count: 100, extractor: 'x', ddof: 1 } as const;
const cache = statisticsCache(join(scratch, 'cache'));

const statisticsFiles = await readZip(await writeStatistics(statistics));

/** The parts of statistics that can be wrong once their file is whole. */
function withRecord(bytes: Uint8Array): Promise<Uint8Array> {
  return writeZip(new Map([...statisticsFiles, ['protocol.json', bytes]]));
}

const checkpoint = encodeCheckpoint({
  step: 7,
  seconds: 1.5,
  history: {
    evaluations: [{ step: 5, metrics: { fid: 3 }, measurements: {} }],
    interventions: [{ step: 6, guard: 'x', action: 'restored', reason: 'y', restoredStep: 5 }],
  },
  tensors: new Map([['generator/kernel', { shape: [2], data: Float32Array.of(1, 2) }]]),
  record: { options: record.options, seed: 3, versions: { node: '22' }, engine: 'onnx' },
});
const checksumAt = '12345678{"__metadata__":{"sha256":"'.length;

/** A checkpoint that was damaged before its checksum was made, so that damage gets past it. */
function withChecksum(bytes: Uint8Array): Uint8Array {
  const blank = Buffer.from(bytes);
  if (blank.length < checksumAt + 64) return blank;
  blank.fill('0', checksumAt, checksumAt + 64);
  const sum = createHash('sha256').update(blank).digest('hex');
  blank.write(sum, checksumAt, 'latin1');
  return blank;
}

const inputs = [{ shape: [null, 2] }];
const network = { network: { layers: [], inputs }, kind: 'generator', packing: 1, averaged: false } as never;

attack({
  'run.json': {
    whole: text(toJson(record)),
    damage: altered,
    read(bytes) {
      asFile('run.json', bytes);
      // Each of them reads it, the second more of it.
      RunFolder.open(scratch);
      const opened = openRunPath(scratch);
      modelCard({ opened, network, role: 'generator', form: 'onnx', file: 'x' });
      new RunReader(scratch).view();
    },
  },
  'result.json': {
    whole: text(toJson({ ...finished, metrics: [result] })),
    damage: altered,
    read(bytes) {
      const folder = join(scratch, 'finished');
      mkdirSync(folder, { recursive: true });
      asFile('finished/run.json', text(toJson(record)));
      asFile('finished/result.json', bytes);
      new RunReader(folder).view();
    },
  },
  'a stage of a recipe': {
    whole: writeSafetensors(new Map([['codes', { shape: [3], data: Float32Array.of(1, 2, 3) }]]), {
      ...{ complete: 'true', seconds: '3', options: '{"steps":3}' },
    }),
    read(bytes) {
      asFile('codes.safetensors', bytes);
      return stageFolder(scratch).read('codes');
    },
  },
  'metrics.jsonl': {
    whole: lines,
    damage: (whole, seed) => {
      const events = new TextDecoder().decode(altered(whole, seed));
      return text(events.replaceAll('},{"event"', '}\n{"event"').replace(/^\[|\]$/g, ''));
    },
    read(bytes) {
      asFile('run.json', text(toJson(record)));
      asFile('metrics.jsonl', bytes);
      const opened = openRunPath(scratch);
      modelCard({ opened, network, role: 'generator', form: 'onnx', file: 'x' });
      new RunReader(scratch).view();
      return RunFolder.open(scratch).folder.rewindLog(2);
    },
  },
  configuration: {
    whole: text('{"preset":"mnist","seed":3,"options":{"batchSize":64}}'),
    damage: altered,
    read: (bytes) => readConfigFile(asFile('config.json', bytes)),
  },
  lock: {
    whole: text(JSON.stringify({ process: 2 ** 22, host: hostname(), started: '1' })),
    damage: altered,
    read(bytes) {
      const folder = join(scratch, 'locked');
      mkdirSync(folder, { recursive: true });
      rmSync(join(folder, '.lock'), { force: true });
      asFile('locked/.lock', bytes);
      lockRun(folder).release();
    },
  },
  checkpoint: { whole: checkpoint, read: (bytes) => decodeCheckpoint(bytes, 'x') },
  'checkpoint, its checksum made again': {
    whole: checkpoint,
    damage: (whole, seed) => withChecksum(damaged(whole, seed)),
    read: (bytes) => decodeCheckpoint(bytes, 'x'),
  },
  statistics: { whole: writeStatistics(statistics), read: (bytes) => readStatistics(bytes, 'x') },
  'record of statistics': {
    whole: text(toJson({ count: 100, ddof: 1, protocol: { extractor: 'x', split: { first: 3 } } })),
    damage: altered,
    read: async (bytes) => readStatistics(await withRecord(bytes), 'x'),
  },
  'statistics in a cache': {
    whole: writeStatistics({ ...statistics, protocol: { ...statistics.protocol, cacheKey: key } }),
    async read(bytes) {
      mkdirSync(cache.folder, { recursive: true });
      const name = createHash('sha256')
        .update('{"count":100,"ddof":1,"extractor":"x","images":"a"}')
        .digest('hex');
      asFile(`cache/${name}.npz`, bytes);
      const read = await cache.read(key);
      // A damaged file is made anew; it never gives another number.
      if (read !== undefined && String(read.covariance) !== '2,1,1,3') throw new Error('other numbers');
    },
  },
});
