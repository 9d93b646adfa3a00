/**
 * The numbers that JSON lacks are the texts `"NaN"`, `"Infinity"` and `"-Infinity"`, as in the JSON of protocol
 * buffers. A text that reads like one of them is written with a backslash before it, and loses it when it is read.
 */
const lacking = /^(?:NaN|-?Infinity)$/;
const protectedText = /^\\+(?:NaN|-?Infinity)$/;

/**
 * JSON in which every number survives: `NaN` and the infinities are texts (see {@link fromJson}). Where `JSON.stringify`
 * writes `null`, a divergence that is infinite would look like one that was not measured.
 *
 * @param indent spaces a level; default: all on one line
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, inner: unknown) => {
      if (typeof inner === 'number' && !Number.isFinite(inner)) return String(inner);
      if (typeof inner === 'string' && (lacking.test(inner) || protectedText.test(inner)))
        return `\\${inner}`;
      return inner;
    },
    indent,
  );
}

/**
 * Reads what {@link toJson} wrote: the numbers that JSON lacks are numbers again. Other JSON is read as `JSON.parse`
 * reads it; a byte order mark before it is read over.
 *
 * @throws SyntaxError when it is no JSON
 */
export function fromJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''), (_, inner: unknown) => {
    if (typeof inner !== 'string') return inner;
    if (lacking.test(inner)) return Number(inner);
    return protectedText.test(inner) ? inner.slice(1) : inner;
  });
}
