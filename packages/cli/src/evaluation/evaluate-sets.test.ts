import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '@dist-gan/core';
import { evaluationProtocols, statisticsCache, type StatisticsCache } from '@dist-gan/metrics';
import { functionExtractor } from '@dist-gan/metrics/extractors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordedTerminal } from '../testing/recorded-terminal.js';
import { evaluateSets, type EvaluationRequest } from './evaluate-sets.js';
import { datasetSet } from './image-sets.js';
import { StageProgress } from './stage-progress.js';

/** 120 images of one grey each. */
const greys: Dataset = {
  id: 'greys',
  title: 'Greys',
  source: { title: 'none', year: 2026 },
  options: { split: 'test' },
  size: 120,
  sampleShape: [1, 1, 1],
  range: [0, 1],
  batch: (indices) => Uint8Array.from(indices, (index) => 2 * index),
};

let folder = '';
let seen: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-sets-'));
  seen = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Features of two numbers; every image that passes is counted. */
const network: EvaluationRequest['network'] = {
  async extractor(layer) {
    return functionExtractor({
      id: 'greys',
      layer,
      dimension: 2,
      features({ data, count }) {
        seen.push(`${layer}: ${count}`);
        return Float32Array.from({ length: 2 * count }, (_, i) => data[i >> 1] ** (1 + (i % 2)));
      },
      batchSize: 1000,
    });
  },
  logits: async (features) => ({ ...features, protocol: { ...features.protocol!, layer: 'logits' } }),
};

function evaluate(metrics: EvaluationRequest['metrics'], changes: Partial<EvaluationRequest> = {}) {
  return evaluateSets({
    generated: { name: 'generated', ...datasetSet(greys, 110), notices: [] },
    real: { name: 'real', ...datasetSet(greys, 120), notices: [] },
    metrics,
    protocol: evaluationProtocols['torch-fidelity'],
    layer: '2048',
    network,
    cache: undefined,
    progress: new StageProgress(recordedTerminal().stdout),
    signal: new AbortController().signal,
    ...changes,
  });
}

describe('evaluateSets', () => {
  it('passes every image through the network once, whatever is asked for', async () => {
    const results = await evaluate(['fid', 'is', 'pr']);
    expect(seen).toEqual(['2048: 110', '2048: 120']);
    expect(results.map(({ id }) => id)).toEqual([
      'frechet-distance',
      'inception-score',
      'inception-score-standard-deviation',
      'precision',
      'recall',
    ]);
  });

  it('names protocol, data sets and counts in every result', async () => {
    for (const { protocol, samples } of await evaluate(['fid', 'pr'])) {
      expect(protocol).toMatchObject({
        name: 'torch-fidelity',
        features: { layer: '2048', dimension: 2 },
        realSplit: { dataset: 'greys', split: 'test', first: 120, of: 120 },
        generatedSplit: { dataset: 'greys', split: 'test', first: 110, of: 120 },
      });
      expect(samples).toEqual({ real: 120, generated: 110 });
    }
  });

  it('keeps statistics of data sets, and takes no others for them', async () => {
    const cache: StatisticsCache = statisticsCache(folder);
    const [first] = await evaluate(['fid'], { cache });
    expect(seen).toHaveLength(2);
    expect(readdirSync(folder)).toHaveLength(2);
    const [again] = await evaluate(['fid'], { cache });
    expect(seen).toHaveLength(2);
    expect(again).toEqual(first);
    await evaluate(['fid'], { cache, layer: '64' });
    expect(seen).toHaveLength(4);
    await evaluate(['fid'], { cache, real: { name: 'real', ...datasetSet(greys, 119), notices: [] } });
    expect(seen).toHaveLength(5);
  });

  it('measures the kernel distance of few samples at once, and says so', async () => {
    const [{ protocol, warnings }] = await evaluate(['kid']);
    expect(protocol).toMatchObject({ metric: 'kernel-distance', sampling: 'all' });
    expect(warnings).toEqual([expect.stringContaining('110 samples make no subsets of 1000')]);
  });

  it("drops the images that fill no batch, as TTUR's program does", async () => {
    const [{ samples }] = await evaluate(['fid'], { protocol: evaluationProtocols.ttur });
    expect(samples).toEqual({ real: 100, generated: 100 });
  });
});
