import { afterEach, expect, it, vi } from 'vitest';
import {
  inceptionExtractor,
  readInceptionWeights,
  type InceptionExtractorOptions,
} from '../extractors/inception/index.js';
import { functionExtractor } from '../extractors/function-extractor.js';
import { InceptionNetwork } from './inception-network.js';

vi.mock(import('../extractors/inception/index.js'), async (load) => ({
  ...(await load()),
  readInceptionWeights: vi.fn(async () => ({
    source: 'of this test',
    verifiedBy: 'nothing' as const,
    convolutions: new Map(),
  })),
  inceptionExtractor: vi.fn(async ({ layer = '2048' }: InceptionExtractorOptions = {}) =>
    functionExtractor({ id: 'small', layer, dimension: 1, features: ({ count }) => new Float32Array(count) }),
  ),
}));

afterEach(() => vi.clearAllMocks());

const open = () => new InceptionNetwork({ preparation: 'torch-fidelity', weights: 'weights.pth' });

it('reads and builds once, also for several who ask at once', async () => {
  await using network = open();
  const [one, two, other] = await Promise.all([
    network.extractor('2048'),
    network.extractor('2048'),
    network.extractor('64'),
  ]);
  expect(two).toBe(one);
  expect(await network.extractor('2048')).toBe(one);
  expect(other.layer).toBe('64');
  expect(readInceptionWeights).toHaveBeenCalledOnce();
  expect(inceptionExtractor).toHaveBeenCalledTimes(2);
});

it('tries again what has failed, and disposes of the rest', async () => {
  const network = open();
  vi.mocked(inceptionExtractor).mockRejectedValueOnce(new Error('no memory'));
  const failed = network.extractor('64');
  const one = await network.extractor('2048');
  await expect(failed).rejects.toThrow('no memory');
  expect((await network.extractor('64')).layer).toBe('64');
  await network.dispose();
  const images = { data: new Uint8Array(4), count: 1, sampleShape: [2, 2, 1] };
  await expect(one.extract(images)).rejects.toThrow(/dispose/);
});
