import { isGanError, type MetricResult } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { kernelSchema } from '../../features/kernel/kernel-distance.js';
import { frechetSchema } from '../../features/frechet/frechet-distance.js';
import { publishedPreparations } from '../../extractors/images/preparation.js';
import { inceptionScoreSchema } from '../../features/inception-score/inception-score.js';
import { precisionRecallSchema } from '../../features/manifold/manifold-metrics.js';
import { resolveOptions } from '@dist-gan/core';
import { compareResults } from './compare-results.js';
import { evaluationProtocols, type EvaluationProtocol } from './evaluation-protocols.js';

const result: MetricResult = {
  id: 'frechet-distance',
  value: 10,
  protocol: {
    ddof: 1,
    features: { extractor: 'inception-v3-fid', resize: 'pytorch', side: 299 },
    realSplit: 'train',
  },
  samples: { real: 50_000, generated: 10_000 },
  warnings: [],
};

describe('compareResults', () => {
  it('subtracts values of one protocol', () => {
    expect(compareResults(result, { ...result, value: 8.5 })).toEqual({
      difference: -1.5,
      protocolDifferences: [],
    });
  });

  it('refuses different protocols and names every difference', () => {
    const other = {
      ...result,
      protocol: { ddof: 0, features: { extractor: 'inception-v3-fid', resize: 'pil-bicubic', side: 299 } },
      samples: { real: 50_000, generated: 5000 },
    };
    let error: unknown;
    try {
      compareResults(result, other);
    } catch (caught) {
      error = caught;
    }
    expect(isGanError(error, 'OPTION_INVALID')).toBe(true);
    expect((error as Error).message).toContain(
      '(ddof: 1 and 0; features.resize: "pytorch" and "pil-bicubic"; realSplit: "train" and not stated; ' +
        'samples.generated: 10000 and 5000)',
    );
    const forced = compareResults(result, { ...other, value: 12 }, { force: true });
    expect(forced.difference).toBe(2);
    expect(forced.protocolDifferences.map(({ path }) => path)).toEqual([
      'ddof',
      'features.resize',
      'realSplit',
      'samples.generated',
    ]);
  });

  it('never compares two metrics', () => {
    expect(() => compareResults(result, { ...result, id: 'precision' }, { force: true })).toThrow(
      'frechet-distance and precision are different metrics',
    );
  });
});

describe('evaluationProtocols', () => {
  it.each(Object.entries(evaluationProtocols))('%s has options that the metrics take', (id, protocol) => {
    const { frechetDistance, kernelDistance, inceptionScore, precisionRecall, ...rest }: EvaluationProtocol =
      protocol;
    expect(rest.id).toBe(id);
    expect(Object.keys(publishedPreparations)).toContain(rest.preparation);
    resolveOptions(frechetSchema, frechetDistance, id);
    resolveOptions(kernelSchema, kernelDistance, id);
    resolveOptions(inceptionScoreSchema, inceptionScore, id);
    resolveOptions(precisionRecallSchema, precisionRecall, id);
  });
});
