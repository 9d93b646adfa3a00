/** Marks our errors across copies of this package, where `instanceof` would fail. */
const brand = Symbol.for('dist-gan.error');

/** Every stable error code. Test with {@link isGanError}, not with `instanceof` or message text. */
export type GanErrorCode =
  | 'OPTION_INVALID'
  | 'SHAPE_MISMATCH'
  | 'ITEM_UNKNOWN'
  | 'ITEM_DUPLICATE'
  | 'BACKEND_UNAVAILABLE'
  | 'GRADIENT_UNSUPPORTED'
  | 'COMPILE_FAILED'
  | 'FEED_INVALID'
  | 'VALUE_NON_FINITE'
  | 'DATA_NOT_FOUND'
  | 'DATA_FORMAT'
  | 'CHECKPOINT_INVALID'
  | 'OUTPUT_UNWRITABLE'
  | 'MACHINE_UNFIT'
  | 'OBJECT_DISPOSED';

/**
 * Base of every error that this project throws on purpose.
 *
 * A message says, in this order: where, what was wrong, what came, what was wanted, and the way out.
 */
export abstract class GanError extends Error {
  abstract readonly code: GanErrorCode;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether a caught value is one of our errors, and of that code when one is given. */
export function isGanError(value: unknown, code?: GanErrorCode): value is GanError {
  if (!(value instanceof Error) || !(brand in value)) return false;
  return code === undefined || (value as unknown as GanError).code === code;
}
