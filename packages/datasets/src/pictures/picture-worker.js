/**
 * A worker thread that decodes pictures for `PictureDecoder`. JavaScript and not TypeScript: Node starts this file as it
 * stands, from the source and from the build alike.
 */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { greyOf, readPixels, withPicture } from './pixels.js';

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
  const rules = { upright: true, background: form.background };
  const { data, width, height } = await withPicture(file, rules, (picture) => {
    if (form.crop !== undefined) cutCentre(picture, form.crop);
    resize(picture.pixels, form);
    return readPixels(picture.pixels);
  });
  if (width !== form.width || height !== form.height) {
    throw new Error(`it has ${width} x ${height} pixels, wanted ${form.width} x ${form.height}`);
  }
  return form.channels === 1 ? greyOf(data) : data;
}

/** Keeps the square of so many pixels in the middle; of an odd rest, the larger half is cut off behind. */
function cutCentre({ pixels, width, height }, side) {
  if (width < side || height < side) {
    throw new Error(`it has ${width} x ${height} pixels, too few for the crop of ${side} x ${side}`);
  }
  pixels.extract({
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  });
}

function resize(pixels, { resize: mode, resampling, height, width, crop }) {
  if (mode === 'none') return;
  if (resampling === 'bilinear') {
    // Without antialiasing, from a square of `crop` pixels: the four pixels around each place count. Centres are
    // matched, not corners: x' = (x + 1/2) width / crop - 1/2.
    const interpolator = sharp.interpolators.bilinear;
    const matchCentres = { idx: 0.5, idy: 0.5, odx: -0.5, ody: -0.5 };
    pixels.affine([width / crop, 0, 0, height / crop], { interpolator, ...matchCentres });
    return;
  }
  const fit = { cover: 'cover', contain: 'contain', stretch: 'fill' }[mode];
  pixels.resize({ width, height, fit, kernel: resampling, background: '#000' });
}
