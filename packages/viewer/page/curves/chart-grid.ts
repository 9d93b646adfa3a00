import { element, freshId } from '../element.js';
import { Chart } from './chart.js';
import { firstSettings, type ChartContent, type CurveSettings } from './curve.js';

/** Charts that are zoomed, smoothed and scaled together, with what sets that. */
export class ChartGrid {
  readonly root: HTMLElement;
  private readonly grid = element('div', { class: 'charts' });
  private readonly reset = element('button', { type: 'button', hidden: true }, 'show everything');
  private readonly charts = new Map<string, Chart>();
  private contents: readonly ChartContent[] = [];
  private settings = firstSettings;

  private readonly keys = freshId();

  /** @param hasControls whether there are charts of every step, which are smoothed and scaled */
  constructor(hasControls = true) {
    const log = element('input', { type: 'checkbox', name: 'log' });
    log.addEventListener('change', () => this.set({ log: log.checked }));
    const smoothing = element('input', {
      type: 'range',
      name: 'smoothing',
      min: 0,
      max: 0.99,
      step: 0.01,
      value: firstSettings.smoothing,
    });
    const weight = element('output', {}, String(firstSettings.smoothing));
    smoothing.addEventListener('input', () => {
      weight.textContent = smoothing.value;
      this.set({ smoothing: Number(smoothing.value) });
    });
    const along = element(
      'select',
      { name: 'along' },
      element('option', { value: 'steps' }, 'steps'),
      element('option', { value: 'seconds' }, 'training time'),
    );
    along.addEventListener('change', () =>
      this.set({ along: along.value as CurveSettings['along'], zoom: undefined }),
    );
    this.reset.addEventListener('click', () => this.set({ zoom: undefined }));
    this.root = element(
      'div',
      {},
      element(
        'div',
        { class: 'controls' },
        ...(hasControls
          ? [
              element('label', {}, log, 'losses and norms of gradients on a logarithmic axis'),
              element('label', {}, 'smoothing of them', smoothing, weight),
              element('label', {}, 'along', along),
            ]
          : []),
        this.reset,
      ),
      element(
        'p',
        { class: 'faint chart-keys', id: this.keys },
        'Drag over a part of a chart to see it alone. With the keyboard: arrows read values, + and - zoom, 0 shows everything.',
      ),
      this.grid,
    );
  }

  update(contents: readonly ChartContent[]): void {
    this.contents = contents;
    const ids = new Set(contents.map(({ id }) => id));
    for (const [id, chart] of this.charts) {
      if (ids.has(id)) continue;
      chart.root.remove();
      chart.dispose();
      this.charts.delete(id);
    }
    contents.forEach((content, at) => {
      let chart = this.charts.get(content.id);
      if (chart === undefined) {
        chart = new Chart(content, this.settings, this.keys, { onZoom: (zoom) => this.set({ zoom }) });
        this.charts.set(content.id, chart);
      } else {
        chart.update(content, this.settings);
      }
      if (this.grid.children[at] !== chart.root) {
        this.grid.insertBefore(chart.root, this.grid.children[at] ?? null);
      }
    });
  }

  dispose(): void {
    for (const chart of this.charts.values()) chart.dispose();
    this.charts.clear();
  }

  private set(change: Partial<CurveSettings>): void {
    this.settings = { ...this.settings, ...change };
    this.reset.hidden = this.settings.zoom === undefined;
    this.update(this.contents);
  }
}
