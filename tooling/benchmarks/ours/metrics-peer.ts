/**
 * The metrics of a folder's features by @dist-gan/metrics; one line of JSON for each.
 *
 *   node dist/metrics-peer.mjs FOLDER --task frechet --engine onnxruntime
 */
import {
  authenticPercentage,
  FeatureMoments,
  frechetDistance,
  frechetDistanceAtInfinity,
  inceptionScore,
  kernelDistance,
  msSsimDiversity,
  onnxEngine,
  ownEngine,
  precisionRecallCurve,
  precisionRecallDensityCoverage,
  readFeatures,
  realism,
  slicedWasserstein,
  vendiScore,
  type Features,
  type MatrixEngine,
} from '@dist-gan/metrics';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    task: { type: 'string' },
    engine: { type: 'string', default: 'onnxruntime' },
    count: { type: 'string' },
  },
});
const folder = positionals[0];
const engine: MatrixEngine = options.engine === 'onnxruntime' ? await onnxEngine() : ownEngine();
const label = options.engine === 'onnxruntime' ? 'products by ONNX Runtime' : 'own kernels, one thread';

async function load(name: string, usual: number): Promise<Features> {
  const count = Number(options.count ?? usual);
  const { data, dimension } = await readFeatures(readFileSync(join(folder, `${name}.npz`)), name);
  return { data: data.slice(0, count * dimension), dimension };
}

const both = async (count: number) => ({
  real: await load('real', count),
  generated: await load('generated', count),
});

function report(row: string, results: readonly { id: string; value: number }[], started: number): void {
  const seconds = (performance.now() - started) / 1000;
  const values = Object.fromEntries(results.map(({ id, value }) => [id, value]));
  // In kB, whatever the system.
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ row: `${row}${label}`, seconds, peak, values }));
}

const tasks: Record<string, () => Promise<void>> = {
  async frechet() {
    const sets = await both(5000);
    const started = performance.now();
    const statisticsOf = async (features: Features) => {
      const moments = new FeatureMoments(features.dimension);
      await moments.update(features, { engine });
      return moments.statistics({ engine });
    };
    const real = await statisticsOf(sets.real);
    const generated = await statisticsOf(sets.generated);
    const sum = [...real.mean, ...generated.mean].reduce((a, b) => a + b);
    report('moments: ', [{ id: 'mean', value: sum }], started);
    report('with moments: ', [await frechetDistance({ real, generated }, { engine })], started);
  },
  async kid() {
    const sets = await both(10_000);
    const started = performance.now();
    report('', await kernelDistance(sets, { engine }), started);
  },
  async prdc() {
    const sets = await both(5000);
    const started = performance.now();
    report('', await precisionRecallDensityCoverage(sets, { engine }), started);
  },
  async vendi() {
    const generated = await load('generated', 5000);
    const started = performance.now();
    report('', [await vendiScore(generated, { engine })], started);
  },
  async prd() {
    const sets = await both(5000);
    const started = performance.now();
    report("Lloyd's algorithm, ", (await precisionRecallCurve(sets, { engine })).results, started);
  },
  async 'sliced-wasserstein'() {
    const sets = await both(10_000);
    const started = performance.now();
    report('', (await slicedWasserstein(sets, { engine })).slice(0, 1), started);
  },
  async realism() {
    const sets = await both(5000);
    const started = performance.now();
    report('', [await realism(sets, { engine })], started);
  },
  async authenticity() {
    const sets = await both(5000);
    const started = performance.now();
    report('', [await authenticPercentage(sets, { engine })], started);
  },
  async 'frechet-at-infinity'() {
    const sets = await both(5000);
    const started = performance.now();
    report('', [await frechetDistanceAtInfinity(sets, { engine })], started);
  },
  async 'inception-score'() {
    const generated = await load('generated', 5000);
    const started = performance.now();
    report('features as logits, ', await inceptionScore(generated, {}), started);
  },
  async 'ms-ssim'() {
    const { data } = await load('images', 15);
    const images = { data: data as Float32Array, count: 15, sampleShape: [256, 256, 3] };
    const started = performance.now();
    report('float64, ', [await msSsimDiversity(images)], started);
  },
};

await tasks[options.task ?? '']();
