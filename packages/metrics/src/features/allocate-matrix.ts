import { ShapeError } from '@dist-gan/core';

interface Numbers<Kind> {
  new (length: number): Kind;
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * A matrix of zeros, row-major.
 *
 * @param where whose matrix it is, for messages
 * @throws ShapeError when the machine has not the memory for it
 */
export function allocateMatrix<Kind extends Float32Array | Float64Array>(
  kind: Numbers<Kind>,
  [rows, columns]: readonly [rows: number, columns: number],
  where: string,
): Kind {
  const tooLarge = () =>
    new ShapeError(
      `${where}: ${rows} x ${columns} numbers do not fit into memory; use features of a network (fid, or another layer), ` +
        'smaller images or fewer of them',
      'features',
      [rows, columns],
      'what fits into memory',
    );
  const bytes = rows * columns * kind.BYTES_PER_ELEMENT;
  // What is not there is often given all the same, and missed when it is written.
  if (bytes > totalMemory()) throw tooLarge();
  try {
    return new kind(rows * columns);
  } catch (cause) {
    throw cause instanceof RangeError ? tooLarge() : cause;
  }
}

/** Of the machine, in bytes; outside of Node nobody says. */
function totalMemory(): number {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> };
  return process?.getBuiltinModule?.('node:os').totalmem() ?? Infinity;
}
