import { isAbsolute } from 'node:path';
import { positive, seed, type JsonObject } from '@dist-gan/core';
import * as v from 'valibot';

/** What files say of planned runs. What a newer version says besides is let be. */
export const record = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.looseObject(entries, 'must be an object');
export const list = <Item extends v.GenericSchema>(item: Item) => v.array(item, 'must be a list');

const text = v.string('must be a text');
const object = v.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);

const folderName = v.pipe(
  text,
  v.check(
    (name) => !isAbsolute(name) && !name.split(/[\\/]/).some((part) => ['', '.', '..'].includes(part)),
    'must be a folder of the sweep',
  ),
);

export const setting = record({ label: text, preset: text, method: v.optional(text), set: object });

/** A planned run, without the row that it belongs to. */
export const plannedRun = {
  identity: text,
  name: folderName,
  spec: record({
    preset: text,
    seed,
    options: object,
    engine: object,
    versions: v.record(text, text, 'must be an object'),
    seconds: v.optional(positive),
  }),
};
