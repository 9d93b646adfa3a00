/**
 * A worker thread that decodes pictures for `PictureDecoder`. JavaScript and not TypeScript: Node starts this file as it
 * stands, from the source and from the build alike.
 */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { greyOf, readPixels, withPicture } from './pixels.js';
import { resample } from './resampling/resample.js';

// libvips remembers what it did, in case it is asked for again. No picture is within reach of that memory when its turn
// comes again, and keeping it takes a fifth of the time.
sharp.cache(false);

parentPort.on('message', async ({ job, files, form }) => {
  const length = form.height * form.width * form.channels;
  const data = new Uint8Array(files.length * length);
  const broken = [];
  let next = 0;
  const decodeRest = async () => {
    while (next < files.length) {
      const place = next++;
      try {
        data.set(await decode(files[place], form), place * length);
      } catch (error) {
        broken.push({ place, reason: error.message.split('\n')[0] });
      }
    }
  };
  await Promise.all(Array.from({ length: decodedAtOnce }, decodeRest));
  parentPort.postMessage({ job, data, broken }, [data.buffer]);
});

/** Pictures of which a thread holds all bytes at the same time. */
const decodedAtOnce = 4;

/** One picture in its form: rows of pixels, the channels of a pixel together. */
async function decode(file, form) {
  const rules = { upright: true, background: form.background, whole: (size) => isResampledWhole(size, form) };
  const { data, width, height } = await withPicture(file, rules, async (picture) => {
    if (isResampledWhole(picture, form)) {
      const pixels = await readPart(picture, form.crop);
      return form.resize === 'none' ? pixels : resample(pixels, form);
    }
    const pixels = picture.open();
    if (form.crop !== undefined) pixels.extract(centreOf(picture, form.crop));
    resize(pixels, form);
    return readPixels(pixels);
  });
  if (width !== form.width || height !== form.height) {
    throw new Error(`it has ${width} x ${height} pixels, wanted ${form.width} x ${form.height}`);
  }
  return form.channels === 1 ? greyOf(data) : data;
}

/** A picture of more pixels than so many for each of the result is resized by libvips while it is decoded. */
const mostPixelsForOne = 16;

/** Whether all pixels are decoded, and resized here: the pipeline of libvips takes longer to build than a small picture to decode. */
function isResampledWhole({ width, height }, form) {
  if (form.resampling === 'interpolated') return false;
  const pixels = form.crop === undefined ? width * height : form.crop ** 2;
  return pixels <= mostPixelsForOne * form.width * form.height;
}

/** Of more pixels than so many libvips decodes no more than is cut out of them. */
const mostPixelsToCut = 2 ** 18;

async function readPart(picture, crop) {
  if (crop === undefined) return picture.read();
  const part = centreOf(picture, crop);
  if (picture.width * picture.height > mostPixelsToCut) return readPixels(picture.open().extract(part));
  return cut(await picture.read(), part);
}

/** The square of so many pixels in the middle; of an odd rest, the larger half is cut off behind. */
function centreOf({ width, height }, side) {
  if (width < side || height < side) {
    throw new Error(`it has ${width} x ${height} pixels, too few for the crop of ${side} x ${side}`);
  }
  return {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}

function cut(picture, { left, top, width, height }) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * picture.width + left) * 3;
    data.set(picture.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { data, width, height };
}

function resize(pixels, { resize: mode, resampling, height, width, crop }) {
  if (mode === 'none') return;
  if (resampling === 'interpolated') {
    // Without antialiasing, from a square of `crop` pixels: the four pixels around each place count. Centres are
    // matched, not corners: x' = (x + 1/2) width / crop - 1/2.
    const interpolator = sharp.interpolators.bilinear;
    const matchCentres = { idx: 0.5, idy: 0.5, odx: -0.5, ody: -0.5 };
    pixels.affine([width / crop, 0, 0, height / crop], { interpolator, ...matchCentres });
    return;
  }
  const fit = { cover: 'cover', contain: 'contain', stretch: 'fill' }[mode];
  const kernel = { lanczos: 'lanczos3', bicubic: 'cubic', bilinear: 'linear', nearest: 'nearest' }[
    resampling
  ];
  pixels.resize({ width, height, fit, kernel, background: '#000' });
}
