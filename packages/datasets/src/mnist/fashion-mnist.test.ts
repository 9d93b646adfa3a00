import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describeDataset } from '@dist-gan/testing/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../test/failure.js';
import { idxImages, idxLabels } from '../../test/idx-files.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { fashionMnist } from './fashion-mnist.js';

const folderWith = scratchFolders();
const files = (count: number, place = '') => ({
  [`${place}train-images-idx3-ubyte.gz`]: gzipSync(idxImages(count)),
  [`${place}train-labels-idx1-ubyte.gz`]: gzipSync(idxLabels(count)),
});

describe('fashionMnist', () => {
  let folder = '';
  beforeAll(() => (folder = folderWith(files(20, 'fashion-mnist/'))));
  describeDataset('conformance', {
    create: () => fashionMnist({ folder, checksum: 'ignore' }),
    expected: { size: 20, sampleShape: [28, 28, 1], type: 'uint8', classes: 10 },
  });

  it('is not taken for MNIST, which has files of the same names', async () => {
    const both = folderWith({ ...files(3, 'mnist/'), ...files(5, 'FashionMNIST/raw/') });
    const dataset = await fashionMnist({ folder: both, checksum: 'ignore' });
    expect(dataset.size).toBe(5);
    expect(dataset.options).toEqual({ split: 'train', folder: both, checksum: 'ignore' });
  });

  it('holds gzipped files to the published checksums, which unpacked ones have none of', async () => {
    const notices: string[] = [];
    const environment = { onNotice: (message: string) => notices.push(message) };
    await fashionMnist({ folder }, environment);
    const md5 = createHash('md5')
      .update(gzipSync(idxImages(20)))
      .digest('hex');
    expect(notices[0]).toMatch(
      `these are not the published train-images-idx3-ubyte (MD5 ${md5}, published 8d4fb7e6c68d591d4c3dfef9ec88bf0d)`,
    );
    expect(await failure(fashionMnist({ folder, checksum: 'require' }))).toMatch(/^DATA_FORMAT/);
    const unpacked = folderWith({
      't10k-images-idx3-ubyte': idxImages(2),
      't10k-labels-idx1-ubyte': idxLabels(2),
    });
    expect((await fashionMnist({ folder: unpacked, split: 'test', checksum: 'require' })).size).toBe(2);
  });

  it('says how to get files that are not there', async () => {
    expect(await failure(fashionMnist({ folder: folderWith() }))).toMatch(
      /^DATA_NOT_FOUND: fashion-mnist: no idx files in .*; run dist-gan fetch fashion-mnist/,
    );
    expect(await failure(fashionMnist({ folder, split: 'valid' as never }))).toMatch(/^OPTION_INVALID/);
  });
});
