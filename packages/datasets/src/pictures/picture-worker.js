/**
 * A worker thread that decodes pictures for `PictureDecoder`. JavaScript and not TypeScript: Node starts this file as it
 * stands, from the source and from the build alike.
 */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';

// libvips remembers what it did, in case it is asked for again. No picture is within reach of that memory when its turn
// comes again, and keeping it takes a fifth of the time.
sharp.cache(false);

parentPort.on('message', async ({ job, files, form }) => {
  const length = form.height * form.width * form.channels;
  const data = new Uint8Array(files.length * length);
  const broken = [];
  const decodeInto = async (file, place) => {
    try {
      data.set(await decode(file, form), place * length);
    } catch (error) {
      broken.push({ place, reason: error.message.split('\n')[0] });
    }
  };
  await Promise.all(files.map(decodeInto));
  parentPort.postMessage({ job, data, broken }, [data.buffer]);
});

/** One picture in its form: rows of pixels, the channels of a pixel together. */
async function decode(file, form) {
  const picture = sharp(file, { ignoreIcc: true, failOn: 'error' }).autoOrient();
  if (form.crop !== undefined) await cutCentre(picture, form.crop);
  resize(picture, form);
  picture.removeAlpha();
  if (form.channels === 1) picture.greyscale();
  picture.toColourspace(form.channels === 1 ? 'b-w' : 'srgb');
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.width === form.width && info.height === form.height) return data;
  throw new Error(`it has ${info.width} x ${info.height} pixels, wanted ${form.width} x ${form.height}`);
}

/** Keeps the square of so many pixels in the middle; of an odd rest, the larger half is cut off behind. */
async function cutCentre(picture, side) {
  const { width, height } = (await picture.metadata()).autoOrient;
  if (width < side || height < side) {
    throw new Error(`it has ${width} x ${height} pixels, too few for the crop of ${side} x ${side}`);
  }
  picture.extract({
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  });
}

function resize(picture, { resize: mode, resampling, height, width, crop }) {
  if (mode === 'none') return;
  if (resampling === 'bilinear') {
    // Without antialiasing, from a square of `crop` pixels: the four pixels around each place count. Centres are
    // matched, not corners: x' = (x + 1/2) width / crop - 1/2.
    const interpolator = sharp.interpolators.bilinear;
    const matchCentres = { idx: 0.5, idy: 0.5, odx: -0.5, ody: -0.5 };
    picture.affine([width / crop, 0, 0, height / crop], { interpolator, ...matchCentres });
    return;
  }
  const fit = { cover: 'cover', contain: 'contain', stretch: 'fill' }[mode];
  picture.resize({ width, height, fit, kernel: resampling, background: '#000' });
}
