import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceSha256 } from './loops-binary.js';
import { resample } from './resample.js';

type Resize = 'cover' | 'contain' | 'stretch';
type Filter = 'lanczos' | 'bicubic' | 'bilinear' | 'nearest';

/** Made by tooling/oracles/picture_sizes.py: pictures, and what Pillow makes of them. */
const { cases } = JSON.parse(
  readFileSync(new URL('../../../test/picture-sizes.json', import.meta.url), 'utf8'),
) as {
  cases: {
    from: [number, number];
    to: [number, number];
    rgb: string;
    expected: Record<Filter, Record<Resize, string>>;
  }[];
};

const bytesOf = (text: string) => [...Buffer.from(text, 'base64')];

it('has the loops that its source says', () => {
  const source = readFileSync(new URL('loops.as', import.meta.url));
  expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256);
});

describe('resample', () => {
  it.each(
    cases.flatMap((one) =>
      (Object.keys(one.expected) as Filter[]).flatMap((resampling) =>
        (['cover', 'contain', 'stretch'] as const).map((resize) => ({ ...one, resampling, resize })),
      ),
    ),
  )(
    'gives the bytes of Pillow: $resize, $resampling, $from to $to',
    ({ from, to, rgb, expected, ...form }) => {
      const picture = { data: Uint8Array.from(bytesOf(rgb)), height: from[0], width: from[1] };
      const result = resample(picture, { height: to[0], width: to[1], ...form });
      expect([result.height, result.width]).toEqual(to);
      expect([...result.data]).toEqual(bytesOf(expected[form.resampling][form.resize]));
    },
  );
});
