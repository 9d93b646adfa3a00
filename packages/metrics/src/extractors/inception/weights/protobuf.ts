import { littleEndianFloats } from './named-tensors.js';

/** The fields of one protocol buffer message, by number. */
export interface Fields {
  /** Embedded messages, texts and bytes of a field: whatever has a length. */
  messages(field: number): readonly Uint8Array[];
  /** A text; empty where the field is absent. */
  text(field: number): string;
  integer(field: number): number | undefined;
  float32(field: number): number | undefined;
  /** A repeated float, packed or not. */
  floats(field: number): Float32Array;
}

const utf8 = new TextDecoder();

/**
 * Reads a message without its schema.
 *
 * @throws RangeError when the bytes end within a field or are no message
 */
export function readFields(bytes: Uint8Array): Fields {
  const lengths = new Map<number, Uint8Array[]>();
  const integers = new Map<number, number>();
  const floats = new Map<number, number[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      if (at >= bytes.length) throw new RangeError(`it ends at byte ${at}`);
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError(`no number at byte ${at}`);
  };
  const skip = (count: number): number => {
    const start = at;
    if (start + count > bytes.length) throw new RangeError(`it ends at byte ${bytes.length}`);
    at += count;
    return start;
  };

  while (at < bytes.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        integers.set(field, varint());
        break;
      case 1:
        skip(8);
        break;
      case 2: {
        const length = varint();
        const start = skip(length);
        append(lengths, field, bytes.subarray(start, start + length));
        break;
      }
      case 5:
        append(floats, field, view.getFloat32(skip(4), true));
        break;
      default:
        throw new RangeError(`no field at byte ${at}`);
    }
  }

  return {
    messages: (field) => lengths.get(field) ?? [],
    text: (field) => utf8.decode(lengths.get(field)?.at(-1)),
    integer: (field) => integers.get(field),
    float32: (field) => floats.get(field)?.at(-1),
    floats(field) {
      const chunks = [
        ...(lengths.get(field) ?? []).map(littleEndianFloats),
        Float32Array.from(floats.get(field) ?? []),
      ];
      const all = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let start = 0;
      for (const chunk of chunks) {
        all.set(chunk, start);
        start += chunk.length;
      }
      return all;
    },
  };
}

function append<Value>(map: Map<number, Value[]>, field: number, value: Value): void {
  const values = map.get(field);
  if (values === undefined) map.set(field, [value]);
  else values.push(value);
}
