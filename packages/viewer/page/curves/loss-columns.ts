import { unpackNumbers, type LossTable } from '../../src/view/index.js';

const unpacked = new WeakMap<LossTable, Map<string, Float32Array>>();

/** A column of losses, unpacked once. */
export function lossColumn(losses: LossTable, name: string): Float32Array {
  let columns = unpacked.get(losses);
  if (columns === undefined) unpacked.set(losses, (columns = new Map<string, Float32Array>()));
  let column = columns.get(name);
  if (column === undefined) {
    const packed = losses.columns[name];
    columns.set(name, (column = packed === undefined ? new Float32Array() : unpackNumbers(packed)));
  }
  return column;
}
