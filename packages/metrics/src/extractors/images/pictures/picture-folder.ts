import { DataNotFoundError, DatasetFormatError, isGanError } from '@dist-gan/core';
import { listPictures } from '@dist-gan/datasets/files';
import type { ImageBatch } from '../image-batch.js';
import { decodePicture, type Picture } from './decode-picture.js';

/** Pictures that are decoded at once. */
const decodedAtOnce = 32;

export interface PictureFolderOptions {
  /** The first so many, in the order of their names. Default: all. */
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
  readonly batches: () => AsyncGenerator<ImageBatch>;
}

/**
 * Opens a folder of pictures, with its subfolders, in the order of their names. All are decoded once, so that a
 * corrupt one is found before hours of work and not behind them.
 *
 * @throws DataNotFoundError when there is no such folder, or no picture in it
 * @throws DatasetFormatError naming the first corrupt picture and how many there are
 */
export async function openPictureFolder(
  folder: string,
  { count, corrupt = 'refuse', onProgress, signal }: PictureFolderOptions = {},
): Promise<PictureFolder> {
  const found = (await listPictures(folder)).slice(0, count);
  const { files, problems } = await check(found, signal, onProgress);
  if (problems.length > 0 && corrupt === 'refuse') {
    throw new DatasetFormatError(
      `${problems[0]}; it is the first of ${problems.length} corrupt pictures among ${found.length}: replace them or skip them`,
      folder,
      0,
    );
  }
  if (files.length === 0) throw new DataNotFoundError(`${folder} has no picture that can be decoded`, folder);
  return { size: files.length, skipped: problems, batches: () => decodeAll(files) };
}

/** Decodes every file, and tells which ones can be. */
async function check(
  found: readonly string[],
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<{ files: string[]; problems: string[] }> {
  const files: string[] = [];
  const problems: string[] = [];
  for (let start = 0; start < found.length; start += decodedAtOnce) {
    signal?.throwIfAborted();
    const part = found.slice(start, start + decodedAtOnce);
    const outcomes = await Promise.allSettled(part.map(decodePicture));
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') files.push(part[i]);
      else if (isGanError(outcome.reason, 'DATA_FORMAT')) problems.push(outcome.reason.message);
      else throw outcome.reason;
    }
    onProgress?.(Math.min(1, (start + decodedAtOnce) / found.length));
  }
  return { files, problems };
}

async function* decodeAll(files: readonly string[]): AsyncGenerator<ImageBatch> {
  for (let start = 0; start < files.length; start += decodedAtOnce) {
    const pictures = await Promise.all(files.slice(start, start + decodedAtOnce).map(decodePicture));
    yield* batchesOfOneSize(pictures);
  }
}

/** Neighbours of one size together: pictures of a folder may differ in size. */
function* batchesOfOneSize(pictures: readonly Picture[]): Generator<ImageBatch> {
  for (let start = 0, end = 0; start < pictures.length; start = end) {
    const { height, width } = pictures[start];
    while (end < pictures.length && pictures[end].height === height && pictures[end].width === width) end++;
    const length = height * width * 3;
    const data = new Uint8Array((end - start) * length);
    for (let i = start; i < end; i++) data.set(pictures[i].data, (i - start) * length);
    yield { data, count: end - start, sampleShape: [height, width, 3] };
  }
}
