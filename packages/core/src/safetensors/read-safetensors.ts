import * as v from 'valibot';
import { DatasetFormatError } from '../errors/index.js';
import { elementTypes, tensorTypes, type TensorNumbers, type TensorType } from './element-types.js';
import { metadataKey } from './write-safetensors.js';

/** A tensor as it lies in a file. */
export interface StoredTensor {
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** Row-major; a copy, independent of the file's bytes. */
  readonly data: TensorNumbers;
}

export interface SafetensorsContent {
  /** By name, in the order in which they are stored. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Longer headers are refused, as Python's `safetensors` does. */
const longestHeader = 100_000_000;

const extent = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const entrySchema = v.object({
  dtype: v.picklist(tensorTypes),
  shape: v.array(extent),
  data_offsets: v.strictTuple([extent, extent]),
});

type Entry = v.InferOutput<typeof entrySchema>;

const headerSchema = v.record(v.string(), v.unknown());
const metadataSchema = v.record(v.string(), v.string());

/**
 * Reads a safetensors file: eight bytes with the length of a JSON header, the header, the numbers of the tensors, one
 * tensor after the other without gaps.
 *
 * @param file what it is called in messages
 * @throws DatasetFormatError when it is cut off, changed, or no such file, saying what is wrong and where
 */
export function readSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const fail = (what: string, at: number): never => {
    throw new DatasetFormatError(
      `${file}, byte ${at}: ${what}; it is damaged or no safetensors file: make or fetch it again`,
      file,
      at,
    );
  };
  if (bytes.length < 8) fail(`the file ends within its first number, after ${bytes.length} bytes`, 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > longestHeader) fail(`a header of ${headerLength} bytes, at most ${longestHeader}`, 0);
  const start = 8 + headerLength;
  if (start > bytes.length) fail(`the header ends at byte ${start}, the file at ${bytes.length}`, 0);
  const header = readHeader(bytes.subarray(8, start), (what) => fail(what, 8));

  const tensors = new Map<string, StoredTensor>();
  let end = 0;
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of header.entries) {
    const { bytes: width, read } = elementTypes[dtype];
    const length = shape.reduce((product, size) => product * size, width);
    if (from !== end) fail(`tensor ${name} begins at ${from}, where ${end} was wanted`, start + end);
    if (to - from !== length) {
      fail(
        `tensor ${name}, ${dtype} of shape [${shape.join(', ')}], takes ${length} bytes, got ${to - from}`,
        start,
      );
    }
    if (start + to > bytes.length) {
      fail(`the file ends within tensor ${name}, which ends at byte ${start + to}`, bytes.length);
    }
    tensors.set(name, { type: dtype, shape, data: read(copyOf(bytes.subarray(start + from, start + to))) });
    end = to;
  }
  if (start + end !== bytes.length)
    fail(`${bytes.length - start - end} bytes behind the last tensor`, start + end);
  return { tensors, metadata: header.metadata };
}

/** Not `slice`: that of Node's `Buffer` shares the memory. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Entries in the order of their numbers. */
function readHeader(
  bytes: Uint8Array,
  fail: (what: string) => never,
): { readonly entries: readonly (readonly [string, Entry])[]; readonly metadata: Record<string, string> } {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return fail(`the header is not JSON (${(cause as Error).message})`);
  }
  if (Array.isArray(content) || !v.is(headerSchema, content)) return fail('the header is no JSON object');
  const { [metadataKey]: metadata = {}, ...members } = content;
  if (!v.is(metadataSchema, metadata)) return fail(`${metadataKey} must have texts only`);
  const entries = Object.entries(members).map(([name, member]) => {
    const entry = v.safeParse(entrySchema, member);
    if (entry.success) return [name, entry.output] as const;
    const [{ message, path = [] }] = entry.issues;
    const where = path.map(({ key }) => `.${String(key)}`).join('');
    return fail(`the header's entry of tensor ${name}${where}: ${message}`);
  });
  const [starts, ends] = [0, 1].map(
    (i) =>
      ([, { data_offsets }]: (typeof entries)[number]) =>
        data_offsets[i],
  );
  entries.sort((a, b) => starts(a) - starts(b) || ends(a) - ends(b));
  return { entries, metadata };
}
