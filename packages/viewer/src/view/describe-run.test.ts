import type { JsonObject, MetricResult } from '@dist-gan/core';
import type { RunEvent, RunRecord } from '@dist-gan/runs';
import { expect, it } from 'vitest';
import { describeRun, summariseRun, type DescribedRun } from './describe-run.js';

const fid = (value: number, protocol: JsonObject): MetricResult => ({
  id: 'fid',
  value,
  protocol,
  samples: {},
  warnings: [],
});

const evaluation = (step: number, ...metrics: readonly MetricResult[]): RunEvent => ({
  event: 'evaluation',
  step,
  metrics,
  seconds: 1,
  memoryBytes: 1,
});

const runOf = (...events: readonly RunEvent[]): DescribedRun => ({
  name: 'run',
  record: { preset: 'cifar10', seed: 0, options: {}, startedAt: '' } as unknown as RunRecord,
  preset: { title: '', description: '', published: [] },
  events,
  state: 'completed',
  samples: { kind: 'images', steps: [] },
  pictures: [],
  version: '',
});

it('keeps apart what is measured of one metric in two ways', () => {
  const { metrics } = summariseRun(runOf(evaluation(1, fid(1, { layer: '64' }), fid(2, { layer: '2048' }))));
  expect(metrics).toEqual({ fid: 1, 'fid [2]': 2 });
});

it('keeps apart what was measured in another way before a run went on', () => {
  const [before, now] = [{ resize: 'legacy' }, { resize: 'clean' }];
  const { evaluations } = describeRun(
    runOf(evaluation(1, fid(9, before)), evaluation(2, fid(8, now)), evaluation(3, fid(7, now))),
  );
  expect(evaluations.map(({ metrics }) => metrics)).toEqual([
    { 'fid, measured otherwise': 9 },
    { fid: 8 },
    { fid: 7 },
  ]);
});
