import { GanError } from './gan-error.js';

/** An option has an unknown key, the wrong type or a value out of range. */
export class OptionError extends GanError {
  readonly code = 'OPTION_INVALID';

  constructor(
    message: string,
    /** The option's path, for instance `training.batchSize`. */
    readonly path: string,
    /** The value that was given. */
    readonly received: unknown,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
