import { GanError } from './gan-error.js';

/** A data file or folder is not there. */
export class DataNotFoundError extends GanError {
  readonly code = 'DATA_NOT_FOUND';

  constructor(
    message: string,
    readonly path: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A data file is truncated or is not in the format that its reader expects. */
export class DatasetFormatError extends GanError {
  readonly code = 'DATA_FORMAT';

  constructor(
    message: string,
    readonly file: string,
    /** Where in the file, in bytes from its (uncompressed) start. */
    readonly byteOffset: number,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A checkpoint is damaged, missing, of another version, or of another run than the one that should go on from it. */
export class CheckpointError extends GanError {
  readonly code = 'CHECKPOINT_INVALID';

  constructor(
    message: string,
    readonly path: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** An output file or folder cannot be written. */
export class OutputError extends GanError {
  readonly code = 'OUTPUT_UNWRITABLE';

  constructor(
    message: string,
    readonly path: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
