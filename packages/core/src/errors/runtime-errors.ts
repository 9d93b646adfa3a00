import { GanError } from './gan-error.js';

/** A TensorFlow.js backend or an execution engine cannot be used as asked. */
export class BackendError extends GanError {
  readonly code = 'BACKEND_UNAVAILABLE';

  constructor(
    message: string,
    /** The backend or engine: `wasm`, `onnx`, ... */
    readonly backend: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A gradient was asked for through an operation whose gradient is not known to be right. */
export class GradientError extends GanError {
  readonly code = 'GRADIENT_UNSUPPORTED';

  constructor(
    message: string,
    /** The TensorFlow.js kernel. */
    readonly kernel: string,
  ) {
    super(message);
  }
}

/** A function cannot be recorded or compiled. */
export class CompileError extends GanError {
  readonly code = 'COMPILE_FAILED';

  constructor(
    message: string,
    /** The TensorFlow.js kernel or operation at fault, where there is one. */
    readonly operation: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** An input of a compiled function is missing, unknown, of the wrong length or not finite. */
export class FeedError extends GanError {
  readonly code = 'FEED_INVALID';

  constructor(
    message: string,
    /** The input's name. */
    readonly input: string,
  ) {
    super(message);
  }
}

/** A loss, a weight or a feature is NaN or infinite. */
export class NonFiniteError extends GanError {
  readonly code = 'VALUE_NON_FINITE';

  constructor(
    message: string,
    /** What is not finite, for instance `discriminator/gradientPenalty`. */
    readonly quantity: string,
    /** The training step, where there is one. */
    readonly step?: number,
  ) {
    super(message);
  }
}

/** An object is used after its `dispose()`. */
export class DisposedError extends GanError {
  readonly code = 'OBJECT_DISPOSED';

  constructor(readonly object: string) {
    super(`${object} was disposed and cannot be used any more; create a new one`);
  }
}
