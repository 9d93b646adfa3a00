import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.js';
import { encodeEvent } from './event.js';
import { histogramOf } from './histogram.js';
import { TensorBoardReporter } from './tensorboard.js';
import { tfRecord } from './tf-record.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

it('has the checksums of RFC 3720, B.4', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
});

// What the package tensorboard 2.21 of PyPI writes of the same events (its event_pb2 and RecordWriter).
describe('the bytes of TensorBoard itself', () => {
  const wallTime = 1700000000.25;
  const first = '0900001040fc54d9411a0d627261696e2e4576656e743a32';

  it('of the marks of a file and of a restart', () => {
    expect(hex(encodeEvent({ wallTime, mark: 'file' }))).toBe(first);
    expect(hex(encodeEvent({ wallTime, step: 301, mark: 'restart' }))).toBe(
      '0900001040fc54d94110ad023a020801',
    );
  });

  it('of a scalar, a picture and a histogram', () => {
    const png = bytes('89504e470d0a1a0a0000000d49484452000000030000000208060000009d74661a');
    const histogram = {
      min: -1,
      max: 2,
      count: 3,
      sum: 1,
      sumOfSquares: 5,
      limits: [-0.5, 2],
      counts: [1, 2],
    };
    const event = encodeEvent({
      wallTime,
      step: 300,
      summaries: [
        { tag: 'losses/generator/total', scalar: 0.5 },
        { tag: 'samples', png },
        { tag: 'weights/generator/0', histogram },
      ],
    });
    expect(hex(event)).toBe(
      '0900001040fc54d94110ac022abf010a1d0a166c6f737365732f67656e657261746f722f746f74616c150000003f0a340a0773616d706c6573222908' +
        '0210031803222189504e470d0a1a0a0000000d49484452000000030000000208060000009d74661a0a680a13776569676874732f67656e657261746f' +
        '722f302a5109000000000000f0bf11000000000000004019000000000000084021000000000000f03f2900000000000014403210000000000000e0bf' +
        '00000000000000403a10000000000000f03f0000000000000040',
    );
  });

  it('of a record', () => {
    expect(hex(tfRecord(bytes(first)))).toBe(`1800000000000000a37f4b22${first}338d2fe9`);
  });
});

describe('histogramOf', () => {
  it('counts every finite number once, in the bucket that it is in', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        const finite = values.filter(Number.isFinite);
        const histogram = histogramOf([...values, NaN, Infinity]);
        if (finite.length === 0) {
          // What an assertion returns is no verdict on the property.
          expect(histogram).toBeUndefined();
          return;
        }
        const { limits, counts, min, max } = histogram!;
        expect([min, max]).toEqual([Math.min(...finite), Math.max(...finite)]);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length);
        expect(limits.at(-1)).toBe(max);
        // A number at a border may be in either of two buckets: rounding decides.
        const slack = 1e-9 * Math.max(1, Math.abs(min), Math.abs(max));
        let below = 0;
        limits.forEach((limit, i) => {
          below += counts[i];
          expect(below).toBeLessThanOrEqual(finite.filter((value) => value <= limit + slack).length);
          expect(below).toBeGreaterThanOrEqual(finite.filter((value) => value < limit - slack).length);
        });
      }),
    );
  });

  it.each([
    [-5e-324, 0],
    [-Number.MAX_VALUE, Number.MAX_VALUE],
  ])('has one bucket where a width is no number: %d to %d', (min, max) => {
    expect(histogramOf([min, max])).toMatchObject({ min, max, count: 2, limits: [max], counts: [2] });
  });

  it('knows that all numbers are one, and that there is none', () => {
    expect(histogramOf([3, 3])).toMatchObject({ limits: [3], counts: [2], sum: 6, sumOfSquares: 18 });
    expect(histogramOf([NaN])).toBeUndefined();
  });
});

describe('TensorBoardReporter', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dist-gan-board-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes steps, evaluations and restarts, in one file for each sitting', () => {
    const times = { seconds: 1, memoryBytes: 2 };
    const first = new TensorBoardReporter();
    first.start({ folder, step: 0 });
    first.log({
      event: 'step',
      step: 1,
      losses: { 'a/total': 0.5 },
      learningRates: { a: 0.25 },
      measurements: { 'gradient-norm/a': 1 },
      ...times,
    });
    const fid = { id: 'fid', value: 7, protocol: {}, samples: {}, warnings: [] };
    const line = { event: 'evaluation', step: 2, metrics: [fid], rawMetrics: [fid], ...times } as const;
    first.log(line);
    const weights = { shape: [2], data: Float32Array.of(1, 2) };
    first.evaluation({
      line,
      samples: { data: new Float32Array(1), count: 1, sampleShape: [1] },
      pictures: new Map([['samples', new Uint8Array(33)]]),
      state: {
        step: 2,
        seconds: 1,
        history: { evaluations: [], interventions: [] },
        tensors: new Map([
          ['weights/generator/0', weights],
          ['slots/generator/0', weights],
        ]),
      },
    });
    const second = new TensorBoardReporter();
    second.start({ folder, step: 2 });
    const files = readdirSync(join(folder, 'tensorboard'));
    expect(files).toHaveLength(2);
    expect(files.flatMap((file) => tagsOf(readFileSync(join(folder, 'tensorboard', file))))).toEqual([
      [0],
      [
        1,
        'losses/a/total',
        'learningRates/a',
        'measurements/gradient-norm/a',
        'process/seconds',
        'process/memoryBytes',
      ],
      [2, 'metrics/fid', 'rawMetrics/fid'],
      [2, 'samples', 'weights/generator/0'],
      [0],
      [3, 'START'],
    ]);
  });
});

/** Step and tags of every event of a file. */
function tagsOf(file: Uint8Array): (number | string)[][] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const events: (number | string)[][] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    const event: (number | string)[] = [0];
    new PbfReader(file.subarray(at + 12, at + 12 + length)).readFields((field, _, reader) => {
      if (field === 2) event[0] = reader.readVarint();
      if (field === 7) event.push('START');
      if (field !== 5) return;
      reader.readMessage((inSummary, __, summary) => {
        if (inSummary !== 1) return;
        summary.readMessage((inValue, ___, value) => {
          if (inValue === 1) event.push(value.readString());
        }, undefined);
      }, undefined);
    }, undefined);
    events.push(event);
    at += 12 + length + 4;
  }
  return events;
}
