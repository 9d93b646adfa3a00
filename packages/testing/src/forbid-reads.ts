import * as tf from '@tensorflow/tfjs-core';

const reads = ['data', 'dataSync', 'array', 'arraySync'] as const;

/** Runs `body`; every attempt to read a tensor's values inside it throws. */
export function forbidReads<Result>(body: () => Result): Result {
  const prototype = tf.Tensor.prototype as unknown as Record<string, unknown>;
  const originals = reads.map((name) => [name, prototype[name]] as const);
  for (const name of reads) {
    prototype[name] = () => {
      throw new Error(`this must be a pure function on tensors, but it called ${name}()`);
    };
  }
  try {
    return body();
  } finally {
    for (const [name, original] of originals) prototype[name] = original;
  }
}
