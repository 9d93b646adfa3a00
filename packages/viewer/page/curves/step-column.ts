import { unpackNumbers, type StepTable } from '../../src/view/index.js';

const unpacked = new WeakMap<StepTable, Map<string, Float32Array>>();

/** A column of a table of steps, unpacked once. */
export function stepColumn(table: StepTable, name: string): Float32Array {
  let columns = unpacked.get(table);
  if (columns === undefined) unpacked.set(table, (columns = new Map<string, Float32Array>()));
  let column = columns.get(name);
  if (column === undefined) {
    const packed = table.columns[name];
    columns.set(name, (column = packed === undefined ? new Float32Array() : unpackNumbers(packed)));
  }
  return column;
}
