import { DataNotFoundError, DatasetFormatError, isGanError } from '@dist-gan/core';
import { decodePicture, listPictures, type PixelRules, type Pixels } from '@dist-gan/datasets/pictures';
import type { ImageBatch } from '../image-batch.js';

/** Pictures that are decoded at once. */
const decodedAtOnce = 4;

/** Images that are given together at the most, and their bytes: a larger picture is given alone. */
const imagesTogether = 32;
const bytesTogether = 2 ** 25;

export interface PictureFolderOptions extends Pick<PixelRules, 'background'> {
  /** The one to begin with, in the order of their names, from 0. Default 0. */
  readonly first?: number;
  /** So many from there on, in the order of their names; of those that can be decoded where others are skipped. Default: all. */
  readonly count?: number;
  /** What to do with pictures that cannot be decoded: refuse the folder (default), or leave them out. */
  readonly corrupt?: 'refuse' | 'skip';
  /** Called with how much of the check is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** The pictures of a folder, as a source of images. */
export interface PictureFolder {
  /** How many there are. */
  readonly size: number;
  /** Files that were left out, with the reason. */
  readonly skipped: readonly string[];
  /** What a user should know of other files in the folder. */
  readonly notices: readonly string[];
  readonly batches: () => AsyncGenerator<ImageBatch>;
}

/**
 * Opens a folder of pictures, with its subfolders, in the order of their names. All are decoded once, so that a
 * corrupt one is found before hours of work and not behind them. Of large pictures, few are in memory at any time.
 *
 * @throws DataNotFoundError when there is no such folder, or no picture in it
 * @throws DatasetFormatError naming the first corrupt picture and how many there are
 */
export async function openPictureFolder(
  folder: string,
  { first = 0, count, corrupt = 'refuse', background, onProgress, signal }: PictureFolderOptions = {},
): Promise<PictureFolder> {
  const { files, notices } = await listPictures(folder);
  const listed = files.slice(first);
  const rules = { background };
  const looked = corrupt === 'skip' ? listed : listed.slice(0, count);
  const { whole, problems } = await check(looked, rules, count ?? looked.length, signal, onProgress);
  if (problems.length > 0 && corrupt === 'refuse') {
    throw new DatasetFormatError(
      `${problems[0]}; it is the first of ${problems.length} corrupt pictures among ${looked.length}: replace them or skip them`,
      folder,
      0,
    );
  }
  if (whole.length === 0) throw new DataNotFoundError(`${folder} has no picture that can be decoded`, folder);
  return { size: whole.length, skipped: problems, notices, batches: () => decodeAll(whole, rules) };
}

/** A picture that can be decoded. */
interface WholePicture extends Omit<Pixels, 'data'> {
  readonly file: string;
}

/** Decodes files until so many are whole, and says why the others are not. */
async function check(
  files: readonly string[],
  rules: PixelRules,
  count: number,
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<{ whole: WholePicture[]; problems: string[] }> {
  const whole: WholePicture[] = [];
  const problems: string[] = [];
  for (let start = 0; start < files.length && whole.length < count;) {
    signal?.throwIfAborted();
    // Never more than can still count, so that which ones are looked at does not depend on how many at once.
    const part = files.slice(start, start + Math.min(decodedAtOnce, count - whole.length));
    const outcomes = await Promise.allSettled(part.map((file) => checkOne(file, rules)));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') whole.push(outcome.value);
      else if (isGanError(outcome.reason, 'DATA_FORMAT')) problems.push(outcome.reason.message);
      else throw outcome.reason;
    }
    start += part.length;
    onProgress?.(Math.max(start / files.length, whole.length / count));
  }
  return { whole, problems };
}

async function checkOne(file: string, rules: PixelRules): Promise<WholePicture> {
  const { height, width } = await decodePicture(file, rules);
  return { file, height, width };
}

/** Neighbours of one size together: pictures of a folder may differ in size. */
async function* decodeAll(pictures: readonly WholePicture[], rules: PixelRules): AsyncGenerator<ImageBatch> {
  for (let start = 0, end = 0; start < pictures.length; start = end) {
    const { height, width } = pictures[start];
    const length = height * width * 3;
    const most = Math.max(1, Math.min(imagesTogether, Math.floor(bytesTogether / length)));
    while (end < pictures.length && end - start < most && isOfSize(pictures[end], height, width)) end++;
    const data = new Uint8Array((end - start) * length);
    for (let at = start; at < end; at += decodedAtOnce) {
      const part = pictures.slice(at, Math.min(end, at + decodedAtOnce));
      const decoded = await Promise.all(part.map(({ file }) => decodePicture(file, rules)));
      for (const [i, pixels] of decoded.entries()) {
        if (!isOfSize(pixels, height, width)) throw changed(part[i].file);
        data.set(pixels.data, (at + i - start) * length);
      }
    }
    yield { data, count: end - start, sampleShape: [height, width, 3] };
  }
}

function isOfSize(pixels: Omit<Pixels, 'data'>, height: number, width: number): boolean {
  return pixels.height === height && pixels.width === width;
}

function changed(file: string): DatasetFormatError {
  return new DatasetFormatError(`${file} has changed its size while it was used; start again`, file, 0);
}
