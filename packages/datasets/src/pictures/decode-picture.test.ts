import { readFileSync } from 'node:fs';
import { isGanError } from '@dist-gan/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { scratchFolders } from '../../test/scratch-folders.js';
import { decodePicture } from './decode-picture.js';
import { greyOf } from './pixels.js';

/** Made by tooling/oracles/picture_modes.py: files, and what Pillow's `convert('RGB')` gives. */
const { pictures, luminance } = JSON.parse(
  readFileSync(new URL('../../test/picture-modes.json', import.meta.url), 'utf8'),
) as {
  pictures: { name: string; mode: string; height: number; width: number; file: string; rgb: string }[];
  luminance: { rgb: string; grey: string };
};

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
const folderWith = scratchFolders();

async function failure(decoding: Promise<unknown>): Promise<string> {
  const error = await decoding.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isGanError(error) ? `${error.code}: ${error.message}` : `not ours: ${String(error)}`;
}

describe('decodePicture', () => {
  it.each(pictures)(
    'gives the bytes of Pillow for $name ($mode)',
    async ({ name, height, width, ...picture }) => {
      const folder = folderWith({ [name]: bytesOf(picture.file) });
      const decoded = await decodePicture(`${folder}/${name}`);
      expect({ height: decoded.height, width: decoded.width }).toEqual({ height, width });
      expect(Buffer.compare(decoded.data, bytesOf(picture.rgb))).toBe(0);
    },
  );

  it('refuses TIFF of luminance and colour differences, which libvips takes for colours', async () => {
    const { file } = pictures.find(({ name }) => name === 'turned.tif')!;
    // The entry of the photometric interpretation: tag 262, a whole number of 16 bits, one, 2 for RGB.
    const entry = Buffer.from([6, 1, 3, 0, 1, 0, 0, 0, 2, 0]);
    const bytes = Buffer.from(bytesOf(file));
    bytes[bytes.indexOf(entry) + 8] = 6;
    const folder = folderWith({ 'a.tif': bytes });
    expect(await failure(decodePicture(`${folder}/a.tif`))).toMatch(
      /^DATA_FORMAT: .*a.tif cannot be decoded \(it is TIFF of luminance and colour differences; convert it to RGB\)/,
    );
  });

  it('turns a picture as its camera says where it is asked to', async () => {
    const { file, rgb, height, width } = pictures.find(({ name }) => name === 'turned.jpg')!;
    const folder = folderWith({ 'a.jpg': bytesOf(file) });
    const upright = await decodePicture(`${folder}/a.jpg`, { upright: true });
    expect([upright.height, upright.width]).toEqual([width, height]);
    // A quarter to the right: what is left below comes to the left above.
    const stored = bytesOf(rgb);
    expect([...upright.data.subarray(0, 3)]).toEqual([
      ...stored.subarray((height - 1) * width * 3).subarray(0, 3),
    ]);
  });

  it('lays what is not opaque over a background where one is named', async () => {
    // Red, half red and nothing, over green: colour * a / 255 + background * (1 - a / 255).
    const data = Uint8Array.of(200, 0, 0, 255, 200, 0, 0, 128, 200, 0, 0, 0);
    const png = await sharp(data, { raw: { height: 1, width: 3, channels: 4 } })
      .png()
      .toBuffer();
    const folder = folderWith({ 'a.png': png });
    const { data: over } = await decodePicture(`${folder}/a.png`, { background: [0, 100, 0] });
    expect([...over]).toEqual([
      200,
      0,
      0,
      Math.round((200 * 128) / 255),
      Math.round((100 * 127) / 255),
      0,
      0,
      100,
      0,
    ]);
    expect([...(await decodePicture(`${folder}/a.png`)).data]).toEqual([200, 0, 0, 200, 0, 0, 200, 0, 0]);
  });

  it.each(['grey-opacity.png', 'grey-opacity-16.png', 'palette-transparent.png'])(
    'lays the opacity of %s over white and over black, which differ by what shows through',
    async (name) => {
      const folder = folderWith({ [name]: bytesOf(pictures.find((one) => one.name === name)!.file) });
      const [white, black] = await Promise.all(
        [255, 0].map((grey) => decodePicture(`${folder}/${name}`, { background: [grey, grey, grey] })),
      );
      // Each pixel lets as much through in red as in green and blue.
      let through = 0;
      for (let i = 0; i < white.data.length; i += 3) {
        const shown = [0, 1, 2].map((channel) => white.data[i + channel] - black.data[i + channel]);
        expect(Math.max(...shown) - Math.min(...shown)).toBeLessThanOrEqual(1);
        expect(Math.min(...shown)).toBeGreaterThanOrEqual(0);
        through += shown[0];
      }
      expect(through).toBeGreaterThan(0);
    },
  );

  it('reads names of any characters, and what a file holds whatever it is called', async () => {
    const png = await sharp(Uint8Array.of(1, 2, 3), { raw: { height: 1, width: 1, channels: 3 } })
      .png()
      .toBuffer();
    const names = ['a\\b.png', 'a[page=1].png', 'ä ö.jpg', "it's.png"];
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, png])));
    for (const name of names) expect([...(await decodePicture(`${folder}/${name}`)).data]).toEqual([1, 2, 3]);
  });

  it('says what cannot be decoded', async () => {
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
    const folder = folderWith({
      'drawing.png': Buffer.from(drawing),
      'text.png': Buffer.from('x'),
      'empty.png': Buffer.of(),
    });
    expect(await failure(decodePicture(`${folder}/drawing.png`))).toMatch(
      /^DATA_FORMAT: .*drawing\.png cannot be decoded \(it is svg, not one of jpeg, png/,
    );
    expect(await failure(decodePicture(`${folder}/text.png`))).toMatch(
      /^DATA_FORMAT: .*text\.png cannot be decoded/,
    );
    expect(await failure(decodePicture(`${folder}/empty.png`))).toMatch(
      /^DATA_FORMAT: .*empty\.png cannot be decoded/,
    );
    expect(await failure(decodePicture(`${folder}/none.png`))).toMatch(
      /^DATA_NOT_FOUND: .*none\.png cannot be read/,
    );
  });
});

describe('greyOf', () => {
  it("gives the bytes of Pillow's L", () => {
    expect(greyOf(bytesOf(luminance.rgb))).toEqual(bytesOf(luminance.grey));
    expect([...greyOf(Uint8Array.of(255, 0, 0, 0, 0, 255, 77, 77, 77))]).toEqual([76, 29, 77]);
  });
});
