import { NonFiniteError, type Metric, type MetricResult, type SampleBatch } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { failedChecks } from '../check.js';
import { describeMetric, metricChecks, type MetricSubject } from './metric-checks.js';

/** The mean of all numbers. Everything that a broken version changes is a method of its own. */
class MeanMetric implements Metric {
  readonly id = 'mean-value';
  readonly protocol = { of: 'all numbers' };
  protected sum = 0;
  protected count = 0;
  protected samples = 0;

  update(batch: SampleBatch): void {
    this.check(batch);
    this.add(batch);
    this.samples += batch.count;
  }

  results(): readonly MetricResult[] {
    const value = this.count === 0 ? 0 : this.sum / this.count;
    return [
      { id: this.id, value, protocol: this.protocol, samples: { generated: this.samples }, warnings: [] },
    ];
  }

  protected check({ data }: SampleBatch): void {
    if (!data.every(Number.isFinite)) throw new NonFiniteError('a sample is not finite', 'samples');
  }

  protected add({ data }: SampleBatch): void {
    for (const value of data) this.sum += value;
    this.count += data.length;
  }
}

const samples: SampleBatch = {
  data: Float32Array.from([0, 1, 0.5, 0.25, 0.75, 0.125, 1, 0.5, 0, 1]),
  count: 5,
  sampleShape: [2],
};

const right: MetricSubject = {
  create: () => new MeanMetric(),
  samples,
  ids: ['mean-value'],
  expected: { 'mean-value': 0.5125 },
};

describeMetric('a right metric', right);

const broken: { what: string; create: () => Metric; fails: string[] }[] = [
  {
    what: 'a result without its protocol',
    create: () =>
      new (class extends MeanMetric {
        override results(): readonly MetricResult[] {
          return super.results().map((result) => ({ ...result, protocol: {} }));
        }
      })(),
    fails: ['gives results that carry their protocol'],
  },
  {
    what: 'a wrong count of samples',
    create: () =>
      new (class extends MeanMetric {
        protected override add(batch: SampleBatch): void {
          super.add(batch);
          this.samples = 4 - batch.count;
        }
      })(),
    fails: ['gives results that carry their protocol'],
  },
  {
    what: 'a wrong value',
    create: () =>
      new (class extends MeanMetric {
        protected override add(batch: SampleBatch): void {
          super.add(batch);
          this.sum += 1e-6 * batch.count;
        }
      })(),
    fails: ['gives the known values'],
  },
  {
    what: 'results that count themselves',
    create: () =>
      new (class extends MeanMetric {
        override results(): readonly MetricResult[] {
          const results = super.results();
          this.sum += 1;
          return results;
        }
      })(),
    fails: [
      'gives the same results when asked twice',
      'goes on after it was asked',
      'refuses samples that are not finite',
    ],
  },
  {
    what: 'the mean of the first half',
    create: () =>
      new (class extends MeanMetric {
        protected override add(batch: SampleBatch): void {
          super.add({ ...batch, data: batch.data.slice(0, batch.data.length / 2) });
        }
      })(),
    fails: [
      'gives the known values',
      'does not depend on the order of the samples',
      'does not depend on how the samples are cut into batches',
      'goes on after it was asked',
    ],
  },
  {
    what: 'samples clipped in place',
    create: () =>
      new (class extends MeanMetric {
        protected override add(batch: SampleBatch): void {
          super.add(batch);
          batch.data.fill(0.5125);
        }
      })(),
    fails: [
      'does not depend on how the samples are cut into batches',
      'does not change the samples',
      'keeps two instances apart',
    ],
  },
  {
    what: 'results that are kept',
    create: () =>
      new (class extends MeanMetric {
        private made: readonly MetricResult[] | undefined;
        override results(): readonly MetricResult[] {
          return (this.made ??= super.results());
        }
      })(),
    fails: ['goes on after it was asked'],
  },
  {
    what: 'samples that are looked at later',
    create: () =>
      new (class extends MeanMetric {
        private readonly batches: SampleBatch[] = [];
        protected override add(batch: SampleBatch): void {
          this.batches.push(batch);
        }
        override results(): readonly MetricResult[] {
          this.sum = this.count = 0;
          for (const batch of this.batches) super.add(batch);
          return super.results();
        }
      })(),
    fails: ["keeps nothing that is the caller's"],
  },
  {
    what: 'a look at the last number alone',
    create: () =>
      new (class extends MeanMetric {
        protected override check({ data, ...batch }: SampleBatch): void {
          super.check({ ...batch, data: data.subarray(-1) });
        }
      })(),
    fails: ['refuses samples that are not finite'],
  },
  {
    what: 'NaN let through',
    create: () =>
      new (class extends MeanMetric {
        protected override check(): void {
          // Checks nothing.
        }
      })(),
    fails: ['refuses samples that are not finite'],
  },
  {
    what: 'a refused batch that is counted',
    create: () =>
      new (class extends MeanMetric {
        protected override check(batch: SampleBatch): void {
          this.samples += batch.data.every(Number.isFinite) ? 0 : 1;
          super.check(batch);
        }
      })(),
    fails: ['refuses samples that are not finite'],
  },
  {
    what: 'NaN for no samples',
    create: () =>
      new (class extends MeanMetric {
        override results(): readonly MetricResult[] {
          return super.results().map((result) => ({ ...result, value: this.sum / this.count }));
        }
      })(),
    fails: ['never gives NaN before it has seen samples'],
  },
];

it.each(broken)('finds $what', async ({ create, fails }) => {
  expect(await failedChecks(metricChecks({ ...right, create }))).toEqual(fails);
});

it('finds sums shared between instances', async () => {
  const shared = { sum: 0, count: 0 };
  class Shared extends MeanMetric {
    protected override add(batch: SampleBatch): void {
      super.add(batch);
      shared.sum += this.sum;
    }
    override results(): readonly MetricResult[] {
      return super.results().map((result) => ({ ...result, value: shared.sum }));
    }
  }
  const failed = await failedChecks(metricChecks({ ...right, create: () => new Shared() }));
  expect(failed).toContain('keeps two instances apart');
});
