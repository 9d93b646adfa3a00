import type { JsonObject, MetricResult } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { bestOf } from './best.js';
import { emptyHistory, withEvaluation, type RunHistory } from './history.js';

const result = (id: string, value: number, samples: number, protocol: JsonObject = {}): MetricResult => ({
  id,
  value,
  protocol,
  samples: { generated: samples },
  warnings: [],
});

/** Evaluations at the steps 10, 20, ... */
const historyOf = (...evaluations: readonly MetricResult[][]): RunHistory =>
  evaluations.reduce(
    (history, results, i) => withEvaluation(history, 10 * (i + 1), results, {}),
    emptyHistory,
  );

it('ranks values of one protocol', () => {
  const history = historyOf([result('fid', 9, 100)], [result('fid', 7, 100)], [result('fid', 8, 100)]);
  expect(bestOf(history)).toEqual({ step: 20, metric: 'fid' });
});

it('ranks no value above another that was measured in another way', () => {
  // Of more samples a Frechet distance is lower, however little was learnt.
  const history = historyOf(
    [result('fid', 9, 5000), result('kid', 2, 100)],
    [result('fid', 12, 100), result('kid', 1, 100)],
    [result('fid', 11, 100), result('kid', 3, 100)],
  );
  expect(history.evaluations.map(({ metrics }) => metrics)).toEqual([
    { kid: 2 },
    { fid: 12, kid: 1 },
    { fid: 11, kid: 3 },
  ]);
  expect(bestOf(history)).toEqual({ step: 30, metric: 'fid' });
  expect(bestOf(history, { metric: 'kid', better: 'lower' })).toEqual({ step: 20, metric: 'kid' });
});

it('takes the protocol of histories that say none for that of what comes', () => {
  const { evaluations, interventions } = historyOf([result('fid', 9, 100)]);
  const history = withEvaluation({ evaluations, interventions }, 20, [result('fid', 12, 200)], {});
  expect(bestOf(history)).toEqual({ step: 10, metric: 'fid' });
});

it('counts the first of results with one id', () => {
  const history = historyOf([result('fid', 9, 100, { resize: 'clean' }), result('fid', 5, 100)]);
  expect(history.evaluations[0].metrics).toEqual({ fid: 9 });
  expect(history.protocols).toEqual({ fid: { resize: 'clean', samples: { generated: 100 } } });
});
