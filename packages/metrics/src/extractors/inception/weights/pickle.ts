/** A tensor as a pickle of PyTorch describes it: a window into a storage. */
export interface Stored {
  readonly storage: { readonly type: string; readonly key: string; readonly bytesPerItem: number };
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** A global name in a pickle. It stands for itself: nothing is imported and nothing is called. */
export class Opaque {
  constructor(readonly name: string) {}
}

const mark = Symbol('mark');

/** Element types by the names of PyTorch's storages, in bytes. */
const storageTypes: Readonly<Record<string, number>> = {
  'torch FloatStorage': 4,
  'torch LongStorage': 8,
  'torch IntStorage': 4,
  'torch DoubleStorage': 8,
  'torch HalfStorage': 2,
  'torch ByteStorage': 1,
  'torch BoolStorage': 1,
};

/**
 * Takes pickles apart as far as state dicts of PyTorch need it. The instructions of a pickle that build plain values
 * are followed; of those that would call something, only the two that a state dict has are known: an ordered dict
 * becomes a Map, a rebuilt tensor its description. Every other one is refused.
 */
export class PickleReader {
  private at = 0;
  private stack: unknown[] = [];
  private memo = new Map<number, unknown>();
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next pickle starts, in bytes. */
  get position(): number {
    return this.at;
  }

  /** The value of the next pickle. @throws RangeError for an instruction or a name that it does not know */
  read(): unknown {
    this.stack = [];
    this.memo = new Map();
    for (;;) {
      const opcode = this.byte();
      if (opcode === 0x2e) return this.pop(); // STOP
      this.follow(opcode);
    }
  }

  private follow(opcode: number): void {
    switch (opcode) {
      case 0x80: // PROTO
        this.byte();
        return;
      case 0x28: // MARK
        this.push(mark);
        return;
      case 0x4e: // NONE
        return this.push(null);
      case 0x88: // NEWTRUE
        return this.push(true);
      case 0x89: // NEWFALSE
        return this.push(false);
      case 0x4b: // BININT1
        return this.push(this.byte());
      case 0x4d: // BININT2
        return this.push(this.view.getUint16(this.skip(2), true));
      case 0x4a: // BININT
        return this.push(this.view.getInt32(this.skip(4), true));
      case 0x8a: // LONG1
        return this.push(this.long(this.byte()));
      case 0x47: // BINFLOAT
        return this.push(this.view.getFloat64(this.skip(8), false));
      case 0x58: // BINUNICODE
        return this.push(this.text(this.view.getUint32(this.skip(4), true)));
      case 0x55: // SHORT_BINSTRING
        return this.push(this.text(this.byte()));
      case 0x54: // BINSTRING
        return this.push(this.text(this.view.getUint32(this.skip(4), true)));
      case 0x5d: // EMPTY_LIST
        return this.push([]);
      case 0x7d: // EMPTY_DICT
        return this.push(new Map());
      case 0x29: // EMPTY_TUPLE
        return this.push([]);
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.push(this.take(opcode - 0x84));
      case 0x74: // TUPLE
        return this.push(this.sinceMark());
      case 0x61: // APPEND
      case 0x65: {
        // APPENDS
        const items = opcode === 0x61 ? [this.pop()] : this.sinceMark();
        const list = this.top();
        if (!Array.isArray(list)) throw new RangeError('items are added to what is no list');
        for (const item of items) list.push(item);
        return;
      }
      case 0x73: // SETITEM
      case 0x75: {
        // SETITEMS
        const items = opcode === 0x73 ? this.take(2) : this.sinceMark();
        const dict = this.top();
        if (!(dict instanceof Map)) throw new RangeError('items are set on what is no dict');
        for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
        return;
      }
      case 0x71: // BINPUT
        this.memo.set(this.byte(), this.top());
        return;
      case 0x72: // LONG_BINPUT
        this.memo.set(this.view.getUint32(this.skip(4), true), this.top());
        return;
      case 0x68: // BINGET
        return this.push(this.memo.get(this.byte()));
      case 0x6a: // LONG_BINGET
        return this.push(this.memo.get(this.view.getUint32(this.skip(4), true)));
      case 0x63: // GLOBAL
        return this.push(new Opaque(`${this.line()} ${this.line()}`));
      case 0x51: // BINPERSID
        return this.push(storageOf(this.pop()));
      case 0x52: {
        // REDUCE
        const parameters = this.pop();
        return this.push(build(this.pop(), parameters));
      }
      case 0x62: // BUILD: attributes of an ordered dict, such as the versions of modules
        this.pop();
        return;
      default:
        throw new RangeError(`unknown pickle instruction 0x${opcode.toString(16)} at byte ${this.at - 1}`);
    }
  }

  private push(value: unknown): void {
    this.stack.push(value);
  }

  private pop(): unknown {
    if (this.stack.length === 0) throw new RangeError('a pickle takes more than it has');
    return this.stack.pop();
  }

  private take(count: number): unknown[] {
    if (this.stack.length < count) throw new RangeError('a pickle takes more than it has');
    return this.stack.splice(-count);
  }

  private top(): unknown {
    return this.stack.at(-1);
  }

  private sinceMark(): unknown[] {
    const at = this.stack.lastIndexOf(mark);
    if (at < 0) throw new RangeError('a pickle takes more than it has');
    const items = this.stack.splice(at);
    return items.slice(1);
  }

  private byte(): number {
    return this.bytes[this.skip(1)];
  }

  private skip(count: number): number {
    const start = this.at;
    if (start + count > this.bytes.length) throw new RangeError(`it ends at byte ${this.bytes.length}`);
    this.at += count;
    return start;
  }

  private text(length: number): string {
    const start = this.skip(length);
    return new TextDecoder().decode(this.bytes.subarray(start, start + length));
  }

  private line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new RangeError(`it ends at byte ${this.bytes.length}`);
    const line = this.text(end - this.at);
    this.at = end + 1;
    return line;
  }

  /** A whole number in two's complement, lowest byte first; PyTorch's magic number has ten bytes. */
  private long(length: number): number {
    const start = this.skip(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[start + i]);
    return Number(BigInt.asIntN(8 * length, value));
  }
}

/** A persistent id: ('storage', type, key, device, count, ...). */
function storageOf(id: unknown): Stored['storage'] {
  const [kind, type, key] = Array.isArray(id) ? (id as unknown[]) : [];
  const name = type instanceof Opaque ? type.name : '';
  if (kind !== 'storage' || typeof key !== 'string' || !Object.hasOwn(storageTypes, name)) {
    throw new RangeError(`a storage of unknown kind ${name}`);
  }
  return { type: name.slice('torch '.length), key, bytesPerItem: storageTypes[name] };
}

function isStorage(value: unknown): value is Stored['storage'] {
  return typeof value === 'object' && value !== null && 'bytesPerItem' in value;
}

/** What a call in a pickle stands for. */
function build(callee: unknown, parameters: unknown): unknown {
  const name = callee instanceof Opaque ? callee.name : 'something that is no name';
  if (!Array.isArray(parameters)) throw new RangeError(`${name} without parameters`);
  switch (name) {
    case 'collections OrderedDict':
      return new Map();
    case 'torch._utils _rebuild_tensor_v2': {
      const [storage, offset, shape, strides] = parameters as unknown[];
      const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
      const areWhole = (values: unknown): values is number[] =>
        Array.isArray(values) && values.every(isWhole);
      if (!isStorage(storage) || !isWhole(offset) || !areWhole(shape) || !areWhole(strides)) {
        throw new RangeError('a tensor without storage, place, shape and strides');
      }
      if (shape.length !== strides.length)
        throw new RangeError(`a tensor of ${shape.length} axes with ${strides.length} strides`);
      return { storage, offset: offset as number, shape, strides };
    }
    case 'torch._utils _rebuild_parameter':
      return parameters[0];
    default:
      throw new RangeError(`it would call ${name}, which no state dict needs`);
  }
}
