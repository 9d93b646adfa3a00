import { readFileSync } from 'node:fs';

/** Files that NumPy wrote, in base64: see `made_by` in the JSON. */
export const npzFixtures = JSON.parse(
  readFileSync(new URL('./npz-fixtures.json', import.meta.url), 'utf8'),
) as {
  npy: Record<string, string>;
  whole_numbers: Record<string, string>;
  booleans: string;
  images: string;
  channels_first: string;
  grey: string;
  vectors: string;
  masks: string;
};

export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
