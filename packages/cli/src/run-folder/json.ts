/**
 * JSON in which the numbers that JSON lacks are text: a divergence can be `"Infinity"`, and `null` would not
 * say so.
 */
export function toJson(value: object, indent?: number): string {
  return JSON.stringify(
    value,
    (_, inner: unknown) => (typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner),
    indent,
  );
}
