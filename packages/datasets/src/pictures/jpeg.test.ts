import fc from 'fast-check';
import sharp, { type JpegOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeJpeg } from './jpeg.js';

/** A picture with edges and gradients, as JPEG. */
async function encode(width: number, height: number, options: JpegOptions = {}): Promise<Buffer> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    return 128 + 90 * Math.sin(x / (3 + c)) * Math.cos(y / 5) + ((x * 7 + y * 13 + c) % 37);
  });
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg(options)
    .toBuffer();
}

/** What libvips makes of it. */
const byLibvips = async (bytes: Buffer) => [
  ...(await sharp(bytes, { ignoreIcc: true, failOn: 'error' }).raw().toBuffer()),
];

describe('decodeJpeg', () => {
  it.each([
    [64, 48, {}],
    [1, 1, {}],
    [17, 31, { chromaSubsampling: '4:4:4' }],
    [17, 31, { chromaSubsampling: '4:2:0' }],
    [33, 16, { progressive: true }],
    [40, 40, { quality: 20, optimiseCoding: true }],
    [250, 190, { quality: 95, mozjpeg: true }],
  ] as const)('gives the bytes of libvips: %i x %i, %j', async (width, height, options) => {
    const bytes = await encode(width, height, options);
    const decoded = decodeJpeg(bytes, { width, height });
    expect(decoded).toMatchObject({ width, height });
    expect([...decoded!.data]).toEqual(await byLibvips(bytes));
  });

  it('leaves what is damaged to libvips, and makes nothing else of whole ones after it', async () => {
    const size = { width: 40, height: 30 };
    const bytes = await encode(40, 30);
    const whole = [...decodeJpeg(bytes, size)!.data];
    expect(whole).toEqual(await byLibvips(bytes));
    for (let i = 0; i < 200; i++) {
      // Its end is missing, its tables are nonsense.
      expect(decodeJpeg(bytes.subarray(0, bytes.length / 2), size)).toBeUndefined();
      expect(decodeJpeg(Buffer.from(bytes).fill(255, 30, 90), size)).toBeUndefined();
    }
    expect([...decodeJpeg(bytes, size)!.data]).toEqual(whole);
  });

  it('makes nothing else of a whole picture after one with bytes that are wrong', async () => {
    const size = { width: 24, height: 20 };
    const bytes = await encode(24, 20);
    const expected = await byLibvips(bytes);
    const wrongBytes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(wrongBytes, (wrong) => {
        const changed = Buffer.from(bytes);
        for (const [place, byte] of wrong) changed[place] = byte;
        const length = decodeJpeg(changed, size)?.data.length;
        expect([undefined, 24 * 20 * 3]).toContain(length);
        expect([...decodeJpeg(bytes, size)!.data]).toEqual(expected);
      }),
    );
  });

  it('leaves large pictures to libvips', async () => {
    const bytes = await sharp({ create: { width: 513, height: 512, channels: 3, background: '#123' } })
      .jpeg()
      .toBuffer();
    expect(decodeJpeg(bytes, { width: 513, height: 512 })).toBeUndefined();
  });
});
