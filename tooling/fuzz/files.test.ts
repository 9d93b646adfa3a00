import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { unpackTarGz } from '../../packages/cli/src/fetch/unpack-tar.js';
import { readSafetensors, writeSafetensors } from '../../packages/core/src/index.js';
import { parseBinaryBatch } from '../../packages/datasets/src/cifar/binary-batch.js';
import { cifar10Publication } from '../../packages/datasets/src/cifar/publication.js';
import { parsePythonBatch } from '../../packages/datasets/src/cifar/python-batch.js';
import { gunzipIfNeeded } from '../../packages/datasets/src/files/gunzip.js';
import { readIdx } from '../../packages/datasets/src/files/idx.js';
import { readNpy, writeNpy } from '../../packages/datasets/src/files/npy.js';
import { readNpz } from '../../packages/datasets/src/files/npz.js';
import { readZip, writeZip } from '../../packages/datasets/src/files/zip.js';
import { stl10 } from '../../packages/datasets/src/stl10/stl10.js';
import { parsePoints } from '../../packages/datasets/src/mixtures/point-file.js';
import { cifar10Pickle, cifarRecords } from '../test/cifar-files.js';
import { readGraphDef } from '../../packages/metrics/src/extractors/inception/weights/graph-def.js';
import { readTorchFile } from '../../packages/metrics/src/extractors/inception/weights/torch-file.js';
import { attack } from './attack.js';
import { asFile, scratch, text } from './scratch.js';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/inception/${name}`, import.meta.url)));

const numbers = { shape: [3, 4], data: Float64Array.from({ length: 12 }, (_, i) => i / 7) };
const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...new Array<number>(12).fill(7));

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

const layout = {
  id: 'gaussian-grid',
  centres: [
    [2, -4],
    [0, 0],
  ],
  standardDeviation: 0.05,
};
const cifarLabels = { key: 'labels', byte: 0, classes: 10 };

attack({
  idx: { whole: idx, read: (bytes) => readIdx(bytes, 'x', 3) },
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
  points: {
    whole: text('[ 2.02096576 -3.98162489]\n[-0.01 4e-2]\n'.repeat(9)),
    read: (bytes) => parsePoints(bytes, 'x', layout),
  },
  tar: {
    whole: tar(),
    read: (bytes) => {
      const archive = asFile('x.tar.gz', gzipSync(withChecksum(bytes), { level: 1 }));
      return unpackTarGz(archive, join(scratch, 'unpacked'), new AbortController().signal);
    },
  },
  pb: { whole: fixture('first.pb'), read: (bytes) => readGraphDef(bytes, 'x') },
});
