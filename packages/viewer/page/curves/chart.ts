import uPlot from 'uplot';
import { color, onSchemeChange, seriesColor } from '../colors.js';
import { element, freshId, setText } from '../element.js';
import { count, duration, number } from '../number-text.js';
import { dashOf, swatch } from '../swatch.js';
import { align, type Aligned } from './aligned.js';
import type { ChartContent, Curve, CurveSettings } from './curve.js';

const height = 240;
/** Up to here the points of a curve are marked. */
const fewPoints = 80;
/** Keys that move by a tenth of what is shown. */
const bigMove = 10;

export interface ChartHandlers {
  /** A person has chosen a part of the axis, or all of it. */
  onZoom(zoom: CurveSettings['zoom']): void;
}

/** Curves over steps, with a legend that hides them, a tooltip, and keys for all that a mouse can do. */
export class Chart {
  readonly root = element('figure', { class: 'chart' });
  private readonly legend = element('div', { class: 'legend' });
  private readonly note = element('p', { class: 'faint note' });
  private readonly spoken = element('p', { class: 'spoken', 'aria-live': 'polite' });
  private readonly tooltip = element('div', { class: 'tooltip', hidden: true });
  private readonly frame: HTMLDivElement;
  private readonly hidden = new Set<string>();
  private readonly stop: (() => void)[] = [];
  private plot: uPlot | undefined;
  /** Of the plot: another shape wants another plot. */
  private shape = '';
  private aligned: Aligned = { lines: [], data: [[]], left: 0, infinite: 0 };

  constructor(
    private content: ChartContent,
    private settings: CurveSettings,
    /** The id of what says which keys there are. */
    keys: string,
    private readonly handlers: ChartHandlers,
  ) {
    const title = freshId();
    this.frame = element('div', {
      class: 'plot',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'chart',
      'aria-labelledby': title,
      'aria-describedby': keys,
    });
    this.root.append(
      element('figcaption', { id: title }, content.title),
      this.legend,
      this.frame,
      this.note,
      this.spoken,
    );
    this.frame.addEventListener('keydown', (event) => this.onKey(event));
    this.frame.addEventListener('blur', () => this.plot?.setCursor({ left: -10, top: -10 }));
    const resized = new ResizeObserver(() => {
      const width = this.frame.clientWidth;
      if (this.plot === undefined) this.draw();
      else if (width > 0 && width !== this.plot.width) this.plot.setSize({ width, height });
    });
    resized.observe(this.frame);
    this.stop.push(
      () => resized.disconnect(),
      onSchemeChange(() => this.redraw()),
    );
  }

  update(content: ChartContent, settings: CurveSettings): void {
    this.content = content;
    this.settings = settings;
    this.draw();
  }

  dispose(): void {
    for (const stop of this.stop) stop();
    this.plot?.destroy();
  }

  private redraw(): void {
    this.shape = '';
    this.draw();
  }

  private draw(): void {
    const { content, settings } = this;
    this.aligned = align(content.curves, settings, content.dense);
    const { left, infinite, data } = this.aligned;
    const missing = [
      ...(left > 0 ? [`not above 0, where a logarithmic axis has no place: ${count(left)}`] : []),
      ...(infinite > 0 ? [`infinite: ${count(infinite)}`] : []),
    ];
    setText(this.note, missing.length > 0 ? `values that are not shown: ${missing.join('; ')}` : '');
    const width = this.frame.clientWidth;
    if (width === 0) return;
    const shape = JSON.stringify([
      this.aligned.lines.map(({ curve: { label, color }, beneath }) => [label, color, beneath]),
      content.lines,
      settings.along,
      this.isLog,
      data[0].length <= fewPoints,
    ]);
    if (this.plot !== undefined && shape === this.shape) {
      this.plot.setData(data);
      return;
    }
    this.shape = shape;
    this.plot?.destroy();
    this.plot = new uPlot(this.options(width), data, this.frame);
    this.plot.over.append(this.tooltip);
    this.drawLegend();
  }

  private get isLog(): boolean {
    return this.settings.log && this.content.dense;
  }

  private options(width: number): uPlot.Options {
    const { along } = this.settings;
    const axis: uPlot.Axis = {
      stroke: color('faint'),
      grid: { stroke: color('rule'), width: 1 },
      ticks: { stroke: color('rule'), width: 1, size: 4 },
      font: '12px system-ui, sans-serif',
      labelFont: '12px system-ui, sans-serif',
      labelSize: 18,
    };
    return {
      width,
      height,
      legend: { show: false },
      padding: [10, 26, 0, 0],
      cursor: {
        drag: { x: true, y: false, setScale: false },
        points: { size: 7 },
        bind: { dblclick: () => () => (this.handlers.onZoom(undefined), null) },
      },
      scales: {
        x: { time: false, range: (_, low, high) => [...(this.settings.zoom ?? [low, high])] },
        y: {
          distr: this.isLog ? 3 : 1,
          range: (_, low, high) => this.range(low, high),
        },
      },
      axes: [
        {
          ...axis,
          label: along === 'steps' ? 'step' : 'training time',
          size: 30,
          gap: 4,
          space: 70,
          values: (_, splits) => splits.map((at) => (along === 'steps' ? count(at) : duration(at))),
        },
        {
          ...axis,
          size: (_, values) => 18 + 7 * Math.max(2, ...(values ?? []).map((text) => text?.length ?? 0)),
          gap: 4,
          values: (_, splits) => splits.map((value) => (value === null ? '' : axisNumber(value))),
        },
      ],
      series: [
        {},
        ...this.aligned.lines.map(({ curve, beneath }): uPlot.Series => {
          const stroke = color(curve.muted ? 'faint' : seriesColor(curve.color));
          return {
            label: curve.label,
            show: !this.hidden.has(curve.label),
            stroke: beneath ? `${stroke}55` : stroke,
            width: beneath || curve.muted ? 1 : 1.6,
            dash: dashOf(curve.color),
            points: { show: curve.values.length <= fewPoints && !beneath, size: 5 },
          };
        }),
      ],
      hooks: {
        setSelect: [(plot) => this.onSelect(plot)],
        setCursor: [(plot) => this.showTooltip(plot)],
        drawAxes: [(plot) => this.drawSpreads(plot), (plot) => this.drawLines(plot)],
      },
    };
  }

  /** Of the values, with the lines that they are laid beside. */
  private range(low: number | null, high: number | null): uPlot.Range.MinMax {
    const lines = this.content.lines.map(({ value }) => value).filter((value) => !this.isLog || value > 0);
    const spreads = this.content.curves.flatMap(({ spread }) =>
      spread === undefined ? [] : [...Array.from(spread.least), ...Array.from(spread.greatest)],
    );
    const all = [low, high, ...lines, ...spreads].filter((value): value is number => value !== null);
    if (all.length === 0) return this.isLog ? [0.1, 1] : [0, 1];
    const [from, to] = [Math.min(...all), Math.max(...all)];
    return this.isLog ? uPlot.rangeLog(from, to, 10, false) : uPlot.rangeNum(from, to, 0.08, true);
  }

  private onSelect(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 3) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.handlers.onZoom([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
  }

  /** From the least to the greatest of what each point is the mean of. */
  private drawSpreads(plot: uPlot): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const { label, color: series, at, spread } of this.content.curves) {
      if (spread === undefined || this.hidden.has(label)) continue;
      const positions = at[this.settings.along];
      const place = (values: ArrayLike<number>) =>
        positions.map((x, i) => [plot.valToPos(x, 'x', true), plot.valToPos(values[i], 'y', true)] as const);
      ctx.beginPath();
      for (const [x, y] of [...place(spread.greatest), ...place(spread.least).reverse()]) ctx.lineTo(x, y);
      ctx.closePath();
      ctx.fillStyle = `${color(seriesColor(series))}26`;
      ctx.fill();
    }
    ctx.restore();
  }

  private drawLines(plot: uPlot): void {
    const { ctx, bbox, scales } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.setLineDash([6 * ratio, 4 * ratio]);
    ctx.lineWidth = ratio;
    ctx.strokeStyle = ctx.fillStyle = color('ink');
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = 'right';
    const [low, high] = [scales.y.min ?? 0, scales.y.max ?? 1];
    for (const { label, value } of this.content.lines) {
      if ((this.isLog && value <= 0) || value < low || value > high) continue;
      const y = plot.valToPos(value, 'y', true);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      const isHigh = y < bbox.top + 16 * ratio;
      ctx.textBaseline = isHigh ? 'top' : 'bottom';
      ctx.fillText(label, bbox.left + bbox.width - 2 * ratio, y + (isHigh ? 3 : -3) * ratio);
    }
    ctx.restore();
  }

  private drawLegend(): void {
    const { curves, title } = this.content;
    this.legend.hidden = curves.every(({ label }) => label === title);
    this.legend.replaceChildren(
      ...curves.map((curve) => {
        const { label } = curve;
        const button = element(
          'button',
          { type: 'button', class: 'key', 'aria-pressed': String(!this.hidden.has(label)) },
          swatch(curve.color, curve.muted),
          label,
        );
        button.addEventListener('click', () => {
          if (!this.hidden.delete(label)) this.hidden.add(label);
          button.setAttribute('aria-pressed', String(!this.hidden.has(label)));
          this.redraw();
        });
        return button;
      }),
    );
  }

  private showTooltip(plot: uPlot): void {
    const { idx, left = -10 } = plot.cursor;
    const position = typeof idx === 'number' ? this.aligned.data[0][idx] : undefined;
    this.tooltip.hidden = left < 0 || position === undefined;
    if (position === undefined || this.tooltip.hidden) return;
    const rows = this.valuesAt(idx!);
    this.tooltip.replaceChildren(
      element('b', {}, this.positionText(position)),
      ...rows.map(({ curve, text }) =>
        element(
          'span',
          {},
          swatch(curve.color, curve.muted),
          this.content.curves.length > 1 ? `${curve.label} ` : '',
          element('b', {}, text),
        ),
      ),
    );
    const half = plot.over.clientWidth / 2;
    this.tooltip.classList.toggle('before', left > half);
    const offset = left > half ? plot.over.clientWidth - left + 12 : left + 12;
    this.tooltip.style.setProperty('--offset', `${offset}px`);
  }

  private positionText(position: number): string {
    return this.settings.along === 'steps'
      ? `step ${count(position)}`
      : `after ${duration(position)} of training`;
  }

  /** What shows at a place, smoothed where it is, with the value itself beside it. */
  private valuesAt(at: number): { curve: Curve; text: string }[] {
    const { lines, data } = this.aligned;
    return lines.flatMap(({ curve, beneath }, line) => {
      const value = data[line + 1][at];
      if (beneath || value === null || value === undefined || this.hidden.has(curve.label)) return [];
      const raw = lines[line - 1]?.curve === curve ? data[line][at] : undefined;
      const itself =
        raw === undefined || raw === null ? this.spreadAt(curve, data[0][at]) : ` (${number(raw)})`;
      return [{ curve, text: `${number(value)}${itself}` }];
    });
  }

  private spreadAt({ at, spread }: Curve, position: number): string {
    const i = at[this.settings.along].indexOf(position);
    return spread === undefined || i < 0
      ? ''
      : ` (${number(spread.least[i])} to ${number(spread.greatest[i])})`;
  }

  private onKey(event: KeyboardEvent): void {
    const { plot } = this;
    const positions = this.aligned.data[0];
    if (plot === undefined || positions.length === 0 || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const [low, high] = [plot.scales.x.min ?? 0, plot.scales.x.max ?? 1];
    const shown = [...positions.keys()].filter((i) => positions[i] >= low && positions[i] <= high);
    if (shown.length === 0) return this.handlers.onZoom(undefined);
    const now = typeof plot.cursor.idx === 'number' ? plot.cursor.idx : shown[0];
    const move = event.shiftKey ? Math.ceil(shown.length / bigMove) : 1;
    const centre = positions[now];
    const zoomed = (factor: number) => {
      const [from, to] = [positions[0], positions[positions.length - 1]];
      const half = ((high - low) / 2) * factor;
      const zoom: [number, number] = [Math.max(from, centre - half), Math.min(to, centre + half)];
      this.handlers.onZoom(zoom[0] <= from && zoom[1] >= to ? undefined : zoom);
    };
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.point(Math.max(shown[0], now - move)),
      ArrowRight: () => this.point(Math.min(shown[shown.length - 1], now + move)),
      Home: () => this.point(shown[0]),
      End: () => this.point(shown[shown.length - 1]),
      '+': () => zoomed(0.5),
      '-': () => zoomed(2),
      '0': () => this.handlers.onZoom(undefined),
      Escape: () => this.handlers.onZoom(undefined),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /** Shows the values of a place, and says them to who cannot see them. */
  private point(at: number): void {
    const { plot } = this;
    if (plot === undefined) return;
    const position = this.aligned.data[0][at];
    plot.setCursor({ left: plot.valToPos(position, 'x'), top: height / 3 });
    const values = this.valuesAt(at).map(({ curve, text }) => `${curve.label} ${text}`);
    setText(this.spoken, [this.positionText(position), ...values].join(', '));
  }
}

/** Short: a number of an axis is round. */
function axisNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(0).replace('e+', 'e');
  return size >= 1000 ? count(value) : String(Number(value.toPrecision(6)));
}
