/** An array of numbers, row-major. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: NumberData;
}

/** Whole numbers of 64 bits are given as float64, booleans as bytes. */
export type NumberData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** How the elements of a type are read. */
interface ElementType {
  readonly width: number;
  readonly make: (count: number) => NumberData;
  readonly read: (view: DataView, at: number, isLittle: boolean) => number;
}

/** By kind and width, as NumPy writes them behind the byte order. */
const elementTypes: Readonly<Record<string, ElementType>> = {
  b1: { width: 1, make: (count) => new Uint8Array(count), read: (view, at) => view.getUint8(at) },
  u1: { width: 1, make: (count) => new Uint8Array(count), read: (view, at) => view.getUint8(at) },
  i1: { width: 1, make: (count) => new Int8Array(count), read: (view, at) => view.getInt8(at) },
  u2: {
    width: 2,
    make: (count) => new Uint16Array(count),
    read: (view, ...place) => view.getUint16(...place),
  },
  i2: { width: 2, make: (count) => new Int16Array(count), read: (view, ...place) => view.getInt16(...place) },
  u4: {
    width: 4,
    make: (count) => new Uint32Array(count),
    read: (view, ...place) => view.getUint32(...place),
  },
  i4: { width: 4, make: (count) => new Int32Array(count), read: (view, ...place) => view.getInt32(...place) },
  u8: {
    width: 8,
    make: (count) => new Float64Array(count),
    read: (view, ...place) => Number(view.getBigUint64(...place)),
  },
  i8: {
    width: 8,
    make: (count) => new Float64Array(count),
    read: (view, ...place) => Number(view.getBigInt64(...place)),
  },
  f4: {
    width: 4,
    make: (count) => new Float32Array(count),
    read: (view, ...place) => view.getFloat32(...place),
  },
  f8: {
    width: 8,
    make: (count) => new Float64Array(count),
    read: (view, ...place) => view.getFloat64(...place),
  },
};

/** An array that is whole, but not of numbers that can be read: texts, objects, records, complex numbers. */
export class ElementTypeError extends RangeError {}

const magic = [0x93, ...new TextEncoder().encode('NUMPY')];

/**
 * Reads NumPy's format of one array, versions 1 to 3: whole numbers, float32 and float64 of either byte order, in C or
 * Fortran order (which is laid out anew, row-major).
 *
 * @returns the array, and its type as NumPy writes it, for instance `<f4`
 * @throws RangeError saying what is wrong, an ElementTypeError where that is the type of the elements alone
 */
export function readNpy(bytes: Uint8Array): NumberArray & { readonly type: string } {
  if (!magic.every((byte, i) => bytes[i] === byte)) throw new RangeError('it does not begin as an .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) throw new RangeError(`version ${version} of .npy is not known`);
  const lengthBytes = version === 1 ? 2 : 4;
  const headerLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = 8 + lengthBytes + headerLength;
  const header = new TextDecoder().decode(bytes.subarray(8 + lengthBytes, start));
  const { type, isFortran, shape } = parseHeader(header);
  const count = shape.reduce((product, extent) => product * extent, 1);
  const { width, make, read } = elementTypes[type.slice(1)];
  if (bytes.length - start < count * width) {
    throw new RangeError(`it ends after ${bytes.length - start} of ${count * width} bytes of numbers`);
  }
  const data = make(count);
  if (data instanceof Uint8Array) data.set(bytes.subarray(start, start + count));
  else {
    const isLittle = !type.startsWith('>');
    for (let i = 0, at = start; i < count; i++, at += width) data[i] = read(view, at, isLittle);
  }
  return { type, shape, data: isFortran ? rowMajor(data, shape) : data };
}

/** The .npy file, version 1, of a float64 array in C order. */
export function writeNpy({ shape, data }: NumberArray): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${extents}), }`;
  // The numbers begin at a multiple of 64; the header ends with a line feed.
  const start = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + 8 * data.length);
  bytes.set([...magic, 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, start - 10, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - 11)}\n`), 10);
  for (let i = 0; i < data.length; i++) view.setFloat64(start + 8 * i, data[i], true);
  return bytes;
}

/** The header is a Python dictionary of three keys. */
function parseHeader(header: string): { type: string; isFortran: boolean; shape: number[] } {
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d\sL,]*)\)/.exec(header)?.[1];
  if (type === undefined || order === undefined || shape === undefined) {
    throw new ElementTypeError(`its header is not one of an array of numbers: ${header.trim().slice(0, 80)}`);
  }
  if (!/^[<>=|]/.test(type) || !Object.hasOwn(elementTypes, type.slice(1))) {
    throw new ElementTypeError(
      `its elements are of type ${type}; whole numbers, float32 and float64 can be read`,
    );
  }
  const extents = shape.split(',').map((extent) => extent.trim());
  return {
    type,
    isFortran: order === 'True',
    shape: extents.filter((extent) => extent !== '').map((extent) => Number.parseInt(extent, 10)),
  };
}

/** Numbers in Fortran order, the first index fastest, laid out with the last index fastest. */
function rowMajor(data: NumberData, shape: readonly number[]): NumberData {
  const result = data.slice();
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((product, extent) => product * extent, 1),
  );
  const index = shape.map(() => 0);
  for (let to = 0; to < data.length; to++) {
    result[to] = data[index.reduce((sum, at, axis) => sum + at * strides[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return result;
}
