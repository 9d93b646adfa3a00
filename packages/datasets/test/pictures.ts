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

/** A picture as a camera or CelebA would store it; `orientation` is how the camera was held, by Exif's numbers. */
export async function jpegPicture(
  { height, width }: Size,
  value: (y: number, x: number, channel: number) => number,
  orientation?: number,
): Promise<Uint8Array> {
  const picture = raw({ height, width }, value).jpeg({ quality: 100, chromaSubsampling: '4:4:4' });
  return (orientation === undefined ? picture : picture.withMetadata({ orientation })).toBuffer();
}

/** The same JPEG file with its Exif data behind the description of its frame, which stands before them as a rule. */
export function withExifBehindFrame(jpeg: Uint8Array): Uint8Array {
  const bytes = Buffer.from(jpeg);
  const segment = (wanted: number): [start: number, end: number] => {
    for (let at = 2; ; at += 2 + bytes.readUInt16BE(at + 2))
      if (bytes[at + 1] === wanted) return [at, at + 2 + bytes.readUInt16BE(at + 2)];
  };
  const [exif, exifEnd] = segment(0xe1);
  const [frame, frameEnd] = segment(0xc0);
  if (exif > frame) throw new Error('the Exif data stand behind the frame already');
  return Buffer.concat([
    bytes.subarray(0, exif),
    bytes.subarray(exifEnd, frameEnd),
    bytes.subarray(exif, exifEnd),
    bytes.subarray(frameEnd),
  ]);
}

function raw({ height, width }: Size, value: (y: number, x: number, channel: number) => number) {
  const data = Uint8Array.from({ length: height * width * 3 }, (_, i) =>
    value(Math.floor(i / (3 * width)), Math.floor(i / 3) % width, i % 3),
  );
  return sharp(data, { raw: { height, width, channels: 3 } });
}
