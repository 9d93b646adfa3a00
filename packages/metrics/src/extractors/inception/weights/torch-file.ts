import { DatasetFormatError } from '@dist-gan/core';
import { readZip } from '@dist-gan/datasets/files';
import { gather, littleEndianFloats, NamedTensors, type NamedTensor } from './named-tensors.js';
import { Opaque, PickleReader, type Stored } from './pickle.js';

/**
 * Reads the tensors of a state dict that `torch.save` wrote: the zip archive of PyTorch 1.6 and later, or the stream
 * of pickles of earlier ones, as which pytorch-fid's weights were published. The pickles are taken apart, never run:
 * whatever is not an ordered dict of float32 tensors is refused or left out.
 *
 * @throws DatasetFormatError
 */
export async function readTorchFile(bytes: Uint8Array, file: string): Promise<NamedTensors> {
  try {
    return isZip(bytes) ? await readArchive(bytes, file) : readStream(bytes, file);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DatasetFormatError(
      `${file} is not a state dict of PyTorch that can be read (${cause.message}); fetch the file again`,
      file,
      0,
      { cause },
    );
  }
}

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** PyTorch 1.6 and later: `<name>/data.pkl`, and the numbers of storage `key` in `<name>/data/<key>`. */
async function readArchive(bytes: Uint8Array, file: string): Promise<NamedTensors> {
  const files = await readZip(bytes);
  const [name, pickle] = [...files].find(([path]) => path.endsWith('data.pkl')) ?? [];
  if (name === undefined || pickle === undefined) throw new RangeError('no data.pkl in it');
  const folder = name.slice(0, -'data.pkl'.length);
  return tensorsOf(new PickleReader(pickle).read(), file, (key) => files.get(`${folder}data/${key}`));
}

/** Bytes before the numbers of a storage: how many there are, as a 64-bit number. */
const countBytes = 8;

/** Before PyTorch 1.6: pickles of a magic number, a version, the machine, the state dict and the storages' keys. */
function readStream(bytes: Uint8Array, file: string): NamedTensors {
  const reader = new PickleReader(bytes);
  const header = [reader.read(), reader.read(), reader.read()];
  if (!(header[2] instanceof Map)) throw new RangeError('it does not start as torch.save starts');
  const content = reader.read();
  const keys = reader.read();
  if (!Array.isArray(keys)) throw new RangeError('it does not list its storages');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const storages = new Map<string, Uint8Array>();
  const itemBytes = new Map(storagesOf(content).map(({ key, bytesPerItem }) => [key, bytesPerItem]));
  let at = reader.position;
  for (const key of keys as string[]) {
    if (at + countBytes > bytes.length) throw new RangeError(`it ends at byte ${bytes.length}`);
    const length = Number(view.getBigUint64(at, true)) * (itemBytes.get(key) ?? Number.NaN);
    const start = at + countBytes;
    if (!(start + length <= bytes.length)) throw new RangeError(`it ends within storage ${key}`);
    storages.set(key, bytes.subarray(start, start + length));
    at = start + length;
  }
  return tensorsOf(content, file, (key) => storages.get(key));
}

/** Storages that the pickle names, of every element type. */
function storagesOf(content: unknown): Stored['storage'][] {
  return [...stateDict(content).values()].flatMap((value) => (isStored(value) ? [value.storage] : []));
}

function tensorsOf(
  content: unknown,
  file: string,
  storage: (key: string) => Uint8Array | undefined,
): NamedTensors {
  const tensors = new Map<string, NamedTensor>();
  const floats = new Map<string, Float32Array>();
  for (const [name, value] of stateDict(content)) {
    if (!isStored(value) || value.storage.type !== 'FloatStorage') continue;
    const { key } = value.storage;
    const bytes = storage(key);
    if (bytes === undefined) throw new RangeError(`storage ${key} of ${name} is missing`);
    const numbers = floats.get(key) ?? littleEndianFloats(bytes);
    floats.set(key, numbers);
    const { shape, strides, offset } = value;
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (size > numbers.length) throw new RangeError(`${name} has more numbers than its storage`);
    const last = offset + shape.reduce((sum, extent, axis) => sum + (extent - 1) * strides[axis], 0);
    if (last >= numbers.length) throw new RangeError(`${name} reaches beyond its storage`);
    tensors.set(name, { shape, data: gather(numbers, shape, strides, offset) });
  }
  return new NamedTensors(file, tensors);
}

function stateDict(content: unknown): Map<unknown, unknown> & Map<string, unknown> {
  if (content instanceof Map) return content as Map<string, unknown>;
  const what = content instanceof Opaque ? content.name : typeof content;
  throw new RangeError(`it holds ${what}, not a dict of tensors`);
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'storage' in value;
}
