import { OptionError, ShapeError } from '../errors/index.js';
import { elementTypes, tensorTypes, typeOf, type TensorNumbers, type TensorType } from './element-types.js';

/** A tensor to be stored. */
export interface WritableTensor {
  readonly shape: readonly number[];
  /** Row-major. Its class decides the type: `Float32Array` is stored as F32, `Int32Array` as I32, ... */
  readonly data: TensorNumbers;
  /** For bytes that are truth values: 0 and 1. */
  readonly type?: 'BOOL';
}

/** Headers are filled up with spaces, so that numbers of eight bytes lie at multiples of eight. */
const alignment = 8;

/**
 * A safetensors file of these tensors, with the bytes that Python's `safetensors` writes for them: the widest elements
 * first, then by name. Equal tensors give equal files.
 *
 * @param tensors by name
 * @param metadata texts that are kept with them
 * @throws ShapeError when a tensor has more or fewer numbers than its shape says
 * @throws OptionError for the name `__metadata__`, which the format keeps for itself
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, WritableTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].map(([name, tensor]) => entryOf(name, tensor)).sort(inOrder);
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [[metadataKey, metadata]] : [];
  let offset = 0;
  for (const { name, dtype, shape, bytes } of entries) {
    header.push([name, { dtype, shape, data_offsets: [offset, offset + bytes.length] }]);
    offset += bytes.length;
  }
  const text = new TextEncoder().encode(jsonOf(header));
  const headerLength = Math.ceil(text.length / alignment) * alignment;
  const file = new Uint8Array(8 + headerLength + offset).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(text, 8);
  let at = 8 + headerLength;
  for (const { bytes } of entries) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** The entry of a header that is no tensor. */
export const metadataKey = '__metadata__';

interface Entry {
  readonly name: string;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

function entryOf(name: string, { shape, data, type }: WritableTensor): Entry {
  if (name === metadataKey) {
    throw new OptionError(
      `safetensors: no tensor can be called ${metadataKey}, which is the name of the metadata`,
      'tensors',
      name,
    );
  }
  const dtype = type ?? typeOf(data);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const wanted = shape.reduce((product, extent) => product * extent, elementTypes[dtype].bytes);
  if (wanted !== bytes.length || !shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) {
    throw new ShapeError(
      `safetensors: tensor ${name} of type ${dtype} and shape [${shape.join(', ')}] takes ${wanted} bytes, got ` +
        `${bytes.length}`,
      name,
      shape,
      `[${data.length}]`,
    );
  }
  return { name, dtype, shape, bytes };
}

function inOrder(a: Entry, b: Entry): number {
  const byWidth = tensorTypes.indexOf(a.dtype) - tensorTypes.indexOf(b.dtype);
  if (byWidth !== 0) return byWidth;
  return a.name < b.name ? -1 : 1;
}

/** Members in this order; an object would bring names that are numbers forward. */
function jsonOf(members: readonly (readonly [string, unknown])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}
