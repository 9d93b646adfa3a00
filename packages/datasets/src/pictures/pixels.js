/**
 * Pixels as Pillow's `Image.open(file).convert('RGB')` gives them. JavaScript and not TypeScript, as the worker thread
 * that decodes pictures starts from this file as it stands; types are in `pixels.d.ts`.
 */

import { decodeJpeg } from './jpeg.js';

/** Kinds of pictures that are read; sharp also reads drawings, which have no pixels of their own. */
const kinds = ['jpeg', 'png', 'webp', 'heif', 'tiff', 'gif'];

/**
 * Pixels of pictures that a thread holds whole at the same time; a larger picture is held alone. All of them: what is
 * resized otherwise is resized while it is decoded.
 */
const mostPixels = 2 ** 23;

let pixelsHeld = 0;
const waiting = [];

async function withinBudget(pixels, work) {
  while (pixelsHeld > 0 && pixelsHeld + pixels > mostPixels) await new Promise((go) => waiting.push(go));
  pixelsHeld += pixels;
  try {
    return await work();
  } finally {
    pixelsHeld -= pixels;
    for (const go of waiting.splice(0)) go();
  }
}

/** Files of so many bytes and more are read and decoded one at a time in a thread. */
const largeFile = 2 ** 24;

let turn = Promise.resolve();

async function inTurn(work) {
  const result = turn.then(work);
  turn = result.catch(() => undefined);
  return result;
}

export async function withPicture(file, rules, use) {
  const { promises, readFileSync, statSync } = globalThis.process.getBuiltinModule('node:fs');
  // At once: Node's own threads take ten times as long for a small file, a tenth of the time of a small picture.
  if (statSync(file).size < largeFile) return withPictureOf(readFileSync(file), rules, use);
  return inTurn(async () => withPictureOf(await promises.readFile(file), rules, use));
}

async function withPictureOf(bytes, { upright = false, background, whole = () => false }, use) {
  const { default: sharp } = await import('sharp');
  const open = () => sharp(bytes, { ignoreIcc: true, failOn: 'error' });
  const plain = sizeOfPlainJpeg(bytes);
  if (plain !== undefined) {
    return withinBudget(whole(plain) ? plain.width * plain.height : 0, () =>
      use({ ...plain, open, read: async () => decodeJpeg(bytes, plain) ?? readPixels(open()) }),
    );
  }
  const picture = open();
  const { format, space, hasAlpha, width, height, autoOrient } = await picture.metadata();
  if (!kinds.includes(format)) throw new Error(`it is ${format}, not one of ${kinds.join(', ')}`);
  if (format === 'tiff' && isLuminanceUnpacked(bytes))
    throw new Error('it is TIFF of luminance and colour differences; convert it to RGB');
  // Pillow turns TIFF files, and no others, when it opens them.
  const isTurned = upright || format === 'tiff';
  if (isTurned) picture.autoOrient();
  const toColours =
    space === 'cmyk'
      ? coloursOfInks
      : space === 'grey16' && !isGreyWithOpacity(bytes)
        ? coloursOfWords
        : undefined;
  const isColours = toColours === undefined && !hasAlpha;
  const size = isTurned ? autoOrient : { width, height };
  return withinBudget(whole(size) || !isColours ? width * height : 0, async () => {
    if (isColours) return use({ ...size, open: () => picture, read: () => readPixels(picture) });
    // Before any resizing, which would mix what is stored below transparent pixels into their neighbours.
    const behind = hasAlpha
      ? (background ?? (format === 'gif' ? transparentColourOf(bytes) : undefined))
      : undefined;
    const { data, info } = await (toColours ?? coloursOfPixels)(picture, behind);
    const pixels = { data, width: info.width, height: info.height };
    const raw = { width: info.width, height: info.height, channels: 3 };
    return use({ ...pixels, open: () => sharp(data, { raw }), read: async () => pixels });
  });
}

/**
 * The size of a JPEG file of three colours that nothing is to be done with. Nothing of files that have Exif data, which may turn the
 * picture, or Adobe's mark, which may mean four inks, and of others.
 */
function sizeOfPlainJpeg(bytes) {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let size;
  // Segments: a marker, the length of what follows it. Exif data may stand behind the frame.
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1];
    if (marker === 0xe1 || marker === 0xee) return undefined;
    // The first scan: the header ends here.
    if (marker === 0xda) return size;
    // A frame: baseline, extended or progressive.
    if (marker < 0xc0 || marker > 0xc2) continue;
    if (bytes[at + 4] !== 8 || bytes[at + 9] !== 3) return undefined;
    size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return undefined;
}

/**
 * Whether a TIFF file holds luminance and colour differences (YCbCr) other than as JPEG: libvips takes them for red, green and blue.
 * Files of more than 4 GiB (BigTIFF) are not looked into.
 */
function isLuminanceUnpacked(bytes) {
  const isLittle = bytes[0] === 0x49;
  const number = (at, size) => (isLittle ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size));
  if (number(2, 2) !== 42) return false;
  const directory = number(4, 4);
  const tags = new Map();
  for (let i = 0; i < number(directory, 2); i++) {
    const entry = directory + 2 + 12 * i;
    tags.set(number(entry, 2), number(entry + 8, 2));
  }
  // Photometric interpretation and compression; both ways to pack JPEG are unpacked as RGB.
  return tags.get(262) === 6 && ![6, 7].includes(tags.get(259));
}

/**
 * The colour that a GIF file has for transparent pixels of its first picture, which libvips makes black: Pillow drops the opacity and
 * keeps that colour, also where the picture does not reach its screen's edges.
 */
function transparentColourOf(bytes) {
  const tableAt = (at, packed) => (packed & 0x80 ? { at, size: 2 << (packed & 7) } : undefined);
  let table = tableAt(13, bytes[10]);
  let index = 0;
  let at = 13 + 3 * (table?.size ?? 0);
  // Extensions: a mark, what kind, and blocks that each begin with their length.
  while (bytes[at] === 0x21) {
    if (bytes[at + 1] === 0xf9 && bytes[at + 3] & 1) index = bytes[at + 6];
    for (at += 2; bytes[at] > 0;) at += 1 + bytes[at];
    at++;
  }
  if (bytes[at] === 0x2c) table = tableAt(at + 10, bytes[at + 9]) ?? table;
  if (table === undefined) return [index, index, index];
  const colour = table.at + 3 * index;
  return index < table.size ? [...bytes.subarray(colour, colour + 3)] : [0, 0, 0];
}

export async function readPixels(pixels) {
  const { data, info } = await pixels
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export function greyOf(colours) {
  const grey = new Uint8Array(colours.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = (19595 * colours[at] + 38470 * colours[at + 1] + 7471 * colours[at + 2] + 32768) >> 16;
  }
  return grey;
}

async function coloursOfPixels(picture, background) {
  if (background === undefined) {
    const { data, ...info } = await readPixels(picture);
    return { data, info };
  }
  const { data, info } = await picture
    .ensureAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const colours = perPixel(data, info.channels, (at, channel) =>
    over(data[at + channel], data[at + 3], background[channel]),
  );
  return { data: colours, info };
}

/** Four inks, as Pillow converts them: red = 255 - black - cyan (255 - black) / 255, rounded. */
async function coloursOfInks(picture, background) {
  const { data, info } = await picture
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const colours = perPixel(data, info.channels, (at, channel) => {
    const white = 255 - data[at + 3];
    const colour = white - Math.round((data[at + channel] * white) / 255);
    return background === undefined ? colour : over(colour, data[at + 4], background[channel]);
  });
  return { data: colours, info };
}

/** Whether a PNG file has a channel of opacity: Pillow reads its 16-bit grey as it reads colours, by the higher byte. */
function isGreyWithOpacity(bytes) {
  return bytes[0] === 0x89 && bytes[25] === 4;
}

/** 16-bit grey: Pillow takes the numbers as they are, and 255 for all above. */
async function coloursOfWords(picture, background) {
  const { data, info } = await picture
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const words = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  const colours = perPixel(words, info.channels, (at, channel) => {
    const colour = Math.min(255, words[at]);
    return background === undefined ? colour : over(colour, words[at + 1] >> 8, background[channel]);
  });
  return { data: colours, info };
}

/** Three bytes for each pixel: `value` is given where it starts, and 0, 1, 2 for red, green, blue. */
function perPixel(numbers, channels, value) {
  const length = (numbers.length / channels) * 3;
  // In place where a pixel gets smaller: what is written lies before what is still to be read.
  const colours =
    numbers.BYTES_PER_ELEMENT === 1 && channels >= 3 ? numbers.subarray(0, length) : new Uint8Array(length);
  for (let to = 0, at = 0; to < colours.length; to += 3, at += channels) {
    for (let channel = 0; channel < 3; channel++) colours[to + channel] = value(at, channel);
  }
  return colours;
}

function over(colour, opacity, background) {
  return Math.round((colour * opacity + background * (255 - opacity)) / 255);
}
