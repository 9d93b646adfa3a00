import { choice, OptionError, positiveInteger, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import type { DatasetEnvironment } from '../environment.js';
import { yearOf } from '../files/file-system.js';
import { listPictures } from '../pictures/list-pictures.js';
import type { PictureDataset } from '../pictures/picture-dataset.js';
import { resamplings, resizes } from '../pictures/picture-decoder.js';
import { pictureDataset, pictureOptions } from '../pictures/make-picture-dataset.js';

const byte = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(0, 'must be from 0 to 255'),
  v.maxValue(255, 'must be from 0 to 255'),
);

const schema = v.strictObject({
  /** The folder; pictures of its subfolders count. Default: the data folder, where the environment names one. */
  folder: v.optional(v.string('must be the path of a folder with pictures')),
  /** Height and width of the images, in pixels. */
  size: v.optional(positiveInteger, 64),
  /** 3: red, green, blue; 1: grey, (19595 red + 38470 green + 7471 blue + 32768) / 65536 rounded down, as Pillow's L. */
  channels: v.optional(choice([1, 3]), 3),
  /**
   * What lies behind pixels that are not opaque: red, green and blue, 0 to 255. Default: nothing; opacity is dropped, and
   * the colours that are stored count.
   */
  background: v.optional(v.tuple([byte, byte, byte], 'must be [red, green, blue], each from 0 to 255')),
  /** The square of so many pixels in the middle of each picture is cut out before it is resized. Default: no cut. */
  crop: v.optional(positiveInteger),
  /**
   * How a picture becomes a square. `cover`: it fills the square, what stands over is cut off; `contain`: all of it,
   * with black bars; `stretch`: all of it, distorted; `none`: it must have the size already.
   */
  resize: v.optional(choice(resizes, JSON.stringify), 'cover'),
  /**
   * Pillow's filters, which are widened when pictures shrink so that nothing aliases: its bytes where a picture has at most
   * sixteen times as many pixels as the image; a larger one is resized by libvips' kernel of the same form while it is decoded.
   */
  resampling: v.optional(choice(resamplings, JSON.stringify), 'lanczos'),
  ...pictureOptions,
});

export type ImageFolderOptions = v.InferInput<typeof schema>;

/**
 * The pictures of a folder and its subfolders as square images, uint8, in the order of their names: PNG, JPEG, WebP,
 * AVIF, TIFF or GIF, turned upright as their camera says, their colours otherwise as `decodePicture` gives them. Opacity
 * is dealt with before resizing, grey is made after it. Needs the npm package `sharp`.
 *
 * Pictures that cannot be decoded are no error: `broken` lists them, and `onNotice` hears of them.
 *
 * @throws OptionError for bad options
 * @throws DataNotFoundError when there is no such folder, or no picture in it
 * @throws DatasetFormatError when none of the pictures can be used
 * @throws BackendError when sharp is not installed
 */
export async function imageFolder(
  options?: ImageFolderOptions,
  environment: DatasetEnvironment = {},
): Promise<PictureDataset> {
  const id = 'image-folder';
  const given = resolveOptions(schema, options, id);
  const folder = given.folder ?? environment.dataFolder;
  if (folder === undefined) {
    throw new OptionError(
      `${id}.folder: name the folder with the pictures (dist-gan train ${id} --data <folder>)`,
      `${id}.folder`,
      folder,
    );
  }
  const resolved = { ...given, folder };
  const { size, channels, background, crop, resize, resampling, memoryMegabytes, workers } = resolved;
  const notice = environment.onNotice ?? (() => {});
  const { files, notices } = await listPictures(folder);
  notices.forEach(notice);
  return pictureDataset(
    {
      id,
      title: `Pictures of ${folder}, ${size} x ${size}`,
      source: { title: `the folder ${folder}`, year: yearOf(folder) },
      options: resolved,
    },
    { folder, files },
    {
      height: size,
      width: size,
      channels,
      resize,
      resampling,
      ...(background !== undefined && { background }),
      ...(crop !== undefined && { crop }),
    },
    { memoryMegabytes, workers, notice },
  );
}
