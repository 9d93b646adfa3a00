import uPlot from 'uplot';
import type { Curve, CurveSettings } from './curve.js';
import { smooth } from './smoothing.js';

/** One line of a chart. */
interface Line {
  readonly curve: Curve;
  /** Under the smoothed one of the same curve. */
  readonly beneath: boolean;
}

/** What a plot shows: the lines, and their points over one axis for all. */
export interface Aligned {
  readonly lines: readonly Line[];
  readonly data: uPlot.AlignedData;
  /** Values that a logarithmic axis has no place for. */
  readonly left: number;
  /** Values that no axis has a place for. */
  readonly infinite: number;
}

/** Curves of several runs have points at other steps: uPlot wants one axis, with gaps. */
export function align(
  curves: readonly Curve[],
  { along, log, smoothing }: CurveSettings,
  dense: boolean,
): Aligned {
  const isLog = log && dense;
  let left = 0;
  let infinite = 0;
  const shown = (values: readonly (number | null)[]) =>
    values.map((value) => (!isLog || value === null || value > 0 ? value : null));
  const lines: Line[] = [];
  const tables = curves.map((curve) => {
    infinite += Array.from(curve.values).filter((value) => Math.abs(value) === Infinity).length;
    const finite = Array.from(curve.values, (value) => (Number.isFinite(value) ? value : null));
    const raw = shown(finite);
    left += finite.filter((value, i) => value !== raw[i]).length;
    const isSmoothed = dense && smoothing > 0;
    if (isSmoothed) lines.push({ curve, beneath: true });
    lines.push({ curve, beneath: false });
    const columns = isSmoothed ? [raw, shown(smooth(curve.values, smoothing))] : [raw];
    return [[...curve.at[along]], ...columns] as uPlot.AlignedData;
  });
  if (tables.length === 0) return { lines, data: [[]], left, infinite };
  // 2: a gap where a table has null; where another table alone has a point, the line goes through.
  const data =
    tables.length === 1
      ? tables[0]
      : uPlot.join(
          tables,
          tables.map((table) => table.map(() => 2)),
        );
  return { lines, data, left, infinite };
}
