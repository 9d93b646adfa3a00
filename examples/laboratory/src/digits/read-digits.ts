import { readIdx, type IdxArray } from '@dist-gan/datasets/files';
import { side } from './digit-networks.js';

const wanted = "wanted MNIST's images, such as train-images-idx3-ubyte.gz.";

/**
 * The images of a file of MNIST's kind (`train-images-idx3-ubyte`), gzipped or not, one byte per pixel.
 *
 * @throws Error in words for whoever chose the file
 */
export async function readDigits(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const {
    dimensions: [count, height, width],
    data,
  } = imagesOf(new Uint8Array(await unpacked(file)), file.name);
  if (height !== side || width !== side || count === 0)
    throw new Error(`${file.name} has ${count} images of ${height} x ${width} pixels; ${wanted}`);
  return data.slice();
}

function imagesOf(bytes: Uint8Array, name: string): IdxArray {
  try {
    return readIdx(bytes, name, 3);
  } catch (cause) {
    throw new Error(`${name} is no idx file of images (${(cause as Error).message}); ${wanted}`, { cause });
  }
}

async function unpacked(file: File): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return file.arrayBuffer();
  try {
    return await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  } catch (cause) {
    throw new Error(`${file.name} cannot be unpacked: its gzip data are damaged.`, { cause });
  }
}
