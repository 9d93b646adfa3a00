import { describeDataset } from '@dist-gan/testing/dataset';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../test/failure.js';
import { jpegPicture, pixelOf, pngPicture, withExifBehindFrame } from '../../test/pictures.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { resample } from '../pictures/resampling/resample.js';
import { imageFolder, type ImageFolderOptions } from './image-folder.js';

const folderWith = scratchFolders();
const size = 6;

describe('imageFolder', () => {
  let folder = '';
  beforeAll(async () => {
    const pictures = await Promise.all(
      Array.from({ length: 9 }, (_, i) => pngPicture(i, { height: size, width: size })),
    );
    folder = folderWith({
      ...Object.fromEntries(pictures.map((png, i) => [`${i < 5 ? 'a' : 'b/c'}/${i}.png`, png])),
      'notes.txt': Buffer.from('no picture'),
      '.thumbnails/0.png': pictures[0],
    });
  });
  const load = (options: Partial<ImageFolderOptions> = {}, notices: string[] = []) =>
    imageFolder(
      { folder, size, resize: 'none', workers: 1, ...options },
      { onNotice: (message) => notices.push(message) },
    );

  describeDataset('in memory', {
    create: () => load(),
    expected: { size: 9, sampleShape: [size, size, 3], type: 'uint8' },
  });
  describeDataset('decoded when asked for', {
    create: () => load({ memoryMegabytes: 0, workers: 2 }),
    expected: { size: 9, sampleShape: [size, size, 3], type: 'uint8' },
  });

  it('gives the pictures of all subfolders in the order of their names, byte for byte', async () => {
    const dataset = await load();
    for (const picture of [0, 4, 8]) {
      const image = await dataset.batch([picture]);
      expect(
        image.every((byte, i) => byte === pixelOf(picture, Math.floor(i / 18), Math.floor(i / 3) % 6, i % 3)),
      ).toBe(true);
    }
  });

  it('gives the same images from memory, and whatever the number of threads', async () => {
    const indices = [8, 0, 3, 3, 7, 1, 5, 2, 4, 6, 8];
    const wanted = await (await load()).batch(indices);
    for (const workers of [1, 4]) {
      const streamed = await load({ memoryMegabytes: 0, workers });
      const batches = await Promise.all([
        streamed.batch(indices),
        streamed.batch([1]),
        streamed.batch(indices),
      ]);
      expect(batches[0]).toEqual(wanted);
      expect(batches[2]).toEqual(wanted);
    }
  });

  it('leaves broken pictures out, and tells which and why', async () => {
    const whole = await pngPicture(1, { height: size, width: size });
    const broken = folderWith({
      '0.png': Buffer.from('no picture'),
      '1.png': whole,
      '2.png': whole.subarray(0, whole.length / 2),
      '3.png': await pngPicture(3, { height: size, width: size + 1 }),
      '4.png': await pngPicture(4, { height: size, width: size }),
    });
    const notices: string[] = [];
    const dataset = await load({ folder: broken }, notices);
    expect(dataset.size).toBe(2);
    expect((await dataset.batch([0, 1]))[108]).toBe(pixelOf(4, 0, 0, 0));
    expect(dataset.broken.map(({ file }) => file.slice(-5))).toEqual(['0.png', '2.png', '3.png']);
    expect(dataset.broken[2].reason).toBe('it has 7 x 6 pixels, wanted 6 x 6');
    expect(notices).toEqual([
      expect.stringMatching(/^image-folder: 3 of 5 pictures cannot be used and are left out: /),
    ]);
  });

  it('lets the next whole picture stand in for a broken one that it finds on the way', async () => {
    const [one, four] = await Promise.all([1, 4].map((i) => pngPicture(i, { height: size, width: size })));
    const broken = folderWith({
      '0.png': Buffer.from('x'),
      '1.png': one,
      '2.png': Buffer.from('x'),
      '3.png': Buffer.from('x'),
      '4.png': four,
      '5.png': Buffer.from('x'),
    });
    for (const workers of [1, 2]) {
      const notices: string[] = [];
      const dataset = await load({ folder: broken, memoryMegabytes: 0, workers }, notices);
      expect(dataset.broken).toEqual([]);
      const images = await dataset.batch([0, 1, 2, 3, 4, 5]);
      const firsts = [0, 1, 2, 3, 4, 5].map((i) => images[i * 108]);
      expect(firsts).toEqual([1, 1, 4, 4, 4, 1].map((picture) => pixelOf(picture, 0, 0, 0)));
      expect(dataset.broken.map(({ file }) => file.slice(-5)).sort()).toEqual([
        '0.png',
        '2.png',
        '3.png',
        '5.png',
      ]);
      expect(notices.length).toBe(4);
      expect(dataset.size).toBe(6);
    }
    const none = folderWith({ 'a.png': Buffer.from('x') });
    expect(await failure(load({ folder: none }))).toMatch(
      /^DATA_FORMAT: image-folder: no picture can be used; the first/,
    );
    const streamed = await load({ folder: none, memoryMegabytes: 0 });
    expect(await failure(Promise.resolve(streamed.batch([0])))).toMatch(/^DATA_FORMAT/);
  });

  describe('forms', () => {
    /** 4 high and 8 wide: black, then white from column 4 on. */
    let halves = '';
    beforeAll(async () => {
      halves = folderWith({
        'a.png': await pngPicture(0, { height: 4, width: 8 }, (_, x) => (x < 4 ? 0 : 255)),
      });
    });
    const rows = async (options: Partial<ImageFolderOptions>) => {
      const dataset = await load({ folder: halves, size: 4, channels: 1, resampling: 'nearest', ...options });
      const image = await dataset.batch([0]);
      expect(dataset.sampleShape).toEqual([options.size ?? 4, options.size ?? 4, 1]);
      return Array.from({ length: 4 }, (_, y) => [...image.subarray(4 * y, 4 * y + 4)]);
    };

    it('cover cuts off what stands over on both sides', async () => {
      expect(await rows({ resize: 'cover' })).toEqual(Array(4).fill([0, 0, 255, 255]));
    });
    it('stretch keeps all', async () => {
      expect(await rows({ resize: 'stretch' })).toEqual(Array(4).fill([0, 0, 255, 255]));
    });
    it('contain adds black bars', async () => {
      const bar = [0, 0, 0, 0];
      const middle = [0, 0, 255, 255];
      expect(await rows({ resize: 'contain' })).toEqual([bar, middle, middle, bar]);
    });
    it('a crop is taken from the middle first', async () => {
      expect(await rows({ crop: 4, resize: 'none' })).toEqual(Array(4).fill([0, 0, 255, 255]));
      expect(await failure(rows({ crop: 5 }))).toMatch(/it has 8 x 4 pixels, too few for the crop of 5 x 5/);
    });
  });

  it('turns a picture as its camera says, and makes grey and opacity three colours', async () => {
    const grey = Uint8Array.of(10, 20, 30, 40);
    const upright = { height: 2, width: 2, channels: 1 } as const;
    const turned = folderWith({
      'a.png': await sharp(Uint8Array.of(1, 2, 3, 9, 4, 5, 6, 0), {
        raw: { height: 1, width: 2, channels: 4 },
      })
        .extend({ bottom: 1, background: '#fff' })
        .png()
        .toBuffer(),
      'b.tif': await sharp(grey, { raw: upright })
        .withMetadata({ orientation: 6 })
        .tiff({ compression: 'none' })
        .toBuffer(),
    });
    const dataset = await load({ folder: turned, size: 2 });
    expect([...(await dataset.batch([0])).subarray(0, 6)]).toEqual([1, 2, 3, 4, 5, 6]);
    // A quarter to the right: 10 20 over 30 40 becomes 30 10 over 40 20.
    expect([...(await dataset.batch([1]))]).toEqual([30, 10, 40, 20].flatMap((byte) => [byte, byte, byte]));
  });

  it.each(['cover', 'contain', 'stretch'] as const)(
    "resizes by Pillow's filters, %s, and a picture of more than 16 pixels for one while it is decoded, near that",
    async (resize) => {
      // Smooth: of noise, kernels that differ a little make other means.
      const pixel = (y: number, x: number, channel: number) => 2 * y + x + 20 * channel;
      for (const [height, width, most] of [
        [30, 24, 0],
        [60, 72, 4],
      ] as const) {
        const png = await pngPicture(0, { height, width }, pixel);
        const data = Uint8Array.from({ length: height * width * 3 }, (_, i) =>
          pixel(Math.floor(i / (3 * width)), Math.floor(i / 3) % width, i % 3),
        );
        for (const resampling of ['lanczos', 'bicubic', 'bilinear'] as const) {
          const { data: wanted } = resample(
            { data, height, width },
            { height: 8, width: 8, resize, resampling },
          );
          const dataset = await load({ folder: folderWith({ 'a.png': png }), size: 8, resize, resampling });
          const image = await dataset.batch([0]);
          const differences = wanted.map((byte, i) => Math.abs(byte - image[i]));
          expect(Math.max(...differences)).toBeLessThanOrEqual(most);
        }
      }
    },
  );

  it('turns and cuts a JPEG picture whose Exif data stand behind the description of its frame', async () => {
    const turned = await jpegPicture({ height: 17, width: 19 }, (...place) => pixelOf(0, ...place), 6);
    const dataset = await load({
      folder: folderWith({ 'a.jpg': turned, 'b.jpg': withExifBehindFrame(turned) }),
      crop: 14,
      size: 14,
    });
    expect(dataset.broken).toEqual([]);
    expect(await dataset.batch([1])).toEqual(await dataset.batch([0]));
  });

  it('deals with opacity before it resizes, so that what is hidden does not come through', async () => {
    // Left half red and opaque, right half green below nothing.
    const data = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => {
      const left = (i >> 2) % 16 < 8;
      return [left ? 200 : 0, left ? 0 : 200, 0, left ? 255 : 0][i % 4];
    });
    const png = await sharp(data, { raw: { height: 16, width: 16, channels: 4 } })
      .png()
      .toBuffer();
    const clear = folderWith({ 'a.png': png });
    const corner = async (options: Partial<ImageFolderOptions>, side: number) => {
      const image = await (await load({ folder: clear, ...options })).batch([0]);
      return [...image.subarray((side - 1) * 3, side * 3)];
    };
    for (const [background, colour] of [
      [undefined, [0, 200, 0]],
      [
        [9, 8, 7],
        [9, 8, 7],
      ],
    ] as const) {
      const options =
        background === undefined ? {} : { background: [...background] as [number, number, number] };
      expect(await corner({ ...options, size: 16, resize: 'none' }, 16)).toEqual(colour);
      for (const resampling of ['nearest', 'bilinear'] as const) {
        expect(await corner({ ...options, size: 4, resize: 'cover', resampling }, 4)).toEqual(colour);
      }
    }
    expect(await failure(load({ background: [0, 0, 256] }))).toMatch(/background.*must be from 0 to 255/);
  });

  it("makes grey as Pillow's L does", async () => {
    const colours = Uint8Array.of(255, 0, 0, 0, 0, 255, 0, 255, 0, 9, 9, 9);
    const png = await sharp(colours, { raw: { height: 2, width: 2, channels: 3 } })
      .png()
      .toBuffer();
    const dataset = await load({ folder: folderWith({ 'a.png': png }), size: 2, channels: 1 });
    expect([...(await dataset.batch([0]))]).toEqual([76, 29, 150, 9]);
  });

  it('tells of files that do not count', async () => {
    const notices: string[] = [];
    await load({}, notices);
    expect(notices).toEqual([expect.stringContaining('1 file (1 .txt) left out')]);
  });

  it('takes the data folder where none is named', async () => {
    const dataset = await imageFolder({ size }, { dataFolder: folder });
    expect(dataset.options.folder).toBe(folder);
  });

  it('says what is missing', async () => {
    expect(await failure(load({ folder: folderWith() }))).toMatch(
      /^DATA_NOT_FOUND: .* has no pictures \(\.png/,
    );
    expect(await failure(load({ folder: `${folder}/none` }))).toMatch(/^DATA_NOT_FOUND: there is no folder/);
    expect(await failure(imageFolder())).toBe(
      'OPTION_INVALID: image-folder.folder: name the folder with the pictures (dist-gan train image-folder --data <folder>)',
    );
  });
});
