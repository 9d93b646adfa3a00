/** Marsaglia's xorshift: the same inputs at every run. */
function generator(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** A whole file with some bytes changed, cut off, taken out or doubled; mostly near its start or end, where headers are. */
export function damaged(whole: Uint8Array, seed: number): Uint8Array {
  const draw = generator(seed);
  let bytes = whole.slice();
  for (let changes = 1 + draw(4); changes > 0; changes--) {
    const near = Math.min(bytes.length, 600);
    const place = [draw(bytes.length || 1), draw(near || 1), bytes.length - 1 - draw(near || 1)][draw(3)];
    switch (draw(6)) {
      case 0:
        bytes = bytes.slice(0, place);
        break;
      case 1:
        bytes = joined(bytes.subarray(0, place), bytes.subarray(place + 1 + draw(8)));
        break;
      case 2:
        bytes = joined(bytes.subarray(0, place + 1 + draw(8)), bytes.subarray(place));
        break;
      case 3:
        bytes[place] = [0, 0x7f, 0x80, 0xff][draw(4)];
        break;
      default:
        bytes[place] = draw(256);
    }
  }
  return bytes;
}

function joined(front: Uint8Array, back: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(front.length + back.length);
  bytes.set(front);
  bytes.set(back, front.length);
  return bytes;
}

/** What stands in for a part of a record: other types, and numbers that nobody counted on. */
const strangers: readonly unknown[] = [
  ...[null, true, '', 'x', 'NaN', '../..', '\u0000', [], {}, [null], { id: 5 }],
  ...[0, -1, 0.5, 1e9, 1e300, 2 ** 53, -0],
];

/** A JSON text whose value has some parts taken out, doubled or replaced; one in four is damaged as bytes are. */
export function altered(whole: Uint8Array, seed: number): Uint8Array {
  const draw = generator(seed);
  if (draw(4) === 0) return damaged(whole, seed);
  let value = JSON.parse(new TextDecoder().decode(whole)) as unknown;
  for (let changes = 1 + draw(3); changes > 0; changes--) value = alter(value, draw);
  return new TextEncoder().encode(JSON.stringify(value));
}

function alter(value: unknown, draw: (below: number) => number): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || draw(12) === 0) return strangers[draw(strangers.length)];
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  const key = keys[draw(keys.length)];
  switch (draw(8)) {
    case 0:
      delete copy[key];
      break;
    case 1:
      copy[`${key}0`] = copy[key];
      break;
    default:
      copy[key] = alter(copy[key], draw);
  }
  return copy;
}
