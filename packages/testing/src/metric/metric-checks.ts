import { isGanError, RandomStream, type Metric, type MetricResult, type SampleBatch } from '@dist-gan/core';
import { expect } from 'vitest';
import { describeChecks, type Check } from '../check.js';
import { expectClose } from '../close.js';
import { expectJson } from '../item.js';

/** How a metric is tested. */
export interface MetricSubject {
  /** A fresh metric that has seen nothing. */
  create(): Metric<SampleBatch>;
  /** Samples to measure, at least 4 of them. */
  readonly samples: SampleBatch;
  /** The ids of the metric's results, in order. */
  readonly ids: readonly string[];
  /** Values of these samples that are known from elsewhere, by id: compared to 1e-9 of them. */
  readonly expected?: Readonly<Record<string, number>>;
}

/** Sums in another order round differently in float64; no metric may depend on more than that. */
const rounding = { relative: 1e-10, absolute: 1e-12 };

/** Tests a metric; see {@link metricChecks} for what is tested. */
export function describeMetric(title: string, subject: MetricSubject): void {
  describeChecks(title, metricChecks(subject));
}

/** Everything that must be true of a metric, as functions that throw when it is not. */
export function metricChecks(subject: MetricSubject): Check[] {
  const check = (name: string, body: (subject: MetricSubject) => Promise<void>): Check => ({
    name,
    // Every check has a copy of the samples, safe from a metric that writes into them.
    run: () => body({ ...subject, samples: { ...subject.samples, data: subject.samples.data.slice() } }),
  });
  return [
    check('gives results that carry their protocol', checkResults),
    ...(subject.expected ? [check('gives the known values', checkExpected)] : []),
    check('gives the same results when asked twice', checkAskedTwice),
    check('does not depend on the order of the samples', checkOrder),
    check('does not depend on how the samples are cut into batches', checkCuts),
    check('goes on after it was asked', checkAskedBetween),
    check('does not change the samples', checkInput),
    check("keeps nothing that is the caller's", checkKept),
    check('keeps two instances apart', checkInstances),
    check('refuses samples that are not finite', checkNonFinite),
    check('never gives NaN before it has seen samples', checkEmpty),
  ];
}

async function checkResults(subject: MetricSubject): Promise<void> {
  const metric = subject.create();
  expect(metric.id, 'id').toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expectJson(metric.protocol, `protocol of ${metric.id}`);
  await metric.update(subject.samples);
  const results = await metric.results();
  expect(
    results.map(({ id }) => id),
    'ids of the results',
  ).toEqual(subject.ids);
  for (const { id, value, protocol, samples, warnings } of results) {
    expect(value, `value of ${id}`).toSatisfy(Number.isFinite, 'is finite');
    expect(Object.keys(protocol), `protocol of ${id}`).not.toEqual([]);
    expectJson(protocol, `protocol of ${id}`);
    expect(samples.generated, `generated samples of ${id}`).toBe(subject.samples.count);
    expect(Array.isArray(warnings), `warnings of ${id} are a list`).toBe(true);
  }
}

async function checkExpected(subject: MetricSubject): Promise<void> {
  const values = valuesOf(await measure(subject, [subject.samples]));
  for (const [id, expected] of Object.entries(subject.expected!)) {
    expectClose([values[id]], [expected], { relative: 1e-9, absolute: 1e-12 }, id);
  }
}

async function checkAskedTwice(subject: MetricSubject): Promise<void> {
  const metric = subject.create();
  await metric.update(subject.samples);
  const first = structuredClone(await metric.results());
  expect(await metric.results(), 'results asked for again').toEqual(first);
}

async function checkOrder(subject: MetricSubject): Promise<void> {
  const order = RandomStream.fromSeed(1).permutation(subject.samples.count);
  expectSame(
    await measure(subject, [pick(subject.samples, order)]),
    await measure(subject, [subject.samples]),
    'in another order',
  );
}

async function checkCuts(subject: MetricSubject): Promise<void> {
  const { samples } = subject;
  const whole = await measure(subject, [samples]);
  for (const batchSize of [1, 3, Math.ceil(samples.count / 2)]) {
    expectSame(await measure(subject, cut(samples, batchSize)), whole, `in batches of ${batchSize}`);
  }
}

async function checkAskedBetween(subject: MetricSubject): Promise<void> {
  const metric = subject.create();
  for (const batch of cut(subject.samples, Math.ceil(subject.samples.count / 2))) {
    await metric.update(batch);
    // Of the first half there may be too few.
    await thrownBy(async () => metric.results());
  }
  expectSame(await metric.results(), await measure(subject, [subject.samples]), 'asked for halfway, too');
}

async function checkKept(subject: MetricSubject): Promise<void> {
  const { samples } = subject;
  const metric = subject.create();
  const batch = { ...samples, data: samples.data.slice() };
  await metric.update(batch);
  // The caller may write its next samples into the same array.
  batch.data.fill(0);
  expectSame(
    await metric.results(),
    await measure(subject, [samples]),
    'of an array that was then written into',
  );
}

async function checkInput(subject: MetricSubject): Promise<void> {
  const before = subject.samples.data.slice();
  await measure(subject, [subject.samples]);
  expect(subject.samples.data, 'samples after they were measured').toEqual(before);
}

async function checkInstances(subject: MetricSubject): Promise<void> {
  const alone = await measure(subject, [subject.samples]);
  const first = subject.create();
  const second = subject.create();
  await first.update(subject.samples);
  await second.update(cut(subject.samples, Math.ceil(subject.samples.count / 2))[0]);
  expectSame(await first.results(), alone, 'beside a second instance');
}

async function checkNonFinite(subject: MetricSubject): Promise<void> {
  const last = subject.samples.data.length - 1;
  for (const [bad, place] of [
    [NaN, last],
    [Infinity, Math.floor(last / 2)],
    [-Infinity, 0],
  ]) {
    const data = subject.samples.data.slice();
    data[place] = bad;
    const metric = subject.create();
    await metric.update(subject.samples);
    const before = structuredClone(await metric.results());
    const error = await thrownBy(async () => metric.update({ ...subject.samples, data }));
    expect(
      isGanError(error, 'VALUE_NON_FINITE'),
      `update with ${bad} at ${place} throws VALUE_NON_FINITE`,
    ).toBe(true);
    expect(await metric.results(), 'results after a batch was refused').toEqual(before);
  }
}

async function checkEmpty(subject: MetricSubject): Promise<void> {
  let results: readonly MetricResult[];
  try {
    results = await subject.create().results();
  } catch (error) {
    expect(isGanError(error), 'without samples it throws an error of @dist-gan/core').toBe(true);
    return;
  }
  for (const { id, value } of results) expect(value, `${id} without samples`).not.toBeNaN();
}

async function measure(
  subject: MetricSubject,
  batches: readonly SampleBatch[],
): Promise<readonly MetricResult[]> {
  const metric = subject.create();
  for (const batch of batches) await metric.update(batch);
  return await metric.results();
}

function expectSame(actual: readonly MetricResult[], wanted: readonly MetricResult[], how: string): void {
  for (const [i, { id, value, samples }] of wanted.entries()) {
    expectClose([actual[i].value], [value], rounding, `${id} of the same samples ${how}`);
    expect(actual[i].samples, `samples counted by ${id} ${how}`).toEqual(samples);
  }
}

function valuesOf(results: readonly MetricResult[]): Record<string, number> {
  return Object.fromEntries(results.map(({ id, value }) => [id, value]));
}

function pick(samples: SampleBatch, order: ArrayLike<number>): SampleBatch {
  const length = samples.data.length / samples.count;
  const data = new Float32Array(order.length * length);
  for (let i = 0; i < order.length; i++) {
    data.set(samples.data.subarray(order[i] * length, (order[i] + 1) * length), i * length);
  }
  return { data, count: order.length, sampleShape: samples.sampleShape };
}

function cut(samples: SampleBatch, batchSize: number): SampleBatch[] {
  const batches: SampleBatch[] = [];
  for (let start = 0; start < samples.count; start += batchSize) {
    const count = Math.min(batchSize, samples.count - start);
    batches.push(
      pick(
        samples,
        Array.from({ length: count }, (_, i) => start + i),
      ),
    );
  }
  return batches;
}

async function thrownBy(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}
