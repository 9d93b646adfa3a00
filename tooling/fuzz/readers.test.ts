import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readConfigFile } from '../../packages/cli/src/settings/config-file.js';
import { RunFolder } from '../../packages/cli/src/run-folder/run-folder.js';
import { unpackTarGz } from '../../packages/cli/src/fetch/unpack-tar.js';
import { isGanError, readSafetensors, toJson, writeSafetensors } from '../../packages/core/src/index.js';
import { parseBinaryBatch } from '../../packages/datasets/src/cifar/binary-batch.js';
import { cifar10Publication } from '../../packages/datasets/src/cifar/publication.js';
import { parsePythonBatch } from '../../packages/datasets/src/cifar/python-batch.js';
import { decodePicture } from '../../packages/datasets/src/pictures/decode-picture.js';
import { cifar10Pickle, cifarRecords } from '../../packages/datasets/test/cifar-files.js';
import { stl10 } from '../../packages/datasets/src/stl10/stl10.js';
import { afterAll, describe, expect, it } from 'vitest';
import { gunzipIfNeeded } from '../../packages/datasets/src/files/gunzip.js';
import { parseIdx } from '../../packages/datasets/src/files/idx.js';
import { readNpy, writeNpy } from '../../packages/datasets/src/files/npy.js';
import { readNpz } from '../../packages/datasets/src/files/npz.js';
import { readZip, writeZip } from '../../packages/datasets/src/files/zip.js';
import { readGraphDef } from '../../packages/metrics/src/extractors/inception/weights/graph-def.js';
import { readTorchFile } from '../../packages/metrics/src/extractors/inception/weights/torch-file.js';

/**
 * Readers of file formats are given damaged files, each made from a whole one by a seed. Each must give a value or an error
 * that is its own, within a second and without taking much memory. `pnpm fuzz` tries 100,000 for each reader,
 * DIST_GAN_FUZZ_INPUTS says how many otherwise.
 */
const inputs = Number(process.env.DIST_GAN_FUZZ_INPUTS ?? 300);

const slowest = 1000;
const attempts = 5;
const mostMemory = 512 * 2 ** 20;

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../packages/metrics/test/inception/${name}`, import.meta.url)));

const text = (content: string) => new TextEncoder().encode(content);
const numbers = { shape: [3, 4], data: Float64Array.from({ length: 12 }, (_, i) => i / 7) };
const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...new Array<number>(12).fill(7));

const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-fuzz-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** For readers of a path: the bytes as a file of this name. */
function asFile(name: string, bytes: Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

/** A tar archive of one file and a folder, in the format ustar. */
function tar(): Uint8Array {
  const entry = (name: string, kind: string, content: string) => {
    const block = Buffer.alloc(512 + 512 * Math.ceil(content.length / 512));
    block.write(name);
    block.write(content.length.toString(8).padStart(11, '0'), 124);
    block.write(`        ${kind}`, 148);
    block.write('ustar', 257);
    block.write(content, 512);
    return withChecksum(block);
  };
  return Buffer.concat([entry('a/', '5', ''), entry('a/b', '0', 'some text'), Buffer.alloc(1024)]);
}

/** Made right again in the first header, so that damage gets past the check. */
function withChecksum(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  if (bytes.length < 512) return bytes;
  bytes.fill(' ', 148, 156);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(sum.toString(8).padStart(6, '0'), 148);
  return bytes;
}

type Sharp = (
  data: Uint8Array,
  options: object,
) => { toFormat(kind: string): { toBuffer(): Promise<Buffer> } };
const requireOfDatasets = createRequire(new URL('../../packages/datasets/package.json', import.meta.url));
const loaded = requireOfDatasets('sharp') as Sharp & { readonly default?: Sharp };
const sharp = loaded.default ?? loaded;

const picture = (kind: string): Reader => ({
  whole: sharp(
    Uint8Array.from({ length: 300 }, (_, i) => (i * i) % 256),
    { raw: { height: 10, width: 10, channels: 3 } },
  )
    .toFormat(kind)
    .toBuffer(),
  read: (bytes) => decodePicture(asFile('picture', bytes)),
});

const cifarLabels = { key: 'labels', byte: 0, classes: 10 };

interface Reader {
  readonly whole: Uint8Array | Promise<Uint8Array>;
  readonly read: (bytes: Uint8Array) => unknown;
  /** Readers of parts of a file throw a RangeError, which the reader of the file names. */
  readonly throwsRangeErrors?: boolean;
}

const readers: Readonly<Record<string, Reader>> = {
  idx: { whole: idx, read: (bytes) => parseIdx(bytes, 'x', 3) },
  gzip: {
    whole: gzipSync(text('some text, some text'.repeat(20))),
    read: (bytes) => gunzipIfNeeded(bytes, 'x'),
  },
  npy: { whole: writeNpy(numbers), read: readNpy, throwsRangeErrors: true },
  zip: {
    whole: writeZip(
      new Map([
        ['a', text('some text, some text'.repeat(9))],
        ['b/c', text('x')],
      ]),
    ),
    read: readZip,
    throwsRangeErrors: true,
  },
  npz: { whole: writeZip(new Map([['a.npy', writeNpy(numbers)]])), read: (bytes) => readNpz(bytes, 'x') },
  safetensors: {
    whole: writeSafetensors(new Map([['a', { shape: [3], data: Float32Array.of(1, 2, 3) }]]), { by: 'us' }),
    read: (bytes) => readSafetensors(bytes, 'x'),
  },
  pth: { whole: fixture('first.pth'), read: (bytes) => readTorchFile(bytes, 'x') },
  'pth before 1.6': { whole: fixture('first-legacy.pth'), read: (bytes) => readTorchFile(bytes, 'x') },
  'CIFAR, binary': {
    whole: new Uint8Array(cifarRecords(1, () => 3)),
    read: (bytes) => parseBinaryBatch(bytes, 'x', cifar10Publication, cifarLabels),
  },
  'CIFAR, Python': {
    whole: new Uint8Array(cifar10Pickle(2)),
    read: (bytes) => parsePythonBatch(bytes, 'x', cifar10Publication, cifarLabels),
  },
  'STL-10': {
    whole: new Uint8Array(27648).fill(9),
    read: (bytes) => {
      asFile('unlabeled_X.bin', bytes);
      return stl10({ folder: scratch, checksum: 'ignore' });
    },
  },
  tar: {
    whole: tar(),
    read: (bytes) => {
      const archive = asFile('x.tar.gz', gzipSync(withChecksum(bytes), { level: 1 }));
      return unpackTarGz(archive, join(scratch, 'unpacked'), new AbortController().signal);
    },
  },
  png: picture('png'),
  jpeg: picture('jpeg'),
  webp: picture('webp'),
  gif: picture('gif'),
  tiff: picture('tiff'),
  'run.json': {
    whole: text(toJson({ preset: 'mnist', seed: 3, options: { a: [1, NaN, { b: null }] } })),
    read: (bytes) => {
      asFile('run.json', bytes);
      return RunFolder.open(scratch);
    },
  },
  'metrics.jsonl': {
    whole: text('{"event":"step","step":1}\n{"event":"step","step":2,"x":"NaN"}\nnull\n[]\n'),
    read: (bytes) => {
      asFile('run.json', text('{"preset":"mnist","seed":3,"options":{}}'));
      asFile('metrics.jsonl', bytes);
      return RunFolder.open(scratch).folder.rewindLog(2);
    },
  },
  configuration: {
    whole: text('{"preset":"mnist","seed":3,"options":{"batchSize":64}}'),
    read: (bytes) => readConfigFile(asFile('config.json', bytes)),
  },
  pb: { whole: fixture('first.pb'), read: (bytes) => readGraphDef(bytes, 'x') },
};

/** Marsaglia's xorshift: the same inputs at every run. */
function generator(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** A whole file with some bytes changed, cut off, taken out or doubled; mostly near its start or end, where headers are. */
function damaged(whole: Uint8Array, seed: number): Uint8Array {
  const draw = generator(seed);
  let bytes = whole.slice();
  for (let changes = 1 + draw(4); changes > 0; changes--) {
    const near = Math.min(bytes.length, 600);
    const place = [draw(bytes.length || 1), draw(near || 1), bytes.length - 1 - draw(near || 1)][draw(3)];
    switch (draw(6)) {
      case 0:
        bytes = bytes.slice(0, place);
        break;
      case 1:
        bytes = Uint8Array.of(...bytes.subarray(0, place), ...bytes.subarray(place + 1 + draw(8)));
        break;
      case 2:
        bytes = Uint8Array.of(...bytes.subarray(0, place + 1 + draw(8)), ...bytes.subarray(place));
        break;
      case 3:
        bytes[place] = [0, 0x7f, 0x80, 0xff][draw(4)];
        break;
      default:
        bytes[place] = draw(256);
    }
  }
  return bytes;
}

describe.each(Object.entries(readers))(
  'the reader of %s',
  (_, { whole, read, throwsRangeErrors = false }) => {
    it(`gives a value or an error of its own for ${inputs} damaged files`, { timeout: 1e8 }, async () => {
      const file = await whole;
      await read(file);
      const before = process.memoryUsage().rss;
      for (let seed = 1; seed <= inputs; seed++) {
        const bytes = damaged(file, seed);
        const attempt = async () => {
          const started = performance.now();
          try {
            await read(bytes);
          } catch (error) {
            const isNamed = isGanError(error) || (throwsRangeErrors && error instanceof RangeError);
            if (!isNamed)
              throw new Error(`input ${seed} ends with an error that is not ours: ${String(error)}`, {
                cause: error,
              });
          }
          return performance.now() - started;
        };
        // A busy machine makes any input slow once; a slow input is slow whenever it is read.
        for (let slow = 0; (await attempt()) > slowest;) {
          if (++slow === attempts) throw new Error(`input ${seed} takes too long, ${attempts} times`);
        }
      }
      expect(process.memoryUsage().rss - before).toBeLessThan(mostMemory);
    });
  },
);
