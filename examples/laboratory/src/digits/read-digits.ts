import { side } from './digit-networks.js';

/** What an idx file of images begins with: bytes, in three dimensions. */
const imagesMagic = 0x00000803;
const headerBytes = 16;

/**
 * The images of a file of MNIST's kind (`train-images-idx3-ubyte`), gzipped or not, one byte per pixel.
 *
 * @throws Error in words for whoever chose the file
 */
export async function readDigits(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = "wanted MNIST's images, such as train-images-idx3-ubyte.gz.";
  const bytes = new Uint8Array(await unpacked(file));
  const header = new DataView(bytes.buffer);
  if (bytes.length < headerBytes || header.getUint32(0) !== imagesMagic)
    throw new Error(`${file.name} is no idx file of images; ${wanted}`);
  const [count, height, width] = [4, 8, 12].map((offset) => header.getUint32(offset));
  if (height !== side || width !== side || count === 0)
    throw new Error(`${file.name} has ${count} images of ${height} x ${width} pixels; ${wanted}`);
  if (bytes.length !== headerBytes + count * side * side)
    throw new Error(`${file.name} announces ${count} images and has ${bytes.length} bytes: it is not whole.`);
  return bytes.subarray(headerBytes);
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
