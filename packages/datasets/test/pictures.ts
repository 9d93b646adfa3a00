import sharp from 'sharp';

/** A byte of a picture, so that neighbours, rows and colours differ; smooth enough for JPEG to keep. */
export const pixelOf = (picture: number, y: number, x: number, channel: number) =>
  (20 * picture + 2 * y + 3 * x + 40 * channel) % 256;

interface Size {
  readonly height: number;
  readonly width: number;
}

/** A picture without loss. */
export async function pngPicture(
  picture: number,
  { height, width }: Size,
  value: (y: number, x: number, channel: number) => number = (...place) => pixelOf(picture, ...place),
): Promise<Uint8Array> {
  return raw({ height, width }, value).png().toBuffer();
}

/** A picture as a camera or CelebA would store it. */
export async function jpegPicture(
  { height, width }: Size,
  value: (y: number, x: number, channel: number) => number,
): Promise<Uint8Array> {
  return raw({ height, width }, value).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
}

function raw({ height, width }: Size, value: (y: number, x: number, channel: number) => number) {
  const data = Uint8Array.from({ length: height * width * 3 }, (_, i) =>
    value(Math.floor(i / (3 * width)), Math.floor(i / 3) % width, i % 3),
  );
  return sharp(data, { raw: { height, width, channels: 3 } });
}
