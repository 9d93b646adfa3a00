import { toJson, type MetricResult, type Preset, type PublishedNumber } from '@dist-gan/core';
import type { EvaluationLine, RunEvent, RunRecord, StepLine } from '@dist-gan/runs';
import { count, duration, number, speed } from '../progress/index.js';
import { Html, html } from './html.js';
import { lineChart, type LineChartContent } from './line-chart.js';
import { style } from './style.js';

export interface ReportContent {
  readonly preset: Preset;
  readonly record: RunRecord;
  readonly events: readonly RunEvent[];
  /** In the order of their steps. */
  readonly pictures: readonly { readonly step: number; readonly png: Uint8Array }[];
  /** What else was drawn of the end of the run. */
  readonly lastPictures?: readonly { readonly title: string; readonly png: Uint8Array }[];
  readonly outcome: 'running' | 'completed' | 'aborted' | 'failed';
  /** Finished training steps. */
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** Of the last evaluation. */
  readonly results: readonly MetricResult[];
}

/** A page that needs no other file: numbers beside the published ones, pictures, curves, the whole set-up. */
export function renderReport(content: ReportContent): string {
  const { preset, record } = content;
  const title = `${preset.id}, seed ${record.seed}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - dist-gan</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>${preset.title}</h1>
          <p>${preset.description}</p>
          <p class="faint">
            ${preset.source.title}
            (${preset.source.year})${preset.source.reference === undefined ? '' : `, ${preset.source.reference}`}
          </p>
          ${outcome(content)} ${facts(content)} ${metricsTable(content.results, preset.published)}
          ${pictures(content)} ${lastPictures(content)} ${curves(content)}
          <h2>Set-up</h2>
          <p class="faint">The same run again: <code>${commandLine(record)}</code></p>
          <pre>${toJson(record, 2)}</pre>
        </main>
      </body>
    </html> `;
  return page.text;
}

/** What to type for this run. */
/** `run.json` says what is trained; what it runs on are flags. */
function commandLine({ preset, seed, executor, target, device, backend }: RunRecord): string {
  const engine = executor === 'eager' ? `--backend ${backend}` : `--target ${target} --device ${device}`;
  return `dist-gan train ${preset} --seed ${seed} --config run.json ${engine}`;
}

function outcome({ outcome, steps, preset, events }: ReportContent): Html {
  if (outcome === 'completed') return html``;
  if (outcome === 'running') {
    return html`<p class="faint">Training: step ${count(steps)} of ${count(preset.steps)}.</p>`;
  }
  const failure = events.find((event) => event.event === 'failure');
  const reason = failure === undefined ? 'It was ended before its last step.' : failure.message;
  return html`<p class="alert">
    <b>Stopped at step ${count(steps)} of ${count(preset.steps)}.</b> ${reason}
  </p>`;
}

function facts({ record, steps, seconds, stepsPerSecond, preset }: ReportContent): Html {
  const rows: [value: string, name: string][] = [
    [`${count(steps)}`, `of ${count(preset.steps)} steps`],
    [duration(seconds), 'training time'],
    [speed(stepsPerSecond), 'steps per second'],
    [String(record.seed), 'seed'],
    [record.executor === 'eager' ? `eager, ${record.backend}` : record.executor, 'executor'],
    [record.startedAt.slice(0, 16).replace('T', ' '), 'started (UTC)'],
  ];
  return html`<ul class="facts">
    ${rows.map(([value, name]) => html`<li><b>${value}</b><span>${name}</span></li>`)}
  </ul>`;
}

function metricsTable(results: readonly MetricResult[], published: readonly PublishedNumber[]): Html {
  if (results.length === 0) return html``;
  const rows = results.map((result) => {
    const others = published.filter(({ metric }) => metric === result.id);
    return html`<tr>
      <td><code>${result.id}</code></td>
      <td class="value">${number(result.value)}</td>
      <td>
        ${others.map(({ text, source }) => html`<div>${text} <span class="faint">${source}</span></div>`)}
      </td>
      <td>
        <details>
          <summary>protocol</summary>
          <pre>${protocolOf(result)}</pre>
        </details>
      </td>
    </tr> `;
  });
  return html`<h2>Numbers</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>metric</th>
            <th>this run</th>
            <th>published</th>
            <th>how it was measured</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function protocolOf({ protocol, samples, warnings }: MetricResult): string {
  return toJson({ protocol, samples, warnings }, 2);
}

function pictures({ pictures }: ReportContent): Html {
  if (pictures.length === 0) return html``;
  const shown = pictures.map(({ step, png }) => {
    return { step, image: image(png, `samples at step ${step}`) };
  });
  const last = shown.at(-1)!;
  const earlier = shown.slice(0, -1);
  return html`<h2>Samples</h2>
    <figure class="last">${last.image}</figure>
    <div class="pictures">
      ${earlier.map(
        ({ step, image }) =>
          html`<figure>
            ${image}
            <figcaption>step ${count(step)}</figcaption>
          </figure>`,
      )}
    </div>`;
}

function lastPictures({ lastPictures = [] }: ReportContent): Html {
  return html`${lastPictures.map(
    ({ title, png }) =>
      html`<h2>${title}</h2>
        <figure class="last">${image(png, title)}</figure>`,
  )}`;
}

function image(png: Uint8Array, description: string): Html {
  const source = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return html`<img src="${source}" alt="${description}" />`;
}

function curves({ events, steps }: ReportContent): Html {
  const evaluations = events.filter((event) => event.event === 'evaluation');
  const trained = events.filter((event) => event.event === 'step');
  const charts = [...metricCharts(evaluations, steps), ...lossCharts(trained, steps)];
  if (charts.length === 0) return html``;
  return html`<h2>Curves</h2>
    <div class="charts">
      ${charts.map(
        (chart) =>
          html`<section class="chart">
            <h3>${chart.title}</h3>
            ${new Html(lineChart(chart))}
          </section>`,
      )}
    </div>`;
}

function metricCharts(evaluations: readonly EvaluationLine[], steps: number): LineChartContent[] {
  const ids = [...new Set(evaluations.flatMap(({ metrics }) => metrics.map(({ id }) => id)))];
  const averaged = evaluations.some(({ rawMetrics }) => rawMetrics !== undefined);
  return ids.map((id) => ({
    title: id,
    steps,
    series: averaged
      ? [
          { name: 'moving average', points: pointsOf(id, ({ metrics }) => metrics) },
          { name: 'raw', points: pointsOf(id, ({ rawMetrics = [] }) => rawMetrics), muted: true },
        ]
      : [{ name: id, points: pointsOf(id, ({ metrics }) => metrics) }],
  }));

  function pointsOf(id: string, of: (line: EvaluationLine) => readonly MetricResult[]) {
    return evaluations.flatMap((line) => {
      const value = of(line).find((metric) => metric.id === id)?.value;
      return value === undefined ? [] : [[line.step, value] as const];
    });
  }
}

/** One chart for every phase: its total and what it is made of. */
function lossCharts(trained: readonly StepLine[], steps: number): LineChartContent[] {
  const names = Object.keys(trained[0]?.losses ?? {});
  const phases = [...new Set(names.map((name) => name.split('/')[0]))];
  return phases.map((phase) => {
    const total = `${phase}/total`;
    const terms = names.filter((name) => name.startsWith(`${phase}/`) && name !== total);
    // A total of one term says the same twice.
    const shown = terms.length === 1 ? terms : [total, ...terms];
    return {
      title: `${phase} loss`,
      steps,
      series: shown.map((name) => ({
        name: name.slice(phase.length + 1),
        points: trained.map(({ step, losses }) => [step, losses[name]] as const),
        muted: name === total,
      })),
    };
  });
}
