import { GanError } from './gan-error.js';
import { nearest } from './nearest.js';

/** An id names no known item of its kind. */
export class UnknownItemError extends GanError {
  readonly code = 'ITEM_UNKNOWN';
  /** Known ids that look like the one given, best first; may be empty. */
  readonly nearest: readonly string[];

  constructor(
    /** What was looked up: `preset`, `architecture`, ... */
    readonly kind: string,
    readonly id: string,
    readonly known: readonly string[],
  ) {
    const close = nearest(id, known);
    const hint = close.length > 0 ? `did you mean ${close.join(' or ')}?` : `known: ${known.join(', ')}`;
    super(`unknown ${kind} "${id}"; ${hint}`);
    this.nearest = close;
  }
}

/** An id is registered already. */
export class DuplicateItemError extends GanError {
  readonly code = 'ITEM_DUPLICATE';

  constructor(
    readonly kind: string,
    readonly id: string,
  ) {
    super(`${kind} "${id}" is registered already; choose another id`);
  }
}
