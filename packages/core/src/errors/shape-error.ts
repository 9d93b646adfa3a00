import { GanError } from './gan-error.js';

/** A tensor or array has another shape than the function needs. */
export class ShapeError extends GanError {
  readonly code = 'SHAPE_MISMATCH';

  constructor(
    message: string,
    /** Which argument. */
    readonly argument: string,
    readonly actual: readonly (number | null)[],
    /** The wanted shape in words or numbers. */
    readonly expected: string,
  ) {
    super(message);
  }
}
