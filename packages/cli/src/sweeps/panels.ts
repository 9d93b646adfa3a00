import { columnName, curvesOf, idealOf, type Curve, type GroupSummary } from '@dist-gan/sweeps';
import { referenceLines, type ReferenceLine } from '@dist-gan/viewer';

/** A column of a sweep's table over the training steps, and what its curves are laid beside. */
export interface Panel {
  /** As the table calls the column. */
  readonly name: string;
  readonly curves: readonly Curve[];
  readonly references: readonly ReferenceLine[];
}

/** Those columns of a group that have anything to be drawn. */
export function panelsOf(group: GroupSummary): Panel[] {
  const panels = group.columns.map((column, at) => ({
    name: columnName(column, at),
    curves: curvesOf(group, column),
    references: referenceLines(column.metric, idealOf(group, column), group.published),
  }));
  return panels.filter(({ curves }) => curves.some(({ points }) => points.length > 0));
}
