import { OptionError, toJson, type JsonValue } from '@dist-gan/core';
import { axisValues } from './axis-values.js';
import type { SweepDefinition } from './sweep-definition.js';

/** One row of the table: everything but the seed. */
export interface Setting {
  /** What the row is called: unlike that of all others of its preset. */
  readonly label: string;
  /** As the definition names it: rows of one preset stand in one table. */
  readonly preset: string;
  /** The id of a method in place of the preset's. */
  readonly method?: string;
  /** What is changed, by dotted keys; `{seed}` in a text stands for the seed. */
  readonly set: Readonly<Record<string, JsonValue>>;
}

/**
 * Every combination of presets, methods and values, in the order in which the definition names them.
 *
 * @throws OptionError when two combinations have one label, or the reference is none of them
 */
export function expandSettings(definition: SweepDefinition): readonly Setting[] {
  const { presets, methods = [undefined], set, reference } = definition;
  const axes = Object.entries(set).map(([key, given]) => ({
    key,
    values: axisValues(key, given as JsonValue),
  }));
  const settings = presets.flatMap((preset) =>
    methods.flatMap((method) => combinations(axes).map((chosen) => settingOf(preset, method, chosen))),
  );
  const seen = new Set<string>();
  for (const { preset, label } of settings) {
    const key = `${preset}: ${label}`;
    if (seen.has(key)) {
      throw new OptionError(
        `sweep: two rows are called "${label}"; give one of them another label`,
        'sweep.methods',
        label,
      );
    }
    seen.add(key);
  }
  const labels = new Set(settings.map(({ label }) => label));
  if (reference !== undefined && !labels.has(reference)) {
    throw new OptionError(
      `sweep.reference: no row is called "${reference}"; rows are ${[...labels].join(', ')}`,
      'sweep.reference',
      reference,
    );
  }
  return settings;
}

/** The seeds of a definition: a number of them counts from 1. */
export function expandSeeds({ seeds }: Pick<SweepDefinition, 'seeds'>): readonly number[] {
  if (typeof seeds === 'number') return Array.from({ length: seeds }, (_, i) => i + 1);
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) !== i);
  if (twice === undefined) return seeds;
  throw new OptionError(`sweep.seeds: ${twice} is there twice; give each seed once`, 'sweep.seeds', seeds);
}

interface Axis {
  readonly key: string;
  readonly values: readonly JsonValue[];
}

interface Chosen {
  readonly key: string;
  readonly value: JsonValue;
  /** Whether the key has other values elsewhere, so that a label must say it. */
  readonly varies: boolean;
}

/** The last axis turns fastest. */
function combinations(axes: readonly Axis[]): Chosen[][] {
  return axes.reduce<Chosen[][]>(
    (before, { key, values }) =>
      before.flatMap((chosen) =>
        values.map((value) => [...chosen, { key, value, varies: values.length > 1 }]),
      ),
    [[]],
  );
}

function settingOf(
  preset: string,
  method: NonNullable<SweepDefinition['methods']>[number] | undefined,
  chosen: readonly Chosen[],
): Setting {
  const { label, id, set } =
    typeof method === 'object' ? method : { label: method ?? preset, id: method, set: {} };
  const varied = chosen.filter(({ varies }) => varies).map(({ key, value }) => `${key} ${asText(value)}`);
  return {
    label: [label, ...varied].join(', '),
    preset,
    ...(id !== undefined && { method: id }),
    set: { ...Object.fromEntries(chosen.map(({ key, value }) => [key, value])), ...(set as Setting['set']) },
  };
}

/** What a setting changes for one seed: `{seed}` is replaced, and is a number where nothing else is in the text. */
export function changesFor({ set }: Setting, seed: number): Setting['set'] {
  return Object.fromEntries(Object.entries(set).map(([key, value]) => [key, withSeed(value, seed)]));
}

function withSeed(value: JsonValue, seed: number): JsonValue {
  if (value === '{seed}') return seed;
  if (typeof value === 'string') return value.replaceAll('{seed}', String(seed));
  if (Array.isArray(value)) return value.map((inner: JsonValue) => withSeed(inner, seed));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSeed(inner, seed)]));
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : toJson(value);
}
