import { resolveOptions } from '@dist-gan/core';
import type { layers } from '@tensorflow/tfjs-layers';
import type * as v from 'valibot';

/** What every layer of TensorFlow.js takes: `name`, `trainable`, `inputShape`, ... */
export type LayerArguments = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

const common: ReadonlySet<string> = new Set([
  'name',
  'trainable',
  'inputShape',
  'batchInputShape',
  'batchSize',
  'dtype',
  'weights',
  // What loading a model adds to the configuration of its layers.
  'customObjects',
  'updatable',
  'inputDType',
]);

/** Arguments of a layer as those of every layer and the options of its own, checked and with their defaults. */
export function layerOptions<Entries extends v.ObjectEntries>(
  schema: v.StrictObjectSchema<Entries, undefined>,
  given: LayerArguments,
  where: string,
): { common: LayerArguments; options: v.InferOutput<v.StrictObjectSchema<Entries, undefined>> } {
  const entries = Object.entries(given);
  const own = entries.filter(([name]) => !common.has(name));
  return {
    common: Object.fromEntries(entries.filter(([name]) => common.has(name))),
    options: resolveOptions(schema, Object.fromEntries(own), where),
  };
}
