/**
 * A guard that saves runs which collapse without it: RpGAN on a ring of eight Gaussians, whose learning rate grows until it is
 * too high. With each seed a run as it is, and one with `metric-fall` on registered points and the policy `restore`. Writes
 * docs/reproduction/results/guard.json and docs/reproduction/images/guard.png, and a table on standard output.
 *
 *     node tooling/reproduction/guard.mjs [--seeds 1,2] [--steps 4500]
 *
 * Needs a build. Some twenty seconds a run on a quiet machine.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import { mlp } from '@dist-gan/architectures';
import { gaussianRing } from '@dist-gan/datasets';
import { rpGan } from '@dist-gan/methods';
import { fit, metricFall } from '@dist-gan/trainer';
import * as echarts from 'echarts';
import sharp from 'sharp';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1,2' }, steps: { type: 'string', default: '4500' } },
});
const seeds = values.seeds.split(',').map(Number);
const steps = Number(values.steps);
const docs = fileURLToPath(new URL('../../docs/reproduction/', import.meta.url));

const dataset = gaussianRing({ pointsPerMode: 500, standardDeviation: 0.1 });
const { mixture } = dataset;

/** Points within the radius of a mode that counts, and how many modes have one. */
function registeredPoints() {
  let registered = 0;
  const modes = new Set();
  let generated = 0;
  return {
    id: 'registered-points',
    protocol: {},
    update({ data, count }) {
      generated += count;
      for (let i = 0; i < count; i++) {
        const at = mixture.centres.findIndex(
          ([x, y]) => Math.hypot(data[2 * i] - x, data[2 * i + 1] - y) <= mixture.registrationRadius,
        );
        if (at < 0) continue;
        registered++;
        modes.add(at);
      }
    },
    results: () => [
      { id: 'registered-points', value: registered, protocol: {}, samples: { generated }, warnings: [] },
      { id: 'modes-met', value: modes.size, protocol: {}, samples: { generated }, warnings: [] },
    ],
  };
}

async function train(seed, guarded) {
  const curve = [];
  const guards = guarded ? [metricFall({ metric: 'registered-points', policy: 'restore', restores: 8 })] : [];
  const interventions = [];
  const result = await fit({
    method: rpGan({ learningRate: 0.09, learningRateSchedule: { id: 'warm-up', steps } }),
    architecture: mlp({ hiddenUnits: [64, 64] }),
    dataset,
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 128,
    steps,
    seed,
    guards,
    compiler: { target: 'onnx', threads: 1 },
    evaluation: { every: 150, samples: 500, metrics: () => [registeredPoints()] },
    callbacks: {
      onEvaluation: ({ step, results: [points, modes] }) =>
        void curve.push([step, points.value, modes.value]),
      onGuard: ({ step, action, restoredStep }) => void interventions.push({ step, action, restoredStep }),
    },
  });
  const [points, modes] = result.results.map(({ value }) => value);
  await result.dispose();
  return { seed, guarded, outcome: result.outcome, points, modes, curve, interventions };
}

const runs = [];
for (const seed of seeds) {
  for (const guarded of [false, true]) {
    const run = await train(seed, guarded);
    runs.push(run);
    console.error(JSON.stringify(run));
  }
}

mkdirSync(`${docs}results`, { recursive: true });
const machine = `${cpus()[0].model}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}`;
const command = `node tooling/reproduction/guard.mjs ${process.argv.slice(2).join(' ')}`.trim();
writeFileSync(`${docs}results/guard.json`, `${JSON.stringify({ command, machine, steps, runs }, null, 1)}\n`);

const chart = echarts.init(null, null, {
  renderer: 'svg',
  ssr: true,
  width: 900,
  height: 300 * seeds.length,
});
chart.setOption({
  animation: false,
  backgroundColor: '#ffffff',
  title: seeds.map((seed, i) => ({
    text: `seed ${seed}`,
    left: 60,
    top: 10 + 300 * i,
    textStyle: { fontSize: 14 },
  })),
  legend: { data: ['as it is', 'with the guard'], right: 20, top: 8 },
  grid: seeds.map((_, i) => ({ left: 60, right: 30, top: 45 + 300 * i, height: 200 })),
  xAxis: seeds.map((_, i) => ({
    gridIndex: i,
    type: 'value',
    max: steps,
    name: 'step',
    nameLocation: 'middle',
    nameGap: 25,
  })),
  yAxis: seeds.map((_, i) => ({
    gridIndex: i,
    type: 'value',
    name: 'registered points of 500',
    nameLocation: 'middle',
    nameGap: 38,
  })),
  series: runs.map(({ seed, guarded, points, curve, interventions }) => ({
    name: guarded ? 'with the guard' : 'as it is',
    type: 'line',
    xAxisIndex: seeds.indexOf(seed),
    yAxisIndex: seeds.indexOf(seed),
    data: curve.map(([step, points]) => [step, points]),
    color: guarded ? '#1f77b4' : '#d62728',
    symbolSize: 3,
    markPoint: {
      symbol: 'triangle',
      symbolSize: 10,
      label: { show: false },
      data: interventions.map(({ step }) => ({ coord: [step, curve.find(([at]) => at === step)?.[1] ?? 0] })),
    },
    // What the run ended with.
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { type: 'dashed' },
      label: { formatter: 'end', position: 'insideEndTop' },
      data: [{ yAxis: points }],
    },
  })),
});
await sharp(Buffer.from(chart.renderToSVGString())).png().toFile(`${docs}images/guard.png`);
chart.dispose();

const cells = (row) => `| ${row.join(' | ')} |`;
console.log(
  [
    cells(['seed', 'as it is: modes, points (most)', 'with the guard: modes, points', 'went back']),
    cells(['---', '---', '---', '---']),
    ...seeds.map((seed) => {
      const [bare, guarded] = runs.filter((run) => run.seed === seed);
      const most = Math.max(...bare.curve.map(([, points]) => points));
      const back = guarded.interventions.map(({ step, action, restoredStep }) =>
        action === 'stopped' ? `ended at ${step} with ${restoredStep}` : `${step} to ${restoredStep}`,
      );
      return cells([
        seed,
        `${bare.modes}, ${bare.points} (${most})`,
        `${guarded.modes}, ${guarded.points}`,
        back.join('; ') || 'never',
      ]);
    }),
  ].join('\n'),
);
