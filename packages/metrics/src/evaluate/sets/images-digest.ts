import type { ImageSource } from '../../extractors/extract-dataset.js';

/**
 * SHA-256 of the images of a source, as hexadecimal: of their sizes and bytes, in their order, just as an extractor is
 * given them. Whatever decides what a network sees (files, options, decoding, order) decides it; how a source cuts its
 * batches does not. Node alone.
 *
 * @throws the reason of `signal` when it is aborted
 */
export async function imagesDigest({ batches }: ImageSource, signal?: AbortSignal): Promise<string> {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for await (const { data, count, sampleShape } of batches()) {
    signal?.throwIfAborted();
    const length = data.length / count;
    const header = `${sampleShape.join('x')}:`;
    for (let i = 0; i < count; i++) hash.update(header).update(data.subarray(i * length, (i + 1) * length));
  }
  return hash.digest('hex');
}
