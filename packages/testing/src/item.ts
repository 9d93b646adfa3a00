import type { JsonObject, Source } from '@dist-gan/core';
import { expect } from 'vitest';

/** What every item says about itself. */
interface Item {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly options: JsonObject;
}

/** An id in kebab-case, a title, a source that can be looked up, and options that are plain JSON. */
export function expectDescribedItem(item: Item): void {
  expect(item.id, 'id').toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(item.title.trim(), `title of ${item.id}`).not.toBe('');
  expect(item.source.title.trim(), `source.title of ${item.id}`).not.toBe('');
  expect(Number.isInteger(item.source.year), `source.year of ${item.id} is a whole number`).toBe(true);
  expectJson(item.options, `options of ${item.id}`);
}

/** A value that comes back from JSON as it went in. */
export function expectJson(value: unknown, what: string): void {
  expect(JSON.parse(JSON.stringify(value)), `${what} after a trip through JSON`).toStrictEqual(value);
}
