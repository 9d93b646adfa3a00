import { choice, positive, positiveInteger, resolveOptions, seed } from '@dist-gan/core';
import * as v from 'valibot';

const name = v.pipe(v.string('must be a text'), v.minLength(1, 'must not be empty'));
const atLeastOne = <Item extends v.GenericSchema>(item: Item, of: string) =>
  v.pipe(v.array(item, `must be a list of ${of}`), v.minLength(1, `must name at least one of ${of}`));

/** By dotted keys, as `--set` has them: a value; `{ "values": [...] }`; or a range (see `axisValues`). */
const settings = v.record(v.string(), v.any(), 'must be an object, as {"batchSize": 64}');

const method = v.union(
  [
    name,
    v.strictObject({ label: name, id: v.optional(name), set: v.optional(settings, {}) }, 'must be an object'),
  ],
  'must be the id of a method, or {"label": ..., "id": ..., "set": {...}}',
);

/** What a sweep varies and what it holds, as a file says it. */
export const sweepSchema = v.strictObject({
  /** Where editors find the schema of this file; not read. */
  $schema: v.optional(v.string()),
  presets: atLeastOne(name, 'presets'),
  /** Default: the method of each preset. */
  methods: v.optional(atLeastOne(method, 'methods')),
  set: v.optional(settings, {}),
  /** How many, counted from 1; or which. */
  seeds: v.optional(v.union([positiveInteger, atLeastOne(seed, 'seeds')], 'must be how many, or a list'), 3),
  /** Default: the steps of each preset. Seconds are of training; a run that has had them ends with what it has. */
  budget: v.optional(
    v.union(
      [v.strictObject({ steps: positiveInteger }), v.strictObject({ seconds: positive })],
      'must be {"steps": n} or {"seconds": n}',
    ),
  ),
  /** Which results become columns and curves. Default: all. */
  metrics: v.optional(atLeastOne(name, 'metrics')),
  /** The label of the row that others are compared with. Default: the first. */
  reference: v.optional(name),
  /** A run whose last evaluation covers less than this share of the modes has collapsed. */
  collapsedBelow: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.minValue(0, 'must be 0 or more'),
      v.maxValue(1, 'must be 1 or less'),
    ),
    0.5,
  ),
  /** What stays of a finished run: everything; no checkpoints; or no pictures and no generator, either. */
  keep: v.optional(choice(['all', 'generators', 'numbers']), 'all'),
  /** What runs the steps, as the flags of `dist-gan train` say it. */
  engine: v.optional(
    v.strictObject({
      executor: v.optional(name),
      target: v.optional(name),
      device: v.optional(name),
      backend: v.optional(name),
      threads: v.optional(positiveInteger),
    }),
    {},
  ),
});

/** With every default filled in. */
export type SweepDefinition = v.InferOutput<typeof sweepSchema>;
/** As a user writes it. */
export type SweepOptions = v.InferInput<typeof sweepSchema>;

/** @throws OptionError naming the key, the value and the nearest known key */
export function resolveSweep(given: unknown): SweepDefinition {
  return resolveOptions(sweepSchema, given, 'sweep');
}
