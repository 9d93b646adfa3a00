/** Numbers as safetensors files hold them. 16-bit floats are read as 32-bit ones, which hold them exactly. */
export type TensorNumbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** How the elements of a type lie in a file, little-endian. */
interface ElementType {
  readonly bytes: number;
  /** The numbers that these bytes are, which start at the first byte of their buffer. */
  readonly read: (buffer: ArrayBuffer) => TensorNumbers;
}

/** By the names of the format, in the order in which tensors are stored: the widest elements first. */
const elementTypesByName = {
  U64: { bytes: 8, read: (buffer) => new BigUint64Array(buffer) },
  I64: { bytes: 8, read: (buffer) => new BigInt64Array(buffer) },
  F64: { bytes: 8, read: (buffer) => new Float64Array(buffer) },
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  U32: { bytes: 4, read: (buffer) => new Uint32Array(buffer) },
  I32: { bytes: 4, read: (buffer) => new Int32Array(buffer) },
  BF16: { bytes: 2, read: (buffer) => fromBfloat16(new Uint16Array(buffer)) },
  F16: { bytes: 2, read: (buffer) => Float32Array.from(new Uint16Array(buffer), fromFloat16) },
  U16: { bytes: 2, read: (buffer) => new Uint16Array(buffer) },
  I16: { bytes: 2, read: (buffer) => new Int16Array(buffer) },
  I8: { bytes: 1, read: (buffer) => new Int8Array(buffer) },
  U8: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
  BOOL: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
} as const satisfies Readonly<Record<string, ElementType>>;

export type TensorType = keyof typeof elementTypesByName;

export const elementTypes: Readonly<Record<TensorType, ElementType>> = elementTypesByName;

export const tensorTypes = Object.keys(elementTypes) as readonly TensorType[];

/** The type as which an array is stored. */
export function typeOf(data: TensorNumbers): TensorType {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Int32Array) return 'I32';
  if (data instanceof Uint8Array) return 'U8';
  if (data instanceof Uint32Array) return 'U32';
  if (data instanceof Int8Array) return 'I8';
  if (data instanceof Int16Array) return 'I16';
  if (data instanceof Uint16Array) return 'U16';
  return data instanceof BigInt64Array ? 'I64' : 'U64';
}

/** The upper half of a 32-bit float. */
function fromBfloat16(halves: Uint16Array): Float32Array {
  const bits = Uint32Array.from(halves, (half) => half * 2 ** 16);
  return new Float32Array(bits.buffer);
}

/** Sign, five bits of exponent, ten of fraction (IEEE 754, binary16). */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
