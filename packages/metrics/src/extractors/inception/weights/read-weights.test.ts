import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isGanError } from '@dist-gan/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededUniform } from '../../../../test/seeded-uniform.js';
import { findInceptionWeights, readInceptionWeights } from './read-weights.js';

/** Files of PyTorch's own `torch.save`, and of writers that were made from the formats' descriptions. */
const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../../../../tooling/fixtures/inception/${name}`, import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-weights-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function edited(name: string, edit: (bytes: Buffer) => Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, edit(readFileSync(fixture(name))));
  return path;
}

async function failure(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isGanError(error) ? `${error.code}: ${error.message}` : `not ours: ${String(error)}`;
}

/** The weights that tooling/oracles/inception_vectors.py seeds, folded here in another way. */
function expectedFirst() {
  const bound = Math.sqrt(6 / 27);
  const filter = seededUniform('Conv2d_1a_3x3.conv.weight', 32 * 27, -bound, bound);
  const part = (name: string, low: number, high: number) =>
    seededUniform(`Conv2d_1a_3x3.bn.${name}`, 32, low, high);
  const [gamma, variance] = [part('weight', 0.5, 1.5), part('running_var', 0.5, 1.5)];
  const [beta, mean] = [part('bias', -0.1, 0.1), part('running_mean', -0.1, 0.1)];
  return {
    filterAt: (y: number, x: number, input: number, output: number) =>
      (filter[((output * 3 + input) * 3 + y) * 3 + x] * gamma[output]) / Math.sqrt(variance[output] + 0.001),
    biasAt: (output: number) =>
      beta[output] - (mean[output] * gamma[output]) / Math.sqrt(variance[output] + 0.001),
  };
}

describe('readInceptionWeights', () => {
  it.each(['first.pth', 'first-legacy.pth', 'first.safetensors', 'first.pb'])(
    'reads %s and folds the batch norm',
    async (name) => {
      const { source, verifiedBy, convolutions, classifier } = await readInceptionWeights(fixture(name), {
        verify: false,
      });
      expect({ source, verifiedBy, classifier }).toEqual({
        source: name,
        verifiedBy: 'nothing',
        classifier: undefined,
      });
      expect([...convolutions.keys()]).toEqual(['conv']);
      const { filter, bias } = convolutions.get('conv')!;
      const expected = expectedFirst();
      expect(filter).toHaveLength(864);
      for (let at = 0; at < 864; at++) {
        const [y, x, input, output] = [
          Math.floor(at / 288),
          Math.floor(at / 96) % 3,
          Math.floor(at / 32) % 3,
          at % 32,
        ];
        expect(filter[at]).toBeCloseTo(expected.filterAt(y, x, input, output), 6);
      }
      for (let output = 0; output < 32; output++)
        expect(bias[output]).toBeCloseTo(expected.biasAt(output), 6);
    },
  );

  it('tells other weights from the published ones', async () => {
    expect(await failure(readInceptionWeights(fixture('first.pth')))).toMatch(
      /^DATA_FORMAT: first\.pth: the filter of conv has length [\d.]+, in the published network 19\.7314; these are other weights/,
    );
  });

  it('says where a file is obtained', async () => {
    const message = await failure(readInceptionWeights(join(folder, 'none.pth')));
    expect(message).toMatch(
      /^DATA_NOT_FOUND: there is no .*none\.pth; fetch them with dist-gan fetch inception, or obtain classify_image_graph_def\.pb from .*tgz, or /,
    );
    expect(() => findInceptionWeights('2048', folder)).toThrow(
      /no Inception weights for layer 2048 in .*: fetch them with dist-gan fetch inception, or obtain/,
    );
    expect(() => findInceptionWeights('2048', '')).toThrow(/no Inception weights/);
  });

  it('says what a folder of weights must have', async () => {
    const other = mkdtempSync(join(folder, 'weights-'));
    expect(await failure(readInceptionWeights(other))).toMatch(
      /^DATA_NOT_FOUND: .*is a folder without manifest\.json/,
    );
    for (const content of ['{', '{}', '{"layers": [{"name": 3}]}', 'null']) {
      writeFileSync(join(other, 'manifest.json'), content);
      expect(await failure(readInceptionWeights(other))).toMatch(
        /^DATA_FORMAT: .*is not the manifest of Inception's weights/,
      );
    }
    writeFileSync(join(other, 'manifest.json'), '{"layers": []}');
    expect(await failure(readInceptionWeights(other))).toMatch(/^DATA_FORMAT: .*conv has shape \[none\]/);
  });

  it('refuses a kind of file that it does not know', async () => {
    const path = join(folder, 'weights.npz');
    writeFileSync(path, '');
    expect(await failure(readInceptionWeights(path))).toMatch(
      /must end in \.pb, \.pth, \.pt or \.safetensors/,
    );
  });

  it.each([
    ['first.pth', /^DATA_FORMAT: .*End of central directory not found/],
    ['first-legacy.pth', /^DATA_FORMAT: .*it ends within storage/],
    ['first.safetensors', /^DATA_FORMAT: .*the file ends within tensor/],
    ['first.pb', /^DATA_FORMAT: .*is not a whole GraphDef \(it ends at byte/],
  ])('refuses a %s that was cut off', async (name, message) => {
    const path = edited(name, (bytes) => bytes.subarray(0, bytes.length - 100));
    expect(await failure(readInceptionWeights(path, { verify: false }))).toMatch(message);
  });

  it('calls nothing that a pickle names', async () => {
    const path = edited('first-legacy.pth', (bytes) => {
      const at = bytes.indexOf('collections\nOrderedDict');
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from('os\nsystem'),
        bytes.subarray(at + 'collections\nOrderedDict'.length),
      ]);
    });
    expect(await failure(readInceptionWeights(path, { verify: false }))).toMatch(
      /^DATA_FORMAT: .*it would call os system, which no state dict needs/,
    );
  });

  it('says what a folder without a manifest, or with another one, lacks', async () => {
    const bare = join(folder, 'bare');
    mkdirSync(bare);
    expect(await failure(readInceptionWeights(bare))).toMatch(
      /^DATA_NOT_FOUND: .*bare is a folder without manifest\.json; the folder that can be read is inception-2015/,
    );
    for (const text of ['no JSON', 'null', '{"layers": 3}']) {
      writeFileSync(join(bare, 'manifest.json'), text);
      expect(await failure(readInceptionWeights(bare))).toMatch(
        /^DATA_FORMAT: .*manifest\.json is not the manifest of Inception's weights/,
      );
    }
  });

  it('refuses the weights of another network', async () => {
    const path = edited('first.safetensors', (bytes) =>
      Buffer.from(bytes.toString('latin1').replace('[32, 3, 3, 3]', '[32, 9, 3, 1]'), 'latin1'),
    );
    expect(await failure(readInceptionWeights(path, { verify: false }))).toMatch(
      /conv\.weight has shape \[32, 9, 3, 1\], wanted \[32, 3, 3, 3\]/,
    );
  });
});
