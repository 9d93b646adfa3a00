import { CompileError, OptionError } from '@dist-gan/core';
import type { ExportOptions } from './record-model.js';

/*
 * A file for any batch size is made of two, for two samples and for three: what differs between them is what depends on
 * the batch.
 */

/** @throws OptionError the batch is neither `dynamic` nor a number of samples */
export function batchOf(caller: string, { batch = 'dynamic' }: ExportOptions): number | 'dynamic' {
  if (batch === 'dynamic' || (Number.isInteger(batch) && batch > 0)) return batch;
  throw new OptionError(
    `${caller}: batch must be "dynamic" or a whole number above 0, got ${String(batch)}.`,
    'batch',
    batch,
  );
}

/** The error of an operation in which a file of that format cannot leave the batch size open. */
export function dependsOnBatch(caller: string, format: string, operation: string): CompileError {
  return new CompileError(
    `${caller}: the model depends on the batch size in ${operation}, which ${format} cannot leave open; export with a fixed batch, for instance { batch: 16 }.`,
    operation,
  );
}

/** A shape in which the sizes that depend on the batch are left open. */
export const openShape = <Size>(two: readonly Size[], three: readonly Size[], open: Size): Size[] =>
  two.map((size, axis) => (size === three[axis] ? size : open));

/** Inputs or outputs of which the sizes that depend on the batch are left open. */
export const openPorts = <Port extends { readonly shape: readonly unknown[] }>(
  two: readonly Port[],
  three: readonly Port[],
  open: Port['shape'][number],
): Port[] => two.map((port, at) => ({ ...port, shape: openShape(port.shape, three[at].shape, open) }));
