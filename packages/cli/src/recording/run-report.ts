import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricResult, Preset } from '@dist-gan/core';
import { readEvents, readRecord, type RunFolder } from '@dist-gan/runs';
import { renderReport, type ReportContent } from '../report/index.js';

/** Pictures in a report at most, the first and the last always among them. */
const reportedPictures = 13;

const titles: readonly (readonly [kind: string, title: string])[] = [
  ['reconstructions', 'Reconstructions'],
  ['interpolation', 'Between latents'],
  ['latent-labels', 'Digits of latents'],
];

/** Writes `report.html` of what a run's folder holds. */
export function writeRunReport(
  folder: RunFolder,
  preset: Preset,
  outcome: ReportContent['outcome'],
  stepsPerSecond?: number,
): void {
  const events = readEvents(folder.path);
  const { step: steps, seconds } = events.at(-1) ?? { step: 0, seconds: 0 };
  const evaluation = events.filter((event) => event.event === 'evaluation').at(-1);
  const results: readonly MetricResult[] = evaluation?.metrics ?? [];
  const read = (kind: string, step: number) => ({
    step,
    png: readFileSync(join(folder.path, kind, pictureName(step))),
  });
  const lastPictures = titles.flatMap(([kind, title]) => {
    const step = stepsOf(folder.path, kind).at(-1);
    return step === undefined ? [] : [{ title, ...read(kind, step) }];
  });
  folder.writeReport(
    renderReport({
      preset,
      record: readRecord(folder.path),
      events,
      pictures: evenly(stepsOf(folder.path, 'samples'), reportedPictures).map((step) =>
        read('samples', step),
      ),
      lastPictures,
      outcome,
      steps,
      seconds,
      stepsPerSecond: stepsPerSecond ?? (seconds > 0 ? steps / seconds : 0),
      results,
    }),
  );
}

function pictureName(step: number): string {
  return `step-${String(step).padStart(7, '0')}.png`;
}

/** Steps of the pictures of a kind, in order. */
function stepsOf(run: string, kind: string): number[] {
  let names: string[] = [];
  try {
    names = readdirSync(join(run, kind));
  } catch {
    // None was written.
  }
  return names
    .flatMap((name) => /^step-(\d+)\.png$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** At most `most` of the items, evenly spread, first and last included. */
function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]);
}
