import type { RunRecord } from '@dist-gan/runs';
import { expect, it } from 'vitest';
import { summariseRun } from './describe-run.js';

it('keeps apart what is measured of one metric in two ways', () => {
  const result = (value: number, layer: string) => ({
    id: 'fid',
    value,
    protocol: { layer },
    samples: {},
    warnings: [],
  });
  const { metrics } = summariseRun({
    name: 'run',
    record: { preset: 'cifar10', seed: 0, options: {}, startedAt: '' } as unknown as RunRecord,
    preset: { title: '', description: '', published: [] },
    events: [
      {
        event: 'evaluation',
        step: 1,
        metrics: [result(1, '64'), result(2, '2048')],
        seconds: 1,
        memoryBytes: 1,
      },
    ],
    state: 'completed',
    samples: { kind: 'images', steps: [] },
    pictures: [],
    version: '',
  });
  expect(metrics).toEqual({ fid: 1, 'fid [2]': 2 });
});
