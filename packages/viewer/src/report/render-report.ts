import { createHash } from 'node:crypto';
import { escapeMarkup, toJson } from '@dist-gan/core';
import { script, style } from '../page-files/bundle.js';
import type { RunReader } from '../reading/index.js';
import { packBytes, type RunState } from '../view/index.js';
import type { InlinedRun } from './inlined-run.js';

/** Bytes that samples may take in a report, before base64. */
const frameBudget = 700_000;

/** The page's script, and what it allows itself: the same in every report. */
const code = script.replaceAll('</script', '<\\/script');
const policy = [
  "default-src 'none'",
  `script-src '${hash(code)}'`,
  `style-src '${hash(style)}'`,
  'img-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * A page that needs no other file and asks nobody for anything: numbers beside the published ones, samples over steps,
 * curves, the whole set-up. Where the samples of all steps would be too much, some are left out, evenly.
 *
 * @param state what became of the run, for whoever holds its lock and knows better
 */
export function renderReport(run: RunReader, state?: RunState): string {
  const view = run.view(state);
  const frames = framesWithin(view.samples.steps, (step) => run.frame(step) ?? new Uint8Array());
  const content: InlinedRun = {
    view: { ...view, samples: { ...view.samples, steps: [...frames.keys()] } },
    frames: Object.fromEntries([...frames].map(([step, bytes]) => [step, packBytes(bytes)])),
    pictures: Object.fromEntries(
      view.pictures.map(({ id }) => [id, packBytes(run.picture(id) ?? new Uint8Array())]),
    ),
  };
  // Nothing in the data may end the element that it lies in.
  const data = toJson(content).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`${view.name}: ${view.title}`)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page draws itself, with JavaScript. The numbers are in result.json beside it, too.</noscript>
<script type="application/json" id="data">${data}</script>
<script type="module">${code}</script>
</body>
</html>
`;
}

/** The samples of as many steps as fit, first and last included. */
function framesWithin(steps: readonly number[], read: (step: number) => Uint8Array): Map<number, Uint8Array> {
  for (let most = steps.length; ; most = Math.ceil(most / 2)) {
    const frames = new Map(evenly(steps, most).map((step) => [step, read(step)]));
    const size = [...frames.values()].reduce((sum, { length }) => sum + length, 0);
    if (size <= frameBudget || most <= 2) return frames;
  }
}

/** At most `most` of the items, evenly spread, first and last included. */
function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]);
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
