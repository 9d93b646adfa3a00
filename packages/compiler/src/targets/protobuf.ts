/**
 * The part of the protocol buffer wire format that ONNX files and SavedModels need: a message is a list of fields,
 * each a key (field number and wire type) followed by a varint, a 32-bit value or a length and bytes.
 */
export class MessageWriter {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  varint(field: number, value: number): this {
    return this.key(field, 0).append(encodeVarint(BigInt(value)));
  }

  float32(field: number, value: number): this {
    return this.key(field, 5).append(new Uint8Array(Float32Array.of(value).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.key(field, 2)
      .append(encodeVarint(BigInt(value.length)))
      .append(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, write: (message: MessageWriter) => void): this {
    const message = new MessageWriter();
    write(message);
    this.key(field, 2).append(encodeVarint(BigInt(message.length)));
    for (const chunk of message.chunks) this.append(chunk);
    return this;
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      result.set(chunk, at);
      at += chunk.length;
    }
    return result;
  }

  private key(field: number, wireType: number): this {
    return this.append(encodeVarint(BigInt((field << 3) | wireType)));
  }

  private append(chunk: Uint8Array): this {
    this.chunks.push(chunk);
    this.length += chunk.length;
    return this;
  }
}

/** Seven bits a byte, lowest first; a negative number is written as its 64-bit two's complement. */
function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
